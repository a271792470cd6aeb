// Which rules are worth evaluating on an event? Each field of the event wakes the rules of which it makes a necessary fact
// true; only those are evaluated, by what is left of their condition. Sound by construction: a rule that nothing woke has a
// clause of which every fact is false (clause.ts). Held against the full scan by executor.property.test.ts.
import type { Predicate } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'

import { type Clause, clauseOf } from './clause.ts'
import { allOf, anyOf, compilePredicate, type FrameTest } from './compile.ts'
import { type FieldIndex, FieldQuestions, fieldOfLeaf } from './field-index.ts'
import type { Fields, Frame } from './frame.ts'
import { Memo } from './memo.ts'
import { StampSet } from './stamp-set.ts'
import { TextBytes } from './text-bytes.ts'

export class RuleIndex {
  readonly #fields: Fields
  readonly #questions = new Map<number, FieldQuestions>()
  readonly #indexes: (FieldIndex | undefined)[]
  readonly #residuals: readonly FrameTest[]
  readonly #woken: StampSet
  /** Rules without a clause: always evaluated. */
  readonly always: readonly number[]
  /** By field slot: the rules that it can wake. */
  readonly wokenBySlot: ReadonlyMap<number, readonly number[]>

  /** `runnable`: 0 at rules that are left out. */
  constructor(
    rules: readonly DetectionRule[],
    runnable: Uint8Array,
    fields: Fields,
  ) {
    this.#fields = fields
    const always: number[] = []
    const wokenBySlot = new Map<number, number[]>()
    this.#residuals = rules.map((rule, i) => {
      if (!runnable[i]) return () => false
      const clause = clauseOf(rule.condition)
      if (!clause) {
        always.push(i)
        return this.#compile(rule.condition)
      }
      this.#watch(clause, i, wokenBySlot)
      return this.#compile(clause.residual)
    })
    this.always = always
    this.wokenBySlot = wokenBySlot
    this.#woken = new StampSet(rules.length)
    this.#indexes = this.#build(rules.length)
  }

  /** The slots whose values can wake a rule of the mask. */
  wakingSlots(mask: Uint8Array): number[] {
    const slots: number[] = []
    for (const [slot, rules] of this.wokenBySlot) {
      if (rules.some((rule) => mask[rule])) slots.push(slot)
    }
    return slots
  }

  /** Calls `onMatch` for each rule of the mask that holds, in the order of the rules. */
  match(
    frame: Frame,
    waking: readonly number[],
    mask: Uint8Array,
    onMatch: (rule: number) => void,
  ): void {
    const woken = this.#woken
    woken.empty()
    for (let i = 0; i < waking.length; i++) {
      const slot = waking[i]!
      this.#indexes[slot]!.wake(frame.cell(slot), woken)
    }
    for (let i = 0; i < this.always.length; i++) woken.add(this.always[i]!)
    const matched: number[] = []
    for (let i = 0; i < woken.count; i++) {
      const rule = woken.list[i]!
      if (mask[rule] && this.#residuals[rule]!(frame)) matched.push(rule)
    }
    if (matched.length > 1) matched.sort((a, b) => a - b)
    for (let i = 0; i < matched.length; i++) onMatch(matched[i]!)
  }

  #watch(clause: Clause, rule: number, bySlot: Map<number, number[]>): void {
    for (const waker of clause.wakers) {
      const slot = this.#fields.slot(waker.field)
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

  #build(ruleCount: number): (FieldIndex | undefined)[] {
    const bytes = new TextBytes()
    const memo = new Memo()
    const fresh = new StampSet(ruleCount)
    const indexes: (FieldIndex | undefined)[] = []
    for (const [slot, questions] of this.#questions) {
      const index = questions.build(bytes, memo)
      index.reserve(fresh)
      indexes[slot] = index
    }
    return indexes
  }

  /** A condition over the whole event as a test over macros. */
  #compile(p: Predicate): FrameTest {
    const field = fieldOf(p)
    if (field !== undefined) return this.#macro(p, field)
    switch (p.kind) {
      case 'and':
        return allOf(this.#compileChildren(p.kind, p.of))
      case 'or':
        return anyOf(this.#compileChildren(p.kind, p.of))
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
    const id = this.#questionsOf(slot).macro(p)
    return (frame) => this.#indexes[slot]!.verdict(id, frame.cell(slot))
  }
}

/** The one field that a predicate reads (searched values taken as one); undefined where it reads none or several. */
function fieldOf(p: Predicate): string | undefined {
  switch (p.kind) {
    case 'constant':
      return undefined
    case 'not':
      return fieldOf(p.of)
    case 'and':
    case 'or': {
      const first = p.of[0] && fieldOf(p.of[0])
      if (first === undefined) return undefined
      return p.of.every((child) => fieldOf(child) === first) ? first : undefined
    }
    default:
      return fieldOfLeaf(p)
  }
}
