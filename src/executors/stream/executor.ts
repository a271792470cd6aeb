// Which rules hold for an event? Rules are compiled once; events come one by one and are gone after the call.
import type { Diagnostic } from '../../base/diagnostic.ts'

import type { Event, EventShape } from '../../event/event.ts'

import { fieldsOf, leaves } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'

import { compilePredicate, type FrameTest } from './compile.ts'
import { Fields, Frame, type Plan, planOf } from './frame.ts'
import { RefusedLeaf } from './leaf.ts'
import { type Route, Routes, type RuleAccount } from './routing.ts'

export interface ExecutorOptions {
  /** false: every rule of the log source is evaluated as it stands, the reference for the index. */
  readonly index: boolean
  /** false: every rule meets every event. */
  readonly routing: boolean
}

/** A rule that cannot be run, and why. */
export interface RefusedRule {
  readonly rule: number
  readonly diagnostic: Diagnostic
}

interface PlannedShape extends Plan {
  readonly route: Route
}

/** Shapes come from input: with random key orders every line has its own, so only so many are remembered. */
const maxPlans = 4096

export class StreamExecutor {
  readonly refused: readonly RefusedRule[]
  readonly #fields = new Fields()
  readonly #frame: Frame
  readonly #tests: readonly FrameTest[]
  readonly #routes: Routes
  readonly #hasKeywords: boolean
  #plans = new Map<EventShape, PlannedShape>()
  #lastShape: EventShape | undefined
  #lastPlan: PlannedShape | undefined

  constructor(rules: readonly DetectionRule[], options: ExecutorOptions) {
    const refused: RefusedRule[] = []
    const runnable = new Uint8Array(rules.length).fill(1)
    this.#tests = rules.map((rule, i) => {
      try {
        return compilePredicate(rule.condition, this.#fields)
      } catch (error) {
        if (!(error instanceof RefusedLeaf)) throw error
        runnable[i] = 0
        refused.push({ rule: i, diagnostic: refusal(rule, error.message) })
        return () => false
      }
    })
    this.refused = refused
    const slotsOf = rules.map((rule) =>
      [...fieldsOf(rule.condition)].map((name) => this.#fields.slot(name)),
    )
    this.#hasKeywords = rules.some((rule) => hasKeyword(rule))
    this.#frame = new Frame(this.#fields.names.length)
    this.#routes = new Routes(
      rules,
      runnable,
      slotsOf,
      this.#fields.names,
      options.routing,
    )
  }

  /** Calls `onMatch` for each rule that holds, in the order of the rules. */
  match(event: Event, onMatch: (ruleIndex: number) => void): void {
    const plan = this.#planFor(event.shape)
    const { route } = plan
    route.events++
    const frame = this.#frame
    frame.load(event, plan)
    const { rules } = route
    for (let i = 0; i < rules.length; i++) {
      if (this.#tests[rules[i]!]!(frame)) onMatch(rules[i]!)
    }
    frame.clear()
  }

  /** By rule: what it met, for verdicts. */
  account(): RuleAccount[] {
    return this.#routes.account()
  }

  #planFor(shape: EventShape): PlannedShape {
    if (shape === this.#lastShape) return this.#lastPlan!
    let plan = this.#plans.get(shape)
    if (!plan) {
      if (this.#plans.size >= maxPlans || this.#routes.full) {
        this.#plans = new Map()
        this.#routes.forget()
      }
      plan = this.#makePlan(shape)
      this.#plans.set(shape, plan)
    }
    this.#lastShape = shape
    this.#lastPlan = plan
    return plan
  }

  #makePlan(shape: EventShape): PlannedShape {
    const route = this.#routes.of(shape.logSource)
    const plan = planOf(shape, this.#fields, this.#hasKeywords)
    for (const slot of plan.slots) route.seen[slot] = 1
    return { ...plan, route }
  }
}

function hasKeyword(rule: DetectionRule): boolean {
  for (const leaf of leaves(rule.condition)) {
    if (leaf.kind === 'keyword') return true
  }
  return false
}

function refusal(rule: DetectionRule, message: string): Diagnostic {
  const { file, line } = rule.meta
  return {
    code: 'X001',
    severity: 'error',
    message: `rule "${rule.meta.title}" cannot be run: ${message}`,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { position: { line, column: 1 } }),
  }
}
