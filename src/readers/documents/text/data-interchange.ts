// DIF, the Data Interchange Format: pairs of lines, of which a text may be a formula to the spreadsheet that opens it.
import type { WholeFormat } from '../../reader.ts'
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
    const cells = new FormulaCells('dif', options)
    const rows = new Rows(new SheetRows(options, 'cells'))
    let row = 0
    const whole = bytes.toString('utf8')
    let offset = 0
    let from = 0
    for (const { text: line, at } of anyLines(whole)) {
      offset += Buffer.byteLength(whole.slice(from, at))
      from = at
      const text = line.trim()
      rows.line(text)
      if (text === 'BOT') row++
      else if (!/^(?:0|1|-1)\s*,/.test(text)) {
        const cell = /^"(.*)"$/s.exec(text)?.[1]?.replaceAll('""', '"') ?? text
        cells.row([cell], row, offset)
      }
    }
    await rows.end()
  },
}

/** `0,17` and `V`: a number; `1,0` and `"a"`: a text; `-1,0` and `BOT`: a row begins. */
class Rows {
  readonly #to: SheetRows
  #cells: string[] = []
  #value: string | undefined
  /** What stands before the first row is about the table. */
  #hasBegun = false

  constructor(to: SheetRows) {
    this.#to = to
  }

  line(text: string): void {
    if (text === 'BOT') this.#give()
    else if (!this.#hasBegun) return
    else if (text === '1,0' && this.#value === undefined) this.#value = ''
    else if (this.#value === '') {
      this.#cells.push(
        /^"(.*)"$/s.exec(text)?.[1]?.replaceAll('""', '"') ?? text,
      )
      this.#value = undefined
    } else if (text.startsWith('0,')) {
      this.#cells.push(text.slice(2))
    }
  }

  async end(): Promise<void> {
    this.#give()
    await this.#to.end()
  }

  #give() {
    this.#hasBegun = true
    if (this.#cells.length) this.#to.row(this.#cells)
    this.#cells = []
  }
}
