// Questions that both operators and functions ask: how two values stand to each other, whether a text is like a pattern.
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
export function like(value: Result, pattern: Result): boolean | null {
  if (
    value === null ||
    typeof pattern !== 'string' ||
    typeof value === 'boolean'
  )
    return null
  const test = likeTest(pattern)
  return toList(value).some((v) => test(textOf(v)))
}

const likeTests = new Map<string, (text: string) => boolean>()
const maxLikeTests = 1_000

function likeTest(pattern: string): (text: string) => boolean {
  const known = likeTests.get(pattern)
  if (known) return known
  const segments: string[][] = [[]]
  for (const t of pattern) {
    if (t === '%') segments.push([])
    else segments.at(-1)!.push(t === '_' ? '' : t)
  }
  const test = (text: string) => likeMatch(text, segments)
  if (likeTests.size >= maxLikeTests) likeTests.clear()
  likeTests.set(pattern, test)
  return test
}

/** Segments between the `%`; an empty character stands for any one. Leftmost places suffice, so nothing is tried twice. */
function likeMatch(
  text: string,
  segments: readonly (readonly string[])[],
): boolean {
  const first = segments[0]!
  if (!matchesAt(text, 0, first)) return false
  if (segments.length === 1) return text.length === first.length
  const last = segments.at(-1)!
  let at = first.length
  for (const segment of segments.slice(1, -1)) {
    while (at + segment.length <= text.length && !matchesAt(text, at, segment))
      at++
    if (at + segment.length > text.length) return false
    at += segment.length
  }
  const end = text.length - last.length
  return end >= at && matchesAt(text, end, last)
}

function matchesAt(
  text: string,
  at: number,
  segment: readonly string[],
): boolean {
  if (at + segment.length > text.length) return false
  return segment.every((c, i) => c === '' || text[at + i] === c)
}
