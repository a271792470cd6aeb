// The operators of a search as one chain: rows are pushed in, rows come out at the sink. Operators that can pass a row on at
// once do; those that cannot hold a bounded number. A bound that is reached ends the search with a message.
import {
  predicateFor,
  subsearchesOf,
  withSubsearches,
} from '../../ir/condition.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Condition, Operator, Search } from '../../ir/search.ts'
import { never } from '../../ir/simplify.ts'
import { type RowTest, testOfRow } from './condition.ts'
import { SearchRefusal } from './limit.ts'
import { definitionOf } from './operators/all.ts'
import type {
  Emit,
  OperatorRun,
  SharedContext,
  Tools,
} from './operators/operator.ts'
import type { Row } from './row.ts'
import { Watch } from './watch.ts'

export interface Account {
  /** The author's words. */
  readonly stage: string
  readonly in: number
  readonly out: number
  /** Why none or all passed, as far as it can be told. */
  readonly hints: readonly string[]
}

/** Ends a search: a bound, a missing table, an expression that no engine may run. */
export interface Refusal {
  readonly message: string
  readonly hint: string
}

interface Step {
  readonly op: Operator
  readonly run: OperatorRun
  readonly watch: Watch | undefined
  in: number
  out: number
}

export interface PipelineOptions {
  /** Rows of the searches within the operators. */
  readonly rowsOf?: (search: Search) => readonly Row[]
  /** What the rows of a search in brackets say, once they are there. */
  readonly subsearch?: (index: number) => Condition
  /** The same in expressions. */
  readonly bracketValue?: (index: number) => Expression
  /** Say why conditions keep what they keep. */
  readonly explain?: boolean | undefined
}

export class Pipeline {
  readonly #steps: Step[] = []
  #first: Emit
  #refusal: Refusal | undefined

  constructor(
    operators: readonly Operator[],
    context: SharedContext,
    sink: Emit,
    {
      rowsOf = () => [],
      subsearch = () => never,
      bracketValue = () => ({ kind: 'literal', value: '' }),
      explain = false,
    }: PipelineOptions = {},
  ) {
    const tools: Tools = {
      ...context,
      rowsOf,
      bracketValue,
      test: (condition) => testOf(condition, subsearch),
      start: (op, emit) => definitionOf(op).start(op, emit, tools),
    }
    this.#first = sink
    try {
      for (const op of operators.toReversed()) this.#precede(op, tools, explain)
    } catch (e) {
      this.#refuse(e)
    }
  }

  /** Puts an operator before those that are there. */
  #precede(op: Operator, tools: Tools, explain: boolean): void {
    const next = this.#first
    const count: Emit = (row) => {
      step.out++
      next(row)
    }
    const watched = explain ? definitionOf(op).watches?.(op) : undefined
    const step: Step = {
      op,
      run: tools.start(op, count),
      watch: watched && new Watch(watched),
      in: 0,
      out: 0,
    }
    this.#steps.unshift(step)
    this.#first = (row) => {
      step.in++
      step.watch?.see((name) => row.get(name))
      step.run.push(row)
    }
  }

  /** Why the search ended before its time. */
  get refusal(): Refusal | undefined {
    return this.#refusal
  }

  /** true: no further row can change anything. */
  get done(): boolean {
    return (
      this.#refusal !== undefined ||
      this.#steps.some((s) => s.run.done === true)
    )
  }

  push(row: Row): void {
    if (this.#refusal) return
    try {
      this.#first(row)
    } catch (e) {
      this.#refuse(e)
    }
  }

  finish(): void {
    if (this.#refusal) return
    try {
      for (const step of this.#steps) step.run.finish?.()
    } catch (e) {
      this.#refuse(e)
    }
  }

  account(): Account[] {
    return this.#steps.map(({ op, run, watch, in: came, out }) => ({
      stage: op.account?.label ?? op.kind,
      in: came,
      out,
      hints: [
        ...(op.account?.notes ?? []),
        ...(run.hints?.() ?? []),
        ...(out === 0 ? (watch?.hints() ?? []) : []),
      ],
    }))
  }

  #refuse(e: unknown) {
    if (!(e instanceof SearchRefusal)) throw e
    this.#refusal = { message: e.message, hint: e.hint }
  }
}

function testOf(
  condition: Condition,
  subsearch: (index: number) => Condition,
): RowTest {
  const make = (c: Condition) => testOfRow(predicateFor(c, () => true))
  if (!subsearchesOf(condition).length) return make(condition)
  let test: RowTest | undefined
  return (row) => {
    test ??= make(withSubsearches(condition, subsearch))
    return test(row)
  }
}
