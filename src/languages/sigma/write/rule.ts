// A rule of the IR as the text of a Sigma rule. Loading the text gives a rule that holds on the same events.
import { leaves } from '../../../ir/predicate.ts'
import type {
  CorrelationRule,
  DetectionRule,
  Rule,
  RuleExpression,
  RuleMeta,
} from '../../../ir/rule.ts'

import { Unsayable, type WrittenRule } from '../../../rule-text/unsayable.ts'
import { writeHead } from '../../../rule-text/write-head.ts'
import { writeYaml } from '../../../rule-text/yaml/write.ts'

import { writeDetection } from './detection.ts'

/** One file: the rules in this order, a correlation with those that it reads. Throws `Unsayable`. */
export function writeSigma(rules: readonly Rule[]): WrittenRule {
  const byId = new Map(rules.map((r) => [r.meta.id, r]))
  const documents = rules.map((rule) =>
    writeYaml(
      rule.kind === 'detection' ? detection(rule) : correlation(rule, byId),
    ),
  )
  return { text: documents.join('---\n'), notes: notesOf(rules) }
}

function detection({ meta, logSource, condition }: DetectionRule) {
  const { before, after } = writeHead(meta, 'fields')
  return {
    ...before,
    logsource: logSource,
    detection: writeDetection(condition),
    ...after,
  }
}

type ById = ReadonlyMap<string, Rule>

function correlation(rule: CorrelationRule, byId: ById) {
  const { before, after } = writeHead(rule.meta, 'fields')
  const aliases = Object.entries(rule.aliases).map(([name, of]) => [
    name,
    Object.fromEntries(
      Object.entries(of).map(([id, field]) => [nameIn(byId, id), field]),
    ),
  ])
  const condition = conditionOf(rule, byId)
  const generates = rule.rules.some((id) => byId.get(id)?.emits)
  return {
    ...before,
    correlation: {
      type: rule.correlation,
      rules: rule.rules.map((id) => nameIn(byId, id)),
      ...(rule.groupBy.length && { 'group-by': rule.groupBy }),
      timespan: timespan(rule.windowMs),
      ...(condition !== undefined && { condition }),
      ...(aliases.length && { aliases: Object.fromEntries(aliases) }),
      ...(generates && { generate: true }),
    },
    ...after,
  }
}

function conditionOf({ condition, rules }: CorrelationRule, byId: ById) {
  if (condition.kind === 'compare') {
    const { bounds, fields, percentile } = condition
    return {
      ...(fields.length && { field: fields.length === 1 ? fields[0] : fields }),
      ...bounds,
      ...(percentile !== undefined && { percentile }),
    }
  }
  const { of } = condition
  const named = of.kind === 'and' ? of.of : [of]
  const isEvery =
    named.length === rules.length && named.every((n) => n.kind === 'rule')
  return isEvery ? undefined : expression(of, byId)
}

function expression(of: RuleExpression, byId: ById): string {
  switch (of.kind) {
    case 'rule':
      return nameIn(byId, of.id)
    case 'not':
      return `not (${expression(of.of, byId)})`
    default:
      return of.of.map((e) => `(${expression(e, byId)})`).join(` ${of.kind} `)
  }
}

/** By its name where it has one: people read it. */
function nameIn(byId: ById, id: string): string {
  const meta: RuleMeta | undefined = byId.get(id)?.meta
  return meta?.name ?? id
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

function timespan(ms: number): string {
  const unit = units.find(([, of]) => ms % of === 0)
  if (!unit)
    throw new Unsayable(`its window of ${ms} ms is no whole number of seconds`)
  return `${ms / unit[1]}${unit[0]}`
}

function notesOf(rules: readonly Rule[]): string[] {
  const expressions = rules.flatMap((r) =>
    r.kind === 'detection'
      ? [...leaves(r.condition)].filter((leaf) => leaf.kind === 'regex')
      : [],
  )
  const notes: string[] = []
  if (expressions.some((e) => e.dialect === 'pcre'))
    notes.push(
      "an expression of Splunk's (PCRE) stands as it was; Sigma's are Python's, and a few signs mean other things there",
    )
  // What RE2, which pySigma asks, has no words for.
  if (expressions.some((e) => /\(\?<?[=!]|\\[1-9]|\(\?>/.test(e.source)))
    notes.push(
      'an expression looks around or back, which pySigma refuses: write what it denies as a selection of its own',
    )
  return notes
}
