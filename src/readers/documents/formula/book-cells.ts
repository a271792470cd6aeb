// What the cells and names of a workbook hold that acting formulas ask for: only those are read, in whatever format they stand.
import type { Held } from './evaluate.ts'
import { cellOf, cellsBetween } from './references.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Cells that are read for one workbook. */
const maxCells = 50_000
/** Cells ask for cells, and those for others: so often the sheets are read again. */
const maxRounds = 6

/** What names cells by texts: which, nobody knows before. */
const asksAny = /\b(?:INDIRECT|OFFSET|INDEX|[HVX]?LOOKUP)\s*\(/i

/** Cells of one sheet that are asked for. */
export type Wanted = Pick<Set<string>, 'has' | 'size'>

export interface CellsFound {
  /** `cell` as `B2`. */
  text(sheet: string, cell: string, text: string): void
  formula(sheet: string, cell: string, formula: string): void
}

/** Where the cells of a workbook are read. Sheets are called by whatever the format tells them apart by. */
export interface CellSource {
  /** By its name as formulas have it, in lower case. */
  readonly sheets: ReadonlyMap<string, string>
  /** What names stand for, by them in lower case. */
  readonly names: ReadonlyMap<string, string>
  read(
    wanted: ReadonlyMap<string, Wanted>,
    found: CellsFound,
  ): void | Promise<void>
}

/** A formula that asks; `sheet` '': none, as of a name. */
export interface AskingFormula {
  readonly sheet: string
  readonly formula: string
}

interface Cell {
  text?: string
  formula?: string
}

export class BookCells {
  readonly #source: CellSource
  readonly #cells = new Map<string, Map<string, Cell>>()
  readonly #first: string
  #left = maxCells
  #lost = 0

  constructor(source: CellSource) {
    this.#source = source
    this.#first = source.sheets.values().next().value ?? ''
  }

  /** What a bound cut, in words. */
  get cut(): string | undefined {
    return this.#lost > 0
      ? `over ${maxCells} cells that formulas name; what is in others is not put into them`
      : undefined
  }

  async read(formulas: readonly AskingFormula[]): Promise<void> {
    let asking = formulas
    for (let i = 0; i < maxRounds && asking.length > 0; i++) {
      const wanted = this.#wantedBy(asking)
      if (wanted.size === 0) return
      asking = await this.#readSheets(wanted)
    }
  }

  /** Of a cell of a sheet, or of a name; `asking`: the sheet of the formula. */
  held(
    asking: string,
    name: string,
    sheet: string | undefined,
  ): Held | undefined {
    const cell = cellOf(name)
    if (!cell) {
      const formula = this.#source.names.get(name.toLowerCase())
      return formula === undefined ? undefined : { formula }
    }
    const found = this.#cells.get(this.#sheetOf(asking, sheet))?.get(cell)
    return found && { ...found, ...(sheet !== undefined && { sheet }) }
  }

  #sheetOf(asking: string, sheet: string | undefined): string {
    if (sheet !== undefined)
      return this.#source.sheets.get(sheet.toLowerCase()) ?? ''
    return asking || this.#first
  }

  /** By sheet: the cells that these name, of names what those stand for; all, where it is not known which. */
  #wantedBy(formulas: readonly AskingFormula[]): ReadonlyMap<string, Wanted> {
    const wanted = new Map<string, Set<string>>()
    const seen = new Set<string>()
    const waiting = [...formulas]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { sheet: asking, formula } = next
      if (asksAny.test(formula)) return this.#all()
      for (const { sheet, cells, name } of named(tokensOf(formula))) {
        const of = this.#sheetOf(asking, sheet)
        const set = wanted.get(of) ?? new Set()
        for (const cell of cells)
          if (!this.#cells.get(of)?.has(cell)) wanted.set(of, set.add(cell))
        const key = name.toLowerCase()
        const meant = this.#source.names.get(key)
        if (meant === undefined || seen.has(key)) continue
        seen.add(key)
        waiting.push({ sheet: asking, formula: meant })
      }
    }
    return wanted
  }

  #all(): ReadonlyMap<string, Wanted> {
    const any = { has: () => true, size: 1 }
    const all = [...this.#source.sheets.values()]
    return new Map(all.filter((s) => !this.#cells.has(s)).map((s) => [s, any]))
  }

  /** The formulas among them, which ask for others. */
  async #readSheets(
    wanted: ReadonlyMap<string, Wanted>,
  ): Promise<AskingFormula[]> {
    const formulas: AskingFormula[] = []
    for (const sheet of wanted.keys())
      if (!this.#cells.has(sheet)) this.#cells.set(sheet, new Map())
    const of = (sheet: string, cell: string): Cell => {
      const known = this.#cells.get(sheet)?.get(cell)
      if (known) return known
      const made = {}
      if (this.#left-- > 0) this.#cells.get(sheet)?.set(cell, made)
      else this.#lost++
      return made
    }
    await this.#source.read(wanted, {
      text(sheet, cell, text) {
        of(sheet, cell).text = text
      },
      formula(sheet, cell, formula) {
        of(sheet, cell).formula = formula
        formulas.push({ sheet, formula })
      },
    })
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
