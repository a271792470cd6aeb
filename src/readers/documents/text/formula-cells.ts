// Cells of a table of text that a spreadsheet would take as formulas when it opens the file.
import { formulaItems, halfWidth, isFormulaCell } from '../formula/items.ts'
import type { DocumentFormat } from '../formats.ts'
import { ItemWriter } from '../item.ts'
import type { ReaderOptions } from '../../reader.ts'

/**
 * Such a cell is text wherever the table is opened; exports put the mark before what users entered. Excel drops it where the cell is
 * edited and the table saved, so it is told all the same. A blank or a tab before a formula keeps it from acting in some programs
 * alone. Source: OWASP, "CSV Injection".
 */
const textMark = /^[\s\u0000]*'/
const cellMark = 'apostrophe'
const fullWidth = /[\uff01-\uff5e]/

export class FormulaCells {
  readonly #format: DocumentFormat
  readonly #options: ReaderOptions
  readonly #isOne: (cell: string) => boolean
  /** Made for the first formula: a table without one is no document here. */
  #writer: ItemWriter | undefined

  /** `isOne`: is the cell a formula that acts? */
  constructor(
    format: DocumentFormat,
    options: ReaderOptions,
    isOne: (cell: string) => boolean = isFormulaCell,
  ) {
    this.#isOne = isOne
    this.#format = format
    this.#options = options
  }

  /** `offset` in the bytes that the options' start counts from. */
  row(cells: readonly string[], line: number, offset: number): void {
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!
      const meant = fullWidth.test(cell) ? halfWidth(cell) : cell
      if (this.#isOne(meant)) this.#cell(meant, line, i, { cells, offset })
    }
  }

  #cell(
    cell: string,
    line: number,
    column: number,
    {
      cells,
      offset,
    }: { readonly cells: readonly string[]; readonly offset: number },
  ) {
    // Between the characters NULs may stand, which programs pass over.
    const formula = cell.replaceAll('\0', '').replace(/^[\s"']+/, '')
    const place = {
      position: `line ${line}, column ${column + 1}`,
      offset,
      line,
      around: cells.filter((_, i) => i !== column).join(', '),
    }
    const written = cells[column]!
    const isText = textMark.test(cell)
    for (const item of formulaItems(formula, place)) {
      this.#writer ??= new ItemWriter(this.#format, this.#options)
      if (isText) {
        const { kind, text } = item
        // What it would do if it were one is nothing that the table does.
        this.#writer.add({ kind, ...place, text, source: written, cellMark })
        continue
      }
      const isPlain = formula === written.trim()
      this.#writer.add(isPlain ? item : { ...item, source: written })
    }
  }
}
