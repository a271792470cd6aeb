// A lookup table from CSV text (RFC 4180): the first line names the columns. A table stays the bytes that it was, with where its cells
// begin: as texts in rows it would take twenty times as much.
import { grouped } from '../../base/shown.ts'

import type { LookupTable, TableRows } from './operators/tables.ts'

/** Rows of one table, columns of it that have names, and cells of all tables of a search together. */
export const maxTableRows = 1_000_000
const maxTableColumns = 10_000
export const maxTableCells = 8_000_000

const maxCellBytes = 1024 * 1024

/** How many cells there may still be; tables of one search share it. */
export interface TableRoom {
  cells: number
}

export interface ParsedTable {
  readonly table: LookupTable
  readonly problem?: string
}

export function parseLookup(
  text: string | Buffer,
  options: Omit<LookupTable, 'columns' | 'rows'> = {},
  room: TableRoom = { cells: maxTableCells },
): ParsedTable {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const cells = new CsvCells(bytes)
  const problem = cells.read(room)
  const names = cells.length ? cells.take(0) : []
  const rows = new RowsBehind(cells)
  return {
    table: { columns: names.map((c) => c.trim()), rows, ...options },
    ...(problem && { problem }),
  }
}

/** Rows without the first. */
class RowsBehind implements TableRows {
  readonly #cells: CsvCells

  constructor(cells: CsvCells) {
    this.#cells = cells
  }

  get length(): number {
    return Math.max(0, this.#cells.length - 1)
  }
  cell(row: number, column: number): string {
    return this.#cells.cell(row + 1, column) ?? ''
  }
}

/** Characters from which on the text of a cell is kept: making it again costs more than keeping it. */
const longCell = 1_024

const quote = 0x22
const comma = 0x2c
const lineFeed = 0x0a
const carriageReturn = 0x0d

class CsvCells {
  readonly #bytes: Buffer
  /** Offsets of cells, one row behind the other. */
  readonly #starts = new Offsets()
  /** Of each row its first cell among them, and where its last one ends. */
  readonly #firsts = new Offsets()
  readonly #ends = new Offsets()
  /** Long cells that were asked for. */
  readonly #long = new Map<number, string>()

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get length(): number {
    return this.#firsts.length
  }

  /** What is wrong with it, in words. */
  read(room: TableRoom): string | undefined {
    const bytes = this.#bytes
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    let at = hasMark ? 3 : 0
    while (at < bytes.length) {
      if (this.length > maxTableRows)
        return `the table has more than ${shown(maxTableRows)} rows: the others are not read`
      const first = this.#starts.length
      const fault = () => {
        this.#starts.length = first
        return `rows behind the first ${shown(Math.max(0, this.length - 1))} are not read`
      }
      for (;;) {
        if (this.#starts.length - first >= room.cells)
          return `tables have more than ${shown(maxTableCells)} cells together: ${fault()}`
        const start = at
        this.#starts.add(start)
        at = this.#behindCell(start)
        if (at - start > maxCellBytes)
          return `a cell has more than ${shown(maxCellBytes)} bytes, as where a quote is not closed: ${fault()}`
        if (bytes[at] !== comma) break
        at++
      }
      this.#endRow(first, at, room)
      at++
    }
    return undefined
  }

  /** A line without anything is no row. */
  #endRow(first: number, end: number, room: TableRoom): void {
    const cells = this.#starts.length - first
    if (cells === 1 && !this.#text(first, end)) this.#starts.length = first
    else {
      room.cells -= cells
      this.#firsts.add(first)
      this.#ends.add(end)
    }
  }

  #behindCell(start: number): number {
    const bytes = this.#bytes
    let at = start
    if (bytes[at] === quote) at = this.#behindQuotes(at + 1)
    while (at < bytes.length && bytes[at] !== comma && bytes[at] !== lineFeed)
      at++
    return at
  }

  #behindQuotes(from: number): number {
    for (let at = from; ; at += 2) {
      at = this.#bytes.indexOf(quote, at)
      if (at < 0) return this.#bytes.length
      if (this.#bytes[at + 1] !== quote) return at + 1
    }
  }

  cell(row: number, column: number): string | undefined {
    const first = this.#firsts.at(row)
    const isLastRow = row + 1 === this.length
    const next = isLastRow ? this.#starts.length : this.#firsts.at(row + 1)
    const at = first + column
    if (at >= next) return undefined
    const known = this.#long.get(at)
    if (known !== undefined) return known
    const isLast = at + 1 === next
    const end = isLast ? this.#ends.at(row) : this.#starts.at(at + 1) - 1
    const text = this.#text(at, end)
    if (text.length >= longCell) this.#long.set(at, text)
    return text
  }

  /** Cells of a row that may have names. */
  take(row: number): string[] {
    const texts: string[] = []
    while (texts.length < maxTableColumns) {
      const text = this.cell(row, texts.length)
      if (text === undefined) break
      texts.push(text)
    }
    return texts
  }

  #text(cell: number, end: number): string {
    const bytes = this.#bytes
    const start = this.#starts.at(cell)
    const behind =
      bytes[start] === quote ? this.#behindQuotes(start + 1) : start
    const tail =
      bytes[end - 1] === carriageReturn && end > behind ? end - 1 : end
    if (behind === start) return bytes.toString('utf8', start, tail)
    const isClosed = bytes[behind - 1] === quote && behind > start + 1
    const inner = bytes.toString('utf8', start + 1, behind - (isClosed ? 1 : 0))
    const unquoted = inner.replaceAll('""', '"')
    return unquoted + bytes.toString('utf8', behind, tail)
  }
}

/** Numbers in a row, four bytes each. */
class Offsets {
  #numbers = new Uint32Array(64)
  length = 0

  add(offset: number): void {
    if (this.length === this.#numbers.length) {
      const more = new Uint32Array(Math.ceil(1.25 * this.length))
      more.set(this.#numbers)
      this.#numbers = more
    }
    this.#numbers[this.length++] = offset
  }

  at(i: number): number {
    return this.#numbers[i]!
  }
}

function shown(count: number): string {
  return grouped(count)
}
