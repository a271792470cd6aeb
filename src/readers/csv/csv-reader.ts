// Reads the rows of a table one by one; each goes to the dialects as an object of its cells.
import { type Parser, parse } from 'csv-parse'

import {
  isFormulaCell,
  isLinkCell,
  mayHoldFormula,
} from '../documents/formula/items.ts'
import { FormulaCells } from '../documents/text/formula-cells.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { looksLikeEvent } from '../jsonl/known.ts'
import { RecordMaker } from '../jsonl/records.ts'
import type { Reader, ReaderOptions, RecordSink } from '../reader.ts'
import { AlikeRows } from './alike-rows.ts'
import { cellsOfLine } from './cells.ts'
import {
  firstRows,
  nameOf,
  parsing,
  type TableLayout,
  tableLayout,
} from './layout.ts'
import { unmarked } from './marked-cells.ts'
import { type LineTaker, PlainLines } from './plain-lines.ts'
import { saidOf } from './shown-cells.ts'
import { tornRows } from './torn-rows.ts'

/** In bytes, of one row: an event's XML has at most some megabytes. */
export const maxRowBytes = 16 * 1024 * 1024
/** So much of a source tells its layout, in bytes. */
const layoutBytes = 64 * 1024

export class CsvReader implements Reader, LineTaker {
  readonly #sink: RecordSink
  readonly #records: RecordMaker
  #held: Buffer[] = []
  #heldBytes = 0
  #parser: Parser | undefined
  /** Until a cell goes on behind its line: splitting is many times faster than parsing. */
  #plain: PlainLines | undefined = new PlainLines(this)
  /** Nobody asks what rows hold that are whole. */
  #alike: AlikeRows | undefined
  #layout: TableLayout | undefined
  /** A spreadsheet may be what opens it. */
  #formulas: FormulaCells | undefined
  #areEvents = true
  readonly #options: ReaderOptions
  /** Blocks that hold what is behind the last whole row. */
  #unread: Buffer[] = []
  /** Of the table: where the first of them begins. */
  #unreadFrom = 0
  /** Lines and bytes before what the parser was given. */
  #parserLines = 0
  #parserBytes = 0
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
    const last = this.#plain?.end()
    if (last) this.#parseRest(last)
    this.#parser?.end()
    this.#check()
    this.#formulas?.end()
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
    this.#areEvents = holdsEvents(head, this.#layout)
    this.#formulas = new FormulaCells(
      this.#layout.delimiter === '\t' ? 'tsv' : 'csv',
      this.#options,
      // What programs were given may look like a call.
      this.#areEvents ? isLinkCell : isFormulaCell,
    )
    this.#parse(bytes)
  }

  /** A row, if it is one by itself. */
  line(line: string, bytes: number): boolean {
    const { delimiter } = this.#layout!
    const end = this.#offset + bytes
    if (line.length === 0) {
      this.#line++
      this.#offset = end
      return true
    }
    const cells = cellsOfLine(line, delimiter)
    if (!cells) return false
    this.#row(cells, this.#line, end, mayHoldFormula(line))
    return true
  }

  pass(lines: Buffer): number {
    const alike = this.#alike
    if (!alike) return 0
    const bytes = alike.pass(lines)
    this.#records.count(alike.rows)
    this.#line += alike.rows
    this.#offset += bytes
    return bytes
  }

  #openParser() {
    this.#parserLines = this.#line - 1
    this.#parserBytes = this.#offset
    this.#parser = parse({
      ...parsing,
      delimiter: this.#layout!.delimiter,
      max_record_size: maxRowBytes,
      on_record: (row: string[], { lines, bytes: at }) => {
        const [line, end] = [this.#parserLines + lines, this.#parserBytes + at]
        if (this.#swallowsOthers(row, end)) this.#recover(end)
        else this.#row(row, line, end)
        this.#forget()
        return null
      },
    })
    // Told of at once below; an event without a listener would end the process.
    this.#parser.on('error', () => {})
    this.#parser.resume()
  }

  #parse(block: Buffer) {
    const rest = this.#plain ? this.#plain.push(block) : block
    if (rest) this.#parseRest(rest)
  }

  // The parser keeps what it has not parsed, and the block is the caller's.
  #parseRest(rest: Buffer) {
    if (this.#plain) {
      this.#plain = undefined
      this.#unreadFrom = this.#offset
      this.#openParser()
    }
    if (!this.#parser) return
    const own = Buffer.from(rest)
    this.#unread.push(own)
    this.#parser.write(own)
    this.#check()
  }

  #check() {
    const error = this.#parser?.errored
    if (!error) return
    this.#parser = undefined
    this.#recover(Number.POSITIVE_INFINITY)
    this.#unread = []
    this.#unreadFrom = this.#offset
    this.#openParser()
  }

  /** A quote that is not closed takes the rows behind it for a part of its cell. */
  #swallowsOthers(row: readonly string[], end: number): boolean {
    const { columns, delimiter } = this.#layout!
    if (row.length <= columns.length) return false
    if (!row.some((cell) => cell.includes('\n'))) return false
    for (const r of tornRows(this.#bytesTo(end), delimiter)) {
      if (!r.isTorn && r.cells.length === columns.length) return true
    }
    return false
  }

  /** Of the table, from behind the last whole row on. */
  #bytesTo(end: number): Buffer {
    const parts: Buffer[] = []
    let at = this.#unreadFrom
    for (const block of this.#unread) {
      if (at >= end) break
      // Of most rows all is in one block.
      parts.push(block.subarray(Math.max(0, this.#offset - at), end - at))
      at += block.length
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }

  /** Reads what is behind the last whole row, to `end`, a line a row. */
  #recover(end: number) {
    const { delimiter } = this.#layout!
    const [from, line] = [this.#offset, this.#line]
    const bytes = this.#bytesTo(end)
    const offset = this.#start + from
    const message = `line ${line}: a quote is not closed; from here each line is read by itself`
    this.#sink.damaged({ what: 'table', offset, message, lost: 0 })
    for (const torn of tornRows(bytes, delimiter)) {
      this.#line = line + torn.lines
      this.#offset = from + torn.bytes
      if (torn.isTorn) this.#lost(`line ${this.#line}: a row that is not whole`)
      this.#row(torn.cells, this.#line, this.#offset)
    }
    this.#line = line + linesIn(bytes)
    this.#offset = from + bytes.length
  }

  /** Blocks before the last whole row are not needed any more. */
  #forget() {
    for (;;) {
      const [first] = this.#unread
      if (!first || this.#unreadFrom + first.length > this.#offset) return
      this.#unreadFrom += first.length
      this.#unread.shift()
    }
  }

  #row(given: readonly string[], lines: number, bytes: number, mayAct = true) {
    const line = this.#line
    const offset = this.#start + this.#offset
    this.#line = lines + 1
    this.#offset = bytes
    const layout = this.#layout!
    if (!this.#areEvents) this.#formulas?.passed(given, line)
    if (mayAct) this.#formulas?.row(given, line, offset - this.#start)
    if (this.#rows++ < layout.skippedRows) return
    const row = cellsOf(given, layout)
    if (isHeading(layout, row)) return
    if (
      isWhole(layout, row) &&
      this.#records.takeRow(layout.columns, row, line, offset)
    ) {
      if (this.#records.areCounted) this.#alike ??= alikeRows(layout)
      return
    }
    this.#records.take(rowObject(layout, row), line, offset)
  }

  #lost(message: string) {
    const offset = this.#start + this.#offset
    this.#sink.damaged({ what: 'table', offset, message, lost: 1 })
  }
}

function alikeRows({ delimiter, columns }: TableLayout): AlikeRows {
  return new AlikeRows(delimiter, columns.length)
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1))
    lines++
  return lines
}

/** Rows that are looked at to tell telemetry from other tables. */
const triedRows = 4

/** Do its first rows tell of events that are known here? */
export function holdsEvents(text: string, layout: TableLayout): boolean {
  const { delimiter, skippedRows } = layout
  return firstRows(text, delimiter, skippedRows + triedRows)
    .slice(skippedRows)
    .some((row) => looksLikeEvent(rowObject(layout, cellsOf(row, layout))))
}

/** What a row says, without what a tool made of its cells. */
function cellsOf(
  row: readonly string[],
  { delimiter, isShown }: TableLayout,
): readonly string[] {
  const cells = unmarked(row, delimiter)
  return isShown ? cells.map(saidOf) : cells
}

/** Printed tables, and several put together, name their columns again. */
function isHeading({ columns }: TableLayout, row: readonly string[]): boolean {
  if (row[0] !== columns[0] || row.length < 2) return false
  return row.every((cell, i) => nameOf(cell, i) === columns[i])
}

function isWhole({ columns, utc, blank }: TableLayout, row: readonly string[]) {
  const isFull = !row.includes('') && !row.includes(blank)
  return row.length === columns.length && utc.size === 0 && isFull
}

/** An empty cell says nothing. Cells beyond the named ones go by their number. */
function rowObject(
  { columns, utc, blank }: TableLayout,
  row: readonly string[],
): JsonObject {
  const object: { [name: string]: string } = {}
  for (let i = 0; i < row.length; i++) {
    const cell = row[i]!
    if (cell === '' || cell === blank) continue
    const name = columns[i] ?? `column${i + 1}`
    // A column may bear the name of what every object has.
    if (name === '__proto__') continue
    object[name] = utc.has(i) ? inUtc(cell) : cell
  }
  return object
}

/** A time that states no offset, under a heading that does. */
function inUtc(cell: string): string {
  return /\d(?: ?[AaPp][Mm])?$/.test(cell) && cell.includes(':')
    ? `${cell} UTC`
    : cell
}
