// A search asks in one condition both where an event is from and what it holds. Rules keep the two apart, so that events
// are routed: a condition becomes one predicate for each log source that it names.
import type { Predicate } from './predicate.ts'
import type { DetectionRule, RuleLogSource } from './rule.ts'
import type { Condition, SearchRule, SourceIs, Subsearch } from './search.ts'
import { always, isNever, never, simplify } from './simplify.ts'
import { mapCondition, walk } from './visit.ts'

export interface Branch {
  readonly logSource: RuleLogSource
  readonly predicate: Predicate
}

/** Every log source that a condition names. */
export function sourcesOf(condition: Condition): RuleLogSource[] {
  const found = new Map<string, RuleLogSource>()
  for (const { node } of walk(condition)) {
    if (node.kind !== 'source') continue
    for (const s of node.selectors) found.set(keyOf(s), s)
  }
  return [...found.values()]
}

/** Indices of the subsearches that a condition waits for. */
export function subsearchesOf(condition: Condition): number[] {
  return [...walk(condition)].flatMap(({ node }) =>
    node.kind === 'subsearch' ? [node.index] : [],
  )
}

/** Whether a source is excluded somewhere: rules, which are routed by what they name, cannot say so. */
export function excludesSource(condition: Condition): boolean {
  return [...walk(condition)].some(
    ({ node, denied }) => node.kind === 'source' && denied,
  )
}

/** Neither asks where an event is from nor waits for another search. */
export function isPredicate(condition: Condition): condition is Predicate {
  return [...walk(condition)].every(
    ({ node }) => node.kind !== 'source' && node.kind !== 'subsearch',
  )
}

/** The condition with each subsearch replaced by what its rows say. */
export function withSubsearches(
  condition: Condition,
  rows: (index: number) => Condition,
): Condition {
  return mapCondition(condition, (part) =>
    part.kind === 'subsearch' ? rows(part.index) : part,
  )
}

/**
 * The predicate on an event of which `from` says whether a log source fits. A subsearch whose rows are not known yet is
 * nothing that an event could meet.
 */
export function predicateFor(
  condition: Condition,
  from: (selector: RuleLogSource) => boolean,
): Predicate {
  const fits = (part: SourceIs | Subsearch) =>
    part.kind === 'source' && part.selectors.some(from)
  return simplify(
    mapCondition(condition, (part) => (fits(part) ? always : never)),
  )
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
