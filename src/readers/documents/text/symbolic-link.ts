// SYLK, the text format of Multiplan that Excel still opens: records of fields, in which formulas and macros stand.
// https://outflank.nl/blog/2019/10/30/abusing-the-sylk-file-format/, Microsoft's "SYLK file format" (1986).
import { formulaItems } from '../formula/items.ts'
import { ItemWriter } from '../item.ts'
import { SheetRows } from '../sheet-rows.ts'
import type { ReaderOptions, WholeFormat } from '../../reader.ts'

/** In bytes. */
const maxBytes = 64 * 1024 * 1024

export const symbolicLink: WholeFormat = {
  name: 'slk',
  read: 'whole',
  maxBytes,
  detect(head) {
    const text = head.toString('latin1', 0, 1024)
    if (!/^\s{0,8}ID;/.test(text)) return 0
    return recordBelow.test(text) ? 3 : 2
  },
  take: readSylk,
}

/** A table may have a column of the name; its rows do not begin so. */
const recordBelow = /^\s*ID;P[^\n]*\n(?:[^\n]*\n){0,16}?(?:[BCEFOPW]|N[ENNU]);/

async function readSylk(bytes: Buffer, options: ReaderOptions): Promise<void> {
  const writer = new ItemWriter('slk', options)
  const rows = new RowsOfCells(writer)
  const isMacroSheet = /^\s*ID;[^\n]*\r?\n(?:[^\n]*\n){0,64}?O;[^\n]*E/.test(
    bytes.toString('latin1', 0, 8192),
  )
  let row = '1'
  let column = '1'
  let offset = 0
  for (const line of linesOf(bytes.toString('latin1'))) {
    const fields = fieldsOf(line)
    if (fields[0] === 'C' || fields[0] === 'F') {
      row = valueIn(fields, 'Y') ?? row
      column = valueIn(fields, 'X') ?? column
    }
    const place = { position: `R${row}C${column}`, offset }
    if (fields[0] === 'C') {
      const value = valueIn(fields, 'K')
      if (value !== undefined) rows.cell(Number(row), Number(column), value)
      const formula = valueIn(fields, 'E')
      if (formula) {
        for (const item of formulaItems(formula, place)) writer.add(item)
      }
    } else if (fields[0] === 'NN') {
      const macroName = valueIn(fields, 'N') ?? ''
      const formula = valueIn(fields, 'E') ?? ''
      const runs = isMacroSheet || /^auto_/i.test(macroName)
      for (const item of formulaItems(formula, place)) writer.add(item)
      if (runs)
        writer.add({ kind: 'macro', ...place, text: `=${formula}`, macroName })
    } else if (fields[0] === 'NE' || fields[0] === 'NU') {
      const target = valueIn(fields, 'F') ?? valueIn(fields, 'U')
      if (target) {
        writer.add({
          kind: 'link',
          ...place,
          text: `file ${target}`,
          target,
          targetMode: 'external',
        })
      }
    }
    offset += line.length + 1
  }
  await rows.end()
}

/** Columns of a sheet. */
const maxColumns = 16_384

/** Cells stand row by row in what programs write. */
class RowsOfCells {
  readonly #rows: SheetRows
  #row = 0
  #cells: string[] = []

  constructor(writer: ItemWriter) {
    this.#rows = new SheetRows(writer.options, 'cells')
  }

  cell(row: number, column: number, value: string): void {
    if (row !== this.#row) this.#give()
    this.#row = row
    if (!(column >= 1 && column <= maxColumns)) return
    this.#cells[column - 1] = value.replace(/^"(.*)"$/s, '$1')
  }

  async end(): Promise<void> {
    this.#give()
    await this.#rows.end()
  }

  #give() {
    if (this.#cells.length) this.#rows.row(this.#cells)
    this.#cells = []
  }
}

function* linesOf(text: string): Generator<string> {
  let from = 0
  while (from < text.length) {
    const at = text.indexOf('\n', from)
    const end = at < 0 ? text.length : at
    yield text.slice(from, end)
    from = end + 1
  }
}

/** Parted by semicolons; a doubled one stands for itself. */
function fieldsOf(line: string): readonly string[] {
  const plain = line.replace(/\r$/, '')
  if (!plain.includes(';;')) return plain.split(';')
  return plain
    .replaceAll(';;', '\0')
    .split(';')
    .map((f) => f.replaceAll('\0', ';'))
}

function valueIn(fields: readonly string[], key: string): string | undefined {
  const field = fields.find((f, i) => i > 0 && f.startsWith(key))
  return field?.slice(1)
}
