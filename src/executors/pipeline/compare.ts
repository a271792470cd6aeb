// Questions that both operators and functions ask: how two values stand to each other, whether a text is like a pattern.
import { ANY, ONE, pattern } from '../../ir/predicate.ts'

import { compilePattern, type TextTest } from '../../meaning/pattern.ts'

import type { Result } from './values.ts'
import { compareSingles, isList, textOf, toList } from './values.ts'

export const orders = {
  '=': (n: number) => n === 0,
  '!=': (n: number) => n !== 0,
  '<': (n: number) => n < 0,
  '<=': (n: number) => n <= 0,
  '>': (n: number) => n > 0,
  '>=': (n: number) => n >= 0,
}

export function finite(n: number): number | null {
  return Number.isFinite(n) ? n : null
}

/** True if any pair of values stands so. */
export function compare(
  a: Result,
  b: Result,
  holds: (order: number) => boolean,
): boolean | null {
  if (a === null || b === null) return null
  if (typeof a === 'boolean' || typeof b === 'boolean') {
    return typeof a === typeof b ? holds(Number(a) - Number(b)) : null
  }
  if (!isList(a) && !isList(b)) return holds(compareSingles(a, b))
  return toList(a).some((x) =>
    toList(b).some((y) => holds(compareSingles(x, y))),
  )
}

/** `%` any run of characters, `_` one; a backslash is a backslash, as paths need it. Case counts. */
export function like(value: Result, form: Result): boolean | null {
  if (value === null || typeof form !== 'string' || typeof value === 'boolean')
    return null
  const test = likeTest(form)
  return toList(value).some((v) => test(textOf(v)))
}

const likeTests = new Map<string, TextTest>()
/** Patterns may be computed by a search, so those kept are bounded. */
const maxLikeTests = 1_000

function likeTest(text: string): TextTest {
  const known = likeTests.get(text)
  if (known) return known
  const parts = [...text].map((sign) =>
    sign === '%' ? ANY : sign === '_' ? ONE : sign,
  )
  const test = compilePattern(pattern(parts))
  if (likeTests.size >= maxLikeTests) likeTests.clear()
  likeTests.set(text, test)
  return test
}
