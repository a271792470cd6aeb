// DIF, the Data Interchange Format: pairs of lines, of which a text may be a formula to the spreadsheet that opens it.
import type { ReaderOptions, WholeFormat } from '../../reader.ts'
import { SheetRows } from '../sheet-rows.ts'
import { anyLines } from './any-lines.ts'
import { FormulaCells } from './formula-cells.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

export const dataInterchange: WholeFormat = {
  name: 'dif',
  read: 'whole',
  maxBytes,
  detect: (head) =>
    /^\s{0,8}TABLE[ \t]*(?:\r\n?|\n)\s*0\s*,\s*1[ \t]*(?:\r\n?|\n)/.test(
      head.toString('latin1', 0, 128),
    )
      ? 3
      : 0,
  async take(bytes, options) {
    options.sink.shapeSeen('dif document')
    const rows = new Rows(options)
    const whole = bytes.toString('utf8')
    let offset = 0
    let from = 0
    for (const { text, at } of anyLines(whole)) {
      offset += Buffer.byteLength(whole.slice(from, at))
      from = at
      rows.line(text.trim(), offset)
    }
    await rows.end()
  },
}

/** `0,17` and `V`: a number; `1,0` and `"a"`: a text; `-1,0` and `BOT`: a row begins. */
class Rows {
  readonly #formulas: FormulaCells
  readonly #to: SheetRows
  #row = 0
  #at = 0
  #cells: string[] = []
  #value: string | undefined

  constructor(options: ReaderOptions) {
    this.#formulas = new FormulaCells('dif', options)
    this.#to = new SheetRows(options, 'cells')
  }

  line(text: string, offset: number): void {
    if (text === 'BOT') {
      this.#give()
      this.#row++
      this.#at = offset
    } else if (text === '1,0' && this.#value === undefined) this.#value = ''
    else if (this.#value === '') {
      this.#cells.push(
        /^"(.*)"$/s.exec(text)?.[1]?.replaceAll('""', '"') ?? text,
      )
      this.#value = undefined
    } else if (text.startsWith('0,')) {
      this.#cells.push(text.slice(2))
      // What stands nowhere may be what a program takes for a cell all the same.
    } else if (!/^(?:1|-1)\s*,/.test(text)) {
      const cell = /^"(.*)"$/s.exec(text)?.[1]?.replaceAll('""', '"') ?? text
      this.#formulas.row([cell], this.#row, offset)
    }
  }

  async end(): Promise<void> {
    this.#give()
    this.#formulas.end()
    await this.#to.end()
  }

  #give() {
    const cells = this.#cells
    this.#cells = []
    if (cells.length === 0) return
    this.#formulas.passed(cells, this.#row)
    this.#formulas.row(cells, this.#row, this.#at)
    // What stands before the first row is about the table.
    if (this.#row > 0) this.#to.row(cells)
  }
}
