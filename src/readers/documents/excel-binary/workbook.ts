// What does a binary workbook (.xls, Excel 5 to 2003) refer to, ask for and run? Conversations (DDE), other books, formulas with
// calls, Excel 4.0 macro sheets, connections. Workbooks in the wild break the rules, so each record stands alone.
import type { Damage } from '../../../base/record.ts'

import { Cursor, u16At } from '../binary/cursor.ts'
import { cellName } from '../cell-name.ts'
import type { CellSource, Wanted } from '../formula/book-cells.ts'

import { Cells, readCells } from './cells.ts'
import { type Formula, type FormulaNames, formulaOf } from './formula.ts'
import {
  type DefinedName,
  definedName,
  externalName,
  externalSheet,
  formulaCell,
  type Sheet,
  sheetOf,
  sheetReferences,
  type SupportingBook,
  supportingBook,
} from './globals.ts'
import { hyperlinkTarget } from './hyperlink.ts'
import { type BinaryRecord, recordsOf } from './records.ts'
import { readString } from './strings.ts'

export const recordTypes = {
  bof: 0x0809,
  eof: 0x000a,
  sheet: 0x0085,
  name: 0x0018,
  externalSheet: 0x0017,
  externalName: 0x0023,
  supportingBook: 0x01ae,
  formula: 0x0006,
  sharedFormula: 0x04bc,
  arrayFormula: 0x0221,
  password: 0x002f,
  hyperlink: 0x01b8,
  query: 0x00dc,
  queryText: 0x00cd,
} as const

export interface WorkbookVisitor {
  /** Conversations and other books, with the names in them. */
  book(book: SupportingBook): void
  name(name: DefinedName, formula: Formula): void
  formula(
    cell: { sheet: Sheet; cell: string; at: number },
    formula: Formula,
  ): void
  hyperlink(link: {
    sheet: string
    cell: string
    at: number
    target: string
  }): void
  /** Where a query gets its data: an address or a connection. */
  query(at: number, text: string): void
  damaged(damage: Damage): void
}

export interface Workbook {
  readonly version: 5 | 8
  readonly sheets: readonly Sheet[]
  /** Body of FILEPASS: what follows cannot be read. */
  readonly password: Buffer | undefined
  /** undefined: they cannot be read. */
  readonly cells?: Omit<CellSource, 'names'>
}

const joined: ReadonlySet<number> = new Set([
  0x00fc,
  recordTypes.name,
  recordTypes.externalSheet,
  recordTypes.externalName,
  recordTypes.supportingBook,
  recordTypes.formula,
  recordTypes.sharedFormula,
  recordTypes.arrayFormula,
  recordTypes.hyperlink,
  recordTypes.queryText,
])

export function readWorkbook(
  stream: Buffer,
  visitor: WorkbookVisitor,
): Workbook {
  const told = (damage: Damage) => visitor.damaged(damage)
  const found = globalsOf(stream, told)
  if (found.password) return found
  const names = namesOf(
    found,
    () =>
      new Cells(
        recordsOf(stream, joined, silent),
        (tokens) => formulaOf(tokens, found.version, names).value,
      ),
  )
  for (const book of found.books) {
    if (book.kind === 'book' || book.kind === 'conversation') visitor.book(book)
  }
  for (const name of found.names)
    visitor.name(name, formulaOf(name.tokens, found.version, names))
  let sheet = unknownSheet
  for (const record of recordsOf(stream, joined, silent)) {
    if (record.type === recordTypes.bof) sheet = sheetAt(record, found.sheets)
    else inSheet(record, sheet, found.version, names, visitor)
  }
  return { ...found, cells: cellsIn(stream, found, names) }
}

/** What formulas ask for; sheets are called by the byte of their first record. */
function cellsIn(
  stream: Buffer,
  { sheets, version }: Globals,
  names: FormulaNames,
): Omit<CellSource, 'names'> {
  return {
    sheets: new Map(sheets.map((s) => [s.name.toLowerCase(), String(s.at)])),
    read(wanted, found) {
      const asked = (sheet: number, row: number, column: number) => {
        const cells: Wanted | undefined = wanted.get(String(sheet))
        const cell = cells && cellName(row + 1, column + 1)
        return cell && cells.has(cell) ? cell : undefined
      }
      readCells(recordsOf(stream, joined, silent), {
        value(sheet, row, column, text) {
          const cell = asked(sheet, row, column)
          if (cell) found.text(String(sheet), cell, text)
        },
        formula(sheet, row, column, tokens) {
          const cell = asked(sheet, row, column)
          if (!cell) return
          const { text } = formulaOf(tokens, version, names)
          found.formula(String(sheet), cell, text)
        },
      })
    },
  }
}

const silent = () => {}
const unknownSheet: Sheet = { name: '', at: 0, kind: 'worksheet', hidden: 'no' }

/** Its own beginning says what it is, whatever the list of sheets says, which need not have it. */
function sheetAt({ body, at }: BinaryRecord, sheets: readonly Sheet[]): Sheet {
  const listed = sheets.find((s) => s.at === at) ?? { ...unknownSheet, at }
  return u16At(body, 2) === 0x40 ? { ...listed, kind: 'macro' } : listed
}

interface Globals extends Workbook {
  readonly books: readonly SupportingBook[]
  readonly names: readonly DefinedName[]
  readonly references: readonly { book: number; sheet: number }[]
}

const maxNames = 100_000

function globalsOf(stream: Buffer, told: (damage: Damage) => void): Globals {
  const found = {
    version: 8 as 5 | 8,
    sheets: [] as Sheet[],
    password: undefined as Buffer | undefined,
    books: [] as SupportingBook[],
    names: [] as DefinedName[],
    references: [] as { book: number; sheet: number }[],
  }
  let begun = false
  let ended = false
  let lost = 0
  for (const record of recordsOf(stream, joined, told)) {
    const { type, body } = record
    if (type === recordTypes.bof && !begun) {
      found.version = u16At(body, 0) >= 0x0600 ? 8 : 5
      begun = true
    } else if (type === recordTypes.eof) ended = true
    else if (type === recordTypes.password) {
      found.password = body
      break
    } else if (found.names.length + found.books.length < maxNames)
      takeGlobal(record, found)
    else lost++
  }
  if (!begun || !(ended || found.password))
    told({
      what: 'workbook',
      offset: 0,
      message: begun
        ? 'what its first record begins ends nowhere'
        : 'it does not begin as a workbook',
    })
  if (lost > 0) {
    told({
      what: 'workbook',
      offset: 0,
      message: `${lost} records behind the first ${maxNames} names and books were not read`,
      isBound: true,
    })
  }
  return found
}

function takeGlobal(
  record: BinaryRecord,
  found: {
    version: 5 | 8
    sheets: Sheet[]
    books: SupportingBook[]
    names: DefinedName[]
    references: { book: number; sheet: number }[]
  },
): void {
  const { version } = found
  switch (record.type) {
    case recordTypes.sheet:
      found.sheets.push(sheetOf(record.body, version))
      break
    case recordTypes.name:
      found.names.push(definedName(record, version))
      break
    case recordTypes.supportingBook:
      found.books.push(supportingBook(record))
      break
    case recordTypes.externalSheet:
      if (version === 5) found.books.push(externalSheet(record))
      else found.references = sheetReferences(record.body)
      break
    case recordTypes.externalName:
      found.books.at(-1)?.names.push(externalName(record, version))
      break
  }
}

/** How a conversation is written in a formula: `service|'topic'!item`. */
export function conversation(book: SupportingBook, item: string): string {
  return `${book.service}|'${book.topic}'!${item}`
}

function namesOf(found: Globals, allCells: () => Cells): FormulaNames {
  let cells: Cells | undefined
  const sheetAt = (index: number): Sheet | undefined =>
    found.sheets[
      found.version === 5 ? index : (found.references[index]?.sheet ?? -1)
    ]
  return {
    name: (index) => found.names[index - 1]?.name,
    sheet: (index) => sheetAt(index)?.name,
    external(sheet, index) {
      const at = found.version === 5 ? sheet - 1 : found.references[sheet]?.book
      const book = at === undefined ? undefined : found.books[at]
      const name = book?.names[index - 1]?.name
      if (!book || name === undefined) return name
      return book.kind === 'conversation' ? conversation(book, name) : name
    },
    cell(sheet, row, column) {
      cells ??= allCells()
      const at = sheet === undefined ? undefined : sheetAt(sheet)?.at
      return cells.text(at, row, column)
    },
  }
}

function inSheet(
  record: BinaryRecord,
  sheet: Sheet,
  version: 5 | 8,
  names: FormulaNames,
  visitor: WorkbookVisitor,
): void {
  const { type, body, at } = record
  if (
    type === recordTypes.formula ||
    type === recordTypes.sharedFormula ||
    type === recordTypes.arrayFormula
  ) {
    const { row, column, tokens } = formulaCell(record)
    if (sheet.kind !== 'macro' && !mayCall(tokens)) return
    visitor.formula(
      { sheet, cell: cellName(row + 1, column + 1), at },
      formulaOf(tokens, version, names, { row, column }),
    )
  } else if (type === recordTypes.hyperlink) {
    const target = hyperlinkTarget(body.subarray(8))
    const cell = cellName(u16At(body, 0) + 1, u16At(body, 4) + 1)
    if (target) visitor.hyperlink({ sheet: sheet.name, cell, at, target })
  } else if (type === recordTypes.queryText) {
    visitor.query(at, readString(new Cursor(body), version, 'long'))
  }
}

/** CALL, REGISTER, REGISTER.ID, HYPERLINK, RTD, SQL.REQUEST, EVALUATE, functions by name, names elsewhere. */
const telling = new Set([0x95, 0x96, 0x0b, 0x67, 0x7b, 0x30, 0x01, 0xff])

/** Most formulas of most sheets only reckon: told by their bytes, before anything is made of them. */
function mayCall(tokens: Buffer): boolean {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]! & 0x1f
    if (token === 0x19 && tokens[i]! >= 0x20) return true
    if ((token === 1 || token === 2) && tokens[i]! >= 0x20) {
      const id = token === 1 ? u16At(tokens, i + 1) : u16At(tokens, i + 2)
      if (id >= 0x80 && telling.has(id & 0xff)) return true
    }
  }
  return false
}
