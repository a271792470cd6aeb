// The values of the cells of a binary workbook, one by one in the order of its records; a formula keeps what it came to
// when the workbook was saved. MS-XLS 2.4.149 (LabelSst), 2.4.179 (MulRk), 2.4.180 (Number), 2.4.220 (RK), 2.4.127 (Formula).
import { Cursor, u16At } from '../binary/cursor.ts'

import { rkNumber } from './globals.ts'
import type { BinaryRecord } from './records.ts'
import { readString, sharedStrings } from './strings.ts'

export interface CellPlace {
  /** Byte of the first record of its sheet. */
  readonly sheet: number
  /** From 0. */
  readonly row: number
  readonly column: number
  /** Number of the cell's format, as XF records stand. */
  readonly style: number
}

export class CellValues {
  readonly #told: (place: CellPlace, value: string | number) => void
  #shared: readonly string[] = []
  #version: 5 | 8 = 8
  #sheet = 0
  #waiting: CellPlace | undefined

  constructor(told: (place: CellPlace, value: string | number) => void) {
    this.#told = told
  }

  take(record: BinaryRecord): void {
    const { type, body, at } = record
    switch (type) {
      case 0x0809:
        this.#version = u16At(body, 0) >= 0x0600 ? 8 : 5
        this.#sheet = at
        break
      case 0x00fc:
        this.#shared = sharedStrings(record)
        break
      case 0x00fd:
        this.#tell(body, this.#shared[new Cursor(body, 6).u32()])
        break
      case 0x0204:
      case 0x00d6:
        this.#tell(body, readString(new Cursor(body, 6), this.#version, 'long'))
        break
      case 0x0203:
        this.#tell(body, new Cursor(body, 6).f64())
        break
      case 0x027e:
        this.#tell(body, rkNumber(body, 6))
        break
      case 0x00bd:
        this.#numbers(body)
        break
      case 0x0006:
        this.#result(body)
        break
      case 0x0207:
        if (!this.#waiting) break
        this.#told(
          this.#waiting,
          readString(new Cursor(body), this.#version, 'long'),
        )
    }
  }

  #place(body: Buffer): CellPlace {
    return {
      sheet: this.#sheet,
      row: u16At(body, 0),
      column: u16At(body, 2),
      style: u16At(body, 4),
    }
  }

  #tell(body: Buffer, value: string | number | undefined): void {
    if (value !== undefined) this.#told(this.#place(body), value)
  }

  #numbers(body: Buffer): void {
    const first = this.#place(body)
    for (let i = 0; 4 + i * 6 + 6 <= body.length - 2; i++) {
      const column = first.column + i
      const style = u16At(body, 4 + i * 6)
      this.#told({ ...first, column, style }, rkNumber(body, 6 + i * 6))
    }
  }

  /** What a formula came to (2.5.133): a number, or the text of the next record. */
  #result(body: Buffer): void {
    this.#waiting = undefined
    if (u16At(body, 12) !== 0xffff) this.#tell(body, new Cursor(body, 6).f64())
    else if (body[6] === 0) this.#waiting = this.#place(body)
  }
}
