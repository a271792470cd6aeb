// Lines of setup files; one that ends with a backslash goes on behind it.
import type { Span } from '../syntax/node.ts'

export interface ContinuedLine {
  readonly text: string
  readonly span: Span
}

/** `clean`: what counts of each line. A line that is longer than `maxUnits` UTF-16 units does not go on. */
export function* continuedLines(
  text: string,
  maxUnits: number,
  clean: (line: string) => string,
): Generator<ContinuedLine> {
  let start = 0
  while (start < text.length) {
    let line = ''
    let at = start
    for (;;) {
      const end = text.indexOf('\n', at)
      const to = end < 0 ? text.length : end
      const part = clean(text.slice(at, to))
      at = to + 1
      const goesOn = part.endsWith('\\') && line.length < maxUnits
      line += goesOn ? part.slice(0, -1) : part
      if (goesOn && at < text.length) continue
      yield { text: line, span: { start, end: to } }
      break
    }
    start = at
  }
}
