// Do two rules, in whatever language, find the same events? Shown event by event; where they differ, a few are kept.
import type { Event } from '../../event/event.ts'
import { keepEvent } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'
import { conflicts } from '../../event/log-source.ts'

import { predicateFor, subsearchesOf } from '../../ir/condition.ts'
import type { DetectionRule } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'
import { EventFields } from './event-row.ts'
import type { FieldsTest } from './predicate.ts'
import { compileRowPredicate } from './predicate.ts'

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
  readonly #first: EventTest
  readonly #second: EventTest
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

type EventTest = (event: Event) => boolean

function testOf(rule: Comparable): EventTest {
  const fields = new EventFields()
  const tests = new Map<LogSource, FieldsTest>()
  const compile = (source: LogSource): FieldsTest => {
    if (rule.kind === 'detection') {
      return conflicts(rule.logSource, source)
        ? () => false
        : compileRowPredicate(rule.condition)
    }
    const of = rule.search.stages.map((s) => s.condition)
    const from = (selector: DetectionRule['logSource']) =>
      !conflicts(selector, source)
    return compileRowPredicate(predicateFor({ kind: 'and', of }, from))
  }
  return (event) => {
    const { logSource } = event.shape
    let test = tests.get(logSource)
    if (!test) {
      test = compile(logSource)
      tests.set(logSource, test)
    }
    fields.event = event
    return test(fields)
  }
}

function notesOf(rule: Comparable): string[] {
  if (rule.kind === 'detection') return []
  const notes: string[] = []
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
