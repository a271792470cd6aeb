// A search as it was written. Its operators are the pipeline's own, in the language's form: conditions and inner searches are
// still trees of words; commands that make rows have nodes of their own. Lowering makes of it what runs.
import type { Span } from '../../ir/moment.ts'
import type { Aggregate } from '../../ir/aggregate.ts'
import type {
  AnyOperatorOf,
  Form,
  OperatorKind,
  TableRows,
} from '../../ir/operator.ts'

export interface Query {
  readonly commands: readonly Command[]
}

/** Operators as they are written. */
export interface Written extends Form {
  readonly condition: SearchNode
  readonly search: Query
  readonly pipeline: Query
}

/** Commands that make rows instead of changing those that come in. */
interface Sources {
  tstats: Tstats
  makeresults: { readonly count: number }
  /** Events of a data model, as they are. */
  model: { readonly dataModel: string }
  /** `inputlookup` without `append=t`. */
  tablerows: TableRows<Written>
}
type SourceKind = keyof Sources

export interface Tstats {
  readonly aggregates: readonly Aggregate[]
  /** `Endpoint.Processes`, as written; undefined: over all events. */
  readonly dataModel: string | undefined
  readonly where: SearchNode | undefined
  readonly by: readonly string[]
  /** Of `_time` among the by-fields. */
  readonly span: Span | undefined
  /** What a by-field is that has no value. */
  readonly fillNull?: string
}

interface Node {
  /** Offset in the prepared text. */
  readonly at: number
}

export type CommandKind = OperatorKind | SourceKind

/** Without its place. */
export type PlainCommandOf<K extends CommandKind> = K extends OperatorKind
  ? AnyOperatorOf<K, Written>
  : K extends SourceKind
    ? { readonly kind: K } & Sources[K]
    : never
export type PlainCommand = {
  [K in CommandKind]: PlainCommandOf<K>
}[CommandKind]

export type CommandOf<K extends CommandKind> = Node & PlainCommandOf<K>
export type Command = { [K in CommandKind]: CommandOf<K> }[CommandKind]

export type SourceCommand = CommandOf<SourceKind>

/** What `search` looks for. No condition is an `and` of nothing. */
export type SearchNode = Node &
  (
    | { readonly kind: 'and' | 'or'; readonly of: readonly SearchNode[] }
    | { readonly kind: 'not'; readonly of: SearchNode }
    | {
        readonly kind: 'compare'
        readonly field: string
        readonly op: SearchOperator
        readonly value: SearchValue
      }
    | {
        readonly kind: 'in'
        readonly field: string
        readonly values: readonly SearchValue[]
      }
    | { readonly kind: 'term'; readonly value: SearchValue }
    | { readonly kind: 'subsearch'; readonly query: Query }
  )

export type SearchOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

export interface SearchValue {
  /** Escapes resolved; each `*` is a wildcard. */
  readonly text: string
  /** `CASE(text)` minds case; `TERM(text)` asks for one whole term. */
  readonly how: 'plain' | 'case' | 'term'
}
