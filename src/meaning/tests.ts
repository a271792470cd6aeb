// A predicate on its own, asked of one event, one row or one made-up set of values: the same compiled meaning that the
// executor's rules have, with a frame of its own.
import type { Value } from '../base/record.ts'

import type { Event, EventShape } from '../event/event.ts'
import { namedValue } from '../event/members.ts'

import type { Predicate } from '../ir/predicate.ts'

import {
  FieldSlots,
  Frame,
  keywordField,
  type Plan,
  planOf,
  type ValueSource,
} from './frame.ts'
import { compilePredicate, type Test } from './predicate.ts'

/** Shapes come from input; over this many, plans are forgotten and made anew. */
const maxPlans = 4_096

/** Throws RefusedLeaf where a leaf cannot be run. */
export function eventTest(p: Predicate): Test<Event> {
  const slots = new FieldSlots()
  const test = compilePredicate(p, slots)
  const frame = new Frame<Event>(slots)
  const plans = new Map<EventShape, Plan>()
  let lastShape: EventShape | undefined
  let lastPlan: Plan | undefined
  const planFor = (shape: EventShape): Plan => {
    if (shape === lastShape) return lastPlan!
    let plan = plans.get(shape)
    if (!plan) {
      if (plans.size >= maxPlans) plans.clear()
      plan = planOf(shape, slots)
      plans.set(shape, plan)
    }
    lastShape = shape
    lastPlan = plan
    return plan
  }
  return (event) => {
    frame.load(event, planFor(event.shape))
    const holds = test(frame)
    frame.clear()
    return holds
  }
}

/** Values by name: a row of a search, what an event would have. */
export type NamedValues = ReadonlyMap<string, Value>

/** Throws RefusedLeaf where a leaf cannot be run. */
export function valuesTest(p: Predicate): Test<NamedValues> {
  const slots = new FieldSlots()
  const test = compilePredicate(p, slots)
  const searches = slots.find(keywordField) !== undefined
  const names = slots.names.filter((name) => name !== keywordField)
  const frame = new Frame<NamedSource>(slots)
  const source = new NamedSource(names)
  const asked = names.map((name) => slots.slot(name))
  const positions = names.map((_, i) => i)
  const plan = { slots: asked, positions, searched: [] }
  return (values) => {
    source.show(values, searches)
    frame.load(source, searches ? { ...plan, searched: source.others } : plan)
    const holds = test(frame)
    frame.clear()
    return holds
  }
}

/** The named values first, each at its place; behind them every value, for keywords. */
class NamedSource implements ValueSource {
  readonly #names: readonly string[]
  #values: NamedValues = new Map()
  #all: readonly Value[] = []
  others: readonly number[] = []

  constructor(names: readonly string[]) {
    this.#names = names
  }

  show(values: NamedValues, all: boolean): void {
    this.#values = values
    if (!all) return
    this.#all = [...values.values()]
    this.others = this.#all.map((_, i) => this.#names.length + i)
  }

  value(position: number): Value | undefined {
    const name = this.#names[position]
    return name === undefined
      ? this.#all[position - this.#names.length]
      : namedValue(this.#values, name)
  }
}
