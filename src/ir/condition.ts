// A search asks in one condition both where an event is from and what it holds. Rules keep the two apart, so that events
// are routed: a condition becomes one predicate for each log source that it names.
import { allOf, anyOf, noneOf } from './field-source.ts'
import type { Predicate } from './predicate.ts'
import type { DetectionRule, RuleLogSource } from './rule.ts'
import type { Condition, SearchRule } from './search.ts'

export interface Branch {
  readonly logSource: RuleLogSource
  readonly predicate: Predicate
}

/** Every log source that a condition names. */
export function sourcesOf(condition: Condition): RuleLogSource[] {
  const found = new Map<string, RuleLogSource>()
  const visit = (c: Condition) => {
    if (c.kind === 'source') {
      for (const s of c.selectors) found.set(keyOf(s), s)
    } else if (c.kind === 'and' || c.kind === 'or') c.of.forEach(visit)
    else if (c.kind === 'not') visit(c.of)
  }
  visit(condition)
  return [...found.values()]
}

/** Indices of the subsearches that a condition waits for. */
export function subsearchesOf(condition: Condition): number[] {
  if (condition.kind === 'subsearch') return [condition.index]
  if (condition.kind === 'and' || condition.kind === 'or') {
    return condition.of.flatMap(subsearchesOf)
  }
  return condition.kind === 'not' ? subsearchesOf(condition.of) : []
}

/** Whether a source is excluded somewhere: rules, which are routed by what they name, cannot say so. */
export function excludesSource(condition: Condition, negated = false): boolean {
  if (condition.kind === 'source') return negated
  if (condition.kind === 'and' || condition.kind === 'or') {
    return condition.of.some((c) => excludesSource(c, negated))
  }
  return condition.kind === 'not' && excludesSource(condition.of, !negated)
}

/** The condition with each subsearch replaced by what its rows say. */
export function withSubsearches(
  condition: Condition,
  rows: (index: number) => Condition,
): Condition {
  switch (condition.kind) {
    case 'subsearch':
      return rows(condition.index)
    case 'and':
    case 'or':
      return {
        kind: condition.kind,
        of: condition.of.map((c) => withSubsearches(c, rows)),
      }
    case 'not':
      return { kind: 'not', of: withSubsearches(condition.of, rows) }
    default:
      return condition
  }
}

/**
 * The predicate on an event of which `from` says whether a log source fits. A subsearch whose rows are not known yet is
 * nothing that an event could meet.
 */
export function predicateFor(
  condition: Condition,
  from: (selector: RuleLogSource) => boolean,
): Predicate {
  switch (condition.kind) {
    case 'source':
      return { kind: 'constant', value: condition.selectors.some(from) }
    case 'subsearch':
      return { kind: 'constant', value: false }
    case 'and':
      return allOf(condition.of.map((c) => predicateFor(c, from)))
    case 'or':
      return anyOf(condition.of.map((c) => predicateFor(c, from)))
    case 'not':
      return noneOf(predicateFor(condition.of, from))
    default:
      return condition
  }
}

/**
 * One branch for each log source named, and one for events of none of them where such an event can meet the condition.
 * An event meets the condition exactly if it meets a branch whose log source does not conflict with its own; only a
 * source that is excluded (`NOT sourcetype=x`) is asked again, by `predicateFor`, when the event is there.
 */
export function branchesOf(condition: Condition): Branch[] {
  const selectors = sourcesOf(condition)
  const branches: Branch[] = []
  for (const selector of selectors) {
    const predicate = predicateFor(condition, (s) => covers(s, selector))
    if (isNever(predicate)) continue
    branches.push({ logSource: selector, predicate })
  }
  const elsewhere = predicateFor(condition, () => false)
  if (!isNever(elsewhere)) {
    branches.push({ logSource: {}, predicate: elsewhere })
  }
  return merge(branches)
}

// Branches that ask the same of every source are one where a source covers the others.
function merge(branches: readonly Branch[]): Branch[] {
  return branches.filter(
    (b, i) =>
      !branches.some(
        (o, j) =>
          i !== j &&
          covers(o.logSource, b.logSource) &&
          (j < i || !covers(b.logSource, o.logSource)) &&
          JSON.stringify(o.predicate) === JSON.stringify(b.predicate),
      ),
  )
}

/** Whether every event of `inner` is one of `outer`. */
export function covers(outer: RuleLogSource, inner: RuleLogSource): boolean {
  return (
    (outer.product === undefined || outer.product === inner.product) &&
    (outer.category === undefined || outer.category === inner.category) &&
    (outer.service === undefined || outer.service === inner.service)
  )
}

function isNever(p: Predicate): boolean {
  return p.kind === 'constant' && !p.value
}

function keyOf(s: RuleLogSource): string {
  return JSON.stringify([s.product, s.category, s.service])
}

/**
 * The rules that find a search's events, one for each log source that it names; all of them carry the search's own meta.
 * A search without operators is nothing more than these.
 */
export function detectionsOf(rule: SearchRule): DetectionRule[] {
  const { stages } = rule.search
  return branchesOf({ kind: 'and', of: stages.map((s) => s.condition) }).map(
    ({ logSource, predicate }) => ({
      kind: 'detection',
      meta: rule.meta,
      logSource,
      condition: predicate,
      emits: true,
    }),
  )
}
