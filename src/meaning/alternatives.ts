// Many alternatives that ask the same places for different texts are one question: which text is there? What it answers is
// looked up, so that thousands of alternatives cost as much as a few.
import { type Or, type Predicate, patternShape } from '../ir/predicate.ts'

import type { Cell } from './cell.ts'
import type { FieldSlots, Frame } from './frame.ts'
import { compileLeaf } from './leaf.ts'
import { foldPattern } from './pattern.ts'

type FrameTest = (frame: Frame) => boolean

/** Fewer alternatives are as fast one by one. */
const leastAlternatives = 8

/** A question about places, and the one text for which its answer is yes. */
interface Asked {
  /** Equal for the same question. */
  readonly question: string
  /** Folded. */
  readonly text: string
  /** The texts, folded, for which the answer is yes. */
  readonly answers: (frame: Frame) => readonly string[]
}

interface Alternatives {
  readonly answers: Asked['answers']
  /** By text: what else must hold. */
  readonly byText: Map<string, FrameTest[]>
  readonly tests: FrameTest[]
}

/** The alternatives of an `or`, those that can be looked up put together. */
export function lookedUp(
  tests: readonly FrameTest[],
  { of }: Or,
  slots: FieldSlots,
): readonly FrameTest[] {
  if (of.length < leastAlternatives) return tests
  const rest: FrameTest[] = []
  const byQuestion = new Map<string, Alternatives>()
  of.forEach((part, i) => {
    const test = tests[i]!
    const asked = askedIn(part, slots)
    if (!asked) {
      rest.push(test)
      return
    }
    const { question, text, answers } = asked
    const known = byQuestion.get(question) ?? {
      answers,
      byText: new Map<string, FrameTest[]>(),
      tests: [],
    }
    byQuestion.set(question, known)
    known.tests.push(test)
    const same = known.byText.get(text)
    if (same) same.push(test)
    else known.byText.set(text, [test])
  })
  for (const alternatives of byQuestion.values()) {
    if (alternatives.tests.length < leastAlternatives)
      for (const test of alternatives.tests) rest.push(test)
    else rest.push(lookUp(alternatives))
  }
  return rest
}

function lookUp({ answers, byText }: Alternatives): FrameTest {
  return (frame) =>
    answers(frame).some((text) =>
      (byText.get(text) ?? []).some((test) => test(frame)),
    )
}

/** Of an `and`, the first part that can be looked up: the whole is tried where it holds. */
function askedIn(p: Predicate, slots: FieldSlots): Asked | undefined {
  const asked = askedOf(p, slots)
  if (asked || p.kind !== 'and') return asked
  for (const part of p.of) {
    const found = askedOf(part, slots)
    if (found) return found
  }
  return undefined
}

/**
 * A whole text of one field; the same text of one place or, where that is missing, of another, as a name that has several
 * places is asked for.
 */
function askedOf(p: Predicate, slots: FieldSlots): Asked | undefined {
  switch (p.kind) {
    case 'text':
      return askedOfField(p, slots)
    case 'or': {
      const parts = p.of.map((part) => askedOf(part, slots))
      const [first] = parts
      if (!first || parts.some((part) => part?.text !== first.text))
        return undefined
      return {
        question: `(${parts.map((part) => part!.question).join(' ')})`,
        text: first.text,
        answers: (frame) => parts.flatMap((part) => part!.answers(frame)),
      }
    }
    case 'and':
      return askedWhereMissing(p.of, slots)
    default:
      return undefined
  }
}

function askedOfField(
  p: Extract<Predicate, { kind: 'text' }>,
  slots: FieldSlots,
): Asked | undefined {
  const shape = p.cased ? undefined : patternShape(foldPattern(p.pattern))
  if (shape?.kind !== 'equals') return undefined
  const slot = slots.slot(p.field)
  return {
    question: JSON.stringify(p.field),
    text: shape.text,
    answers: (frame) => textsOf(frame.cell(slot)),
  }
}

function textsOf(cell: Cell): string[] {
  return (cell.items ?? [cell]).flatMap((c) =>
    c.value === undefined || c.value === null ? [] : [c.folded],
  )
}

/** `null a`, and a text of another field. */
function askedWhereMissing(
  of: readonly Predicate[],
  slots: FieldSlots,
): Asked | undefined {
  const missing = of.flatMap((p) => (p.kind === 'null' ? [p] : []))
  const others = of.filter((p) => p.kind !== 'null')
  const asked = others.length === 1 ? askedOf(others[0]!, slots) : undefined
  if (!asked) return undefined
  const tests = missing.map((p) => {
    const slot = slots.slot(p.field)
    const test = compileLeaf(p)
    return (frame: Frame) => test(frame.cell(slot))
  })
  const names = missing.map(
    (p) => `${p.orEmpty ? '!!' : '!'}${JSON.stringify(p.field)}`,
  )
  return {
    question: `${names.join('')}${asked.question}`,
    text: asked.text,
    answers: (frame) =>
      tests.every((test) => test(frame)) ? asked.answers(frame) : [],
  }
}
