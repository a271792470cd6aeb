// Which rules are worth evaluating on an event? Each field of the event wakes the rules of which it makes a necessary fact
// true; only those are evaluated, by what is left of their condition. Sound by construction: a rule that nothing woke has a
// clause of which every fact is false (clause.ts). Held against the full scan by executor.property.test.ts.
import type { Predicate } from '../../../ir/predicate.ts'
import type { DetectionRule } from '../../../ir/rule.ts'
import { fold } from '../../../ir/visit.ts'

import { type Clause, clauseOf, type Waker } from './clause.ts'
import {
  type FieldSlots,
  type Frame,
  keywordField,
} from '../../../meaning/frame.ts'
import {
  allTests,
  anyTest,
  compilePredicate,
  type FrameTest,
} from '../../../meaning/predicate.ts'
import {
  type FieldIndex,
  fieldOfLeaf,
  type Shared,
  type Wakes,
} from './field-index.ts'
import { FieldQuestions } from './field-questions.ts'
import { KeywordFilter } from './keyword-filter.ts'
import { Memo } from './memo.ts'
import { StampSet } from './stamp-set.ts'
import { TextBytes } from './text-bytes.ts'

/** A slot, and what its value wakes. */
export interface SlotWaker {
  readonly slot: number
  readonly by: Wakes
}

export class RuleIndex {
  readonly #fields: FieldSlots
  readonly #keywordSlot: number
  readonly #keywords: [rule: number, waker: Waker][] = []
  readonly #questions = new Map<number, FieldQuestions>()
  readonly #indexes: (FieldIndex | undefined)[] = []
  readonly #wakers: SlotWaker[] = []
  /** By the mask of a route. */
  readonly #keywordWakers = new WeakMap<Uint8Array, SlotWaker>()
  readonly #shared: Shared
  /** What is left of each rule's condition once it is awake. */
  readonly #residuals: readonly (Predicate | undefined)[]
  /** The same, compiled when the rule wakes for the first time: most never do. */
  readonly #tests: (FrameTest | undefined)[]
  readonly #woken: StampSet
  readonly #matched: number[] = []
  /** Rules without a clause: always evaluated. */
  readonly always: readonly number[]
  /** By field slot: the rules that it can wake. */
  readonly wokenBySlot: ReadonlyMap<number, readonly number[]>

  /** `runnable`: 0 at rules that are left out. */
  constructor(
    rules: readonly DetectionRule[],
    runnable: Uint8Array,
    fields: FieldSlots,
  ) {
    this.#fields = fields
    this.#keywordSlot = fields.slot(keywordField)
    const always: number[] = []
    const wokenBySlot = new Map<number, number[]>()
    const residuals = rules.map((rule, i): Predicate | undefined => {
      if (!runnable[i]) return undefined
      const clause = clauseOf(rule.condition)
      if (clause) this.#watch(clause, i, wokenBySlot)
      else always.push(i)
      return clause ? clause.residual : rule.condition
    })
    this.#residuals = residuals
    this.#tests = rules.map(() => undefined)
    this.always = always
    this.wokenBySlot = wokenBySlot
    this.#woken = new StampSet(rules.length)
    this.#shared = {
      bytes: new TextBytes(),
      memo: new Memo(),
      fresh: new StampSet(rules.length),
    }
  }

  /** The slots whose values can wake a rule of the mask. */
  wakingSlots(mask: Uint8Array): number[] {
    const slots: number[] = []
    for (const [slot, rules] of this.wokenBySlot) {
      if (rules.some((rule) => mask[rule])) slots.push(slot)
    }
    return slots
  }

  /** What wakes rules by a slot: made for those that events have. `mask`: as of the route. */
  wakerOf(slot: number, mask: Uint8Array): SlotWaker {
    if (slot === this.#keywordSlot) return this.#keywordWaker(mask)
    return (this.#wakers[slot] ??= { slot, by: this.#indexOf(slot) })
  }

  #keywordWaker(mask: Uint8Array): SlotWaker {
    let waker = this.#keywordWakers.get(mask)
    if (!waker) {
      const slot = this.#keywordSlot
      const few = this.#keywords.filter(([rule]) => mask[rule])
      const filter = KeywordFilter.of(
        few.map(([, w]) => w),
        this.#shared.bytes,
        () => this.#indexOf(slot),
      )
      waker = { slot, by: filter ?? this.#indexOf(slot) }
      this.#keywordWakers.set(mask, waker)
    }
    return waker
  }

  /** Calls `onMatch` for each rule of the mask that holds, in the order of the rules. */
  match(
    frame: Frame,
    waking: readonly SlotWaker[],
    mask: Uint8Array,
    onMatch: (rule: number) => void,
  ): void {
    const woken = this.#woken
    woken.empty()
    for (let i = 0; i < waking.length; i++) {
      const { slot, by } = waking[i]!
      if (by.sleeps?.(frame.source!)) continue
      by.wake(frame.cell(slot), woken)
    }
    for (let i = 0; i < this.always.length; i++) woken.add(this.always[i]!)
    const matched = this.#matched
    matched.length = 0
    for (let i = 0; i < woken.count; i++) {
      const rule = woken.list[i]!
      if (!mask[rule]) continue
      const test = this.#tests[rule] ?? this.#compileRule(rule)
      if (test(frame)) matched.push(rule)
    }
    sortFew(matched)
    for (let i = 0; i < matched.length; i++) onMatch(matched[i]!)
  }

  #compileRule(rule: number): FrameTest {
    return (this.#tests[rule] = this.#compile(this.#residuals[rule]!))
  }

  #watch(clause: Clause, rule: number, bySlot: Map<number, number[]>): void {
    for (const waker of clause.wakers) {
      const slot = this.#fields.slot(waker.field)
      if (slot === this.#keywordSlot) this.#keywords.push([rule, waker])
      this.#questionsOf(slot).wake(waker, rule)
      const rules = bySlot.get(slot)
      if (!rules) bySlot.set(slot, [rule])
      else if (rules.at(-1) !== rule) rules.push(rule)
    }
  }

  #questionsOf(slot: number): FieldQuestions {
    let questions = this.#questions.get(slot)
    if (!questions) {
      questions = new FieldQuestions(slot)
      this.#questions.set(slot, questions)
    }
    return questions
  }

  /** Made when it is first asked for. A field that wakes nothing still remembers verdicts. */
  #indexOf(slot: number): FieldIndex {
    return (this.#indexes[slot] ??= this.#questionsOf(slot).build(this.#shared))
  }

  /** A condition over the whole event as a test over macros. */
  #compile(p: Predicate): FrameTest {
    const field = fieldOf(p)
    if (field !== undefined) return this.#macro(p, field)
    switch (p.kind) {
      case 'and':
        return allTests(this.#compileChildren(p.kind, p.of))
      case 'or':
        return anyTest(this.#compileChildren(p.kind, p.of))
      case 'not': {
        const test = this.#compile(p.of)
        return (frame) => !test(frame)
      }
      default:
        return compilePredicate(p, this.#fields)
    }
  }

  /** Children that read the same field alone become one macro. */
  #compileChildren(
    kind: 'and' | 'or',
    children: readonly Predicate[],
  ): FrameTest[] {
    const byField = new Map<string, Predicate[]>()
    const others: Predicate[] = []
    for (const child of children) {
      const field = fieldOf(child)
      if (field === undefined) others.push(child)
      else if (byField.has(field)) byField.get(field)!.push(child)
      else byField.set(field, [child])
    }
    const tests = [...byField].map(([field, of]) =>
      this.#macro(of.length === 1 ? of[0]! : { kind, of }, field),
    )
    for (const other of others) tests.push(this.#compile(other))
    return tests
  }

  #macro(p: Predicate, field: string): FrameTest {
    const slot = this.#fields.slot(field)
    const index = this.#indexOf(slot)
    const id = index.macro(p)
    return (frame) => index.verdict(id, frame.cell(slot))
  }
}

/** More are left to the library. */
const few = 32

/** In place, ascending. The library's makes arrays of its own at each call: for the handful of rules of an event that was a tenth of all garbage. */
function sortFew(numbers: number[]): void {
  if (numbers.length > few) {
    numbers.sort((a, b) => a - b)
    return
  }
  for (let i = 1; i < numbers.length; i++) {
    const number = numbers[i]!
    let at = i
    for (; at > 0 && numbers[at - 1]! > number; at--)
      numbers[at] = numbers[at - 1]!
    numbers[at] = number
  }
}

/** The one field that a predicate reads (searched values taken as one); undefined where it reads none or several. */
function fieldOf(p: Predicate): string | undefined {
  const same = (parts: readonly (string | undefined)[]) =>
    parts.every((field) => field === parts[0]) ? parts[0] : undefined
  return fold<string | undefined>(p, {
    and: same,
    or: same,
    not: (field) => field,
    constant: () => undefined,
    leaf: fieldOfLeaf,
  })
}
