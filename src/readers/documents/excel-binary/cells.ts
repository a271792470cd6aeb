// What do the cells of a workbook hold? Only asked for where formulas put their text together of cells.
import { CellValues } from './cell-values.ts'
import { formulaCell } from './globals.ts'
import type { BinaryRecord } from './records.ts'

/** Sheets by the byte of their first record; row and column from 0. */
export interface HeldCells {
  value(sheet: number, row: number, column: number, text: string): void
  formula(sheet: number, row: number, column: number, tokens: Buffer): void
}

export function readCells(
  records: Iterable<BinaryRecord>,
  held: HeldCells,
): void {
  let sheetAt = 0
  const values = new CellValues(({ sheet, row, column }, value) => {
    held.value(sheet, row, column, String(value))
  })
  for (const record of records) {
    if (record.type === 0x0809) sheetAt = record.at
    values.take(record)
    if (record.type !== 0x0006) continue
    const { row, column, tokens } = formulaCell(record)
    held.formula(sheetAt, row, column, tokens)
  }
}

/** Of one workbook that are kept. */
const maxCells = 200_000
/** Formulas of cells in each other. */
const maxInner = 32

interface Kept {
  /** As it was saved. */
  value?: string
  /** Until it is worked out. */
  tokens?: Buffer | undefined
}

/** All of them, where which is asked for shows only on the way. */
export class Cells {
  readonly #bySheet = new Map<number, Map<string, Kept>>()
  readonly #any = new Map<string, Kept>()
  readonly #comesTo: (tokens: Buffer) => string | undefined
  #count = 0
  #inner = 0

  /** `comesTo`: what a formula comes to. */
  constructor(
    records: Iterable<BinaryRecord>,
    comesTo: (tokens: Buffer) => string | undefined,
  ) {
    this.#comesTo = comesTo
    readCells(records, {
      value: (...[sheet, row, column, text]) =>
        this.#keep(sheet, `${row},${column}`, { value: text }),
      formula: (...[sheet, row, column, tokens]) =>
        this.#keep(sheet, `${row},${column}`, { tokens }),
    })
  }

  #keep(sheet: number, key: string, what: Kept) {
    const own = this.#bySheet.get(sheet) ?? new Map<string, Kept>()
    this.#bySheet.set(sheet, own)
    const known = own.get(key)
    if (known) Object.assign(known, what)
    else if (this.#count++ < maxCells) {
      own.set(key, what)
      if (!this.#any.has(key)) this.#any.set(key, what)
    }
  }

  /** undefined sheet: any; the first that has the cell. */
  text(
    sheet: number | undefined,
    row: number,
    column: number,
  ): string | undefined {
    const key = `${row},${column}`
    const own = sheet === undefined ? this.#any : this.#bySheet.get(sheet)
    const kept = own?.get(key)
    const tokens = kept?.tokens
    if (!kept || !tokens || this.#inner >= maxInner) return kept?.value
    // One that leads to itself has what was saved.
    kept.tokens = undefined
    this.#inner++
    const value = this.#comesTo(tokens)
    this.#inner--
    if (value !== undefined) kept.value = value
    return kept.value
  }
}
