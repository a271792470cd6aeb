// The operators that the rows of a search pass, each with what it needs to know. Two forms of one tree: as a language writes
// it, conditions and inner searches are the language's own trees; as it runs, they are predicates and searches.
import type { Aggregate, GroupAggregates } from './aggregate.ts'
import type { Expression } from './expression.ts'
import type { Moment, Span } from './moment.ts'

export interface Form {
  readonly condition: unknown
  readonly search: unknown
  readonly pipeline: unknown
}

export interface Operators<F extends Form> {
  addtotals: AddTotals
  append: OtherRows<F>
  appendcols: OtherRows<F> & { readonly override: boolean }
  appendpipe: { readonly pipeline: F['pipeline'] }
  bin: Bin
  chart: Chart
  convert: Convert
  dedup: Dedup
  delta: {
    readonly field: string
    readonly as: string
    /** Rows between the two. */
    readonly period: number
  }
  eval: { readonly set: readonly Assignment[] } & InBrackets<F>
  eventstats: GroupAggregates
  extract: Extract
  fields: { readonly remove: boolean; readonly fields: readonly string[] }
  filldown: {
    /** May hold wildcards; none: every field. */
    readonly fields: readonly string[]
  }
  fillnull: {
    readonly value: string
    /** None: every field seen. */
    readonly fields: readonly string[]
  }
  foreach: Foreach<F>
  format: Format
  fromjson: { readonly field: string; readonly prefix: string }
  head: Head
  inputlookup: TableRows<F>
  iplocation: IpLocation
  join: Join<F>
  lookup: Lookup
  makemv: MakeMv
  mvcombine: { readonly field: string; readonly delim?: string }
  mvexpand: { readonly field: string; readonly limit: number }
  nomv: {
    readonly field: string
    /** Between the values; a line break where none is given. */
    readonly delim?: string
  }
  outlier: Outlier
  regex: {
    readonly field: string
    readonly negated: boolean
    readonly pattern: string
  }
  rename: { readonly pairs: readonly Renaming[] }
  replace: {
    readonly pairs: readonly Renaming[]
    readonly fields: readonly string[]
  }
  return: { readonly count: number; readonly items: readonly Returned[] }
  reverse: object
  rex: Rex
  search: { readonly of: F['condition'] }
  sed: { readonly field: string; readonly command: SedCommand }
  sort: {
    /** 0: all. */
    readonly limit: number
    readonly keys: readonly SortKey[]
  }
  spath: Spath
  stats: GroupAggregates
  streamstats: StreamStats
  table: { readonly fields: readonly string[] }
  tail: { readonly count: number }
  top: Top
  transaction: Transaction<F>
  transpose: Transpose
  untable: {
    readonly over: string
    /** Names of the fields that hold a cell's column and its value. */
    readonly column: string
    readonly value: string
  }
  where: { readonly of: Expression } & InBrackets<F>
  xmlkv: { readonly field: string }
}

export type OperatorKind = keyof Operators<Form>

interface OperatorNode {
  /** Of no meaning to the rows. One member, so that no field of an operator can be taken for it. */
  readonly account?: {
    /** The author's words. */
    readonly label: string
    readonly notes: readonly string[]
  }
}

/** The operator of one kind, in either form. */
export type AnyOperatorOf<
  K extends OperatorKind,
  F extends Form,
> = OperatorNode & { readonly kind: K } & Operators<F>[K]

export type AnyOperator<F extends Form> = {
  [K in OperatorKind]: AnyOperatorOf<K, F>
}[OperatorKind]

/** Searches in brackets that expressions name by their number; once lowered, they are the search's own. */
interface InBrackets<F extends Form> {
  readonly brackets?: readonly F['search'][]
}

export interface Assignment {
  readonly field: string
  readonly of: Expression
}

export interface Renaming {
  readonly from: string
  readonly to: string
}

export interface StreamStats extends GroupAggregates {
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

export interface Chart {
  readonly aggregates: readonly Aggregate[]
  /** The rows' key. `_time` for a time chart. */
  readonly over: string
  /** Whose values become columns. */
  readonly by?: string
  readonly buckets: Buckets
  /** Columns kept, by their sum; the others are added up as one. 0: all. */
  readonly limit: number
  /** Those with the least sums are kept. */
  readonly lowest?: boolean
  readonly useOther: boolean
  readonly useNull: boolean
  readonly otherText: string
  readonly nullText: string
  /** Between the aggregate and the value in a column's name. */
  readonly separator: string
  /** A column's name, `$AGG$` and `$VAL$` in it. */
  readonly columnFormat?: string
  /** A value that the field has twice counts once. */
  readonly distinctBy?: boolean
  /** A time chart gives empty buckets too. */
  readonly continuous: boolean
}

export interface Bin {
  readonly field: string
  readonly as: string
  readonly buckets: Buckets
}

/** How wide buckets of numbers or times are, and where they begin. */
export interface Buckets {
  readonly span?: Span
  readonly minSpan?: Span
  /** At most so many. */
  readonly bins?: number
  /** The range reaches at least from here to there. */
  readonly start?: number
  readonly end?: number
  /** A moment at which a bucket of time begins; the ends of the search's time range are put in its place where it states one. */
  readonly align?: Moment | 'earliest' | 'latest'
}

export interface Dedup {
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

export interface Head {
  readonly count?: number
  readonly while?: Expression
  /** With `while`: go on where the condition is null. */
  readonly passNull: boolean
  readonly keepLast: boolean
}

export interface Top {
  readonly rare: boolean
  readonly limit: number
  readonly fields: readonly string[]
  readonly by: readonly string[]
  readonly countField: string
  readonly percentField: string
  readonly showCount: boolean
  readonly showPercent: boolean
  /** The name of a row for all values beyond the limit. */
  readonly otherText?: string
}

export interface Rex {
  readonly field: string
  readonly pattern: string
  /** Names of the pattern's groups: the fields that it sets. */
  readonly groups: readonly string[]
  /** 0: as many as the bound allows. */
  readonly maxMatch: number
  readonly offsetField?: string
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

export interface MakeMv {
  readonly field: string
  readonly delim?: string
  readonly tokenizer?: string
  readonly allowEmpty: boolean
}

/** Pairs of a name and a value in `_raw`. */
export interface Extract {
  /** Characters between pairs, and between a name and its value; as pairs are usually written where none are given. */
  readonly pairMarks?: string
  readonly valueMarks?: string
  /** Pairs, and characters looked at. */
  readonly limit: number
  readonly maxChars: number
  /** A name that stands twice has both values, not the first. */
  readonly addValues: boolean
  /** Characters that no name should have become underscores. */
  readonly cleanNames: boolean
}

export interface Spath {
  readonly input: string
  readonly output?: string
  readonly path?: string
}

/** What is told of a place, under Splunk's names. */
export type PlacePart =
  | 'City'
  | 'Continent'
  | 'Country'
  | 'MetroCode'
  | 'Region'
  | 'Timezone'
  | 'lat'
  | 'lon'

export interface IpLocation {
  readonly field: string
  /** Before the names of the fields that it sets. */
  readonly prefix: string
  readonly parts: readonly PlacePart[]
  /** Of the names, the first that there is; `code`: codes instead. English where none is given. */
  readonly languages: readonly string[]
}

export interface Outlier {
  /** May hold wildcards; none: every field with numbers. */
  readonly fields: readonly string[]
  /** The row goes; else the number is cut to the edge. */
  readonly remove: boolean
  /** A number that was cut begins with zeros. */
  readonly mark: boolean
  /** How often the width of the middle half a number may lie beyond it. */
  readonly factor: number
  /** Below it as well. */
  readonly lower: boolean
}

export interface Transpose {
  /** Rows; 0: all. */
  readonly limit: number
  /** Of the column that holds the fields' names. */
  readonly columnName: string
  /** Whose values name the columns. */
  readonly headerField?: string
  /** Fields that no row has a value of. */
  readonly includeEmpty: boolean
}

export interface ColumnPair {
  readonly table: string
  readonly row: string
}

export interface Lookup {
  readonly table: string
  readonly match: readonly ColumnPair[]
  /** None: every other column. */
  readonly output: readonly ColumnPair[]
  /** Keep a value that is there (OUTPUTNEW). */
  readonly keep: boolean
}

/** The rows of a table, added behind those that come in. */
export interface TableRows<F extends Form> {
  readonly table: string
  readonly where?: F['condition']
  readonly start: number
  /** 0: all. */
  readonly max: number
}

/** The rows of another search. */
export interface OtherRows<F extends Form> {
  readonly search: F['search']
  /** At most so many of them. */
  readonly max?: number
}

export interface Foreach<F extends Form> {
  readonly fields: readonly string[]
  /** What its texts hold for the field's name, for what the wildcards took together, and for each of the first three. */
  readonly marks: readonly string[]
  readonly pipeline: F['pipeline']
}

export interface Format {
  /** Rows; 0: all. */
  readonly limit: number
  /** Before all rows, before a row, between fields, behind a row, between rows, behind all. */
  readonly parts: readonly string[]
  /** Between the values of one field. */
  readonly between: string
  /** Where there are no rows. */
  readonly empty: string
}

export interface Join<F extends Form> {
  readonly type: 'inner' | 'left'
  /** Rows of the other search joined to one row; 0: all. */
  readonly max: number
  readonly overwrite: boolean
  /** None: the fields that both have. */
  readonly fields: readonly string[]
  readonly search: F['search']
}

export interface Transaction<F extends Form> {
  readonly fields: readonly string[]
  readonly maxSpan?: Span
  readonly maxPause?: Span
  readonly maxEvents: number
  readonly startsWith?: RowCondition<F>
  readonly endsWith?: RowCondition<F>
  readonly keepEvicted: boolean
  /** Rows without any of the fields pass as they are. */
  readonly keepOrphans: boolean
  /** A row with none of the fields that are known so far begins a transaction of its own. */
  readonly connected: boolean
  /** Every value in order, not each once. */
  readonly mvList: boolean
  /** In such lists, for a row without the field. */
  readonly nullText: string
}

export type RowCondition<F extends Form> =
  | { readonly kind: 'where'; readonly of: Expression }
  | { readonly kind: 'search'; readonly of: F['condition'] }

export interface Convert {
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
  readonly row: boolean
  readonly column: boolean
  readonly fieldName: string
  readonly label: string
  readonly labelField?: string
  readonly fields: readonly string[]
}

export interface Returned {
  readonly field: string
  readonly as: string
  /** `$field`: the value alone, without a name. */
  readonly bare: boolean
}
