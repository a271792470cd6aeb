// Patterns of shells within words: which parts of a text they match. Every place is held at once, so that no text takes long.

type Atom =
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | {
      readonly kind: 'one'
      readonly of: ReadonlySet<string>
      readonly not: boolean
    }

/** Letters of one pattern, and of a text that is looked through. */
const maxPattern = 256
const maxText = 20_000

/** undefined: more is meant than is followed. */
export function atomsOf(pattern: string): Atom[] | undefined {
  if (pattern.length > maxPattern || /[?*+@!]\(/.test(pattern)) return undefined
  const out: Atom[] = []
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '*') out.push({ kind: 'star' })
    else if (c === '?') out.push({ kind: 'any' })
    else if (c === '[') {
      const found = /\[([!^]?)(\]?[^\][:.=]*)\]/y
      found.lastIndex = i
      const [all, not, set] = found.exec(pattern) ?? []
      const of = set && lettersIn(set)
      if (!all || !of) return undefined
      out.push({ kind: 'one', of, not: not !== '' })
      i += all.length - 1
    } else out.push({ kind: 'one', of: new Set([c]), not: false })
  }
  return out
}

function lettersIn(set: string): Set<string> | undefined {
  if (set.includes('\\')) return undefined
  const out = new Set<string>()
  for (const [, from, to, one] of set.matchAll(/([\s\S])-([\s\S])|([\s\S])/g)) {
    if (one) out.add(one)
    else
      for (let c = from!.charCodeAt(0); c <= to!.charCodeAt(0); c++)
        out.add(String.fromCharCode(c))
  }
  return out
}

/** Where a match that begins at `from` may end, in order. */
export function endsOf(
  atoms: readonly Atom[],
  s: string,
  from: number,
): number[] {
  let places = new Set([from])
  for (const atom of atoms) {
    const next = new Set<number>()
    if (atom.kind === 'star') {
      const [least = s.length] = places
      for (let i = least; i <= s.length; i++) next.add(i)
    } else
      for (const i of places) {
        const c = s[i]
        if (c === undefined) continue
        if (atom.kind === 'any' || atom.of.has(c) !== atom.not) next.add(i + 1)
      }
    if (!next.size) return []
    places = next
  }
  return [...places].sort((a, b) => a - b)
}

/** Without what stands at one of its ends. */
export function cutOff(
  s: string,
  pattern: string,
  { atEnd, longest }: { readonly atEnd: boolean; readonly longest: boolean },
): string | undefined {
  const atoms = atomsOf(pattern)
  if (!atoms || s.length > maxText / (atEnd ? atoms.length + 1 : 1))
    return undefined
  if (!atEnd) {
    const ends = endsOf(atoms, s, 0)
    const end = longest ? ends.at(-1) : ends[0]
    return end === undefined ? s : s.slice(end)
  }
  const starts = Array.from({ length: s.length + 1 }, (_, i) =>
    longest ? i : s.length - i,
  )
  const start = starts.find((i) => endsOf(atoms, s, i).at(-1) === s.length)
  return start === undefined ? s : s.slice(0, start)
}

/** The longest match, the first or each of them, is another text. */
export function replaced(
  s: string,
  pattern: string,
  by: string,
  all: boolean,
): string | undefined {
  const anchor = /^[#%]/.exec(pattern)?.[0]
  if (anchor && !all) return replacedAtEnd(s, pattern.slice(1), by, anchor)
  const atoms = atomsOf(pattern)
  if (!atoms || s.length * (atoms.length + 1) > maxText * 8) return undefined
  if (!atoms.length) return s
  if (!s) return atoms.every((a) => a.kind === 'star') ? by : s
  let out = ''
  let at = 0
  while (at < s.length) {
    const end = endsOf(atoms, s, at).at(-1)
    if (end === undefined || end === at) {
      out += s[at++]
      continue
    }
    out += by
    at = end
    if (!all) break
  }
  return out + s.slice(at)
}

function replacedAtEnd(
  s: string,
  pattern: string,
  by: string,
  anchor: string,
): string | undefined {
  const rest = cutOff(s, pattern, { atEnd: anchor === '%', longest: true })
  if (rest === undefined) return undefined
  const atoms = atomsOf(pattern)!
  const isThere = rest !== s || atoms.every((a) => a.kind === 'star')
  if (!isThere) return s
  return anchor === '%' ? rest + by : by + rest
}
