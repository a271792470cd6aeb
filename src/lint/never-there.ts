// What a rule asks for though no event of its log source can have it: event ids of another category, fields that a correlation counts or
// groups by.
import { fieldRow } from '../event/schema/index.ts'
import { printSelector } from '../event/log-source.ts'

import { eventIdsOf } from '../ir/demand.ts'
import type {
  CorrelationRule,
  DetectionRule,
  RuleLogSource,
} from '../ir/rule.ts'

import { fieldsOfSource, idsOfSource, isSettledField } from './taxonomy.ts'

type Asking = Pick<DetectionRule, 'logSource' | 'condition'>

export interface ForeignIds {
  readonly asked: ReadonlySet<number>
  /** What they have, in words. */
  readonly own: string
}

/** The ids on which alone the condition can hold, where the log source has none of them. */
export function foreignEventIds(rule: Asking): ForeignIds | undefined {
  const asked = eventIdsOf(rule.condition)
  const own = idsOfSource(rule.logSource)
  if (!asked?.size || !own || [...asked].some((id) => own.has(id)))
    return undefined
  return { asked, own: own.said }
}

/** Why no event can fulfil the rule; undefined: nothing is known against it. */
export function whyNeverThere(rule: Asking): string | undefined {
  const foreign = foreignEventIds(rule)
  if (!foreign) return undefined
  const ids = [...foreign.asked].slice(0, maxNamed).join(' or ')
  return `no event of ${printSelector(rule.logSource)} has EventID ${ids}`
}

/** Ids that a reason names. */
const maxNamed = 8

/** A field that is settled for the source, and not among its own. */
function isNeverFilled(source: RuleLogSource, field: string): boolean {
  const filled = fieldsOfSource(source)
  if (!filled || filled.has(field)) return false
  return isSettledField(field) || !fieldRow(field)
}

/** Why a correlation can never hold: it groups by, or counts, what the events of a rule that it reads never have. */
export function whyNeverCounted(
  { condition, groupBy, aliases }: CorrelationRule,
  bases: readonly DetectionRule[],
): string | undefined {
  const counted = condition.kind === 'compare' ? condition.fields : []
  for (const name of new Set([...groupBy, ...counted])) {
    const alias = Object.hasOwn(aliases, name) ? aliases[name]! : {}
    for (const { logSource, meta } of bases) {
      const field = Object.hasOwn(alias, meta.id) ? alias[meta.id]! : name
      if (isNeverFilled(logSource, field))
        return `no event of ${printSelector(logSource)} has ${field}`
    }
  }
  return undefined
}
