// `count(x) as y`, `values(Processes.*) as *`, `sum(eval(a*b))`: the list that stats and its relatives begin with.
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Expression } from '../../../ir/expression.ts'
import type { Aggregate } from '../../../ir/aggregate.ts'
import { aggregates, percentileOf, refusedAggregates } from '../functions.ts'
import { parseExpression } from '../parse-expression.ts'
import { printExpression } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'

/**
 * Reads aggregates up to the command's end or one of the words.
 *
 *     aggregates = aggregate {[","] aggregate}
 */
export function parseAggregates(
  s: Scanner,
  command: string,
  ends: readonly string[],
  options: () => void = () => {},
): Aggregate[] {
  const list: Aggregate[] = []
  while (!s.atCommandEnd() && !ends.some((w) => s.seesWord(w, true))) {
    list.push(parseAggregate(s))
    s.takeCommas()
    options()
  }
  if (!list.length) {
    s.fail(`"${command}" needs an aggregate, such as count`, 'P010')
  }
  return list
}

/** `aggregate = name ["(" ["eval" "(" expression ")" | field] ")"] ["as" field]` */
function parseAggregate(s: Scanner): Aggregate {
  s.space()
  const at = s.pos
  const name = s.word()
  if (name === undefined) s.fail('expected an aggregate, such as count')
  const known = lookUp(name, at)
  let argument: { field?: string; of?: Expression } = {}
  let shown = name
  if (s.peek() === '(') {
    argument = parseArgument(s)
    shown = `${name}(${argument.of ? `eval(${printExpression(argument.of)})` : (argument.field ?? '')})`
  }
  if (!argument.field && !argument.of && known.fn !== 'count') {
    throw new SyntaxProblem('P010', `${name}() needs a field, found none`, at)
  }
  const as = s.takeWord('as', true) ? s.name('a name behind "as"') : shown
  return { ...known, ...argument, as }
}

function lookUp(name: string, at: number): Pick<Aggregate, 'fn' | 'percent'> {
  const lower = name.toLowerCase()
  if (Object.hasOwn(aggregates, lower)) return { fn: aggregates[lower]! }
  const percent = percentileOf(lower)
  if (percent !== undefined) return { fn: 'perc', percent }
  if (Object.hasOwn(refusedAggregates, lower)) {
    throw new SyntaxProblem(
      'P013',
      `aggregate "${name}" is not supported: ${refusedAggregates[lower]}`,
      at,
    )
  }
  throw new SyntaxProblem(
    'P007',
    `unknown aggregate "${name}"`,
    at,
    didYouMean(name, Object.keys(aggregates)),
  )
}

function parseArgument(s: Scanner): { field?: string; of?: Expression } {
  const open = s.pos
  s.expect('(', '')
  if (s.take(')')) return {}
  let result: { field?: string; of?: Expression }
  const at = s.pos
  if (s.takeWord('eval', true) && s.take('(')) {
    result = { of: parseExpression(s) }
    s.expect(')', 'behind eval(...')
  } else {
    s.pos = at
    result = { field: s.name('a field') }
  }
  if (!s.take(')')) {
    if (s.atCommandEnd()) {
      throw new SyntaxProblem('P003', 'a parenthesis is not closed', open)
    }
    s.fail('expected ")" behind the field')
  }
  return result
}
