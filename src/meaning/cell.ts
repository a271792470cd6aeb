// A field of the present event as tests see it: its value, its text and its folded text, each worked out once
// and only if somebody asks. Executors keep one cell a field and refill it for every event.
import type { Scalar, Value } from '../base/record.ts'

import { fold } from './fold.ts'
import type { MemoEntry } from './memo-entry.ts'

const decimalText = /^-?\d+(?:\.\d+)?$/

/** Longer digits than a double can tell apart are still compared as a double; this bounds the work, in characters. */
const maxDecimalText = 400

export class Cell {
  /** undefined: the event lacks the field. Never a list: see `items`. */
  value: Scalar | undefined = undefined
  /** The values of a list; `value` is then undefined, but the field is there. */
  items: Cell[] | undefined = undefined
  /** What is remembered of this value; kept by the index. */
  entry: MemoEntry | undefined = undefined
  /** Whether the index has decided its field's atoms for this value. */
  scanned = false
  #text: string | undefined = undefined
  #folded: string | undefined = undefined

  fill(value: Value | undefined): void {
    this.#text = undefined
    this.#folded = undefined
    this.entry = undefined
    this.scanned = false
    if (typeof value === 'object' && value !== null) {
      this.value = undefined
      this.items = value.map(cellOf)
      return
    }
    this.value = value
    this.items = undefined
  }

  clear(): void {
    this.value = undefined
    this.items = undefined
    this.entry = undefined
    this.scanned = false
    this.#text = undefined
    this.#folded = undefined
  }

  get present(): boolean {
    return this.value !== undefined || this.items !== undefined
  }

  /** Only of a single value that is neither missing nor null. */
  get text(): string {
    const known = this.#text
    if (known !== undefined) return known
    const value = this.value
    return (this.#text = typeof value === 'string' ? value : String(value))
  }

  get folded(): string {
    const known = this.#folded
    if (known !== undefined) return known
    return (this.#folded = fold(this.text))
  }

  /** The number that the value is or writes in decimal; undefined where it does neither. */
  get number(): number | undefined {
    const value = this.value
    if (typeof value === 'number') return value
    if (typeof value === 'string') return decimalOf(value)
    return undefined
  }
}

export function decimalOf(text: string): number | undefined {
  if (text.length === 0 || text.length > maxDecimalText) return undefined
  const first = text.charCodeAt(0)
  if (first !== 45 && (first < 48 || first > 57)) return undefined
  return decimalText.test(text) ? Number(text) : undefined
}

export function cellOf(value: Value | undefined): Cell {
  const cell = new Cell()
  cell.fill(value)
  return cell
}

/** Is the test true of the value, or of any item where it is a list? Missing and null are for the test to decide. */
export function anyItem(cell: Cell, test: (single: Cell) => boolean): boolean {
  const items = cell.items
  if (items === undefined) return test(cell)
  for (const item of items) if (test(item)) return true
  return false
}
