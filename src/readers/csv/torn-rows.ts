// What can be had of rows around a quote that is never closed? Each line by itself: one that is no row of its own is taken apart
// at the delimiter, whatever its quotes say.
import { cellsBy } from './cells.ts'

export interface TornRow {
  readonly cells: readonly string[]
  /** Lines before it. */
  readonly lines: number
  /** Bytes before it. */
  readonly bytes: number
  readonly isTorn: boolean
}

const LF = 0x0a

/** One after the other: they are as many as an attacker likes. */
export function* tornRows(
  bytes: Buffer,
  delimiter: string,
): Generator<TornRow> {
  let lines = 0
  for (let from = 0; from < bytes.length; lines++) {
    const at = bytes.indexOf(LF, from)
    const to = at < 0 ? bytes.length : at
    const text = bytes.toString('utf8', from, to).replace(/\r$/, '')
    if (text.trim() !== '')
      yield { ...rowOf(text, delimiter), lines, bytes: from }
    from = to + 1
  }
}

function rowOf(text: string, delimiter: string) {
  const cells = cellsOf(text, delimiter)
  if (cells) return { cells, isTorn: false }
  const torn = text
    .split(delimiter)
    .map((cell) => cell.trim().replace(/^"|"$/g, '').replaceAll('""', '"'))
  return { cells: torn, isTorn: true }
}

/** Of a line alone. undefined: a quote is not closed. */
export function cellsOf(text: string, delimiter: string): string[] | undefined {
  return cellsBy(closingQuote, text, delimiter)
}

/** Behind it stands a delimiter, or nothing; -1: there is none. */
function closingQuote(text: string, from: number, delimiter: string): number {
  for (let at = text.indexOf('"', from); at >= 0; ) {
    const next = text[at + 1]
    if (next === undefined || next === delimiter) return at
    at = text.indexOf('"', at + (next === '"' ? 2 : 1))
  }
  return -1
}
