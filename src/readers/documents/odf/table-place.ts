// In which cell of which table does an element stand? Cells and rows may stand for many.
import { cellName } from '../cell-name.ts'
import type { Attributes } from '../xml.ts'

/** A cell or row may stand for a million. */
const maxRepeated = 1_048_576

export class TablePlace {
  /** '' outside of tables. */
  name = ''
  #row = 0
  #nextRow = 1
  #column = 0
  #nextColumn = 1

  /** As `B2`. */
  get cell(): string {
    return cellName(this.#row, this.#column)
  }

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'table':
        this.name = attributes.get('name') ?? ''
        this.#nextRow = 1
        break
      case 'table-row':
        this.#row = this.#nextRow
        this.#nextRow += repeated(attributes.get('number-rows-repeated'))
        this.#nextColumn = 1
        break
      case 'table-cell':
      case 'covered-table-cell':
        this.#column = this.#nextColumn
        this.#nextColumn += repeated(attributes.get('number-columns-repeated'))
    }
  }

  close(name: string): void {
    if (name === 'table') this.name = ''
  }
}

function repeated(times: string | undefined): number {
  const n = Number(times ?? 1)
  return Number.isInteger(n) && n > 0 ? Math.min(n, maxRepeated) : 1
}
