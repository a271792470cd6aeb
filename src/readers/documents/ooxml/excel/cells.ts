// What the cells and names hold that acting formulas ask for: read only then, and only those.
import type { Held } from '../../formula/evaluate.ts'
import { cellOf, cellsBetween } from '../../formula/references.ts'
import { type Token, tokensOf } from '../../formula/tokens.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import { readSharedTexts } from './shared-texts.ts'
import { type CellFormula, SheetCells } from './sheet.ts'
import type { Workbook } from './workbook.ts'

/** Cells that are read for one workbook. */
const maxCells = 50_000
/** Cells ask for cells, and those for others: so often a sheet is read again. */
const maxRounds = 6

/** What names cells by texts: which, nobody knows before. */
const asksAny = /\b(?:INDIRECT|OFFSET|INDEX|[HVX]?LOOKUP)\s*\(/i

type Wanted = Pick<Set<string>, 'has' | 'size'>

interface Cell {
  text?: string
  formula?: string
}

export class WorkbookCells {
  readonly #document: Ooxml
  /** By sheet's part. */
  readonly #cells = new Map<string, Map<string, Cell>>()
  readonly #names: ReadonlyMap<string, string>
  /** By the name of a sheet, in lower case. */
  readonly #parts: ReadonlyMap<string, string>
  readonly #first: string
  #left = maxCells

  constructor(document: Ooxml, { names, sheets }: Workbook) {
    this.#document = document
    this.#names = new Map(names.map((n) => [n.name.toLowerCase(), n.formula]))
    this.#parts = new Map(
      [...sheets].map(([part, name]) => [name.toLowerCase(), part]),
    )
    this.#first = sheets.keys().next().value ?? ''
  }

  async read(formulas: readonly CellFormula[]): Promise<void> {
    let asking: readonly CellFormula[] = formulas
    for (let i = 0; i < maxRounds && asking.length > 0; i++) {
      const next: CellFormula[] = []
      for (const [part, cells] of this.#wantedBy(asking))
        for (const formula of await this.#readSheet(part, cells))
          next.push(formula)
      asking = next
    }
  }

  /** Of a cell of a sheet, or of a name; `part`: of the sheet that asks. */
  held(
    part: string,
    name: string,
    sheet: string | undefined,
  ): Held | undefined {
    const cell = cellOf(name)
    if (!cell) {
      const formula = this.#names.get(name.toLowerCase())
      return formula === undefined ? undefined : { formula }
    }
    const of = this.#partOf(part, sheet)
    const found = this.#cells.get(of)?.get(cell)
    return found && { ...found, ...(sheet !== undefined && { sheet }) }
  }

  #partOf(part: string, sheet: string | undefined): string {
    if (sheet !== undefined) return this.#parts.get(sheet.toLowerCase()) ?? ''
    return this.#cells.has(part) ? part : this.#first
  }

  /** By part: the cells that these name, of names what those stand for; all, where it is not known which. */
  #wantedBy(formulas: readonly CellFormula[]): ReadonlyMap<string, Wanted> {
    const wanted = new Map<string, Set<string>>()
    const seen = new Set<string>()
    const waiting = formulas.map(({ part, formula }) => ({ part, formula }))
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { part, formula } = next
      if (asksAny.test(formula)) return this.#all()
      for (const { sheet, cells, name } of named(tokensOf(formula))) {
        const of = this.#partOf(part || this.#first, sheet)
        const set = wanted.get(of) ?? new Set()
        for (const cell of cells)
          if (!this.#cells.get(of)?.has(cell) && this.#left-- > 0)
            wanted.set(of, set.add(cell))
        const meant = this.#names.get(name.toLowerCase())
        if (meant === undefined || seen.has(name)) continue
        seen.add(name)
        waiting.push({ part, formula: meant })
      }
    }
    return wanted
  }

  #all(): ReadonlyMap<string, Wanted> {
    const any = { has: () => true, size: 1 }
    const all = [...this.#parts.values()].filter((p) => !this.#cells.has(p))
    return new Map(all.map((part) => [part, any]))
  }

  /** The formulas among them, which ask for others. */
  async #readSheet(part: string, wanted: Wanted): Promise<CellFormula[]> {
    const { opened, writer } = this.#document
    const xml = await opened.xml(part)
    if (!xml) return []
    const cells = this.#cells.get(part) ?? new Map<string, Cell>()
    this.#cells.set(part, cells)
    const formulas: CellFormula[] = []
    const shared = new Map<number, string[]>()
    const of = (cell: string): Cell => {
      const known = cells.get(cell) ?? {}
      if (cells.size < maxCells) cells.set(cell, known)
      return known
    }
    const visitor = new SheetCells(wanted, {
      text(cell, text, isShared) {
        if (!isShared) of(cell).text = text
        else {
          const index = Number(text)
          shared.set(index, [...(shared.get(index) ?? []), cell])
        }
      },
      formula(cell, formula) {
        of(cell).formula = formula
        formulas.push({ part, cell, formula })
      },
    })
    scanPart(xml, visitor, (p) => writer.damaged(p, part))
    if (shared.size > 0) {
      const isWanted = (index: number) => shared.has(index)
      await readSharedTexts(
        this.#document,
        (index, text) => {
          for (const cell of shared.get(index) ?? []) of(cell).text = text
        },
        isWanted,
      )
    }
    return formulas
  }
}

/** Each name in a formula, with the sheet before it and the cells that it stands for. */
function* named(tokens: readonly Token[]) {
  const isMark = (i: number, text: string) =>
    tokens[i]?.kind === 'mark' && tokens[i].text === text
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'name') continue
    const name = token.text
    const before = isMark(i - 1, '!') ? tokens[i - 2] : undefined
    const sheet = before?.kind === 'name' ? before.text : undefined
    const last = isMark(i + 1, ':') ? tokens[i + 2] : undefined
    const cell = cellOf(name)
    const range =
      last?.kind === 'name' ? cellsBetween(name, last.text) : undefined
    yield { sheet, name, cells: range ?? (cell ? [cell] : []) }
  }
}
