// The rows of the sheets of a binary workbook, as they are shown: numbers of days as dates.
// MS-XLS 2.4.353 (XF), 2.4.126 (Format), 2.4.77 (Date1904).
import { Cursor, u16At } from '../binary/cursor.ts'
import { isDateFormat, momentOf } from '../day-number.ts'

import { type CellPlace, CellValues } from './cell-values.ts'
import type { Sheet } from './globals.ts'
import { type BinaryRecord, recordsOf } from './records.ts'
import { readString } from './strings.ts'

export interface TableVisitor {
  /** Of each sheet that has a cell. */
  sheet(sheet: Pick<Sheet, 'name' | 'at'>): RowTaker
}

export interface RowTaker {
  /** More of them need not be given. */
  readonly areNone: boolean
  row(cells: readonly (string | undefined)[]): void
}

const types = { styles: 0x00e0, format: 0x041e, from1904: 0x0022, bof: 0x0809 }
const joined: ReadonlySet<number> = new Set([0x00fc])

/** Cells stand by rows, as 2.1.7.20.6 has it; of a sheet that does not keep to it a row comes in pieces. */
export function readTables(
  stream: Buffer,
  sheets: readonly Sheet[],
  visitor: TableVisitor,
): void {
  const styles = new DateStyles()
  const rows = new RowBuilder(sheets, visitor)
  const values = new CellValues((place, value) => {
    rows.cell(place, styles.shown(value, place.style))
  })
  for (const record of recordsOf(stream, joined, () => {})) {
    if (record.type === types.bof) rows.begin()
    styles.take(record)
    if (!rows.areNone) values.take(record)
  }
  rows.begin()
}

class RowBuilder {
  readonly #sheets: readonly Sheet[]
  readonly #visitor: TableVisitor
  #to: RowTaker | undefined
  #row = -1
  #cells: string[] = []

  constructor(sheets: readonly Sheet[], visitor: TableVisitor) {
    this.#sheets = sheets
    this.#visitor = visitor
  }

  get areNone(): boolean {
    return this.#to?.areNone ?? false
  }

  /** Another sheet. */
  begin(): void {
    this.#end()
    this.#to = undefined
  }

  cell({ sheet, row, column }: CellPlace, text: string): void {
    this.#to ??= this.#visitor.sheet(
      this.#sheets.find((s) => s.at === sheet) ?? { name: '', at: sheet },
    )
    if (row !== this.#row) this.#end()
    this.#row = row
    this.#cells[column] = text
  }

  #end() {
    if (this.#cells.length) this.#to?.row(this.#cells)
    this.#cells = []
    this.#row = -1
  }
}

class DateStyles {
  readonly #formats: number[] = []
  readonly #codes = new Map<number, string>()
  #version: 5 | 8 = 8
  #from1904 = false

  take({ type, body }: BinaryRecord): void {
    if (type === types.bof) this.#version = u16At(body, 0) >= 0x0600 ? 8 : 5
    else if (type === types.styles) this.#formats.push(u16At(body, 2))
    else if (type === types.from1904) this.#from1904 = u16At(body, 0) === 1
    else if (type === types.format) {
      const length = this.#version === 8 ? 'long' : 'short'
      const code = readString(new Cursor(body, 2), this.#version, length)
      this.#codes.set(u16At(body, 0), code)
    }
  }

  shown(value: string | number, style: number): string {
    if (typeof value === 'string') return value
    const format = this.#formats[style] ?? 0
    return isDateFormat(format, this.#codes.get(format))
      ? momentOf(value, this.#from1904)
      : String(value)
  }
}
