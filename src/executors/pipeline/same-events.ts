// Do two rules, in whatever language, find the same events? Shown event by event; where they differ, a few are kept.
import { plural } from '../../base/shown.ts'

import type { Event } from '../../event/event.ts'
import { keepEvent } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'
import { conflicts } from '../../event/log-source.ts'

import { predicateFor, subsearchesOf } from '../../ir/condition.ts'
import type { Predicate } from '../../ir/predicate.ts'
import type { DetectionRule, RuleLogSource } from '../../ir/rule.ts'
import type { Operator, Search, SearchRule } from '../../ir/search.ts'

import { whyRefused } from '../../meaning/leaf.ts'
import { eventTest } from '../../meaning/tests.ts'
import type { Test } from '../../meaning/predicate.ts'

import { Budget } from './budget.ts'
import { RowMaker } from './event-row.ts'
import { Pipeline } from './pipeline.ts'
import { neededFields, rowOptions } from './row-fields.ts'

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
  const passes = passing(rule)
  return (event) => {
    const { logSource } = event.shape
    let test = tests.get(logSource)
    if (!test) {
      test = eventTest(predicateOn(rule, (s) => !conflicts(s, logSource)))
      tests.set(logSource, test)
    }
    return test(event) && passes(event)
  }
}

/** Commands that look at each event by itself: what they let through is what the rule asks of an event. */
const byEvent: ReadonlySet<Operator['kind']> = new Set([
  'where',
  'search',
  'eval',
  'regex',
  'rex',
  'sed',
  'fields',
  'rename',
  'fillnull',
  'makemv',
  'nomv',
  'spath',
  'fromjson',
  'convert',
  'replace',
])

/** Those of them before any other. */
function commandsByEvent({ operators, subsearches }: Search): Operator[] {
  if (subsearches.length) return []
  const end = operators.findIndex((op) => !byEvent.has(op.kind))
  return operators.slice(0, end < 0 ? operators.length : end)
}

function passing(rule: Comparable): Test<Event> {
  const commands = rule.kind === 'search' ? commandsByEvent(rule.search) : []
  if (rule.kind !== 'search' || !commands.length) return () => true
  let passed = false
  const context = { now: 0, lookups: new Map(), budget: new Budget() }
  const pipeline = new Pipeline(commands, context, () => {
    passed = true
  })
  const needed = neededFields(commands)
  const { fields } = rule.search
  const maker = new RowMaker(needed, fields, rowOptions(commands))
  return (event) => {
    passed = false
    pipeline.push(maker.row(event))
    return passed
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
  const left = operators.length - commandsByEvent(rule.search).length
  if (left) {
    notes.push(
      `"${rule.meta.title}" is compared by what it asks of each event, not by ${plural(left, 'command')} behind that`,
    )
  }
  if (stages.some((s) => subsearchesOf(s.condition).length)) {
    notes.push(
      `"${rule.meta.title}" has a search in brackets, which is taken to find nothing`,
    )
  }
  return notes
}
