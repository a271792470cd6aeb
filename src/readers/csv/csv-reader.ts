// Reads the rows of a table one by one; each goes to the dialects as an object of its cells.
import { type Parser, parse } from 'csv-parse'

import { FormulaCells } from '../documents/text/formula-cells.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { looksLikeEvent, RecordMaker } from '../jsonl/records.ts'
import type { Reader, ReaderOptions, RecordSink } from '../reader.ts'
import { firstRows, parsing, type TableLayout, tableLayout } from './layout.ts'

/** In bytes, of one row: an event's XML has at most some megabytes. */
export const maxRowBytes = 16 * 1024 * 1024
/** So much of a source tells its layout, in bytes. */
const layoutBytes = 64 * 1024

export class CsvReader implements Reader {
  readonly #sink: RecordSink
  readonly #records: RecordMaker
  #held: Buffer[] = []
  #heldBytes = 0
  #parser: Parser | undefined
  #layout: TableLayout | undefined
  /** Of a table that is no telemetry: a spreadsheet may be what opens it. */
  #formulas: FormulaCells | undefined
  readonly #options: ReaderOptions
  #rows = 0
  #line = 1
  #offset = 0
  readonly #start: number

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#sink = options.sink
    this.#start = options.start ?? 0
    this.#records = new RecordMaker(options.sink, options.gate)
  }

  push(block: Buffer): void {
    if (this.#layout) {
      this.#parse(block)
      return
    }
    this.#held.push(Buffer.from(block))
    this.#heldBytes += block.length
    if (this.#heldBytes >= layoutBytes) this.#begin(false)
  }

  end(): void {
    if (!this.#layout) this.#begin(true)
    this.#parser?.end()
    this.#check()
    this.#records.end()
  }

  #begin(isAll: boolean) {
    const bytes = Buffer.concat(this.#held)
    this.#held = []
    const head = bytes.subarray(0, layoutBytes).toString('utf8')
    this.#layout = tableLayout(head, isAll) ?? tableLayout(head, true)
    if (!this.#layout) {
      this.#lost('no row that names the columns')
      return
    }
    this.#sink.shapeSeen('CSV')
    if (!holdsEvents(head, this.#layout)) {
      const format = this.#layout.delimiter === '\t' ? 'tsv' : 'csv'
      this.#formulas = new FormulaCells(format, this.#options)
    }
    this.#parser = parse({
      ...parsing,
      delimiter: this.#layout.delimiter,
      max_record_size: maxRowBytes,
      on_record: (row: string[], { lines, bytes: at }) => {
        this.#row(row, lines, at)
        return null
      },
    })
    // Told of at once below; an event without a listener would end the process.
    this.#parser.on('error', () => {})
    this.#parser.resume()
    this.#parse(bytes)
  }

  // The parser keeps what it has not parsed, and the block is the caller's.
  #parse(block: Buffer) {
    this.#parser?.write(Buffer.from(block))
    this.#check()
  }

  #check() {
    const error = this.#parser?.errored
    if (!error) return
    this.#parser = undefined
    this.#lost(`${error.message}; the rest was not read`)
  }

  #row(row: readonly string[], lines: number, bytes: number) {
    const line = this.#line
    const offset = this.#start + this.#offset
    this.#line = lines + 1
    this.#offset = bytes
    const { skippedRows, columns } = this.#layout!
    this.#formulas?.row(row, line, offset - this.#start)
    if (this.#rows++ < skippedRows) return
    this.#records.take(rowObject(columns, row), line, offset)
  }

  #lost(message: string) {
    const offset = this.#start + this.#offset
    this.#sink.damaged({ what: 'table', offset, message, lost: 1 })
  }
}

/** Rows that are looked at to tell telemetry from other tables. */
const triedRows = 4

/** Do its first rows tell of events that are known here? */
export function holdsEvents(text: string, layout: TableLayout): boolean {
  const { delimiter, skippedRows, columns } = layout
  return firstRows(text, delimiter, skippedRows + triedRows)
    .slice(skippedRows)
    .some((row) => looksLikeEvent(rowObject(columns, row)))
}

/** An empty cell says nothing. Cells beyond the named ones go by their number. */
export function rowObject(
  columns: readonly string[],
  row: readonly string[],
): JsonObject {
  return Object.fromEntries(
    row.flatMap((cell, i) =>
      cell === '' ? [] : [[columns[i] ?? `column${i + 1}`, cell]],
    ),
  )
}
