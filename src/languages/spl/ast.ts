// A search as it was written. Most commands are already what the pipeline runs; those that are not (conditions over
// fields, searches within searches, tables that become conditions) have a node of their own here and are lowered.
import type { Expression } from '../../ir/expression.ts'
import type { Aggregate, Operator, Span, Transaction } from '../../ir/search.ts'

export interface Query {
  readonly commands: readonly Command[]
}

interface Node {
  /** Offset in the prepared text. */
  readonly at: number
}

/** An operator without the searches and conditions that only lowering can make. */
type PlainOperator = Exclude<
  Operator,
  {
    kind:
      | 'filter'
      | 'lookup'
      | 'inputlookup'
      | 'join'
      | 'append'
      | 'appendcols'
      | 'appendpipe'
      | 'transaction'
      | 'foreach'
  }
>

export type LookupOperator = Extract<Operator, { kind: 'lookup' }>

export type Command = Node &
  (
    | PlainOperator
    | LookupOperator
    | { readonly kind: 'search'; readonly of: SearchNode | undefined }
    | TstatsCommand
    | {
        readonly kind: 'inputlookup'
        readonly table: string
        readonly append: boolean
        readonly where: SearchNode | undefined
        readonly start: number
        readonly max: number
      }
    | {
        readonly kind: 'join'
        readonly type: 'inner' | 'left'
        readonly max: number
        readonly overwrite: boolean
        readonly fields: readonly string[]
        readonly query: Query
      }
    | { readonly kind: 'append'; readonly query: Query }
    | {
        readonly kind: 'appendcols'
        readonly override: boolean
        readonly query: Query
      }
    | { readonly kind: 'appendpipe'; readonly query: Query }
    | TransactionCommand
    | {
        readonly kind: 'foreach'
        readonly fields: readonly string[]
        readonly query: Query
      }
    | { readonly kind: 'makeresults'; readonly count: number }
  )

export type CommandKind = Command['kind']

export interface TstatsCommand {
  readonly kind: 'tstats'
  readonly aggregates: readonly Aggregate[]
  readonly append: boolean
  /** `Endpoint.Processes`, as written; undefined: over all events. */
  readonly dataModel: string | undefined
  readonly where: SearchNode | undefined
  readonly by: readonly string[]
  /** Of `_time` among the by-fields. */
  readonly span: Span | undefined
}

export type TransactionCommand = Omit<
  Transaction,
  'startsWith' | 'endsWith'
> & {
  readonly startsWith: TransactionTest | undefined
  readonly endsWith: TransactionTest | undefined
}
export type TransactionTest =
  | { readonly kind: 'where'; readonly of: Expression }
  | { readonly kind: 'search'; readonly of: SearchNode }

/** What `search` looks for. */
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
