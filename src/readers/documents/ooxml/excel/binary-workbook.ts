// A binary workbook (.xlsb): the same parts as a workbook of XML, each a sequence of records.
// [MS-XLSB] 2.3.2 (numbers of records), 2.4 (BrtBundleSh, BrtName, BrtRowHdr, BrtFmlaString and its like).
import { Cursor } from '../../binary/cursor.ts'
import { cellName } from '../../cell-name.ts'
import { type FormulaNames, formulaOf } from '../../excel-binary/formula.ts'
import { BookFormulas } from '../../formula/book.ts'
import type { CellSource } from '../../formula/book-cells.ts'
import { readMacroSheet } from '../../formula/macro-sheet.ts'
import type { Ooxml } from '../document.ts'
import { targetPart } from '../relations.ts'
import { BinaryTables } from './binary-table.ts'
import { BookLinks } from './binary-links.ts'
import { formulaTokens, recordsOf, wideString } from './records.ts'

const BUNDLE_SHEET = 156
const NAME = 39
const PROPERTIES = 153
const ROW = 0
const ARRAY_FORMULA = 426
const SHARED_FORMULA = 427
/** Cells with a formula: a text, a number, a truth, an error. */
const FORMULAS: Readonly<Record<number, 'text' | number>> = {
  8: 'text',
  9: 8,
  10: 1,
  11: 1,
}

const macroSheetType = /macrosheet$/i
const sheetType = /(?:worksheet|macrosheet|dialogsheet)$/i

/** Formulas of one workbook. */
const maxFormulas = 1_000_000

interface StoredName {
  readonly name: string
  readonly tokens: Buffer
}

export async function readBinaryExcel(
  document: Ooxml,
  main: string | undefined,
): Promise<void> {
  const part = main ?? 'xl/workbook.bin'
  const { opened, writer, relations } = document
  const bytes = await opened.bytes(part)
  if (!bytes) return
  const ids = new Map(
    (relations.get(part) ?? []).map((r) => [r.id, targetPart(part, r.target)]),
  )
  const sheets = new Map<string, string>()
  const sheetNames: string[] = []
  const names: StoredName[] = []
  let from1904 = false
  const links = new BookLinks(ids)
  for (const { id, data } of recordsOf(bytes, (p) => writer.damaged(p, part))) {
    const cursor = new Cursor(data)
    if (id === BUNDLE_SHEET) {
      cursor.skip(8)
      const target = ids.get(wideString(cursor)) ?? ''
      const name = wideString(cursor)
      sheets.set(target, name)
      sheetNames.push(name)
    } else if (id === PROPERTIES) from1904 = (cursor.u32() & 1) === 1
    else if (id === NAME) {
      cursor.skip(9)
      const name = wideString(cursor)
      names.push({ name, tokens: formulaTokens(cursor) })
    } else links.take(id, cursor)
  }
  const book = new BinaryBook(document, { names, links, sheetNames })
  const tables = new BinaryTables(document, from1904)
  await links.read(document)
  book.readNames(part)
  for (const { name, contentType } of opened.parts) {
    // What the book has for a sheet is one, whatever its type says.
    if (sheetType.test(contentType) || sheets.has(name)) {
      const bytes = await opened.bytes(name)
      if (!bytes) continue
      const sheet = sheets.get(name) ?? name
      book.sheet({ part: name, sheet }, bytes)
      await tables.sheet(sheet, bytes)
    }
  }
  await book.tell(sheets, tables)
  links.tell(document)
}

class BinaryBook {
  readonly #document: Ooxml
  readonly #names: readonly StoredName[]
  readonly #lookup: FormulaNames
  readonly #formulas = new BookFormulas()
  #left = maxFormulas
  #lost = 0

  constructor(
    document: Ooxml,
    book: {
      names: readonly StoredName[]
      links: BookLinks
      sheetNames: readonly string[]
    },
  ) {
    this.#document = document
    this.#names = book.names
    this.#lookup = {
      name: (index) => book.names[index - 1]?.name,
      external: (sheet, index) => book.links.nameOf(sheet, index),
      sheet: (index) => book.sheetNames[book.links.firstSheet(index)],
      cell: () => undefined,
    }
  }

  /** Before any sheet: formulas may call functions that names stand for. */
  readNames(part: string): void {
    const formulas = this.#names.map(({ name, tokens }) => {
      const { text } = formulaOf(tokens, 12, this.#lookup)
      this.#formulas.name(name, text)
      return { name, text }
    })
    for (const { name, text } of formulas) {
      const place = { part, position: name }
      this.#formulas.add(text, { sheet: '' }, () => place)
      if (!/auto_(?:open|close)/i.test(name)) continue
      this.#document.writer.add({
        kind: 'macro',
        ...place,
        text: `=${text}`,
        macroName: name,
      })
    }
  }

  sheet(
    { part, sheet }: { readonly part: string; readonly sheet: string },
    bytes: Buffer,
  ): void {
    const { writer } = this.#document
    const told = (problem: string) => writer.damaged(problem, part)
    for (const { row, column, tokens } of formulasOf(bytes, told)) {
      if (this.#left-- <= 0) {
        this.#lost++
        continue
      }
      const { text } = formulaOf(tokens, 12, this.#lookup, { row, column })
      this.#formulas.add(text, { sheet: part }, () => ({
        part,
        position: `${sheet}!${cellName(row + 1, column + 1)}`,
      }))
    }
  }

  async tell(
    sheets: ReadonlyMap<string, string>,
    tables: BinaryTables,
  ): Promise<void> {
    const { opened, writer } = this.#document
    const source: Omit<CellSource, 'names'> = {
      sheets: new Map(
        [...sheets].map(([part, name]) => [name.toLowerCase(), part]),
      ),
      read: async (wanted, found) => {
        for (const [part, cells] of wanted) {
          const bytes = await opened.bytes(part)
          if (!bytes) continue
          await tables.cells(bytes, (row, column, text) => {
            const cell = cellName(row + 1, column + 1)
            if (cells.has(cell)) found.text(part, cell, text)
            return true
          })
          for (const { row, column, tokens } of formulasOf(bytes, silent)) {
            const cell = cellName(row + 1, column + 1)
            if (!cells.has(cell)) continue
            const { text } = formulaOf(tokens, 12, this.#lookup)
            found.formula(part, cell, text)
          }
        }
      },
    }
    await this.#formulas.tell(writer, source)
    const { names } = this.#formulas
    for (const { name: part, contentType } of opened.parts) {
      if (!macroSheetType.test(contentType)) continue
      const sheet = { key: part, part, name: sheets.get(part) ?? part }
      await readMacroSheet(writer, { ...source, names }, sheet)
    }
    if (this.#lost > 0)
      writer.bound(
        `${this.#lost} formulas beyond ${maxFormulas} were not read`,
        '',
      )
  }
}

const silent = () => {}

/** Of a sheet; row and column from 0. */
function* formulasOf(bytes: Buffer, told: (problem: string) => void) {
  let row = 0
  for (const { id, data } of recordsOf(bytes, told)) {
    if (id === ROW) row = data.length >= 4 ? data.readUInt32LE(0) : row
    if (id === SHARED_FORMULA || id === ARRAY_FORMULA) {
      const cursor = new Cursor(data)
      const first = cursor.u32()
      cursor.skip(4)
      const column = cursor.u32()
      cursor.skip(id === ARRAY_FORMULA ? 5 : 4)
      yield { row: first, column, tokens: formulaTokens(cursor) }
      continue
    }
    const value = FORMULAS[id]
    if (value === undefined) continue
    const cursor = new Cursor(data)
    const column = cursor.u32()
    cursor.skip(4)
    if (value === 'text') wideString(cursor)
    else cursor.skip(value)
    cursor.skip(2)
    yield { row, column, tokens: formulaTokens(cursor) }
  }
}
