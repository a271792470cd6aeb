// What do rules or a search ask of telemetry: which log sources, which events of them, which fields? Plain data, so that
// whoever has telemetry to give (a reader's gate, a sensor, a query to a store) can ask before anything is decoded.
import { branchesOf } from './condition.ts'
import {
  fieldsOf,
  type Leaf,
  patternShape,
  type Predicate,
} from './predicate.ts'
import type { RuleLogSource } from './rule.ts'
import { innerSearches, type Search } from './search.ts'
import { fold, foldSigned } from './visit.ts'

/** What one rule asks. An event that it holds on conflicts with no part of this. */
export interface Demand {
  /** Nothing is stated where a rule meets every event. */
  readonly logSource: RuleLogSource
  /** An event that has an `EventID` has one of these, ascending; absent: any. */
  readonly eventIds?: readonly number[]
  /** Read by the condition, sorted; keywords read all and name none. */
  readonly fields: readonly string[]
}

interface Asking {
  readonly logSource: RuleLogSource
  readonly condition: Predicate
}

/** One for each rule, in their order. `routing` false: every rule meets every event. */
export function demandsOf(
  rules: readonly Asking[],
  routing = true,
): readonly Demand[] {
  return rules.map(({ logSource, condition }) => {
    const ids = eventIdsOf(condition)
    return {
      logSource: routing ? logSource : {},
      ...(ids && { eventIds: [...ids].sort((a, b) => a - b) }),
      fields: [...fieldsOf(condition)].sort(),
    }
  })
}

/**
 * One for each log source that a search names. undefined: it is not known beforehand, because other searches read beside this
 * one, or its condition waits for their rows.
 */
export function demandsOfSearch(search: Search): readonly Demand[] | undefined {
  const others =
    search.subsearches.length > 0 || innerSearches(search.operators).length > 0
  if (others || search.from.kind !== 'events') return undefined
  const condition = {
    kind: 'and' as const,
    of: search.stages.map((s) => s.condition),
  }
  return demandsOf(
    branchesOf(condition).map(({ logSource, predicate }) => ({
      logSource,
      condition: predicate,
    })),
  )
}

/**
 * Can the condition hold on an event without these fields? A field that stands beside others in an OR, or under a NOT, can be
 * missing; one that the condition cannot do without cannot.
 */
export function canHoldWithout(
  condition: Predicate,
  missing: ReadonlySet<string>,
): boolean {
  return fold<boolean>(condition, {
    and: (parts) => parts.every(Boolean),
    or: (parts) => parts.some(Boolean),
    not: () => true,
    constant: (node) => node.value,
    leaf: (leaf) => !needs(leaf).some((field) => missing.has(field)),
  })
}

/** Those of the fields of which each alone, where it is missing, leaves the condition no way to hold. */
export function neededAlone(
  condition: Predicate,
  missing: ReadonlySet<string>,
): ReadonlySet<string> {
  const none: ReadonlySet<string> = new Set()
  return fold<ReadonlySet<string>>(condition, {
    and: (parts) => new Set(parts.flatMap((fields) => [...fields])),
    or(parts) {
      const [first = missing, ...others] = parts
      const shared = [...first].filter((f) => others.every((o) => o.has(f)))
      return new Set(shared)
    },
    not: () => none,
    constant: (node) => (node.value ? none : missing),
    leaf(leaf) {
      const fields = needs(leaf).filter((field) => missing.has(field))
      return fields.length ? new Set(fields) : none
    },
  })
}

function needs(leaf: Leaf): readonly string[] {
  switch (leaf.kind) {
    case 'null':
    case 'keyword':
      return []
    case 'same-as':
      return [leaf.field, leaf.other]
    default:
      return [leaf.field]
  }
}

const idField = 'EventID'

/** The event ids on which the condition can hold; undefined: any. */
export function eventIdsOf(
  condition: Predicate,
): ReadonlySet<number> | undefined {
  return foldSigned<ReadonlySet<number> | undefined>(condition, {
    all: intersection,
    any: union,
    constant: (value) => (value ? undefined : new Set()),
    leaf: (leaf, denied) => (denied ? undefined : idOf(leaf)),
  })
}

function idOf(leaf: Leaf): ReadonlySet<number> | undefined {
  if (leaf.kind === 'number') {
    const isId = leaf.field === idField && leaf.op === 'eq'
    return isId ? new Set([leaf.value]) : undefined
  }
  if (leaf.kind === 'null' && leaf.field === idField) return new Set()
  if (leaf.kind !== 'text' || leaf.field !== idField) return undefined
  const shape = patternShape(leaf.pattern)
  const isId = shape.kind === 'equals' && /^\d{1,15}$/.test(shape.text)
  return isId ? new Set([Number(shape.text)]) : undefined
}

/** The texts, in lower case, one of which a field must be for the condition to hold; undefined: any. */
export function textsAsked(
  condition: Predicate,
  field: string,
): ReadonlySet<string> | undefined {
  return foldSigned<ReadonlySet<string> | undefined>(condition, {
    all: intersection,
    any: union,
    constant: (value) => (value ? undefined : new Set()),
    leaf(leaf, denied) {
      if (denied || leaf.kind !== 'text' || leaf.field !== field)
        return undefined
      const shape = patternShape(leaf.pattern)
      return shape.kind === 'equals'
        ? new Set([shape.text.toLowerCase()])
        : undefined
    },
  })
}

/** Can it hold on events of this category alone? */
export function asksCategory(
  { logSource, condition }: Asking,
  category: string,
): boolean {
  if (logSource.category === category) return true
  // Of thousands of rules hardly any names it.
  if (!fieldsOf(condition).has('category')) return false
  return textsAsked(condition, 'category')?.has(category) ?? false
}

type Asked<T> = ReadonlySet<T> | undefined

function intersection<T>(parts: readonly Asked<T>[]): Asked<T> {
  let all: Asked<T>
  for (const ids of parts) {
    if (!ids) continue
    const before = all
    all = before ? new Set([...ids].filter((id) => before.has(id))) : ids
  }
  return all
}

/** undefined where any part needs none. */
function union<T>(parts: readonly Asked<T>[]): Asked<T> {
  const all = new Set<T>()
  for (const ids of parts) {
    if (!ids) return undefined
    for (const id of ids) all.add(id)
  }
  return all
}
