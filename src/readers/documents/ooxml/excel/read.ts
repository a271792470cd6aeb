// Excel: links of DDE and OLE, formulas that reach outside, connections, names and sheets of macros.
import { formulaItems, mayActFormula } from '../../formula/items.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import { assignedMacros } from '../macros.ts'
import { readConnections } from './connections.ts'
import { externalLinkItems } from './external-link.ts'
import { WorkbookCells } from './cells.ts'
import { type CellFormula, SheetFormulas } from './sheet.ts'
import { SheetTables } from './sheet-table.ts'
import { readWorkbook, type Workbook } from './workbook.ts'

/** Formulas of one workbook that may act; what is over is not read. */
const maxFormulas = 100_000
/** Cells that are named beside a link. */
const maxUses = 8

const sheetType = /(?:worksheet|macrosheet|dialogsheet|chartsheet|table)\+xml$/i

export async function readExcel(
  document: Ooxml,
  main: string | undefined,
): Promise<void> {
  const { opened, writer } = document
  const book = await readWorkbook(document, main ?? 'xl/workbook.xml')
  const acts = actsIn(book)
  const found = new Formulas(acts)
  const tables = new SheetTables(document, book.from1904)
  for (const { name, contentType } of opened.parts) {
    // What the book has for a sheet is one, whatever its type says.
    if (sheetType.test(contentType) || book.sheets.has(name)) {
      const xml = await opened.xml(name)
      if (!xml) continue
      const sheet = new SheetFormulas(name, xml, {
        matters: (formula) => formula.includes('[') || acts(formula),
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
  if (found.lost > 0) {
    writer.bound(
      `${found.lost} formulas beyond ${maxFormulas} were not read`,
      '',
    )
  }
}

/** Those that may act, and the cells that use a link. */
class Formulas {
  readonly acting: CellFormula[] = []
  readonly #acts: (formula: string) => boolean
  /** By the number of the link, from 1. */
  readonly uses = new Map<number, string[]>()
  lost = 0

  constructor(acts: (formula: string) => boolean) {
    this.#acts = acts
  }

  add(found: CellFormula): void {
    if (found.formula.includes('[')) this.#use(found)
    if (!this.#acts(found.formula)) return
    if (this.acting.length < maxFormulas) this.acting.push(found)
    else this.lost++
  }

  #use({ formula, cell }: CellFormula) {
    const link = Number(/\[(\d{1,5})\]/.exec(formula)?.[1])
    if (!link) return
    const uses = this.uses.get(link) ?? []
    if (uses.length < maxUses) uses.push(cell)
    this.uses.set(link, uses)
  }
}

async function tellLinks(
  document: Ooxml,
  { links }: Workbook,
  { uses }: Formulas,
): Promise<void> {
  const listed = new Set(links)
  // One that the workbook does not list is dead, and yet worth a look.
  const others = document.opened.parts
    .filter((p) => /externalLink\+xml$/i.test(p.contentType))
    .map((p) => p.name)
    .filter((name) => !listed.has(name))
  for (const [i, part] of [...links, ...others].entries()) {
    const items = await externalLinkItems(document, part, uses.get(i + 1) ?? [])
    for (const item of items) document.writer.add(item)
  }
}

/** Does a formula act, or call a name that stands for a function that does? */
function actsIn({ names }: Workbook): (formula: string) => boolean {
  const calls = names
    .filter((n) => mayActFormula(n.formula) && /\bLAMBDA\s*\(/i.test(n.formula))
    .map((n) => `${n.name.toLowerCase()}(`)
  return (formula) => {
    if (mayActFormula(formula)) return true
    if (calls.length === 0) return false
    const written = formula.toLowerCase()
    return calls.some((call) => written.includes(call))
  }
}

async function tellFormulas(
  document: Ooxml,
  book: Workbook,
  { acting }: Formulas,
): Promise<void> {
  const { part: main, names, sheets } = book
  const { writer } = document
  const cells = new WorkbookCells(document, book)
  const ofNames = names
    .filter((n) => mayActFormula(n.formula))
    .map(({ name, formula }) => ({ part: '', cell: name, formula }))
  if (acting.length + ofNames.length > 0)
    await cells.read([...acting, ...ofNames])
  const lookup = (part: string) => (name: string, sheet?: string) =>
    cells.held(part, name, sheet)
  for (const { part, cell, formula } of acting) {
    const sheet = sheets.get(part)
    const place = { part, position: sheet ? `${sheet}!${cell}` : cell }
    for (const item of formulaItems(formula, place, lookup(part), true))
      writer.add(item)
  }
  for (const { name, formula, isMacro } of names) {
    const place = { part: main, position: name }
    for (const item of formulaItems(formula, place, lookup('')))
      writer.add(item)
    if (!isMacro) continue
    writer.add({
      kind: 'macro',
      ...place,
      text: `=${formula}`,
      macroName: name,
    })
  }
}
