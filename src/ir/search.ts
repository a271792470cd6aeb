// A search in the form that the pipeline runs: which events come in, and which operators their rows pass in turn.
// The first part is the rules' own predicate, so that a search is indexed, routed and explained as a rule is.
import type { Expression } from './expression.ts'
import type { Resolution } from './field-source.ts'
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
    }
  | { readonly kind: 'rows'; readonly count: number }

export interface Stage {
  /** The author's words, for accounts. */
  readonly label: string
  readonly condition: Condition
  /** The fields that the author asks, under the author's names. */
  readonly asks: readonly string[]
  /** What reading alone can tell about it: always true, never true, a field that no source fills. */
  readonly notes: readonly string[]
}

/** Each end is a time modifier as written: `-24h@d`, `now`, an epoch in seconds, a date. */
export interface TimeRange {
  readonly earliest?: string
  readonly latest?: string
}

/** A search with a rule's front matter: its rows (or events, where there is no operator) are findings. */
export interface SearchRule {
  readonly kind: 'search'
  readonly meta: RuleMeta
  readonly search: Search
}

interface OperatorNode {
  /** The author's words, for accounts. */
  readonly label?: string
  readonly notes?: readonly string[]
}

export type Operator = OperatorNode &
  (
    | { readonly kind: 'filter'; readonly predicate: Predicate }
    | Where
    | Eval
    | Stats
    | EventStats
    | StreamStats
    | Chart
    | Bin
    | Dedup
    | Sort
    | Head
    | { readonly kind: 'tail'; readonly count: number }
    | { readonly kind: 'reverse' }
    | Top
    | { readonly kind: 'table'; readonly fields: readonly string[] }
    | Fields
    | Rename
    | Rex
    | SedRex
    | RegexFilter
    | FillNull
    | MakeMv
    | {
        readonly kind: 'mvexpand'
        readonly field: string
        readonly limit: number
      }
    | {
        readonly kind: 'mvcombine'
        readonly field: string
        readonly delim: string
      }
    | { readonly kind: 'nomv'; readonly field: string }
    | Spath
    | { readonly kind: 'xmlkv'; readonly field: string }
    | Lookup
    | InputLookup
    | Join
    | { readonly kind: 'append'; readonly search: Search }
    | {
        readonly kind: 'appendcols'
        readonly override: boolean
        readonly search: Search
      }
    | { readonly kind: 'appendpipe'; readonly operators: readonly Operator[] }
    | Transaction
    | Foreach
    | Convert
    | AddTotals
    | Replace
    | { readonly kind: 'format'; readonly limit: number }
    | Return
  )

export interface Where {
  readonly kind: 'where'
  readonly of: Expression
}
export interface Eval {
  readonly kind: 'eval'
  readonly set: readonly { readonly field: string; readonly of: Expression }[]
}

export type AggregateName =
  | 'count'
  | 'dc'
  | 'sum'
  | 'sumsq'
  | 'avg'
  | 'min'
  | 'max'
  | 'range'
  | 'stdev'
  | 'stdevp'
  | 'var'
  | 'varp'
  | 'median'
  | 'mode'
  | 'perc'
  | 'values'
  | 'list'
  | 'first'
  | 'last'
  | 'earliest'
  | 'latest'
  | 'earliest_time'
  | 'latest_time'

export interface Aggregate {
  readonly fn: AggregateName
  /** Of `perc`: 0 to 100. */
  readonly percent?: number
  /** What is aggregated: a field (`*` stands for any characters) or an expression; neither counts rows. */
  readonly field?: string
  readonly of?: Expression
  readonly as: string
}

export interface Stats {
  readonly kind: 'stats'
  readonly aggregates: readonly Aggregate[]
  readonly by: readonly string[]
}
export interface EventStats {
  readonly kind: 'eventstats'
  readonly aggregates: readonly Aggregate[]
  readonly by: readonly string[]
}
export interface StreamStats {
  readonly kind: 'streamstats'
  readonly aggregates: readonly Aggregate[]
  readonly by: readonly string[]
  /** Rows; 0: all so far. */
  readonly window: number
  readonly timeWindow?: Span
  /** Whether the row itself counts. */
  readonly current: boolean
  /** One window for all groups, or one each. */
  readonly global: boolean
  readonly resetOnChange: boolean
  readonly resetBefore?: Expression
  readonly resetAfter?: Expression
}

export type SpanUnit =
  | 'us'
  | 'ms'
  | 's'
  | 'm'
  | 'h'
  | 'd'
  | 'w'
  | 'mon'
  | 'q'
  | 'y'

/** `unit` absent: a plain number. */
export interface Span {
  readonly count: number
  readonly unit?: SpanUnit
}

export interface Chart {
  readonly kind: 'chart'
  readonly aggregates: readonly Aggregate[]
  /** The rows' key. `_time` for a time chart. */
  readonly over: string
  /** Whose values become columns. */
  readonly by?: string
  readonly span?: Span
  readonly bins?: number
  /** Columns kept, by their sum; the others are added up as OTHER. 0: all. */
  readonly limit: number
  readonly useOther: boolean
  readonly useNull: boolean
  /** A time chart gives empty buckets too. */
  readonly continuous: boolean
}
export interface Bin {
  readonly kind: 'bin'
  readonly field: string
  readonly as: string
  readonly span?: Span
  readonly bins: number
}
export interface Dedup {
  readonly kind: 'dedup'
  readonly count: number
  readonly fields: readonly string[]
  readonly keepEvents: boolean
  readonly keepEmpty: boolean
  readonly consecutive: boolean
  readonly sortBy: readonly SortKey[]
}
export interface SortKey {
  readonly field: string
  readonly descending: boolean
  readonly how: 'auto' | 'num' | 'str' | 'ip'
}
export interface Sort {
  readonly kind: 'sort'
  /** 0: all. */
  readonly limit: number
  readonly keys: readonly SortKey[]
}
export interface Head {
  readonly kind: 'head'
  readonly count?: number
  readonly while?: Expression
  /** With `while`: go on where the condition is null. */
  readonly passNull: boolean
  readonly keepLast: boolean
}
export interface Top {
  readonly kind: 'top'
  readonly rare: boolean
  readonly limit: number
  readonly fields: readonly string[]
  readonly by: readonly string[]
  readonly countField: string
  readonly percentField: string
  readonly showCount: boolean
  readonly showPercent: boolean
}
export interface Fields {
  readonly kind: 'fields'
  readonly remove: boolean
  readonly fields: readonly string[]
}
export interface Rename {
  readonly kind: 'rename'
  readonly pairs: readonly { readonly from: string; readonly to: string }[]
}
export interface Rex {
  readonly kind: 'rex'
  readonly field: string
  readonly pattern: string
  /** 0: as many as the bound allows. */
  readonly maxMatch: number
  readonly offsetField?: string
}
export interface SedRex {
  readonly kind: 'sed'
  readonly field: string
  readonly command: SedCommand
}
export type SedCommand =
  | {
      readonly kind: 's'
      readonly pattern: string
      readonly replacement: string
      readonly global: boolean
      readonly ignoreCase: boolean
      /** Only this occurrence, 1-based. */
      readonly nth?: number
    }
  | { readonly kind: 'y'; readonly from: string; readonly to: string }
export interface RegexFilter {
  readonly kind: 'regex'
  readonly field: string
  readonly negated: boolean
  readonly pattern: string
}
export interface FillNull {
  readonly kind: 'fillnull'
  readonly value: string
  /** None: every field seen. */
  readonly fields: readonly string[]
}
export interface MakeMv {
  readonly kind: 'makemv'
  readonly field: string
  readonly delim?: string
  readonly tokenizer?: string
  readonly allowEmpty: boolean
}
export interface Spath {
  readonly kind: 'spath'
  readonly input: string
  readonly output?: string
  readonly path?: string
}
export interface FieldPair {
  readonly table: string
  readonly row: string
}
export interface Lookup {
  readonly kind: 'lookup'
  readonly table: string
  readonly match: readonly FieldPair[]
  /** None: every other column. */
  readonly output: readonly FieldPair[]
  /** Keep a value that is there (OUTPUTNEW). */
  readonly keep: boolean
}
export interface InputLookup {
  readonly kind: 'inputlookup'
  readonly table: string
  readonly predicate?: Predicate
  readonly start: number
  readonly max: number
}
export interface Join {
  readonly kind: 'join'
  readonly type: 'inner' | 'left'
  /** Rows of the other search joined to one row; 0: all. */
  readonly max: number
  readonly overwrite: boolean
  /** None: the fields that both have. */
  readonly fields: readonly string[]
  readonly search: Search
}
export interface Transaction {
  readonly kind: 'transaction'
  readonly fields: readonly string[]
  readonly maxSpan?: Span
  readonly maxPause?: Span
  readonly maxEvents: number
  readonly startsWith?: RowTest
  readonly endsWith?: RowTest
  readonly keepEvicted: boolean
  readonly mvList: boolean
}
export type RowTest =
  | { readonly kind: 'where'; readonly of: Expression }
  | { readonly kind: 'filter'; readonly predicate: Predicate }
export interface Foreach {
  readonly kind: 'foreach'
  readonly fields: readonly string[]
  /** Its texts hold `<<FIELD>>`, `<<MATCHSTR>>`, `<<MATCHSEG1>>`... */
  readonly template: readonly Operator[]
}
export interface Convert {
  readonly kind: 'convert'
  readonly timeFormat: string
  readonly conversions: readonly {
    readonly fn: ConvertFunction
    readonly field: string
    readonly as: string
  }[]
}
export type ConvertFunction =
  | 'ctime'
  | 'mktime'
  | 'auto'
  | 'num'
  | 'none'
  | 'dur2sec'
  | 'memk'
  | 'mstime'
  | 'rmcomma'
  | 'rmunit'
export interface AddTotals {
  readonly kind: 'addtotals'
  readonly row: boolean
  readonly column: boolean
  readonly fieldName: string
  readonly label: string
  readonly labelField?: string
  readonly fields: readonly string[]
}
export interface Replace {
  readonly kind: 'replace'
  readonly pairs: readonly { readonly from: string; readonly to: string }[]
  readonly fields: readonly string[]
}
export interface Return {
  readonly kind: 'return'
  readonly count: number
  readonly items: readonly {
    readonly field: string
    readonly as: string
    /** `$field`: the value alone, without a name. */
    readonly bare: boolean
  }[]
}

/** How units of time are written in spans and in time modifiers; spans have microseconds and milliseconds besides. */
export const spanUnitNames: Readonly<Record<string, SpanUnit>> = {
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  m: 'm',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  h: 'h',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
  w: 'w',
  week: 'w',
  weeks: 'w',
  mon: 'mon',
  month: 'mon',
  months: 'mon',
  q: 'q',
  qtr: 'q',
  quarter: 'q',
  quarters: 'q',
  y: 'y',
  yr: 'y',
  year: 'y',
  years: 'y',
}
