// Lines of a batch file, with those that a caret continues, and where its labels stand.
import type { Span } from '../syntax/node.ts'

export interface WrittenLine {
  readonly text: string
  readonly span: Span
  /** Where the next begins. */
  readonly next: number
}

/** Units of one line that goes on and on. */
const maxUnits = 1024 * 1024

export function lineAt(text: string, start: number): WrittenLine | undefined {
  if (start >= text.length) return undefined
  let line = ''
  let at = start
  for (;;) {
    const end = text.indexOf('\n', at)
    const to = end < 0 ? text.length : end
    const part = text.slice(at, to).replace(/\r$/, '')
    at = to + 1
    const goesOn =
      /(?:^|[^^])(?:\^\^)*\^$/.test(part.slice(-64)) &&
      at < text.length &&
      line.length < maxUnits
    line += goesOn ? part.slice(0, -1) : part
    if (!goesOn) return { text: line, span: { start, end: to }, next: at }
  }
}

/** The first of each name: where the line behind it begins. */
export function labelsOf(text: string): ReadonlyMap<string, number> {
  const out = new Map<string, number>()
  for (const found of text.matchAll(
    /^[ \t;,=@]*:[ \t]*([^\s:;,=+&|<>()]{1,128})[^\n]*(?:\n|$)/gm,
  )) {
    const name = found[1]!.toLowerCase()
    if (!out.has(name)) out.set(name, found.index + found[0].length)
  }
  return out
}
