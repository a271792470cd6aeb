// When does a predicate hold? Compiled once into closures over a frame, which an event or a row fills (frame.ts); what a
// single fact says is in leaf.ts. Closures, not generated code: `new Function` measured no faster.
import {
  type Keyword,
  type Leaf,
  type Or,
  type Predicate,
  patternShape,
} from '../ir/predicate.ts'
import { fold } from '../ir/visit.ts'

import { lookedUp } from './alternatives.ts'
import { type FieldSlots, type Frame, keywordField } from './frame.ts'
import { type CellTest, compileLeaf, sameAs } from './leaf.ts'
import { compilePattern, foldPattern } from './pattern.ts'

export type Test<T> = (thing: T) => boolean
export type FrameTest = Test<Frame>

/** Throws RefusedLeaf where a leaf cannot be run. */
export function compilePredicate(p: Predicate, slots: FieldSlots): FrameTest {
  return compileWith(
    p,
    (leaf) => compileFrameLeaf(leaf, slots),
    (tests, node) => anyTest(lookedUp(tests, node, slots)),
  )
}

/** The same of anything that the leaves can be asked of. */
export function compileWith<T>(
  p: Predicate,
  ofLeaf: (leaf: Leaf) => Test<T>,
  or: (tests: readonly Test<T>[], node: Or) => Test<T> = anyTest,
): Test<T> {
  return fold<Test<T>>(p, {
    and: allTests,
    or,
    not: (test) => (thing) => !test(thing),
    constant:
      ({ value }) =>
      () =>
        value,
    leaf: ofLeaf,
  })
}

function compileFrameLeaf(leaf: Leaf, slots: FieldSlots): FrameTest {
  switch (leaf.kind) {
    case 'keyword':
      return compileKeyword(leaf, slots.slot(keywordField))
    case 'same-as': {
      const field = slots.slot(leaf.field)
      const other = slots.slot(leaf.other)
      return (frame) => sameAs(leaf, frame.cell(field), frame.cell(other))
    }
    default:
      return ofField(compileLeaf(leaf), slots.slot(leaf.field))
  }
}

function ofField(test: CellTest, slot: number): FrameTest {
  return (frame) => test(frame.cell(slot))
}

export function allTests<T>(tests: readonly Test<T>[]): Test<T> {
  const [a, b] = tests
  if (!a) return () => true
  if (!b) return a
  if (tests.length === 2) return (thing) => a(thing) && b(thing)
  return (thing) => {
    for (let i = 0; i < tests.length; i++) if (!tests[i]!(thing)) return false
    return true
  }
}

export function anyTest<T>(tests: readonly Test<T>[]): Test<T> {
  const [a, b] = tests
  if (!a) return () => false
  if (!b) return a
  if (tests.length === 2) return (thing) => a(thing) || b(thing)
  return (thing) => {
    for (let i = 0; i < tests.length; i++) if (tests[i]!(thing)) return true
    return false
  }
}

/** A plain substring is looked for in all values at once; what could reach across two values goes one by one. */
function compileKeyword(leaf: Keyword, slot: number): FrameTest {
  const pattern = leaf.cased ? leaf.pattern : foldPattern(leaf.pattern)
  const matches = compilePattern(pattern)
  const shape = patternShape(pattern)
  if (shape.kind === 'contains' && !shape.text.includes('\0')) {
    return (frame) => {
      const cell = frame.cell(slot)
      return cell.present && matches(leaf.cased ? cell.text : cell.folded)
    }
  }
  return (frame) =>
    frame.values.some((v) => matches(leaf.cased ? v.text : v.folded))
}
