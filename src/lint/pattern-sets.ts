// Do two patterns have a text in common, and does one match all that the other matches? Patterns are seen as sets of texts.
import type { Pattern } from '../ir/predicate.ts'
import { ANY, ONE } from '../ir/predicate.ts'

import { fold } from '../meaning/fold.ts'

/** One character, a choice of characters, any one character, or any run. */
type Token = string | typeof ANY | typeof ONE | ReadonlySet<string>

/** Cells of the comparison table. Two patterns of 1,000 characters fill it. */
const maxCells = 1_000_000

/** Exact: no text matches both. false where that would take too long to find out. */
export function areDisjoint(a: Pattern, b: Pattern, cased: boolean): boolean {
  const x = tokens(a, cased)
  const y = tokens(b, cased)
  if (x.length * y.length > maxCells) return false
  // `meets[j]`: what is left of x and what is left of y from j on have a text in common. Rows go backwards over x.
  let below = rowAfterEnd(y)
  for (let i = x.length - 1; i >= 0; i--) {
    const row: boolean[] = new Array(y.length + 1).fill(false)
    row[y.length] = x[i] === ANY && below[y.length]!
    for (let j = y.length - 1; j >= 0; j--) {
      if (x[i] === ANY) row[j] = below[j]! || row[j + 1]!
      else if (y[j] === ANY) row[j] = row[j + 1]! || below[j]!
      else row[j] = meet(x[i]!, y[j]!) && below[j + 1]!
    }
    below = row
  }
  return !below[0]
}

function rowAfterEnd(y: readonly Token[]): boolean[] {
  const row: boolean[] = new Array(y.length + 1).fill(false)
  row[y.length] = true
  for (let j = y.length - 1; j >= 0; j--) row[j] = y[j] === ANY && row[j + 1]!
  return row
}

/** Every text of `inner` is one of `outer`. Sound, not complete: a wildcard of `inner` is only met by one of `outer`. */
export function covers(
  outer: Pattern,
  inner: Pattern,
  cased: boolean,
): boolean {
  const o = tokens(outer, cased)
  const i = tokens(inner, cased)
  if (o.length * i.length > maxCells) return false
  let row = i.map(() => false)
  row.push(true)
  for (let a = o.length - 1; a >= 0; a--) {
    const next: boolean[] = new Array(i.length + 1).fill(false)
    next[i.length] = o[a] === ANY && row[i.length]!
    for (let b = i.length - 1; b >= 0; b--) {
      next[b] =
        o[a] === ANY
          ? row[b]! || next[b + 1]!
          : within(i[b]!, o[a]!) && row[b + 1]!
    }
    row = next
  }
  return row[0]!
}

/** The text, where the pattern is nothing but one. */
export function literalOf(p: Pattern): string | undefined {
  if (!p.length) return ''
  return p.length === 1 && typeof p[0] === 'string' ? p[0] : undefined
}

function tokens(p: Pattern, cased: boolean): Token[] {
  const seen = (text: string) => (cased ? text : fold(text))
  return p.flatMap((part): Token[] => {
    if (typeof part === 'string') return [...seen(part)]
    if (typeof part === 'number') return [part]
    return [new Set(seen(part.oneOf))]
  })
}

// Neither token is ANY.
function meet(a: Token, b: Token): boolean {
  if (a === ONE || b === ONE) return true
  if (typeof a === 'string') return typeof b === 'string' ? a === b : has(b, a)
  if (typeof b === 'string') return has(a, b)
  return [...(a as ReadonlySet<string>)].some((c) => has(b, c))
}

function within(inner: Token, outer: Token): boolean {
  if (inner === ANY) return false
  if (outer === ONE) return true
  if (inner === ONE) return false
  if (typeof inner === 'string') {
    return typeof outer === 'string' ? inner === outer : has(outer, inner)
  }
  return [...(inner as ReadonlySet<string>)].every((c) =>
    typeof outer === 'string' ? outer === c : has(outer, c),
  )
}

function has(set: Token, c: string): boolean {
  return (set as ReadonlySet<string>).has(c)
}
