// SYLK, the text format of Multiplan that Excel still opens: records of fields, in which formulas and macros stand.
// https://outflank.nl/blog/2019/10/30/abusing-the-sylk-file-format/, Microsoft's "SYLK file format" (1986).
import { type FormulaPlace, formulaItems } from '../formula/items.ts'
import { placeOf } from '../formula/references.ts'
import { ItemWriter } from '../item.ts'
import { SheetRows } from '../sheet-rows.ts'
import type { ReaderOptions, WholeFormat } from '../../reader.ts'
import { anyLines, type PlacedLine } from './any-lines.ts'

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
const recordBelow =
  /^\s*ID;P[^\r\n]*[\r\n]+(?:[^\r\n]*[\r\n]+){0,16}?[ \t]*(?:[BCEFOPW]|N[ENNU]);/

/** An option of the file, wherever it stands: it is a sheet of macros. */
const macroSheet =
  /(?:^|[\r\n])[ \t]*O;(?:[^\r\n;]*;){0,16}E[ \t]*(?:;|[\r\n]|$)/

async function readSylk(bytes: Buffer, options: ReaderOptions): Promise<void> {
  const writer = new ItemWriter('slk', options)
  const text = bytes.toString('latin1')
  const sheet = new SylkSheet(writer, macroSheet.test(text))
  if (sheet.isMacro) for (const line of anyLines(text)) sheet.value(line)
  sheet.begin()
  for (const line of anyLines(text)) sheet.line(line)
  await sheet.end()
}

/** Cells whose values macros may put together. */
const maxValues = 50_000

class SylkSheet {
  readonly isMacro: boolean
  readonly #writer: ItemWriter
  readonly #rows: RowsOfCells
  readonly #values = new Map<string, string>()
  #row = 1
  #column = 1

  constructor(writer: ItemWriter, isMacro: boolean) {
    this.#writer = writer
    this.#rows = new RowsOfCells(writer)
    this.isMacro = isMacro
  }

  /** Before anything is told: what is written in a cell. */
  value({ text }: PlacedLine): void {
    const fields = fieldsOf(text)
    this.#move(fields)
    const value = fields[0] === 'C' ? valuesIn(fields, 'K').at(-1) : undefined
    if (value === undefined) return
    if (this.#values.size < maxValues)
      this.#values.set(`${this.#row},${this.#column}`, plainValue(value))
    else
      this.#writer.bound(
        `over ${maxValues} cells; text of others is not put into formulas`,
        '',
      )
  }

  begin(): void {
    this.#row = 1
    this.#column = 1
  }

  line({ text, at: offset }: PlacedLine): void {
    const fields = fieldsOf(text)
    this.#move(fields)
    const place = { position: `R${this.#row}C${this.#column}`, offset }
    switch (fields[0]) {
      case 'C':
        for (const value of valuesIn(fields, 'K'))
          this.#rows.cell(this.#row, this.#column, value)
        // Programs that read a record twice take the one or the other.
        for (const formula of valuesIn(fields, 'E'))
          this.#formula(formula, place)
        break
      case 'NN':
        this.#name(fields, place)
        break
      case 'NE':
      case 'NU':
        this.#file(fields, place)
        break
    }
  }

  async end(): Promise<void> {
    await this.#rows.end()
  }

  #move(fields: readonly string[]): void {
    if (fields[0] !== 'C' && fields[0] !== 'F') return
    this.#row = numberIn(fields, 'Y') ?? this.#row
    this.#column = numberIn(fields, 'X') ?? this.#column
  }

  #formula(formula: string, place: FormulaPlace): void {
    const cell = (name: string) => ({
      text: this.#values.get(this.#cellOf(name)),
    })
    for (const item of formulaItems(formula, place, cell))
      this.#writer.add(item)
  }

  /** `R1C2`, `R[-1]C`: by its row and column. */
  #cellOf(name: string): string {
    const place = placeOf(name)
    if (place) return `${place.row},${place.column}`
    const [, r, c] =
      /^R(\d{1,7}|\[-?\d{1,7}\])?C(\d{1,5}|\[-?\d{1,5}\])?$/i.exec(name) ?? []
    if (!/^R/i.test(name)) return ''
    const at = (given: string | undefined, own: number) =>
      given?.startsWith('[')
        ? own + Number(given.slice(1, -1))
        : Number(given ?? own)
    return `${at(r, this.#row)},${at(c, this.#column)}`
  }

  #name(fields: readonly string[], place: FormulaPlace): void {
    const [macroName = ''] = valuesIn(fields, 'N')
    const [formula = ''] = valuesIn(fields, 'E')
    this.#formula(formula, place)
    if (!this.isMacro && !/^auto_/i.test(macroName)) return
    const text = `=${formula}`
    this.#writer.add({ kind: 'macro', ...place, text, macroName })
  }

  #file(fields: readonly string[], place: FormulaPlace): void {
    const target = valuesIn(fields, 'F')[0] ?? valuesIn(fields, 'U')[0]
    if (!target) return
    const text = `file ${target}`
    const targetMode = 'external' as const
    this.#writer.add({ kind: 'link', ...place, text, target, targetMode })
  }
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
    this.#cells[column - 1] = plainValue(value)
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

/**
 * Parted by semicolons; a doubled one stands for itself. Three characters may stand for a byte: half of it is in the second, half in the third.
 * Source: SheetJS, "Symbolic Link format", on what Excel reads.
 */
function fieldsOf(line: string): readonly string[] {
  const plain = line.trimStart()
  const fields = plain.includes(';;')
    ? plain
        .replaceAll(';;', '\0')
        .split(';')
        .map((f) => f.replaceAll('\0', ';'))
    : plain.split(';')
  return plain.includes('\x1b') ? fields.map(withBytes) : fields
}

function withBytes(field: string): string {
  return field.replace(/\x1b([\x20-\x2f])([\x30-\x3f])/g, (_, high, low) =>
    String.fromCharCode(
      ((high.charCodeAt(0) & 15) << 4) | (low.charCodeAt(0) & 15),
    ),
  )
}

function valuesIn(fields: readonly string[], key: string): string[] {
  return fields
    .filter((f, i) => i > 0 && f.startsWith(key))
    .map((f) => f.slice(key.length))
}

function numberIn(fields: readonly string[], key: string): number | undefined {
  const found = valuesIn(fields, key).find((v) => /^\d{1,7}$/.test(v))
  return found === undefined ? undefined : Number(found)
}

function plainValue(value: string): string {
  return value.replace(/^"(.*)"$/s, '$1')
}
