// The formulas of a workbook that act: gathered while it is read, and told when the cells that they name can be asked.
import type { ItemWriter } from '../item.ts'
import { BookCells, type CellSource } from './book-cells.ts'
import { type FormulaPlace, formulaItems, mayActFormula } from './items.ts'

/** Formulas of one workbook that may act; what is over is not read. */
const maxFormulas = 100_000
/** UTF-16 units of them. */
const maxUnits = 64 * 1024 * 1024

interface Acting {
  readonly sheet: string
  /** Its cells in A1 style. */
  readonly formula: string
  readonly written: string
  readonly place: FormulaPlace
}

/** As the format writes it, where its cells are named otherwise than `A1`. */
interface Written {
  readonly sheet: string
  readonly written?: string
}

export class BookFormulas {
  readonly #acting: Acting[] = []
  readonly #names = new Map<string, string>()
  /** Names of functions of its own that act, as they are called. */
  readonly #calls: string[] = []
  #units = 0
  #lost = 0

  get names(): ReadonlyMap<string, string> {
    return this.#names
  }

  /** What a name stands for; those that are known before the formulas make them act. */
  name(name: string, formula: string): void {
    const key = name.toLowerCase()
    this.#names.set(key, formula)
    if (mayActFormula(formula) && /\bLAMBDA\s*\(/i.test(formula))
      this.#calls.push(`${key}(`)
  }

  /** Does a formula act, or call a name that stands for a function that does? */
  acts(formula: string): boolean {
    if (mayActFormula(formula)) return true
    if (this.#calls.length === 0) return false
    const written = formula.toLowerCase()
    return this.#calls.some((call) => written.includes(call))
  }

  /** `place` is only asked of one that acts. */
  add(
    formula: string,
    { sheet, written = formula }: Written,
    place: () => FormulaPlace,
  ): void {
    if (!this.acts(formula)) return
    this.#units += formula.length
    if (this.#acting.length >= maxFormulas || this.#units > maxUnits)
      this.#lost++
    else this.#acting.push({ sheet, formula, written, place: place() })
  }

  async tell(
    writer: ItemWriter,
    source: Omit<CellSource, 'names'>,
  ): Promise<void> {
    const names = this.#names
    const cells = new BookCells({
      sheets: source.sheets,
      names,
      read: (wanted, found) => source.read(wanted, found),
    })
    await cells.read(this.#acting)
    for (const { sheet, formula, written, place } of this.#acting) {
      const lookup = (name: string, of?: string) => cells.held(sheet, name, of)
      const given = { lookup, written, acts: true }
      for (const item of formulaItems(formula, place, given)) writer.add(item)
    }
    if (cells.cut) writer.bound(cells.cut, '')
    if (this.#lost > 0)
      writer.bound(
        `${this.#lost} formulas beyond ${maxFormulas}, or ${maxUnits} characters of them, were not read`,
        '',
      )
  }
}
