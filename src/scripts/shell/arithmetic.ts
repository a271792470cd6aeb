// `$((…))`: the arithmetic of shells, whose names need no sign.
import type { Budget } from '../budget.ts'
import type { Grammar, Parser } from '../syntax/grammar.ts'
import type { Node } from '../syntax/node.ts'
import { cAssigns, cOperators, cSigns, signs } from '../syntax/operators.ts'
import { ExpressionParser } from '../syntax/parser.ts'

/** `$x` and `${x}` are `x`. */
function primary(parser: Parser): Node | undefined {
  const { start } = parser.peek()
  if (!parser.accept('$')) return undefined
  const braces = parser.accept('{')
  const { value, kind } = parser.peek()
  if (kind === 'name' || kind === 'number') parser.next()
  if (braces) parser.accept('}')
  return { kind: 'name', name: value, start, end: parser.before }
}

const grammar: Grammar = {
  lex: {
    lineComments: [],
    blockComments: [],
    strings: [],
    name: /[A-Za-z_]\w{0,100}/y,
    operators: [
      ...signs('** << >> <= >= == != && || ++ -- += -= *= %= ^= |='),
      ...cSigns,
      '$',
    ],
  },
  binary: cOperators,
  unary: { '!': 'not', '-': '-', '+': '+', '~': '~', '++': '', '--': '' },
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
