// Every evaluator of conditions that there is. A case that one of them answers otherwise than the others is a fault.
import type { Value } from '../../src/base/record.ts'
import { conflicts } from '../../src/event/log-source.ts'
import type { Event } from '../../src/event/event.ts'
import { Comparison } from '../../src/executors/pipeline/index.ts'
import { StreamExecutor } from '../../src/executors/stream/executor.ts'
import { trace } from '../../src/executors/stream/trace.ts'
import type { DetectionRule } from '../../src/ir/rule.ts'
import { eventTest, valuesTest } from '../../src/meaning/tests.ts'

import { holds } from './tree-walk.ts'

/** Does one of the rules hold on the event? */
type Evaluator = (rules: readonly DetectionRule[], event: Event) => boolean

const streamed = (index: boolean, routing: boolean): Evaluator => {
  const executors = new WeakMap<readonly DetectionRule[], StreamExecutor>()
  return (rules, event) => {
    let executor = executors.get(rules)
    if (!executor) {
      executor = new StreamExecutor(rules, { index, routing })
      executors.set(rules, executor)
    }
    const met = routing ? rules : rules.filter((r) => meets(r, event))
    let matched = false
    executor.match(event, (i) => {
      matched ||= met.includes(rules[i]!)
    })
    return matched
  }
}

const each =
  (of: (rule: DetectionRule, event: Event) => boolean): Evaluator =>
  (rules, event) =>
    rules.some((rule) => meets(rule, event) && of(rule, event))

function meets(rule: DetectionRule, event: Event): boolean {
  return !conflicts(rule.logSource, event.shape.logSource)
}

export const evaluators: Readonly<Record<string, Evaluator>> = {
  'tree walk': each(({ condition }, event) =>
    holds(condition, Object.fromEntries(valuesOf(event))),
  ),
  index: streamed(true, true),
  'full scan': streamed(false, true),
  unrouted: streamed(true, false),
  trace: each((rule, event) => trace(rule, event).holds),
  'test of an event': each(({ condition }, event) =>
    eventTest(condition)(event),
  ),
  'test of a row': each(({ condition }, event) =>
    valuesTest(condition)(valuesOf(event)),
  ),
  equal: (rules, event) =>
    rules.some((rule) => {
      const comparison = new Comparison(rule, rule)
      comparison.event(event)
      return comparison.result().both > 0
    }),
}

function valuesOf(event: Event): Map<string, Value> {
  const values = new Map<string, Value>()
  event.shape.names.forEach((name, i) => {
    const value = event.value(i)
    if (value !== undefined) values.set(name, value)
  })
  return values
}

/** Positions of the events on which one of the rules holds, by evaluator. */
export function answersOf(
  rules: readonly DetectionRule[],
  events: readonly Event[],
): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(evaluators).map(([name, evaluator]) => [
      name,
      events.flatMap((event, i) => (evaluator(rules, event) ? [i] : [])),
    ]),
  )
}

/** The same answer of every evaluator. */
export function agreed(positions: readonly number[]) {
  return Object.fromEntries(
    Object.keys(evaluators).map((name) => [name, positions]),
  )
}
