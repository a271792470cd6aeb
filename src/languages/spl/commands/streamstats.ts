// streamstats: aggregates of the rows so far.
import type { Expression } from '../../../ir/expression.ts'
import { parseExpression } from '../parse-expression.ts'
import { printExpression } from '../print-expression.ts'
import type { Scanner } from '../scanner.ts'
import { parseAggregates } from './aggregates.ts'
import { byClause, type Options, takeOptions } from './options.ts'
import { aggregates, by, span, words } from './parts.ts'
import type { Syntax } from './syntax.ts'

const options = {
  window: 'count',
  time_window: 'span',
  current: 'flag',
  global: 'flag',
  reset_on_change: 'flag',
  allnum: 'flag',
} as const

/** `streamstats {option | reset} aggregate {[","] aggregate} ["by" field {field}]` */
export const streamstats: Syntax<'streamstats'> = {
  words: ['streamstats'],
  options,
  parse(s) {
    const found: Options<typeof options> = {}
    const resets: Resets = {}
    const others = () =>
      takeResets(s, resets, () =>
        takeOptions(s, options, found, 'streamstats', true),
      )
    others()
    const list = parseAggregates(s, 'streamstats', ['by'], others)
    return {
      kind: 'streamstats',
      aggregates: list,
      by: byClause(s, others),
      window: found.window ?? 0,
      ...(found.time_window ? { timeWindow: found.time_window } : {}),
      current: found.current ?? true,
      global: found.global ?? true,
      resetOnChange: found.reset_on_change ?? false,
      ...(found.allnum ? { allNumbers: true } : {}),
      ...resets,
    }
  },
  print: (c) =>
    words(
      'streamstats',
      `window=${c.window} current=${c.current} global=${c.global} reset_on_change=${c.resetOnChange}`,
      c.allNumbers && 'allnum=true',
      c.timeWindow && `time_window=${span(c.timeWindow)}`,
      c.resetBefore && `reset_before=(${printExpression(c.resetBefore)})`,
      c.resetAfter && `reset_after=(${printExpression(c.resetAfter)})`,
      aggregates(c.aggregates),
      by(c.by),
    ),
}

interface Resets {
  resetBefore?: Expression
  resetAfter?: Expression
}

/**
 * Their values are expressions, so they are no plain options.
 *
 *     reset = ("reset_before" | "reset_after") "=" "(" expression ")"
 */
function takeResets(s: Scanner, found: Resets, others: () => void): void {
  for (;;) {
    others()
    const key = s.seesWord('reset_before', true)
      ? 'resetBefore'
      : s.seesWord('reset_after', true)
        ? 'resetAfter'
        : undefined
    if (!key) return
    s.word()
    s.expect('=', 'behind the option')
    if (s.peek() !== '(') s.fail('expected a condition in parentheses')
    s.expect('(', '')
    found[key] = parseExpression(s)
    s.expect(')', 'behind the condition')
  }
}
