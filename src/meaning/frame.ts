// The present event (or row) as compiled predicates see it: one cell for each field that any of them reads, and the values
// that keywords search. Fields are numbered once for all predicates; a plan says where a shape keeps them.
import type { Value } from '../base/record.ts'
import type { SoughtTexts } from '../base/sought-texts.ts'

import type { EventShape } from '../event/event.ts'

import { Cell, cellOf } from './cell.ts'

/** Where the values of a frame are: an event, a row. */
export interface ValueSource {
  value(position: number): Value | undefined
  /** false: none of the texts stands in what keywords search. undefined: nobody has looked. */
  mayHold?(texts: SoughtTexts): boolean | undefined
}

/** The searched values of an event, taken as one field. No rule names a field so. */
export const keywordField = '\0keywords'

/** Numbers the fields that predicates read. */
export class FieldSlots {
  readonly names: string[] = []
  readonly #slots = new Map<string, number>()

  /** The slot of a field, made where there is none yet. */
  slot(name: string): number {
    const known = this.#slots.get(name)
    if (known !== undefined) return known
    this.#slots.set(name, this.names.length)
    return this.names.push(name) - 1
  }

  find(name: string): number | undefined {
    return this.#slots.get(name)
  }
}

/** Where a shape keeps the fields that predicates read. */
export interface Plan {
  readonly slots: readonly number[]
  /** Positions in the shape, beside `slots`. */
  readonly positions: readonly number[]
  /** Positions that keywords search. */
  readonly searched: readonly number[]
}

export function planOf(shape: EventShape, fields: FieldSlots): Plan {
  const slots: number[] = []
  const positions: number[] = []
  const searched: number[] = []
  shape.names.forEach((name, position) => {
    const slot = fields.find(name)
    // Of a name that stands twice, the first counts, as with Shape.indexOf.
    if (slot !== undefined && !slots.includes(slot)) {
      slots.push(slot)
      positions.push(position)
    }
    if (!shape.aside.includes(name)) searched.push(position)
  })
  for (const name of fields.names) {
    if (!name.includes('{')) continue
    const position = shape.indexOf(name)
    if (position < shape.names.length) continue
    slots.push(fields.find(name)!)
    positions.push(position)
  }
  return { slots, positions, searched }
}

const noPlan: Plan = { slots: [], positions: [], searched: [] }

export class Frame<S extends ValueSource = ValueSource> {
  readonly #cells: readonly Cell[]
  /** By slot: one more than the position of a field that nobody has asked for yet; 0: nothing to fetch. */
  readonly #pending: Int32Array
  readonly #keywordSlot: number
  #plan = noPlan
  #source: S | undefined
  #values: Cell[] | undefined

  constructor(slots: FieldSlots) {
    this.#keywordSlot = slots.slot(keywordField)
    this.#cells = slots.names.map(() => new Cell())
    this.#pending = new Int32Array(this.#cells.length)
  }

  /** Makes the source the present one. Nothing is decoded yet. */
  load(source: S, plan: Plan): void {
    // A consumer that threw left its source behind.
    if (this.#source !== undefined) this.clear()
    const { slots, positions } = plan
    const pending = this.#pending
    for (let i = 0; i < slots.length; i++)
      pending[slots[i]!] = positions[i]! + 1
    pending[this.#keywordSlot] = 1
    this.#plan = plan
    this.#source = source
  }

  /** Forgets the source: every cell is empty again. */
  clear(): void {
    const { slots } = this.#plan
    for (let i = 0; i < slots.length; i++) this.#empty(slots[i]!)
    this.#empty(this.#keywordSlot)
    this.#plan = noPlan
    this.#source = undefined
    this.#values = undefined
  }

  get source(): S | undefined {
    return this.#source
  }

  cell(slot: number): Cell {
    const cell = this.#cells[slot]!
    const pending = this.#pending[slot]!
    if (pending !== 0) {
      this.#pending[slot] = 0
      cell.fill(
        slot === this.#keywordSlot
          ? this.#searchedText()
          : this.#source!.value(pending - 1),
      )
    }
    return cell
  }

  /** Every single value that keywords search; the items of lists one by one, nulls left out. */
  get values(): readonly Cell[] {
    if (this.#values) return this.#values
    const values: Cell[] = []
    for (const position of this.#plan.searched) {
      const cell = cellOf(this.#source!.value(position))
      for (const single of cell.items ?? [cell]) {
        if (single.value !== undefined && single.value !== null)
          values.push(single)
      }
    }
    this.#values = values
    return values
  }

  /** All searched values, joined by NUL: for substrings that hold no NUL themselves. */
  #searchedText(): string {
    let text = ''
    const { searched } = this.#plan
    for (let i = 0; i < searched.length; i++) {
      const value = this.#source!.value(searched[i]!)
      if (value === undefined || value === null) continue
      if (i > 0) text += '\0'
      text += typeof value === 'object' ? value.join('\0') : value
    }
    return text
  }

  #empty(slot: number): void {
    if (this.#pending[slot] !== 0) this.#pending[slot] = 0
    else this.#cells[slot]!.clear()
  }
}
