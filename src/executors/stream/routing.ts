// Which rules meet which events: all that state nothing which conflicts with the event's log source. Worked out once
// for a log source, and counted so that a rule's verdict can say what it met.
import type { LogSource } from '../../event/log-source.ts'
import { conflicts } from '../../event/log-source.ts'
import type { DetectionRule } from '../../ir/rule.ts'

/** The rules of one log source, and what was seen of it. */
export interface Route {
  /** 1 at each rule that runs. */
  readonly mask: Uint8Array
  /** The same as a list, in order. */
  readonly rules: Int32Array
  /** Slots whose values can wake a rule of this route; worked out by the index on first use. */
  waking: readonly number[] | undefined
  events: number
  /** 1 at each field slot that a shape of this log source had. */
  readonly seen: Uint8Array
}

export interface RuleAccount {
  /** Events that the rule was asked about. */
  readonly met: number
  /** Fields that the rule reads and that no shape of these events had. */
  readonly missingFields: readonly string[]
}

/** Flat JSON may name any log source it likes, so what is remembered of them is bounded. */
const maxRoutes = 1024

export class Routes {
  readonly #rules: readonly DetectionRule[]
  readonly #runnable: Uint8Array
  readonly #slotsOf: readonly (readonly number[])[]
  readonly #names: readonly string[]
  readonly #routing: boolean
  readonly #routes = new Map<LogSource, Route>()
  readonly #met: Float64Array
  readonly #seen: readonly Set<number>[]
  #every: Route | undefined

  /** `slotsOf`: the field slots that each rule reads; `runnable`: 0 at rules that were refused. */
  constructor(
    rules: readonly DetectionRule[],
    runnable: Uint8Array,
    slotsOf: readonly (readonly number[])[],
    names: readonly string[],
    routing: boolean,
  ) {
    this.#rules = rules
    this.#runnable = runnable
    this.#slotsOf = slotsOf
    this.#names = names
    this.#routing = routing
    this.#met = new Float64Array(rules.length)
    this.#seen = rules.map(() => new Set<number>())
  }

  of(source: LogSource): Route {
    if (!this.#routing) return (this.#every ??= this.#make(undefined))
    const known = this.#routes.get(source)
    if (known) return known
    const made = this.#make(source)
    this.#routes.set(source, made)
    return made
  }

  /** Moves what was counted into the rules' accounts. */
  settle(): void {
    const routes = [...this.#routes.values()]
    if (this.#every) routes.push(this.#every)
    for (const route of routes) {
      if (route.events === 0) continue
      for (const rule of route.rules) {
        this.#met[rule]! += route.events
        for (const slot of this.#slotsOf[rule]!) {
          if (route.seen[slot]) this.#seen[rule]!.add(slot)
        }
      }
      route.events = 0
    }
  }

  /** Time to forget: whoever keeps plans (they hold routes) drops them too. */
  get full(): boolean {
    return this.#routes.size >= maxRoutes
  }

  forget(): void {
    this.settle()
    this.#routes.clear()
  }

  account(): RuleAccount[] {
    this.settle()
    return this.#rules.map((_, rule) => ({
      met: this.#met[rule]!,
      missingFields:
        this.#met[rule] === 0
          ? []
          : this.#slotsOf[rule]!.filter((s) => !this.#seen[rule]!.has(s)).map(
              (s) => this.#names[s]!,
            ),
    }))
  }

  #make(source: LogSource | undefined): Route {
    const mask = this.#runnable.slice()
    if (source) {
      this.#rules.forEach((rule, i) => {
        if (conflicts(rule.logSource, source)) mask[i] = 0
      })
    }
    const rules: number[] = []
    mask.forEach((on, i) => {
      if (on) rules.push(i)
    })
    return {
      mask,
      rules: Int32Array.from(rules),
      waking: undefined,
      events: 0,
      seen: new Uint8Array(this.#names.length),
    }
  }
}
