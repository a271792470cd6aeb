// `tr`: letters for letters, as shells, Perl and Ruby have it.
import { bitOf, hasHoles, text, type Value } from '../value.ts'

/** Letters of one set. */
const maxSet = 512

/** `a-z`; undefined: more is meant than is followed. */
export function lettersOf(set: string): string[] | undefined {
  if (set.length > maxSet || /[^\x00-\xff]/.test(set)) return undefined
  const out: string[] = []
  for (let i = 0; i < set.length; i++) {
    const to = set[i + 1] === '-' ? set[i + 2] : undefined
    if (to === undefined) {
      out.push(set[i]!)
      continue
    }
    const [first, last] = [set.charCodeAt(i), to.charCodeAt(0)]
    if (last < first) return undefined
    for (let c = first; c <= last; c++) out.push(String.fromCharCode(c))
    i += 2
  }
  return out
}

export interface Translation {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** What is in none of `to` is left out. */
  readonly deletes?: boolean
  /** One letter stands for several of it behind each other. */
  readonly squeezes?: boolean
  /** Of all letters that are not in `from`. */
  readonly others?: boolean
}

/** What is last in `to` stands for all behind it. */
export function translated(
  value: Value | undefined,
  { from, to, deletes, squeezes, others }: Translation,
): Value | undefined {
  if (value?.kind !== 'text' || hasHoles(value)) return undefined
  const own = to.length || deletes ? to : from
  const map = new Map<string, string>()
  if (!others)
    from.forEach((c, i) => {
      if (!map.has(c)) map.set(c, own[i] ?? (deletes ? '' : own.at(-1)!))
    })
  const set = new Set(from)
  const last = own.at(-1) ?? ''
  let out = ''
  let before: string | undefined
  for (const c of value.text) {
    const isOne = set.has(c) !== (others === true)
    const by = !isOne ? c : others ? (deletes ? '' : last || c) : map.get(c)!
    if (isOne && squeezes && by === before && by) continue
    before = isOne && by ? by : undefined
    out += by
  }
  const hides =
    out === value.text ? 0 : bitOf(deletes ? 'replacement' : 'rotation')
  return text(out, value.via | hides)
}
