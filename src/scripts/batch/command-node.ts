// A command of a batch file as a node of the one tree.
import { bitOf } from '../fold/value.ts'
import type { Node, Span } from '../syntax/node.ts'
import { type BatchCommand, programWords } from './words.ts'

/** `lineVia`: how the line that it stands on was hidden; `from`: what comes through the pipe. */
export function nodeOf(
  command: BatchCommand,
  lineVia: number,
  { start, end }: Span,
  from: Node | undefined,
): Node {
  const { redirects, carets } = command
  const via = lineVia | (carets ? bitOf('split words') : 0)
  const literal = (value: string): Node => ({
    kind: 'text',
    value,
    via,
    start,
    end,
  })
  const parts = redirects.map(
    (r): Node => ({
      kind: 'list',
      items: [literal(r.sign), literal(r.target)],
      start,
      end,
    }),
  )
  return {
    kind: 'command',
    words: [...programWords(command).map(literal), ...parts],
    ...(from && { from }),
    start,
    end,
  }
}
