// What can be had of rows around a quote that is never closed? Each line by itself: one that is no row of its own is taken apart
// at the delimiter, whatever its quotes say.
import { parse } from 'csv-parse/sync'

import { parsing } from './layout.ts'

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
  if (!text.includes('"')) {
    return { cells: text.split(delimiter), isTorn: false }
  }
  try {
    const [cells] = parse(text, { ...parsing, delimiter }) as string[][]
    if (cells) return { cells, isTorn: false }
  } catch {}
  const cells = text
    .split(delimiter)
    .map((cell) => cell.trim().replace(/^"|"$/g, '').replaceAll('""', '"'))
  return { cells, isTorn: true }
}
