// eval: fields set to what expressions give.
import type { Assignment } from '../../../ir/operator.ts'
import {
  isCondition,
  parseExpression,
  withBrackets,
} from '../parse-expression.ts'
import { printExpression } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'
import { name } from './parts.ts'
import type { Syntax } from './syntax.ts'

/** `eval assignment {"," assignment}` */
export const evaluate: Syntax<'eval'> = {
  words: ['eval'],
  options: {},
  parse(s, { brackets: read }) {
    const { parsed, ...rest } = withBrackets(
      s,
      () => read(0),
      () => parseAssignments(s),
    )
    return { kind: 'eval', set: parsed, ...rest }
  },
  print: (c) =>
    `eval ${c.set.map((s) => `${name(s.field)}=${printExpression(s.of)}`).join(', ')}`,
}

function parseAssignments(s: Scanner): Assignment[] {
  const set: Assignment[] = []
  do set.push(parseAssignment(s))
  while (s.take(','))
  return set
}

/** `assignment = field "=" expression` */
function parseAssignment(s: Scanner): Assignment {
  s.space()
  const at = s.pos
  const field = s.name('a field to set')
  if (/\{[^{}\d][^{}]*\}/.test(field)) {
    throw new SyntaxProblem(
      'P012',
      `"${field}" takes its name from a value, which is not supported`,
      at,
    )
  }
  s.expect('=', `behind "${field}"`)
  s.space()
  const start = s.pos
  const of = parseExpression(s)
  if (isCondition(of)) {
    throw new SyntaxProblem(
      'P019',
      `"${field}" would be true or false, which no field can be`,
      start,
      'use if(condition, 1, 0)',
    )
  }
  return { field, of }
}
