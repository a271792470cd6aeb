// Which rules hold for an event? Rules are compiled once; events come one by one and are gone after the call.
import type { Diagnostic } from '../../base/diagnostic.ts'
import { NameBudget } from '../../base/name-budget.ts'

import type { Event, EventShape } from '../../event/event.ts'

import { fieldsOf } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'

import {
  FieldSlots,
  Frame,
  keywordField,
  type Plan,
  planOf,
} from '../../meaning/frame.ts'
import { whyRefused } from '../../meaning/leaf.ts'
import { compilePredicate, type FrameTest } from '../../meaning/predicate.ts'
import { keepLiterals } from '../../meaning/regex/regex.ts'

import { compileHeld, type HeldLeaf } from './held.ts'
import { type Route, Routes, type RuleAccount } from './routing.ts'
import { RuleIndex, type SlotWaker } from './index/rule-index.ts'
import { littleEndian } from './index/text-bytes.ts'

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
  /** What of the shape can wake a rule of the route. */
  readonly waking: readonly SlotWaker[]
}

export class StreamExecutor {
  readonly refused: readonly RefusedRule[]
  readonly #fields = new FieldSlots()
  readonly #frame: Frame<Event>
  readonly #index: RuleIndex | undefined
  readonly #tests: readonly FrameTest[]
  readonly #rules: readonly DetectionRule[]
  readonly #routing: boolean
  readonly #collectors: ReturnType<typeof compileHeld>[] = []
  readonly #routes: Routes
  readonly #keywordSlot: number
  // Shapes come from input: with random key orders every line has its own, so only so many are remembered.
  #plans = new Map<EventShape, PlannedShape>()
  readonly #budget = new NameBudget()
  #lastShape: EventShape | undefined
  #lastPlan: PlannedShape | undefined

  constructor(rules: readonly DetectionRule[], options: ExecutorOptions) {
    const fields = this.#fields
    const runnable = new Uint8Array(rules.length).fill(1)
    for (const { tried } of rules) if (tried) keepLiterals(tried)
    this.refused = rules.flatMap((rule, i) => {
      const reason = rule.tried ? undefined : whyRefused(rule.condition)
      if (reason === undefined) return []
      runnable[i] = 0
      return { rule: i, diagnostic: refusal(rule, reason) }
    })
    this.#rules = rules
    this.#routing = options.routing
    this.#keywordSlot = fields.slot(keywordField)
    const slotsOf = rules.map((rule) =>
      [...fieldsOf(rule.condition)].map((name) => fields.slot(name)),
    )
    const indexed = options.index && littleEndian
    this.#index = indexed ? new RuleIndex(rules, runnable, fields) : undefined
    this.#tests = indexed
      ? []
      : rules.map((rule, i) =>
          runnable[i] ? compilePredicate(rule.condition, fields) : () => false,
        )
    this.#frame = new Frame(fields)
    this.#routes = new Routes(
      rules,
      runnable,
      slotsOf,
      fields.names,
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
    if (this.#index) {
      this.#index.match(frame, plan.waking, route.mask, onMatch)
    } else {
      const { rules } = route
      for (let i = 0; i < rules.length; i++) {
        if (this.#tests[rules[i]!]!(frame)) onMatch(rules[i]!)
      }
    }
    frame.clear()
  }

  /** No rule can hold on an event of the shape, whatever it holds. */
  ignores(shape: EventShape): boolean {
    const { route, waking } = this.#planFor(shape)
    const index = this.#index
    if (!index) return route.rules.length === 0
    return waking.length === 0 && !index.always.some((rule) => route.mask[rule])
  }

  /** So many events of a shape that it ignores were there. */
  count(shape: EventShape, events: number): void {
    this.#planFor(shape).route.events += events
  }

  /**
   * The facts that made a rule hold on an event that it matched, in the order of its condition; none where it holds by
   * negations alone. Also from within `match`.
   */
  held(rule: number, event: Event): HeldLeaf[] {
    const held: HeldLeaf[] = []
    const collect = (this.#collectors[rule] ??= compileHeld(
      this.#rules[rule]!.condition,
      this.#fields,
      true,
    ))
    const frame = this.#frame
    if (frame.source !== undefined) collect(frame, held)
    else {
      frame.load(event, this.#planFor(event.shape))
      collect(frame, held)
      frame.clear()
    }
    return held
  }

  /** By rule: what it met, for verdicts. */
  account(): RuleAccount[] {
    return this.#routes.account()
  }

  #planFor(shape: EventShape): PlannedShape {
    if (shape === this.#lastShape) return this.#lastPlan!
    let plan = this.#plans.get(shape)
    if (!plan && shape.isPassing && !this.#routes.full) {
      plan = this.#makePlan(shape)
    } else if (!plan) {
      if (this.#budget.mustForget(shape.names) || this.#routes.full) {
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
    const plan = planOf(shape, this.#fields)
    for (const slot of plan.slots) route.seen[slot] = 1
    const index = this.#index
    route.waking ??= index?.wakingSlots(route.mask) ?? []
    const there = new Set([...plan.slots, this.#keywordSlot])
    const waking = index
      ? route.waking
          .filter((slot) => there.has(slot))
          .map((slot) => index.wakerOf(slot, route.mask))
      : []
    return { ...plan, route, waking }
  }
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
