// Cells of a table of text that a spreadsheet would take as formulas when it opens the file.
import { formulaItems, halfWidth, isFormulaCell } from '../formula/items.ts'
import type { DocumentFormat } from '../formats.ts'
import { ItemWriter } from '../item.ts'
import type { ReaderOptions } from '../../reader.ts'
import { KeptRows } from './kept-rows.ts'

/**
 * Such a cell is text wherever the table is opened; exports put the mark before what users entered. Excel drops it where the cell is
 * edited and the table saved, so it is told all the same. A blank or a tab before a formula keeps it from acting in some programs
 * alone. Source: OWASP, "CSV Injection".
 */
const textMark = /^[\s\u0000]*'/
const cellMark = 'apostrophe'
const fullWidth = /[\uff01-\uff5e]/

/** Formulas that wait for the rows behind them, and UTF-16 units of their rows. */
const maxWaiting = 10_000
const maxWaitingUnits = 8 * 1024 * 1024

/** What a formula names that may be a cell: of others nobody needs to wait for. */
const namesCell = /(?<![\w!$'])\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?![\w(!])/i

interface Row {
  readonly cells: readonly string[]
  readonly line: number
  readonly offset: number
}

export class FormulaCells {
  readonly #format: DocumentFormat
  readonly #options: ReaderOptions
  readonly #isOne: (cell: string) => boolean
  readonly #kept = new KeptRows()
  #waiting: { readonly row: Row; readonly column: number }[] = []
  #waitingUnits = 0
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

  /** Rows need not be given any more that hold no formula. */
  get isFull(): boolean {
    return this.#kept.isFull
  }

  /** A row that formulas of others may name. */
  passed(cells: readonly string[], line: number): void {
    this.#kept.add(line, cells)
  }

  /** `offset` in the bytes that the options' start counts from. */
  row(cells: readonly string[], line: number, offset: number): void {
    const row = { cells, line, offset }
    for (let i = 0; i < cells.length; i++) {
      const cell = meantBy(cells[i]!)
      if (!this.#isOne(cell)) continue
      if (namesCell.test(cell) && this.#mayWait(row))
        this.#waiting.push({ row, column: i })
      else this.#cell(row, i)
    }
  }

  /** No more rows. */
  end(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { row, column } of waiting) this.#cell(row, column)
  }

  #mayWait({ cells }: Row): boolean {
    for (const cell of cells) this.#waitingUnits += cell.length
    return (
      this.#waiting.length < maxWaiting && this.#waitingUnits < maxWaitingUnits
    )
  }

  #cell(row: Row, column: number) {
    const { cells, line, offset } = row
    const written = cells[column]!
    const cell = meantBy(written)
    // Between the characters NULs may stand, which programs pass over.
    const formula = cell.replaceAll('\0', '').replace(/^[\s"']+/, '')
    const place = {
      position: `line ${line}, column ${column + 1}`,
      offset,
      line,
      around: cells.filter((_, i) => i !== column).join(', '),
    }
    const lookup = (name: string) => this.#kept.held(name, line, cells)
    const isText = textMark.test(cell)
    for (const item of formulaItems(formula, place, { lookup })) {
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

function meantBy(cell: string): string {
  return fullWidth.test(cell) ? halfWidth(cell) : cell
}
