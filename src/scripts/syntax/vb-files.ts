// Files of VBA: `Open path For Output As #1`, `Print #1, text`, `Close #1`, told as calls.
// https://learn.microsoft.com/office/vba/language/reference/user-interface-help/open-statement
import type { Parser } from './grammar.ts'
import type { Node } from './node.ts'

/** Parts of one line that is printed. */
const maxParts = 100

function called(
  parser: Parser,
  name: string,
  args: readonly Node[],
  start: number,
): Node {
  const callee: Node = { kind: 'name', name, start, end: start }
  return { kind: 'call', callee, args, start, end: parser.before }
}

const literal = (value: string, at: number): Node => ({
  kind: 'text',
  value,
  via: 0,
  start: at,
  end: at,
})

/** undefined: it is another statement, and nothing was taken. */
export function openFile(parser: Parser, start: number): Node | undefined {
  const { place } = parser
  parser.next()
  const path = parser.expression(1)
  if (!parser.accept('for')) {
    parser.back(place)
    return undefined
  }
  const { value: mode } = parser.next()
  while (!parser.is('as') && parser.peek().kind === 'name') parser.next()
  parser.accept('as')
  parser.accept('#')
  const number = parser.expression(1)
  parser.skipStatement()
  return called(parser, '[open]', [path, literal(mode, start), number], start)
}

/** `Print #1, a; b`, `Write #1, a`, `Put #1, , a`. */
export function printToFile(parser: Parser, start: number): Node | undefined {
  if (!parser.is('#', 1)) return undefined
  const word = parser.next().value
  parser.accept('#')
  const args = [parser.expression(1)]
  while (parser.accept(',', ';') && args.length < maxParts) {
    const { kind } = parser.peek()
    if (kind === 'line' || kind === 'end' || parser.is(',')) continue
    args.push(parser.expression(1))
  }
  parser.skipStatement()
  return called(parser, `[${word}]`, args, start)
}

export function closeFile(parser: Parser, start: number): Node | undefined {
  parser.next()
  parser.accept('#')
  const { kind } = parser.peek()
  const args = kind === 'line' || kind === 'end' ? [] : [parser.expression(1)]
  parser.skipStatement()
  return called(parser, '[close]', args, start)
}
