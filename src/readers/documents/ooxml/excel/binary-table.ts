// What do the rows of a sheet of a binary workbook say?
// [MS-XLSB] 2.4.315 to 2.4.324 (cells), 2.4.722 (BrtRowHdr), 2.4.735 (BrtSSTItem), 2.4.655 (BrtFmt), 2.4.812 (BrtXF).
import { Cursor } from '../../binary/cursor.ts'
import { isDateFormat, momentOf } from '../../day-number.ts'
import { rkNumber } from '../../excel-binary/globals.ts'
import { SheetRows } from '../../sheet-rows.ts'
import type { Ooxml } from '../document.ts'
import { recordsOf, wideString } from './records.ts'

const ids = {
  row: 0,
  sharedItem: 19,
  format: 44,
  style: 47,
  beginCellStyles: 617,
  endCellStyles: 618,
} as const

/** What stands behind column and style; formulas keep what they came to. */
const values: Readonly<
  Record<number, 'rk' | 'truth' | 'real' | 'text' | 'shared' | 'rich' | 'blank'>
> = {
  1: 'blank',
  2: 'rk',
  3: 'blank',
  4: 'truth',
  5: 'real',
  6: 'text',
  7: 'shared',
  8: 'text',
  9: 'real',
  10: 'truth',
  12: 'blank',
  13: 'rk',
  14: 'blank',
  15: 'truth',
  16: 'real',
  17: 'text',
  18: 'shared',
  62: 'rich',
}

/** Of these the column is the one behind the last cell's, and is not written. */
const isShort = (id: number) => id >= 12 && id <= 18

export class BinaryTables {
  readonly #document: Ooxml
  readonly #from1904: boolean
  #texts: readonly string[] | undefined
  #dates: ReadonlySet<number> = new Set()

  constructor(document: Ooxml, from1904: boolean) {
    this.#document = document
    this.#from1904 = from1904
  }

  /** Where its rows are events they are read as such. */
  async sheet(name: string, bytes: Buffer): Promise<void> {
    const rows = new SheetRows(this.#document.writer.options, name)
    let cells: string[] = []
    let last = -1
    await this.cells(bytes, (row, column, text) => {
      if (row !== last && cells.length) {
        rows.row(cells)
        cells = []
      }
      last = row
      cells[column] = text
      return !rows.areNone
    })
    if (cells.length) rows.row(cells)
    await rows.end()
  }

  /** Row and column from 0; false: no more is wanted. */
  async cells(
    bytes: Buffer,
    told: (row: number, column: number, text: string) => boolean | undefined,
  ): Promise<void> {
    if (!this.#texts) {
      this.#texts = await this.#readTexts()
      this.#dates = await this.#readDates()
    }
    let row = 0
    let column = -1
    for (const { id, data } of recordsOf(bytes, () => {})) {
      if (id === ids.row) {
        row = data.length >= 4 ? data.readUInt32LE(0) : row
        column = -1
      }
      const kind = values[id]
      if (kind === undefined) continue
      const cursor = new Cursor(data)
      column = isShort(id) ? column + 1 : cursor.u32()
      const style = cursor.u32() & 0xff_ffff
      if (kind === 'blank' || column >= maxColumn) continue
      if (told(row, column, this.#value(kind, cursor, style)) === false) return
    }
  }

  #value(kind: (typeof values)[number], cursor: Cursor, style: number): string {
    switch (kind) {
      case 'rk':
        return this.#number(rkNumber(cursor.bytes, cursor.at), style)
      case 'real':
        return this.#number(cursor.f64(), style)
      case 'truth':
        return cursor.u8() ? 'true' : 'false'
      case 'shared':
        return this.#texts?.[cursor.u32()] ?? ''
      case 'rich':
        cursor.skip(1)
        return wideString(cursor)
      default:
        return wideString(cursor)
    }
  }

  #number(n: number, style: number): string {
    return this.#dates.has(style) ? momentOf(n, this.#from1904) : String(n)
  }

  async #readTexts(): Promise<readonly string[]> {
    const texts: string[] = []
    for (const { id, data } of await this.#records(/sharedStrings$/i)) {
      if (id !== ids.sharedItem) continue
      const cursor = new Cursor(data)
      cursor.skip(1)
      texts.push(wideString(cursor))
    }
    return texts
  }

  async #readDates(): Promise<ReadonlySet<number>> {
    const dates = new Set<number>()
    const codes = new Map<number, string>()
    let isOfCells = false
    let style = 0
    for (const { id, data } of await this.#records(/styles$/i)) {
      const cursor = new Cursor(data)
      if (id === ids.format) codes.set(cursor.u16(), wideString(cursor))
      else if (id === ids.beginCellStyles) isOfCells = true
      else if (id === ids.endCellStyles) isOfCells = false
      else if (id === ids.style && isOfCells) {
        cursor.skip(2)
        const format = cursor.u16()
        if (isDateFormat(format, codes.get(format))) dates.add(style)
        style++
      }
    }
    return dates
  }

  async #records(type: RegExp) {
    const { opened, writer } = this.#document
    const part = opened.parts.find((p) => type.test(p.contentType))?.name
    const bytes = part && (await opened.bytes(part))
    return bytes ? recordsOf(bytes, (p) => writer.damaged(p, part)) : []
  }
}

/** [MS-XLSB] 2.5.156: columns go to 16,383. */
const maxColumn = 16_384
