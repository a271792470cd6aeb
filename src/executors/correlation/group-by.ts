// Which fields of a match say its group, and which group is it?
import type { Value } from '../../base/record.ts'

import type { CorrelationRule } from '../../ir/rule.ts'

import { keyOf } from './measure.ts'

/** Of a match: what tells its group. */
export interface Grouped {
  readonly rule: string
  readonly fields: Readonly<Record<string, Value>>
}

/** For each rule that correlations read, the fields to be kept of its matches. */
export function baseFields(
  rules: readonly CorrelationRule[],
): Map<string, readonly string[]> {
  const fields = new Map<string, Set<string>>()
  for (const rule of rules) {
    const { condition } = rule
    const counted = condition.kind === 'compare' ? condition.fields : []
    for (const id of rule.rules) {
      const needed = fields.get(id) ?? new Set()
      for (const name of rule.groupBy) needed.add(fieldFor(rule, name, id))
      for (const name of counted) needed.add(name)
      fields.set(id, needed)
    }
  }
  return new Map([...fields].map(([id, names]) => [id, [...names]]))
}

/** A group-by name may be an alias that means another field for each rule. */
function fieldFor(rule: CorrelationRule, name: string, id: string): string {
  const alias = Object.hasOwn(rule.aliases, name) ? rule.aliases[name]! : {}
  return Object.hasOwn(alias, id) ? alias[id]! : name
}

export function groupValue(
  rule: CorrelationRule,
  name: string,
  item: Grouped,
): Value | undefined {
  const field = fieldFor(rule, name, item.rule)
  if (Object.hasOwn(item.fields, field)) return item.fields[field]
  // A chained correlation is grouped by the alias itself.
  return Object.hasOwn(item.fields, name) ? item.fields[name] : undefined
}

export function groupKey(
  rule: CorrelationRule,
  item: Grouped,
): string | undefined {
  let key = ''
  for (const name of rule.groupBy) {
    const part = keyOf(groupValue(rule, name, item))
    if (part === undefined) return undefined
    key += `${part.length}:${part}`
  }
  return key
}
