// A condition as a closure over the present event. Closures, not generated code: `new Function` measured no faster.
import type { Keyword, Predicate } from '../../ir/predicate.ts'
import { patternShape } from '../../ir/predicate.ts'

import { type Fields, type Frame, keywordField } from './frame.ts'
import { type CellTest, compileLeaf, sameAs } from '../../meaning/leaf.ts'
import { compilePattern, foldPattern } from '../../meaning/pattern.ts'

export type FrameTest = (frame: Frame) => boolean

/** Throws RefusedLeaf where a leaf cannot be run. */
export function compilePredicate(p: Predicate, fields: Fields): FrameTest {
  switch (p.kind) {
    case 'and':
      return allOf(p.of.map((child) => compilePredicate(child, fields)))
    case 'or':
      return anyOf(p.of.map((child) => compilePredicate(child, fields)))
    case 'not': {
      const test = compilePredicate(p.of, fields)
      return (frame) => !test(frame)
    }
    case 'constant': {
      const { value } = p
      return () => value
    }
    case 'keyword':
      return compileKeyword(p, fields.slot(keywordField))
    case 'same-as': {
      const field = fields.slot(p.field)
      const other = fields.slot(p.other)
      return (frame) => sameAs(p, frame.cell(field), frame.cell(other))
    }
    default:
      return ofField(compileLeaf(p), fields.slot(p.field))
  }
}

function ofField(test: CellTest, slot: number): FrameTest {
  return (frame) => test(frame.cell(slot))
}

export function allOf(tests: readonly FrameTest[]): FrameTest {
  const [a, b] = tests
  if (!a) return () => true
  if (!b) return a
  if (tests.length === 2) return (frame) => a(frame) && b(frame)
  return (frame) => {
    for (let i = 0; i < tests.length; i++) if (!tests[i]!(frame)) return false
    return true
  }
}

export function anyOf(tests: readonly FrameTest[]): FrameTest {
  const [a, b] = tests
  if (!a) return () => false
  if (!b) return a
  if (tests.length === 2) return (frame) => a(frame) || b(frame)
  return (frame) => {
    for (let i = 0; i < tests.length; i++) if (tests[i]!(frame)) return true
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
