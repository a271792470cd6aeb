// Which names does `of` mean, and what does "at least so many of them" come to in and/or?

/**
 * pattern = { character | "*" }
 *
 * `them` is every name that does not begin with an underscore; a pattern is matched against the whole name, `*` for any
 * run of characters, and takes names with an underscore only if it begins with one itself.
 */
export function matchNames(of: string, names: Iterable<string>): string[] {
  const all = [...names]
  if (of === 'them') return all.filter((n) => !n.startsWith('_'))
  if (!of.includes('*')) return all.filter((n) => n === of)
  const pieces = of.split('*')
  return all.filter(
    (n) => fits(n, pieces) && (!n.startsWith('_') || of.startsWith('_')),
  )
}

// Greedy from the left is right for stars alone, and linear.
function fits(name: string, pieces: readonly string[]): boolean {
  const first = pieces[0]!
  const last = pieces.at(-1)!
  if (!name.startsWith(first)) return false
  let from = first.length
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return name.length - last.length >= from && name.endsWith(last)
}

/** How many ways there are to choose; Infinity where it does not matter any more. */
export function combinations(n: number, k: number): number {
  let count = 1
  for (let i = 0; i < Math.min(k, n - k); i++)
    count = (count * (n - i)) / (i + 1)
  return Math.round(count)
}

type Joined<T> = T | { kind: 'and' | 'or'; of: Joined<T>[] }

/** At least `k` of them, as nested and/or: either the first holds and k-1 of the rest, or k of the rest. */
export function atLeast<T>(k: number, of: readonly T[]): Joined<T> {
  if (k === of.length) return and(of)
  if (k === 1) return { kind: 'or', of: [...of] }
  const [first, ...rest] = of as [T, ...T[]]
  return {
    kind: 'or',
    of: [{ kind: 'and', of: [first, atLeast(k - 1, rest)] }, atLeast(k, rest)],
  }
}

function and<T>(of: readonly T[]): Joined<T> {
  return of.length === 1 ? of[0]! : { kind: 'and', of: [...of] }
}
