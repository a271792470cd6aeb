// Rows of a sheet that are events: someone saved a log as a workbook. They are written as a table of text and read as a
// source within the document, so that they meet the same dialects as any CSV.
import { HeaderReader } from '../auditd/header.ts'
import { holdsEvents } from '../csv/csv-reader.ts'
import { tableLayout, triedRows } from '../csv/layout.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { eventsInText } from '../inside/event-text.ts'
import { looksLikeEvent } from '../jsonl/known.ts'
import type { ReaderOptions } from '../reader.ts'
import { type Cells, columnOfNames, recordsDown } from './sheet-records.ts'

/** Rows of the beginning that tell whether there are events: those that may name the columns, and some below. */
export const tellingRows = triedRows + 4
/** Columns of a sheet; what is wider is no log. */
const maxColumns = 1024
/** Of the table of one sheet, in UTF-16 units. */
const maxTableUnits = 128 * 1024 * 1024

export class SheetRows {
  readonly #options: ReaderOptions
  readonly #sheet: string
  #head: Cells[] = []
  /** undefined: nobody knows yet whether the rows are events. */
  #areEvents: boolean | undefined
  #isOneColumn = false
  /** Names stand in this column, not in a row; and the rows so far. */
  #namesIn: number | undefined
  readonly #down: Cells[] = []
  readonly #lines: string[] = []
  #units = 0
  #lost = 0
  #cutColumns = 0

  constructor(options: ReaderOptions, sheet: string) {
    this.#options = options
    this.#sheet = sheet
  }

  /** Asked when all rows, or the first `tellingRows` of them, are there. */
  get areEvents(): boolean {
    this.#areEvents ??= this.#decide()
    return this.#areEvents
  }

  /** The rows are known to be no events: more of them need not be given. */
  get areNone(): boolean {
    return this.#areEvents === false
  }

  /** Cells by their column, from 0. */
  row(cells: Cells): void {
    if (this.#areEvents === undefined) {
      this.#head.push(cells.slice(0, maxColumns))
      if (this.#head.length >= tellingRows) this.#areEvents = this.#decide()
    } else if (this.#areEvents) {
      if (cells.length > maxColumns) this.#cutColumns++
      this.#add(cells.slice(0, maxColumns))
    }
  }

  /** No more rows. */
  async end(): Promise<void> {
    if (!this.areEvents) return
    this.#tellLosses()
    if (this.#namesIn !== undefined) {
      for (const record of recordsDown(this.#down, this.#namesIn))
        this.#lines.push(`${JSON.stringify(record)}\n`)
      this.#down.length = 0
    }
    const name = `${this.#sheet || 'sheet'}.${this.#ending}`
    const bytes = Buffer.from(this.#lines.join(''))
    this.#lines.length = 0
    await this.#options.inside?.(name, bytes)
  }

  get #ending(): string {
    if (this.#namesIn !== undefined) return 'jsonl'
    return this.#isOneColumn ? 'txt' : 'csv'
  }

  #decide(): boolean {
    const rows = this.#head
    this.#head = []
    const width = rows.reduce((most, r) => Math.max(most, widthOf(r)), 0)
    if (width === 0) return false
    this.#isOneColumn = width === 1
    // A row that names columns is told by the row below having as many cells.
    for (const cells of rows) {
      this.#add(Array.from({ length: width }, (_, i) => cells[i]))
    }
    const text = this.#lines.join('')
    const layout = tableLayout(text, true)
    if (layout && holdsEvents(text, layout)) return true
    if (this.#isOneColumn) return rows.some(([cell]) => isEvent(cell ?? ''))
    this.#namesIn = columnOfNames(rows)
    if (this.#namesIn === undefined) return false
    this.#lines.length = 0
    for (const cells of rows) this.#down.push(cells)
    return true
  }

  #add(cells: Cells) {
    if (this.#units > maxTableUnits) {
      this.#lost++
      return
    }
    if (this.#namesIn !== undefined) {
      this.#units += cells.reduce((n, cell) => n + (cell?.length ?? 0) + 1, 0)
      this.#down.push(cells)
      return
    }
    const line = this.#isOneColumn
      ? `${cells[0] ?? ''}\n`
      : `${cells.map(quoted).join(',')}\n`
    this.#units += line.length
    this.#lines.push(line)
  }

  #tellLosses() {
    const { sink, start: offset = 0 } = this.#options
    const what = this.#sheet || 'sheet'
    const tell = (message: string) =>
      sink.damaged({ what, offset, message, isBound: true })
    if (this.#lost > 0)
      tell(
        `${this.#lost} rows beyond ${maxTableUnits} characters were not read`,
      )
    if (this.#cutColumns > 0)
      tell(
        `${this.#cutColumns} rows have more than ${maxColumns} columns; the rest of them was not read`,
      )
  }
}

function isEvent(text: string): boolean {
  return eventsInText(text, new HeaderReader()).some(
    (e) => e.kind !== 'json' || looksLikeEvent(e.value as JsonObject),
  )
}

function widthOf(cells: Cells): number {
  let width = cells.length
  while (width > 0 && !cells[width - 1]) width--
  return width
}

function quoted(cell: string | undefined): string {
  return cell ? `"${cell.replaceAll('"', '""')}"` : ''
}
