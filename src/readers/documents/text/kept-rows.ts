// Rows of a table of text whose cells its formulas may name: those of its beginning, as long as there is room.
import type { Held } from '../formula/evaluate.ts'
import { placeOf } from '../formula/references.ts'

/** UTF-16 units of cells that are kept, and what a row takes besides. */
const maxUnits = 4 * 1024 * 1024
const unitsOfRow = 32

/** A row by its line, which is the number that a spreadsheet gives it where no cell has two lines. */
export class KeptRows {
  readonly #rows = new Map<number, readonly string[]>()
  #left = maxUnits

  get isFull(): boolean {
    return this.#left <= 0
  }

  add(line: number, cells: readonly string[]): void {
    if (this.#left <= 0) return
    this.#left -= unitsOfRow
    for (const cell of cells) this.#left -= cell.length
    this.#rows.set(line, cells)
  }

  /** `own`: the row that asks, which need not be kept. */
  held(name: string, line: number, own: readonly string[]): Held | undefined {
    const place = placeOf(name)
    if (!place) return undefined
    const row = place.row === line ? own : this.#rows.get(place.row)
    const text = row?.[place.column - 1]
    if (text === undefined) return undefined
    return /^\s*=/.test(text) ? { formula: text } : { text }
  }
}
