// What do the cells of a workbook hold? Only asked for where macros put their text together of cells.
import { Cursor, u16At } from '../binary/cursor.ts'

import { rkNumber } from './globals.ts'
import type { BinaryRecord } from './records.ts'
import { readString, sharedStrings } from './strings.ts'

export interface Cells {
  /** undefined sheet: any; the first that has the cell. */
  text(
    sheet: number | undefined,
    row: number,
    column: number,
  ): string | undefined
}

const maxCells = 200_000

export function cellsOf(records: Iterable<BinaryRecord>): Cells {
  const reader = new CellReader()
  for (const record of records) reader.take(record)
  return {
    text(sheet, row, column) {
      const key = `${row},${column}`
      const own = sheet === undefined ? undefined : reader.bySheet.get(sheet)
      return (
        own?.get(key) ?? (sheet === undefined ? reader.any.get(key) : undefined)
      )
    },
  }
}

class CellReader {
  readonly bySheet = new Map<number, Map<string, string>>()
  readonly any = new Map<string, string>()
  #shared: readonly string[] = []
  #sheet = new Map<string, string>()
  #version: 5 | 8 = 8
  #count = 0
  #waiting: string | undefined

  take(record: BinaryRecord): void {
    const { type, body, at } = record
    const key = `${u16At(body, 0)},${u16At(body, 2)}`
    switch (type) {
      case 0x0809:
        this.#version = u16At(body, 0) >= 0x0600 ? 8 : 5
        this.#sheet = new Map()
        this.bySheet.set(at, this.#sheet)
        break
      case 0x00fc:
        this.#shared = sharedStrings(record)
        break
      case 0x00fd:
        this.#put(key, this.#shared[new Cursor(body, 6).u32()])
        break
      case 0x0204:
      case 0x00d6:
        this.#put(key, readString(new Cursor(body, 6), this.#version, 'long'))
        break
      case 0x0203:
        this.#put(key, String(new Cursor(body, 6).f64()))
        break
      case 0x027e:
        this.#put(key, String(rkNumber(body, 6)))
        break
      case 0x00bd:
        this.#numbers(body)
        break
      case 0x0006:
        this.#result(key, body)
        break
      case 0x0207:
        if (this.#waiting)
          this.#put(
            this.#waiting,
            readString(new Cursor(body), this.#version, 'long'),
          )
        break
    }
  }

  #put(key: string, text: string | undefined): void {
    if (text === undefined || this.#count++ > maxCells) return
    this.#sheet.set(key, text)
    if (!this.any.has(key)) this.any.set(key, text)
  }

  #numbers(body: Buffer): void {
    const first = u16At(body, 2)
    for (let i = 0; 4 + i * 6 + 6 <= body.length - 2; i++)
      this.#put(
        `${u16At(body, 0)},${first + i}`,
        String(rkNumber(body, 6 + i * 6)),
      )
  }

  /** What a formula came to when it was saved (2.5.133): a number, or the text of the next record. */
  #result(key: string, body: Buffer): void {
    this.#waiting = undefined
    if (u16At(body, 12) !== 0xffff)
      this.#put(key, String(new Cursor(body, 6).f64()))
    else if (body[6] === 0) this.#waiting = key
  }
}
