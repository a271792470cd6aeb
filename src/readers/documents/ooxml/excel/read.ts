// Excel: links of DDE and OLE, formulas that reach outside, connections, names and sheets of macros.
import { BookFormulas } from '../../formula/book.ts'
import { readMacroSheet } from '../../formula/macro-sheet.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import { assignedMacros } from '../macros.ts'
import { targetPart } from '../relations.ts'
import { readConnections } from './connections.ts'
import { externalLinkItems } from './external-link.ts'
import { cellsOfParts } from './cells.ts'
import { type CellFormula, SheetFormulas } from './sheet.ts'
import { SheetTables } from './sheet-table.ts'
import { readWorkbook, type Workbook } from './workbook.ts'

/** Cells that are named beside a link. */
const maxUses = 8

const sheetType =
  /(?:worksheet|macrosheet|dialogsheet|chartsheet|table|chart(?:ex)?)\+xml$/i

const macroSheetType = /macrosheet\+xml$/i

export async function readExcel(
  document: Ooxml,
  main: string | undefined,
): Promise<void> {
  const { opened, writer } = document
  const book = await readWorkbook(document, main ?? 'xl/workbook.xml')
  const found = new Formulas(book)
  const tables = new SheetTables(document, book.from1904)
  for (const { name, contentType } of opened.parts) {
    // What the book has for a sheet is one, whatever its type says.
    if (sheetType.test(contentType) || book.sheets.has(name)) {
      const xml = await opened.xml(name)
      if (!xml) continue
      const sheet = new SheetFormulas(name, xml, {
        matters: (formula) => formula.includes('[') || found.acts(formula),
        formula: (f) => found.add(f),
        item: (i) => writer.add(i),
      })
      scanPart(xml, sheet, (p) => writer.damaged(p, name))
      await tables.sheet(book.sheets.get(name) ?? name, xml)
    } else if (/connections\+xml$/i.test(contentType)) {
      await readConnections(document, name)
    } else if (
      /(?:drawing|vmlDrawing|controlproperties)\+xml$/i.test(contentType)
    ) {
      await assignedMacros(document, name)
    }
  }
  await tellLinks(document, book, found)
  await tellFormulas(document, book, found)
}

/** Those that may act, and the cells that use a link. */
class Formulas {
  readonly #book: Workbook
  readonly acting = new BookFormulas()
  /** By the number of the link, from 1. */
  readonly uses = new Map<number, string[]>()

  constructor(book: Workbook) {
    this.#book = book
    for (const { name, formula } of book.names) this.acting.name(name, formula)
  }

  acts(formula: string): boolean {
    return this.acting.acts(formula)
  }

  add({ part, cell, formula }: CellFormula): void {
    if (formula.includes('[')) this.#use(formula, cell)
    const sheet = this.#book.sheets.get(part)
    this.acting.add(formula, { sheet: part }, () => ({
      part,
      position: sheet ? `${sheet}!${cell}` : cell,
    }))
  }

  #use(formula: string, cell: string) {
    const link = Number(/\[(\d{1,5})\]/.exec(formula)?.[1])
    if (!link) return
    const uses = this.uses.get(link) ?? []
    if (uses.length < maxUses) uses.push(cell)
    this.uses.set(link, uses)
  }
}

async function tellLinks(
  document: Ooxml,
  { part: main, links }: Workbook,
  { uses }: Formulas,
): Promise<void> {
  const listed = new Set(links)
  // One that the workbook does not list is dead, and yet worth a look.
  const typed = document.opened.parts
    .filter((p) => /externalLink\+xml$/i.test(p.contentType))
    .map((p) => p.name)
  const related = (document.relations.get(main) ?? [])
    .filter((r) => r.type === 'externalLink' && !r.isExternal)
    .map((r) => targetPart(main, r.target))
  const others = new Set([...typed, ...related].filter((p) => !listed.has(p)))
  for (const [i, part] of [...links, ...others].entries()) {
    const items = await externalLinkItems(document, part, uses.get(i + 1) ?? [])
    for (const item of items) document.writer.add(item)
  }
}

async function tellFormulas(
  document: Ooxml,
  book: Workbook,
  { acting }: Formulas,
): Promise<void> {
  const { writer } = document
  for (const { name, formula, isMacro } of book.names) {
    const place = { part: book.part, position: name }
    acting.add(formula, { sheet: '' }, () => place)
    if (!isMacro) continue
    writer.add({
      kind: 'macro',
      ...place,
      text: `=${formula}`,
      macroName: name,
    })
  }
  const cells = cellsOfParts(document, book)
  await acting.tell(writer, cells)
  const source = { ...cells, names: acting.names }
  for (const { name: part, contentType } of document.opened.parts) {
    if (!macroSheetType.test(contentType)) continue
    const sheet = { key: part, part, name: book.sheets.get(part) ?? part }
    await readMacroSheet(writer, source, sheet)
  }
}
