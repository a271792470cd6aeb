// What the cells of an OpenDocument hold that formulas ask for.
import type { CellsFound, Wanted } from '../formula/book-cells.ts'
import { ofOpenFormula } from '../formula/written.ts'
import type { Attributes, PartVisitor } from '../xml.ts'
import { TablePlace } from './table-place.ts'
import { statedValue } from './table-rows.ts'

/** Of a cell, in UTF-16 units. */
const maxText = 32 * 1024

export class OdfCells implements PartVisitor {
  readonly #wanted: ReadonlyMap<string, Wanted>
  readonly #found: CellsFound
  readonly #place = new TablePlace()
  /** undefined: the cell is not asked for. */
  #text: string | undefined
  #paragraphs = 0
  #isText = false

  constructor(wanted: ReadonlyMap<string, Wanted>, found: CellsFound) {
    this.#wanted = wanted
    this.#found = found
  }

  open(name: string, attributes: Attributes): void {
    this.#place.open(name, attributes)
    if (name === 'table-cell' || name === 'covered-table-cell')
      this.#cell(attributes)
    else if (name === 'p') {
      this.#isText = true
      if (this.#paragraphs++ > 0) this.text('\n')
    } else if (name === 's') this.text(' ')
  }

  text(text: string): void {
    if (this.#isText && this.#text !== undefined && this.#text.length < maxText)
      this.#text += text
  }

  close(name: string): void {
    if (name === 'p') this.#isText = false
    else if (name === 'table-cell' || name === 'covered-table-cell') {
      if (this.#text)
        this.#found.text(this.#place.name, this.#place.cell, this.#text)
      this.#text = undefined
    }
    this.#place.close(name)
  }

  #cell(attributes: Attributes) {
    const { name: sheet, cell } = this.#place
    this.#text = undefined
    this.#paragraphs = 0
    if (!this.#wanted.get(sheet)?.has(cell)) return
    const value = statedValue(attributes)
    if (value === undefined) this.#text = ''
    else this.#found.text(sheet, cell, value)
    const formula = attributes.get('formula')
    if (formula) this.#found.formula(sheet, cell, ofOpenFormula(formula))
  }
}
