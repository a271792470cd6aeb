// Do two rules, in whatever language, find the same events? Shown event by event; where they differ, a few are kept.
import type { Event } from '../../event/event.ts'
import { keepEvent } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'
import { conflicts } from '../../event/log-source.ts'

import { predicateFor, subsearchesOf } from '../../ir/condition.ts'
import type { Predicate } from '../../ir/predicate.ts'
import type { DetectionRule, RuleLogSource } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

import { whyRefused } from '../../meaning/leaf.ts'
import { eventTest } from '../../meaning/tests.ts'
import type { Test } from '../../meaning/predicate.ts'

/** Events kept of each side. */
const maxExamples = 100

export interface Difference {
  readonly both: number
  readonly neither: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly firstExamples: readonly Event[]
  readonly secondExamples: readonly Event[]
  /** What was left out of the comparison. */
  readonly notes: readonly string[]
}

type Comparable = DetectionRule | SearchRule

export class Comparison {
  readonly #first: Test<Event>
  readonly #second: Test<Event>
  readonly #notes: string[]
  readonly #counts = { both: 0, neither: 0, onlyFirst: 0, onlySecond: 0 }
  readonly #firstExamples: Event[] = []
  readonly #secondExamples: Event[] = []

  constructor(first: Comparable, second: Comparable) {
    this.#first = testOf(first)
    this.#second = testOf(second)
    this.#notes = [...notesOf(first), ...notesOf(second)]
  }

  event(event: Event): void {
    const a = this.#first(event)
    const b = this.#second(event)
    if (a === b) {
      this.#counts[a ? 'both' : 'neither']++
      return
    }
    this.#counts[a ? 'onlyFirst' : 'onlySecond']++
    const examples = a ? this.#firstExamples : this.#secondExamples
    if (examples.length < maxExamples) examples.push(keepEvent(event))
  }

  result(): Difference {
    return {
      ...this.#counts,
      firstExamples: this.#firstExamples,
      secondExamples: this.#secondExamples,
      notes: this.#notes,
    }
  }
}

function testOf(rule: Comparable): Test<Event> {
  // As in a scan, which leaves such a rule out.
  if (whyRefused(predicateOn(rule, () => true)) !== undefined)
    return () => false
  const tests = new Map<LogSource, Test<Event>>()
  return (event) => {
    const { logSource } = event.shape
    let test = tests.get(logSource)
    if (!test) {
      test = eventTest(predicateOn(rule, (s) => !conflicts(s, logSource)))
      tests.set(logSource, test)
    }
    return test(event)
  }
}

/** What the rule asks of events of a log source; `from` says whether that source fits. */
function predicateOn(
  rule: Comparable,
  from: (selector: RuleLogSource) => boolean,
): Predicate {
  if (rule.kind === 'search') {
    const of = rule.search.stages.map((s) => s.condition)
    return predicateFor({ kind: 'and', of }, from)
  }
  return from(rule.logSource)
    ? rule.condition
    : { kind: 'constant', value: false }
}

function notesOf(rule: Comparable): string[] {
  const notes: string[] = []
  const refused = whyRefused(predicateOn(rule, () => true))
  if (refused !== undefined)
    notes.push(`"${rule.meta.title}" cannot be run: ${refused}`)
  if (rule.kind === 'detection') return notes
  const { stages, operators } = rule.search
  if (operators.length) {
    notes.push(
      `"${rule.meta.title}" is compared by its conditions on events, not by the ${operators.length} commands behind them`,
    )
  }
  if (stages.some((s) => subsearchesOf(s.condition).length)) {
    notes.push(
      `"${rule.meta.title}" has a search in brackets, which is taken to find nothing`,
    )
  }
  return notes
}
