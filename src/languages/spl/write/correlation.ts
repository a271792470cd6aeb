// A correlation as a search: the events of all its rules in order of time, each with the rule that picked it, and `streamstats` over a
// window that ends at each of them.
import type {
  CorrelationRule,
  DetectionRule,
  Rule,
  RuleExpression,
} from '../../../ir/rule.ts'

import { Unsayable } from '../../../rule-text/unsayable.ts'

import { names } from '../commands/parts.ts'
import { printFieldName, quote } from '../print-expression.ts'
import { type WrittenDetection, writeDetection } from './detection.ts'

/** The field that says which rule picked an event. */
const picked = 'picked_by'

export function writeCorrelation(
  rule: CorrelationRule,
  byId: ReadonlyMap<string, Rule>,
): WrittenDetection {
  const bases = rule.rules.map((id) => baseOf(byId.get(id)))
  const written = bases.map((base) => branch(rule, base))
  const [first, ...others] = written
  const text = [
    first!.text,
    ...others.map((o) => `| append [ search ${o.text} ]`),
    '| sort 0 _time',
    ...windowOf(rule, bases),
  ].join('\n')
  return { text, isKnown: written.every((w) => w.isKnown) }
}

function baseOf(rule: Rule | undefined): DetectionRule {
  if (rule?.kind === 'detection') return rule
  throw new Unsayable('it reads another correlation, which no one search says')
}

/** One rule's events, each with its fields under the names by which they are grouped. */
function branch(rule: CorrelationRule, base: DetectionRule): WrittenDetection {
  const { id } = base.meta
  // Groups are told apart without case, those of commands with it.
  const groups = rule.groupBy.map((name) => {
    const field = rule.aliases[name]?.[id] ?? name
    return `${printFieldName(name)}=lower(${printFieldName(field)})`
  })
  const written = writeDetection(base)
  const set = [`${picked}=${quote(nameOf(base))}`, ...groups]
  return { ...written, text: `${written.text}\n| eval ${set.join(', ')}` }
}

function nameOf({ meta }: Rule): string {
  return meta.name ?? meta.id
}

function windowOf(
  rule: CorrelationRule,
  bases: readonly DetectionRule[],
): string[] {
  const by = rule.groupBy.length ? ` by ${names(rule.groupBy)}` : ''
  const window = `time_window=${seconds(rule)}s`
  if (rule.condition.kind === 'compare') {
    return [
      `| streamstats ${window} ${aggregate(rule)} as n${by}`,
      `| where ${boundsText(rule)}`,
    ]
  }
  return rule.correlation === 'temporal_ordered'
    ? inOrder(rule, bases, by)
    : together(rule.condition.of, bases, window, by)
}

function seconds({ windowMs }: CorrelationRule): number {
  if (windowMs % 1000 === 0) return windowMs / 1000
  throw new Unsayable(
    `its window of ${windowMs} ms is no whole number of seconds`,
  )
}

function aggregate({ correlation, condition }: CorrelationRule): string {
  const fields = condition.kind === 'compare' ? condition.fields : []
  if (correlation === 'event_count') return 'count'
  if (fields.length !== 1)
    throw new Unsayable('it counts values of several fields together')
  const field = names(fields)
  switch (correlation) {
    case 'value_count':
      return `dc(${field})`
    case 'value_sum':
      return `sum(${field})`
    case 'value_avg':
      return `avg(${field})`
    case 'value_median':
      return `median(${field})`
    default:
      throw new Unsayable(`"${correlation}" over a window`)
  }
}

const signs = { eq: '=', neq: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** Fewer than is only known once a window is over; `streamstats` speaks at each event. */
function boundsText({ condition }: CorrelationRule): string {
  const bounds =
    condition.kind === 'compare' ? Object.entries(condition.bounds) : []
  if (!bounds.some(([op]) => op === 'gte' || op === 'gt'))
    throw new Unsayable(
      'it fires where there are few, which is known only when the window is over',
    )
  return bounds
    .map(([op, n]) => `n${signs[op as keyof typeof signs]}${n}`)
    .join(' AND ')
}

function together(
  of: RuleExpression,
  bases: readonly DetectionRule[],
  window: string,
  by: string,
): string[] {
  const counts = bases.map(
    (base, i) => `count(eval(${picked}=${quote(nameOf(base))})) as n${i + 1}`,
  )
  const column = new Map(bases.map((b, i) => [b.meta.id, `n${i + 1}`]))
  return [
    `| streamstats ${window} ${counts.join(' ')}${by}`,
    `| where ${expressionText(of, column)}`,
  ]
}

function expressionText(
  of: RuleExpression,
  column: ReadonlyMap<string, string>,
): string {
  if (of.kind === 'rule') return `${column.get(of.id)}>0`
  if (of.kind === 'not')
    throw new Unsayable(
      'it fires where something did not happen, which is known only when the window is over',
    )
  const parts = of.of.map((e) => expressionText(e, column))
  return `(${parts.join(of.kind === 'and' ? ' AND ' : ' OR ')})`
}

/**
 * Of each step the latest time at which a chain that led to it began: a chain is short enough exactly if the one that began last is.
 */
function inOrder(
  rule: CorrelationRule,
  bases: readonly DetectionRule[],
  by: string,
): string[] {
  const { condition } = rule
  const isChain =
    condition.kind === 'expression' &&
    condition.of.kind === 'and' &&
    condition.of.of.every((e) => e.kind === 'rule')
  if (!isChain || bases.length < 2)
    throw new Unsayable('it asks for an order of other than all its rules')
  const lines: string[] = []
  let began = '_time'
  for (const [i, base] of bases.slice(0, -1).entries()) {
    const is = `${picked}=${quote(nameOf(base))}`
    lines.push(
      `| eval began${i + 1}=if(${is}, ${began}, null())`,
      `| streamstats current=f max(began${i + 1}) as since${i + 1}${by}`,
    )
    began = `since${i + 1}`
  }
  const last = `${picked}=${quote(nameOf(bases.at(-1)!))}`
  return [...lines, `| where ${last} AND _time-${began}<=${seconds(rule)}`]
}
