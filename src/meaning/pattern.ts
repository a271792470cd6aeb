// Does a text match a whole-value pattern? Patterns are cut at their ANYs into segments; the first is tied to the
// beginning, the last to the end, and those between take their leftmost place. No way back is ever needed, so the
// time is bounded by text times pattern.
import { ANY, ONE, type Pattern, patternShape } from '../ir/predicate.ts'

import { fold } from './fold.ts'

export type TextTest = (text: string) => boolean

type Unit = string | typeof ONE | { readonly oneOf: string }
type Segment = readonly Unit[]

/** The pattern with its letters folded, to be tried on folded text. */
export function foldPattern(pattern: Pattern): Pattern {
  return pattern.map((part) => {
    if (typeof part === 'string') return fold(part)
    return typeof part === 'object' ? { oneOf: fold(part.oneOf) } : part
  })
}

/** Compares exactly: fold text and pattern beforehand where case does not matter. */
export function compilePattern(pattern: Pattern): TextTest {
  const shape = patternShape(pattern)
  switch (shape.kind) {
    case 'equals': {
      const { text } = shape
      return (value) => value === text
    }
    case 'contains': {
      const { text } = shape
      return (value) => value.includes(text)
    }
    case 'startswith': {
      const { text } = shape
      return (value) => value.startsWith(text)
    }
    case 'endswith': {
      const { text } = shape
      return (value) => value.endsWith(text)
    }
    case 'anything':
      return () => true
    case 'wildcard':
      return compileSegments(pattern)
  }
}

/** The same of a text as it stands. */
export function patternTest(pattern: Pattern, cased: boolean): TextTest {
  if (cased) return compilePattern(pattern)
  const matches = compilePattern(foldPattern(pattern))
  return (text) => matches(fold(text))
}

function compileSegments(pattern: Pattern): TextTest {
  const segments = cut(pattern)
  if (segments.length === 1) {
    const whole = segments[0]!
    return (text) => forward(text, 0, whole) === text.length
  }
  const first = segments[0]!
  const last = segments.at(-1)!
  const between = segments.slice(1, -1)
  return (text) => {
    let at = forward(text, 0, first)
    if (at < 0) return false
    for (const segment of between) {
      at = find(text, at, segment)
      if (at < 0) return false
    }
    const start = backward(text, last)
    return start >= at
  }
}

function cut(pattern: Pattern): Segment[] {
  const segments: Unit[][] = [[]]
  for (const part of pattern) {
    if (part === ANY) segments.push([])
    else if (part !== '') segments.at(-1)!.push(part)
  }
  return segments
}

/** Where the segment ends if it begins at `at`, or -1. */
function forward(text: string, at: number, segment: Segment): number {
  let i = at
  for (const unit of segment) {
    if (typeof unit === 'string') {
      if (!text.startsWith(unit, i)) return -1
      i += unit.length
      continue
    }
    if (i >= text.length) return -1
    if (unit === ONE) i += isPair(text, i) ? 2 : 1
    else if (unit.oneOf.includes(text[i]!)) i++
    else return -1
  }
  return i
}

/** Where the segment begins if it ends with the text, or -1. */
function backward(text: string, segment: Segment): number {
  let i = text.length
  for (let s = segment.length - 1; s >= 0; s--) {
    const unit = segment[s]!
    if (typeof unit === 'string') {
      i -= unit.length
      if (i < 0 || !text.startsWith(unit, i)) return -1
      continue
    }
    if (i <= 0) return -1
    if (unit === ONE) i -= isPair(text, i - 2) ? 2 : 1
    else if (unit.oneOf.includes(text[i - 1]!)) i--
    else return -1
  }
  return i
}

/** Where the leftmost occurrence from `from` on ends, or -1. */
function find(text: string, from: number, segment: Segment): number {
  const head = segment[0]
  if (head === undefined) return from
  if (typeof head === 'string') {
    for (
      let i = text.indexOf(head, from);
      i >= 0;
      i = text.indexOf(head, i + 1)
    ) {
      const end = forward(text, i, segment)
      if (end >= 0) return end
    }
    return -1
  }
  for (let i = from; i < text.length; i++) {
    // A character is not begun in its middle.
    if (isPair(text, i - 1)) continue
    const end = forward(text, i, segment)
    if (end >= 0) return end
  }
  return -1
}

/** Do two units at `i` make one character? */
function isPair(text: string, i: number): boolean {
  if (i < 0 || i + 1 >= text.length) return false
  return (
    (text.charCodeAt(i) & 0xfc00) === 0xd800 &&
    (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
  )
}
