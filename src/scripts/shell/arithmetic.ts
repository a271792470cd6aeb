// `$((…))`: the arithmetic of shells, whose names need no sign.
import type { Budget } from '../budget.ts'
import type { Grammar, Parser } from '../syntax/grammar.ts'
import type { Node } from '../syntax/node.ts'
import { cAssigns, cOperators, cSigns, signs } from '../syntax/operators.ts'
import { ExpressionParser } from '../syntax/parser.ts'

/** `$x` and `${x}` are `x`. */
function primary(parser: Parser): Node | undefined {
  const { start, kind: first, number } = parser.peek()
  if (first === 'number' && parser.is('#', 1))
    return inBase(parser, number ?? 0)
  if (!parser.accept('$')) return undefined
  const braces = parser.accept('{')
  const { value, kind } = parser.peek()
  if (kind === 'name' || kind === 'number') parser.next()
  if (braces) parser.accept('}')
  return { kind: 'name', name: value, start, end: parser.before }
}

/** `16#ff`. */
function inBase(parser: Parser, base: number): Node {
  const { start } = parser.next()
  parser.next()
  const from = parser.peek().start
  const digits = /[0-9A-Za-z]{1,12}/y
  digits.lastIndex = from
  const written = digits.exec(parser.text)?.[0] ?? ''
  while (
    parser.peek().kind !== 'end' &&
    parser.peek().start < from + written.length
  )
    parser.next()
  const { before: end } = parser
  const isWhole = base >= 2 && base <= 36 && isOf(written.toLowerCase(), base)
  return isWhole
    ? { kind: 'number', value: Number.parseInt(written, base), start, end }
    : { kind: 'name', name: '', start, end }
}

function isOf(digits: string, base: number): boolean {
  return (
    digits !== '' &&
    Array.from(digits).every((d) => Number.parseInt(d, 36) < base)
  )
}

const grammar: Grammar = {
  lex: {
    octal: true,
    lineComments: [],
    blockComments: [],
    strings: [],
    name: /[A-Za-z_]\w{0,100}/y,
    operators: [
      ...signs(
        '** << >> <= >= == != && || ++ -- += -= *= /= %= ^= |= &= <<= >>=',
      ),
      ...cSigns,
      '$',
      '#',
    ],
  },
  binary: cOperators,
  unary: { '!': 'not', '-': '-', '+': '+', '~': '~', '++': '', '--': '' },
  unaryBinds: { '!': 15, '-': 15, '+': 15, '~': 15 },
  members: [],
  assigns: cAssigns,
  statement: (parser) => {
    const node = parser.expression()
    parser.accept(',')
    return node
  },
  primary,
  ends: new Set(),
}

/** Its parts, of which the last is what it comes to. */
export function parseArithmetic(
  text: string,
  { start, end, depth }: { start: number; end: number; depth: number },
  budget: Budget,
): Node {
  const body = new ExpressionParser(text, grammar, budget, depth).parse(
    start,
    end,
  )
  return { kind: 'block', body, start, end }
}
