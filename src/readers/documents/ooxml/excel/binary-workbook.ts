// A binary workbook (.xlsb): the same parts as a workbook of XML, each a sequence of records.
// [MS-XLSB] 2.3.2 (numbers of records), 2.4 (BrtBundleSh, BrtName, BrtRowHdr, BrtFmlaString and its like).
import { Cursor } from '../../binary/cursor.ts'
import {
  formulaOf,
  type FormulaNames,
  cellName,
} from '../../excel-binary/formula.ts'
import type { Held } from '../../formula/evaluate.ts'
import { formulaItems } from '../../formula/items.ts'
import type { Ooxml } from '../document.ts'
import { targetPart } from '../relations.ts'
import { BinaryTables } from './binary-table.ts'
import { BookLinks } from './binary-links.ts'
import { formulaTokens, recordsOf, wideString } from './records.ts'

const BUNDLE_SHEET = 156
const NAME = 39
const PROPERTIES = 153
const ROW = 0
/** Cells with a formula: a text, a number, a truth, an error. */
const FORMULAS: Readonly<Record<number, 'text' | number>> = {
  8: 'text',
  9: 8,
  10: 1,
  11: 1,
}

/** Formulas that may act, of one workbook. */
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
  for (const { name, contentType } of opened.parts) {
    if (/(?:worksheet|macrosheet|dialogsheet)$/i.test(contentType)) {
      const bytes = await opened.bytes(name)
      if (!bytes) continue
      const sheet = sheets.get(name) ?? name
      book.sheet({ part: name, sheet }, bytes)
      await tables.sheet(sheet, bytes)
    }
  }
  book.tellNames(part)
  links.tell(document)
}

class BinaryBook {
  readonly #document: Ooxml
  readonly #names: readonly StoredName[]
  readonly #lookup: FormulaNames
  #left = maxFormulas
  #formulas: ReadonlyMap<string, string> | undefined

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

  sheet(
    { part, sheet }: { readonly part: string; readonly sheet: string },
    bytes: Buffer,
  ): void {
    const { writer } = this.#document
    let row = 0
    for (const { id, data } of recordsOf(bytes, (p) =>
      writer.damaged(p, part),
    )) {
      if (id === ROW) row = data.length >= 4 ? data.readUInt32LE(0) : row
      const value = FORMULAS[id]
      if (value === undefined || this.#left-- <= 0) continue
      const cursor = new Cursor(data)
      const column = cursor.u32()
      cursor.skip(4)
      if (value === 'text') wideString(cursor)
      else cursor.skip(value)
      cursor.skip(2)
      const position = `${sheet}!${cellName(row, column)}`
      this.#formula(part, position, formulaTokens(cursor))
    }
  }

  /** What names stand for, as text, made when the first is asked for. */
  readonly #held = (name: string): Held | undefined => {
    this.#formulas ??= new Map(
      this.#names.map((n) => [
        n.name.toLowerCase(),
        formulaOf(n.tokens, 12, this.#lookup).text,
      ]),
    )
    const formula = this.#formulas.get(name.toLowerCase())
    return formula === undefined ? undefined : { formula }
  }

  tellNames(part: string): void {
    for (const { name, tokens } of this.#names) {
      const text = this.#formula(part, name, tokens)
      if (!/auto_(?:open|close)/i.test(name)) continue
      this.#document.writer.add({
        kind: 'macro',
        part,
        position: name,
        text: `=${text}`,
        macroName: name,
      })
    }
  }

  #formula(part: string, position: string, tokens: Buffer): string {
    const { text } = formulaOf(tokens, 12, this.#lookup)
    const place = { part, position }
    for (const item of formulaItems(text, place, this.#held)) {
      this.#document.writer.add(item)
    }
    return text
  }
}
