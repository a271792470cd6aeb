// DIF, the Data Interchange Format: pairs of lines, of which a text may be a formula to the spreadsheet that opens it.
import type { WholeFormat } from '../../reader.ts'
import { FormulaCells } from './formula-cells.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

export const dataInterchange: WholeFormat = {
  name: 'dif',
  read: 'whole',
  maxBytes,
  detect: (head) =>
    /^\s{0,8}TABLE\r?\n\s*0\s*,\s*1\r?\n/.test(head.toString('latin1', 0, 128))
      ? 3
      : 0,
  take(bytes, options) {
    options.sink.shapeSeen('dif document')
    const cells = new FormulaCells('dif', options)
    let row = 0
    let offset = 0
    for (const line of bytes.toString('utf8').split('\n')) {
      const text = line.trim()
      if (text === 'BOT') row++
      else if (!/^(?:0|1|-1)\s*,/.test(text)) {
        const cell = /^"(.*)"$/s.exec(text)?.[1]?.replaceAll('""', '"') ?? text
        cells.row([cell], row, offset)
      }
      offset += Buffer.byteLength(line) + 1
    }
  },
}
