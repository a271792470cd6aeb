// Finds the rows of tables among lines: a heading, a rule below it, and what stands under it until something else comes.
import type { JsonObject } from '../flat/json-value.ts'
import { isToolLine } from '../tool-line.ts'
import {
  cellText,
  drawn,
  namesOf,
  partsBelow,
  partsByWidth,
  partsOf,
  type Rule,
  ruleOf,
  wikiHeading,
} from './lines.ts'

/** Of one row over several lines, in UTF-16 units. */
const maxRowLength = 1024 * 1024
/** Lines of one row that are put together cell by cell. */
const maxRowLines = 256

export interface Place {
  readonly line: number
  readonly offset: number
}

export interface RowSink {
  row(object: JsonObject, place: Place): void
  /** A row that is not as its heading says. */
  odd(message: string, place: Place): void
}

interface Table {
  readonly names: readonly string[]
  /** undefined: a wiki's heading has none. */
  readonly rule: Rule | undefined
  /** Its rows end with a bar. */
  readonly isClosed: boolean
}

interface OpenRow {
  readonly place: Place
  readonly lines: number
  readonly parts: readonly string[]
}

export class TableRows {
  readonly #sink: RowSink
  /** The last two lines that may name columns. */
  #before: readonly string[] = []
  #table: Table | undefined
  /** A row that goes on in the next line, cell by cell. */
  #open: OpenRow | undefined
  /** A row of which only the beginning came: a line break stood in a cell. */
  #cut: { readonly place: Place; readonly text: string } | undefined

  constructor(sink: RowSink) {
    this.#sink = sink
  }

  take(line: string, place: Place): void {
    if (this.#cut && this.#table) {
      this.#goOn(line, this.#table)
      return
    }
    const rule = ruleOf(line)
    if (rule) this.#rule(rule)
    else if (this.#table && this.#isRow(line, this.#table)) {
      this.#row(line, this.#table, place)
    } else this.#other(line)
  }

  end(): void {
    this.#give()
    if (this.#cut) this.#sink.odd('a row that is not whole', this.#cut.place)
    this.#cut = undefined
    this.#table = undefined
  }

  #rule(rule: Rule) {
    this.#give()
    const heading = this.#before.findLast((line) => headingOf(line, rule))
    if (heading !== undefined) {
      const names = headingOf(heading, rule)!
      const isClosed = drawn(heading.trimEnd()).endsWith('|')
      this.#table = { names, rule, isClosed }
    } else if (this.#table?.rule?.hasBars !== rule.hasBars) {
      this.#table = undefined
    }
    this.#before = []
  }

  #other(line: string) {
    this.end()
    const names = wikiHeading(line)
    if (names) this.#table = { names, rule: undefined, isClosed: true }
    this.#before = line.trim() === '' ? [] : [...this.#before.slice(-1), line]
  }

  #isRow(line: string, { rule, isClosed }: Table): boolean {
    if (line.trim() === '' || isToolLine(line.trim())) return false
    if (rule && !rule.hasBars) return true
    const bars = drawn(line)
    return isClosed ? bars.trimStart().startsWith('|') : bars.includes('|')
  }

  #row(line: string, table: Table, place: Place) {
    const { names, rule, isClosed } = table
    if (rule && !rule.hasBars) {
      this.#cells(partsByWidth(line, rule), place)
      return
    }
    const isWhole = !isClosed || drawn(line.trimEnd()).endsWith('|')
    if (
      rule?.isCrossed &&
      !isWhole &&
      partsOf(line).length < names.length + 1
    ) {
      this.#cut = { place, text: line }
      return
    }
    const parts = (rule && partsBelow(line, rule)) ?? partsOf(line)
    this.#below(parts, place, rule)
  }

  /** Of a row that is drawn over several lines, the next is found below. */
  #below(parts: readonly string[], place: Place, rule: Rule | undefined) {
    const before = this.#open
    const both = before
      ? before.parts.map((part, i) => joined(part, parts[i] ?? ''))
      : parts
    // psql marks a cell that goes on so, in place of the blank before the bar.
    const isMarked = rule?.isCrossed && parts.some((part) => part.endsWith('+'))
    const lines = (before?.lines ?? 0) + 1
    const isLong =
      lines >= maxRowLines ||
      both.reduce((sum, part) => sum + part.length, 0) > maxRowLength
    this.#open = {
      place: before?.place ?? place,
      lines,
      parts: isMarked ? both.map(withoutMark) : both,
    }
    if (!(rule?.isDouble || isMarked) || isLong) this.#give()
  }

  #give() {
    const open = this.#open
    this.#open = undefined
    if (open) this.#cells(open.parts, open.place)
  }

  #goOn(line: string, { isClosed }: Table) {
    const { place, text } = this.#cut!
    const both = `${text}\n${line}`
    const isEnd = isClosed && drawn(line.trimEnd()).endsWith('|')
    this.#cut = { place, text: both }
    if (!isEnd && both.length <= maxRowLength && !ruleOf(line)) return
    this.#cut = undefined
    const parts = partsOf(both)
    const whole = partsOf(text.slice(0, text.indexOf('\n'))).length - 1
    const isLast = whole === this.#table!.names.length - 1
    this.#cells(isLast ? withRest(parts, whole) : parts, place)
  }

  #cells(parts: readonly string[], place: Place) {
    const { names } = this.#table!
    if (parts.length !== names.length) {
      const message = `a row of ${parts.length} cells below ${names.length} names`
      this.#sink.odd(message, place)
    }
    const object: { [name: string]: string } = {}
    for (const [i, part] of parts.entries()) {
      const text = cellText(part)
      const name = names[i] ?? `column${i + 1}`
      // An empty cell says nothing, and a column may bear the name of what every object has.
      if (text === '' || text === 'NULL' || name === '__proto__') continue
      object[name] = text
    }
    this.#sink.row(object, place)
  }
}

function headingOf(line: string, rule: Rule): string[] | undefined {
  const parts = rule.hasBars ? partsOf(line) : partsByWidth(line, rule)
  return parts.length === rule.columns ? namesOf(parts) : undefined
}

function joined(above: string, below: string): string {
  const text = below.trim()
  return text === '' || text === '+'
    ? above
    : `${above.trimEnd()}\n${below.trimStart()}`
}

/** What is behind the first cells is one, whatever bars are in it. */
function withRest(parts: readonly string[], whole: number): string[] {
  return [...parts.slice(0, whole), parts.slice(whole).join('|')]
}

function withoutMark(part: string): string {
  return part.endsWith('+') ? part.slice(0, -1).trimEnd() : part
}
