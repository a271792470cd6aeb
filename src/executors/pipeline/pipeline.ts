// The operators of a search as one chain: rows are pushed in, rows come out at the sink. Operators that can pass a row on at
// once do; those that cannot hold a bounded number. A bound that is reached ends the search with a message.
import { fieldsRead } from '../../ir/expression.ts'
import { fieldsOf } from '../../ir/predicate.ts'
import type { Operator } from '../../ir/search.ts'
import { runForeach } from './operators/foreach.ts'
import { LimitReached } from './limit.ts'
import type {
  Emit,
  OperatorRun,
  OtherRows,
  PipelineContext,
} from './operators/operator.ts'
import { runBin, runChart } from './operators/chart.ts'
import {
  runAppend,
  runAppendCols,
  runInputLookup,
  runJoin,
  runLookup,
  runTransaction,
} from './operators/joins.ts'
import * as rows from './operators/rows.ts'
import {
  runEventStats,
  runStats,
  runStreamStats,
  runTop,
} from './operators/stats.ts'
import * as text from './operators/text.ts'
import { testOfRow } from './condition.ts'
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

/** Gives the rows of the search in the operator at this position. */
export type OthersOf = (op: Operator) => OtherRows

export class Pipeline {
  readonly #steps: Step[] = []
  readonly #first: Emit
  #refusal: Refusal | undefined

  constructor(
    operators: readonly Operator[],
    context: PipelineContext,
    sink: Emit,
    others: OthersOf = () => () => [],
    explain = false,
  ) {
    let emit = sink
    try {
      for (const op of [...operators].reverse()) {
        const next = emit
        const step: Step = {
          op,
          run: start(
            op,
            (row) => {
              step.out++
              next(row)
            },
            context,
            others,
          ),
          watch: explain ? watchOf(op) : undefined,
          in: 0,
          out: 0,
        }
        this.#steps.unshift(step)
        emit = (row) => {
          step.in++
          step.watch?.see((name) => row.get(name))
          step.run.push(row)
        }
      }
    } catch (e) {
      this.#refuse(e)
    }
    this.#first = emit
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
      stage: op.label ?? op.kind,
      in: came,
      out,
      hints: [
        ...(op.notes ?? []),
        ...(run.hints?.() ?? []),
        ...(out === 0 ? (watch?.hints() ?? []) : []),
      ],
    }))
  }

  #refuse(e: unknown) {
    if (!(e instanceof LimitReached)) throw e
    this.#refusal = { message: e.message, hint: e.hint }
  }
}

/** Conditions are watched: why they keep what they keep is what people ask. */
function watchOf(op: Operator): Watch | undefined {
  if (op.kind === 'where') return new Watch(fieldsRead(op.of))
  if (op.kind === 'filter') return new Watch(fieldsOf(op.predicate))
  return op.kind === 'regex' ? new Watch([op.field]) : undefined
}

function start(
  op: Operator,
  emit: Emit,
  context: PipelineContext,
  others: OthersOf,
): OperatorRun {
  const { now } = context
  switch (op.kind) {
    case 'filter':
      return rows.runFilter(testOfRow(op.predicate), emit)
    case 'where':
      return text.runWhere(op, emit, now)
    case 'eval':
      return text.runEval(op, emit, now)
    case 'stats':
      return runStats(op, emit, now)
    case 'eventstats':
      return runEventStats(op, emit, now)
    case 'streamstats':
      return runStreamStats(op, emit, now)
    case 'chart':
      return runChart(op, emit, now)
    case 'bin':
      return runBin(op, emit)
    case 'dedup':
      return rows.runDedup(op, emit)
    case 'sort':
      return rows.runSort(op, emit)
    case 'head':
      return rows.runHead(op, emit, now)
    case 'tail':
      return rows.runTail(op.count, emit)
    case 'reverse':
      return rows.runReverse(emit)
    case 'top':
      return runTop(op, emit, now)
    case 'table':
      return rows.runTable(op.fields, emit)
    case 'fields':
      return rows.runFields(op, emit)
    case 'rename':
      return rows.runRename(op, emit)
    case 'rex':
      return text.runRex(op, emit)
    case 'sed':
      return text.runSed(op, emit)
    case 'regex':
      return text.runRegex(op, emit)
    case 'fillnull':
      return rows.runFillNull(op, emit)
    case 'makemv':
      return text.runMakeMv(op, emit)
    case 'mvexpand':
      return text.runMvExpand(op.field, op.limit, emit)
    case 'mvcombine':
      return text.runMvCombine(op.field, emit)
    case 'nomv':
      return text.runNoMv(op.field, emit)
    case 'spath':
      return text.runSpath(op, emit)
    case 'xmlkv':
      return text.runXmlKv(op.field, emit)
    case 'lookup':
      return runLookup(op, emit, context)
    case 'inputlookup':
      return runInputLookup(op, emit, context)
    case 'join':
      return runJoin(op, emit, others(op))
    case 'append':
      return runAppend(emit, others(op))
    case 'appendcols':
      return runAppendCols(op.override, emit, others(op))
    case 'appendpipe':
      return runAppendPipe(op.operators, emit, context, others)
    case 'transaction':
      return runTransaction(op, emit, now)
    case 'foreach':
      return runForeach(op, emit, (inner, to) =>
        start(inner, to, context, others),
      )
    case 'convert':
      return text.runConvert(op, emit)
    case 'addtotals':
      return rows.runAddTotals(op, emit)
    case 'replace':
      return text.runReplace(op, emit)
    case 'format':
      return text.runFormat(op.limit, emit)
    case 'return':
      return text.runReturn(op, emit)
  }
}

/** The rows pass, and copies of them go through the inner commands, whose rows come behind. */
function runAppendPipe(
  operators: readonly Operator[],
  emit: Emit,
  context: PipelineContext,
  others: OthersOf,
): OperatorRun {
  const made: Row[] = []
  const inner = new Pipeline(
    operators,
    context,
    (row) => made.push(row),
    others,
  )
  const check = () => {
    const { refusal } = inner
    if (refusal) throw new LimitReached(refusal.message, refusal.hint)
  }
  return {
    push(row) {
      inner.push(row.copy())
      check()
      emit(row)
    },
    finish() {
      inner.finish()
      check()
      for (const row of made) emit(row)
    },
  }
}
