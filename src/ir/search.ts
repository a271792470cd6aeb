// A search in the form that the pipeline runs: which events come in, and which operators their rows pass in turn.
// The first part is the rules' own predicate, so that a search is indexed, routed and explained as a rule is.
import type { Resolution } from './field-source.ts'
import type { TimeRange } from './moment.ts'
import type {
  AnyOperator,
  AnyOperatorOf,
  Form,
  OperatorKind,
} from './operator.ts'
import type { Predicate } from './predicate.ts'
import type { RuleLogSource, RuleMeta } from './rule.ts'

/** A predicate that may also ask where an event is from, or wait for the rows of another search. */
export type Condition =
  | Predicate
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | SourceIs
  | Subsearch

/** The event's log source conflicts with none of the parts of at least one of these. */
export interface SourceIs {
  readonly kind: 'source'
  readonly selectors: readonly RuleLogSource[]
}
/** Holds where the rows of `subsearches[index]` say so: any row, all fields of it. */
export interface Subsearch {
  readonly kind: 'subsearch'
  readonly index: number
}

/** Operators as the pipeline runs them: conditions ask a row's fields, what stands in brackets is searches and operators. */
export interface Lowered extends Form {
  readonly condition: Condition
  readonly search: Search
  readonly pipeline: readonly Operator[]
}
export type Operator = AnyOperator<Lowered>
export type OperatorOf<K extends OperatorKind> = AnyOperatorOf<K, Lowered>

export interface Search {
  readonly from: From
  /** Conditions on events, in the author's order; an event must meet them all. Kept apart so that each can be counted. */
  readonly stages: readonly Stage[]
  readonly operators: readonly Operator[]
  /** Where the named fields of a row are found in an event. A name that is not here is the event's own. */
  readonly fields: Readonly<Record<string, Resolution>>
  readonly subsearches: readonly Search[]
  readonly time?: TimeRange
}

/** Rows come from events, from a table that the caller supplies, or from nothing (`makeresults`). */
export type From =
  | { readonly kind: 'events' }
  | {
      readonly kind: 'lookup'
      readonly table: string
      readonly start: number
      /** 0: all. */
      readonly max: number
      /** Columns that its own condition names. */
      readonly asks: readonly string[]
    }
  | { readonly kind: 'rows'; readonly count: number }

/** Where the events of a search are from. */
export interface Origin {
  /** For messages: `sourcetype "cisco:asa"`. */
  readonly label: string
  readonly condition: Condition
}

export interface Stage {
  /** The author's words, for accounts. */
  readonly label: string
  readonly condition: Condition
  /** What it says of where events are from, which the condition holds too; absent: nothing. */
  readonly origin?: Origin
  /** The fields that the author asks, under the author's names. */
  readonly asks: readonly string[]
  /** What reading alone can tell about it: always true, never true, a field that no source fills. */
  readonly notes: readonly string[]
}

/** A search with a rule's front matter: its rows (or events, where there is no operator) are findings. */
export interface SearchRule {
  readonly kind: 'search'
  readonly meta: RuleMeta
  readonly search: Search
}

/** What every row of a search meets, in the author's words. */
export function conditionsOf({ stages, operators }: Search): string[] {
  const kinds: readonly OperatorKind[] = ['search', 'where', 'regex']
  return [
    ...stages.map((s) => s.label),
    ...operators.flatMap((op) =>
      op.account && kinds.includes(op.kind) ? [op.account.label] : [],
    ),
  ]
}

/** Whether rows of the search are looked up in tables, or come from them. */
export function readsTables(search: Search): boolean {
  return asksOutside(search, ['lookup', 'inputlookup'], ['lookup'])
}

/** Whether addresses are looked up in a database of places. */
export function asksPlaces(search: Search): boolean {
  return asksOutside(search, ['iplocation'], [])
}

/** Whether the search, or one within it, has an operator of these kinds or begins so. */
function asksOutside(
  search: Search,
  kinds: readonly OperatorKind[],
  from: readonly From['kind'][],
): boolean {
  const inOperators = (operators: readonly Operator[]): boolean =>
    operators.some(
      (op) =>
        kinds.includes(op.kind) ||
        ('pipeline' in op && inOperators(op.pipeline)),
    )
  return (
    from.includes(search.from.kind) ||
    inOperators(search.operators) ||
    [...search.subsearches, ...innerSearches(search.operators)].some((s) =>
      asksOutside(s, kinds, from),
    )
  )
}

/** The searches in brackets that stand beside these operators; those within them are their own affair. */
export function innerSearches(operators: readonly Operator[]): Search[] {
  return operators.flatMap((op) => {
    if ('search' in op) return [op.search]
    return 'pipeline' in op ? innerSearches(op.pipeline) : []
  })
}
