// What the cells and names hold that acting formulas ask for: read only then, and only those.
import { tokensOf } from '../../formula/tokens.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import { readSharedTexts } from './shared-texts.ts'
import { type CellFormula, SheetCells } from './sheet.ts'
import type { Workbook } from './workbook.ts'

/** Cells that are read for one workbook. */
const maxCells = 50_000

const reference = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i

export class WorkbookCells {
  readonly #document: Ooxml
  /** By sheet's part: the text by cell. */
  readonly #texts = new Map<string, Map<string, string>>()
  readonly #names: ReadonlyMap<string, string>

  constructor(document: Ooxml, book: Workbook) {
    this.#document = document
    this.#names = new Map(
      book.names.map((n) => [n.name.toLowerCase(), n.formula]),
    )
  }

  async read(formulas: readonly CellFormula[]): Promise<void> {
    const wanted = new Map<string, Set<string>>()
    let left = maxCells
    for (const { part, formula } of formulas) {
      for (const token of tokensOf(formula)) {
        const cell = token.kind === 'name' ? cellOf(token.text) : undefined
        if (!cell || left-- <= 0) continue
        const cells = wanted.get(part) ?? new Set()
        wanted.set(part, cells.add(cell))
      }
    }
    for (const [part, cells] of wanted) await this.#readSheet(part, cells)
  }

  /** Of a cell of the same sheet, or of a name that stands for a text. */
  text(part: string, name: string): string | undefined {
    const cell = cellOf(name)
    if (cell) return this.#texts.get(part)?.get(cell)
    const formula = this.#names.get(name.toLowerCase())
    return formula === undefined ? undefined : textOfConstant(formula)
  }

  async #readSheet(part: string, cells: ReadonlySet<string>) {
    const { opened, writer } = this.#document
    const xml = await opened.xml(part)
    if (!xml) return
    const texts = new Map<string, string>()
    const shared = new Map<number, string[]>()
    const visitor = new SheetCells(cells, (cell, text, isShared) => {
      if (!isShared) {
        texts.set(cell, text)
        return
      }
      const index = Number(text)
      shared.set(index, [...(shared.get(index) ?? []), cell])
    })
    scanPart(xml, visitor, (p) => writer.damaged(p, part))
    if (shared.size > 0) {
      const isWanted = (index: number) => shared.has(index)
      await readSharedTexts(
        this.#document,
        (index, text) => {
          for (const cell of shared.get(index) ?? []) texts.set(cell, text)
        },
        isWanted,
      )
    }
    this.#texts.set(part, texts)
  }
}

function cellOf(name: string): string | undefined {
  const match = reference.exec(name)
  return match ? match[1]!.toUpperCase() + match[2]! : undefined
}

function textOfConstant(formula: string): string | undefined {
  const [token, ...more] = tokensOf(formula)
  return token?.kind === 'text' && more.length === 0 ? token.text : undefined
}
