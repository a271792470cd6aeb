// SYLK, the text format of Multiplan that Excel still opens: records of fields, in which formulas and macros stand.
// https://outflank.nl/blog/2019/10/30/abusing-the-sylk-file-format/, Microsoft's "SYLK file format" (1986).
import { cellName } from '../cell-name.ts'
import { BookFormulas } from '../formula/book.ts'
import type { CellSource, CellsFound, Wanted } from '../formula/book-cells.ts'
import { readMacroSheet } from '../formula/macro-sheet.ts'
import type { FormulaPlace } from '../formula/items.ts'
import { ofNumbers } from '../formula/written.ts'
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
  for (const line of anyLines(text)) sheet.line(line)
  await sheet.end(text)
}

/** A file is one sheet, whatever it is called. */
const sheetKey = 'cells'

/** Which cell is meant: what a record does not say stays. */
class Place {
  row = 1
  column = 1

  take(fields: readonly string[]): void {
    if (fields[0] !== 'C' && fields[0] !== 'F') return
    this.row = numberIn(fields, 'Y') ?? this.row
    this.column = numberIn(fields, 'X') ?? this.column
  }
}

class SylkSheet {
  readonly #isMacro: boolean
  readonly #writer: ItemWriter
  readonly #rows: RowsOfCells
  readonly #formulas = new BookFormulas()
  readonly #at = new Place()

  constructor(writer: ItemWriter, isMacro: boolean) {
    this.#writer = writer
    this.#rows = new RowsOfCells(writer)
    this.#isMacro = isMacro
  }

  line({ text, at: offset }: PlacedLine): void {
    const fields = fieldsOf(text)
    this.#at.take(fields)
    const { row, column } = this.#at
    const place = { position: `R${row}C${column}`, offset }
    switch (fields[0]) {
      case 'C':
        for (const value of valuesIn(fields, 'K'))
          this.#rows.cell(row, column, value)
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

  /** `text`: of the file, in which cells are asked for. */
  async end(text: string): Promise<void> {
    const source: Omit<CellSource, 'names'> = {
      sheets: new Map([['', sheetKey]]),
      read: (wanted, found) => {
        const cells = wanted.get(sheetKey)
        if (cells) readCells(text, cells, found)
      },
    }
    await this.#formulas.tell(this.#writer, source)
    if (this.#isMacro) {
      const all = { ...source, names: this.#formulas.names }
      const sheet = { key: sheetKey, part: '', name: sheetKey }
      await readMacroSheet(this.#writer, all, sheet)
    }
    await this.#rows.end()
  }

  #formula(written: string, place: FormulaPlace): void {
    const { row, column } = this.#at
    const formula = ofNumbers(written, row, column)
    this.#formulas.add(formula, { sheet: sheetKey, written }, () => place)
  }

  #name(fields: readonly string[], place: FormulaPlace): void {
    const [macroName = ''] = valuesIn(fields, 'N')
    const [formula = ''] = valuesIn(fields, 'E')
    this.#formulas.name(macroName, ofNumbers(formula, 1, 1))
    this.#formula(formula, place)
    if (!this.#isMacro && !/^auto_/i.test(macroName)) return
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

function readCells(text: string, wanted: Wanted, found: CellsFound): void {
  const at = new Place()
  for (const line of anyLines(text)) {
    const fields = fieldsOf(line.text)
    at.take(fields)
    if (fields[0] !== 'C') continue
    const cell = cellName(at.row, at.column)
    if (!wanted.has(cell)) continue
    const value = valuesIn(fields, 'K').at(-1)
    const formula = valuesIn(fields, 'E').at(-1)
    if (value !== undefined) found.text(sheetKey, cell, plainValue(value))
    if (formula)
      found.formula(sheetKey, cell, ofNumbers(formula, at.row, at.column))
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
