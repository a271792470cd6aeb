// What Lua has built in, as far as text is made with it. It counts letters and items from one, and both ends of a part belong to it.
import type { Call, Known } from '../call.ts'
import { luaDialect, luaOperators, luaText } from '../dialects/lua.ts'
import { isPlainNumber } from '../dialects/numbers.ts'
import { wholeOf } from '../dialects/python.ts'
import { reversed } from '../decode.ts'
import { operate } from '../operate.ts'
import { formatted, type FormatStyle } from '../printf.ts'
import {
  bitOf,
  concat,
  entriesOf,
  hasHoles,
  itemsOf,
  list,
  number,
  numberOf,
  object,
  real,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'
import type { Table } from './text.ts'

/** The text, whether it stands before a colon or among what is given, and what stands behind it. */
function split({
  path,
  receiver,
  args,
}: Call): readonly [Value | undefined, readonly Value[]] {
  return path.startsWith('.') ? [receiver, args] : [args[0], args.slice(1)]
}

/** Of one text, and what else is given. */
const ofText =
  (
    f: (
      s: string,
      via: number,
      rest: readonly Value[],
      call: Call,
    ) => Value | undefined,
  ): Known =>
  (call) => {
    const [of, rest] = split(call)
    const s = of && luaText(of)
    return s === undefined || rest.some(hasHoles)
      ? undefined
      : f(s, of!.via, rest, call)
  }

/** Absent, it is `other`; undefined: nobody knows. */
function wholeOr(value: Value | undefined, other: number): number | undefined {
  return value ? wholeOf(value) : other
}

/** Both places belong to it; below zero they are counted from the end. */
function cutOf(
  s: string,
  first: Value | undefined,
  last: Value | undefined,
  usual: number,
): string | undefined {
  const [i, j] = [wholeOr(first, 1), wholeOr(last, usual)]
  if (i === undefined || j === undefined) return undefined
  const from = i < 0 ? Math.max(1, s.length + i + 1) : Math.max(1, i)
  const to = j < 0 ? s.length + j + 1 : Math.min(j, s.length)
  return from > to ? '' : s.slice(from - 1, to)
}

const part = ofText((s, via, [first, last]) => {
  const out = first && cutOf(s, first, last, -1)
  if (out === undefined) return undefined
  const hides = out.length < 4 && s.length > 8 ? bitOf('slices') : 0
  return text(out, via | hides)
})

const letters: Known = ({ args, budget }) => {
  const codes = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  const all = codes.map(wholeOf)
  if (all.some((c) => c === undefined || c < 0 || c > 255)) return undefined
  if (!budget.make(all.length)) return undefined
  const out = all.map((c) => String.fromCharCode(c!)).join('')
  return text(out, viaOf(codes) | bitOf('character codes'))
}

const codes = ofText((s, via, [first, last], { budget }) => {
  const i = wholeOr(first, 1)
  const some =
    i === undefined ? undefined : cutOf(s, number(i), last ?? number(i), i)
  if (some === undefined || !budget.make(some.length)) return undefined
  const made = Array.from(some, (c) => number(c.charCodeAt(0), via))
  return last ? list(made) : made[0]
})

const repeats = ofText((s, via, [times, between], { budget }) => {
  const n = times && wholeOf(times)
  const sep = between ? luaText(between) : ''
  if (n === undefined || sep === undefined) return undefined
  if (n <= 0) return text('', via)
  return budget.make((s.length + sep.length) * n)
    ? text(Array.from({ length: n }, () => s).join(sep), via)
    : undefined
})

/** What means more than itself in a pattern. */
const magic = /[\^$()%.[\]*+?-]/

/** Of patterns that are plain text. */
const swaps = ofText((s, via, [from, to, most]) => {
  const [what, by] = [from && luaText(from), to && luaText(to)]
  if (!what || by === undefined || magic.test(what) || by.includes('%') || most)
    return undefined
  const out = s.split(what).join(by)
  return text(
    out,
    via | to!.via | (out !== s && s.length > 3 ? bitOf('replacement') : 0),
  )
})

const places = ofText((s, _, [what, from, plain]) => {
  const t = what && luaText(what)
  if (t === undefined || from || plain || magic.test(t)) return undefined
  const at = s.indexOf(t)
  return at < 0 ? undefined : number(at + 1)
})

const style: FormatStyle = {
  letters: 'sdiuxXocfeE',
  numberOf: (v) => isPlainNumber(v)?.number,
  textOf: luaText,
}

const format: Known = (call) => {
  const [of, rest] = split(call)
  return of && formatted(of, rest, style, call.budget)
}

const toNumber: Known = ({ args: [of, base] }) => {
  if (!of) return undefined
  if (of.kind === 'number' && !base) return of
  const radix = base ? wholeOf(base) : 10
  const s = of.kind === 'text' && !hasHoles(of) ? of.text.trim() : ''
  if (radix === undefined || radix < 2 || radix > 36) return undefined
  if (radix === 10) {
    if (/^-?\d{1,15}$/.test(s)) return number(Number(s) || 0, of.via)
    return /^-?\d{1,15}\.\d{1,15}$/.test(s)
      ? real(Number(s), of.via)
      : /^0[xX][0-9a-fA-F]{1,13}$/.test(s)
        ? number(Number(s), of.via)
        : undefined
  }
  const isOf = Array.from(s.toLowerCase()).every(
    (d) => Number.parseInt(d, 36) < radix,
  )
  return s !== '' && s.length < 11 && isOf
    ? number(Number.parseInt(s, radix), of.via)
    : undefined
}

const cased = (f: (s: string) => string): Known =>
  ofText((s, via) => (/[^\x00-\x7f]/.test(s) ? undefined : text(f(s), via)))

const joins: Known = ({ args, budget }) => {
  const [of, between, first, last] = args
  const items = of?.kind === 'list' ? of.items : undefined
  const sep = between ?? text('')
  const [i, j] = [wholeOr(first, 1), wholeOr(last, items?.length ?? 0)]
  if (!items || i === undefined || j === undefined || i < 1) return undefined
  const some = items.slice(i - 1, j).map((v) => {
    const s = v.kind === 'number' ? luaText(v) : undefined
    return s === undefined ? v : text(s, v.via)
  })
  const parts = some.flatMap((v, k) => (k ? [sep, v] : [v]))
  const made = concat(parts.length ? parts : [text('')], budget)
  if (made.kind !== 'text') return made
  const hides = some.length > 3 ? bitOf('concatenation') : 0
  return text(made.text, made.via | of!.via | hides)
}

const ofNumber =
  (f: (n: number) => number): Known =>
  ({ args: [of] }) => {
    const n = of && isPlainNumber(of)
    return n && Number.isSafeInteger(f(n.number))
      ? number(f(n.number) || 0, n.via)
      : undefined
  }

/** Pairs of a place or a name and what stands there. */
const pairs: Known = ({ args: [of] }) => {
  if (of?.kind === 'object' && of.type === 'map')
    return list(
      Array.from(entriesOf(of), ([name, value]) => list([text(name), value])),
    )
  const items = itemsOf(of)
  return items && list(items.map((v, i) => list([number(i + 1), v])))
}

const exclusive: Known = ({ args: [a, b], budget }) =>
  a && b
    ? operate('^', a, b, { budget, own: luaOperators, dialect: luaDialect })
    : undefined

/** `pcall(f, …)`: whether it went well, and what it gave. */
const calls: Known = ({ args: [fn, ...given], invoke }) =>
  list([number(1), invoke(fn, given)])

/** Each by its name, and by that of a method. */
const texts: Table = Object.fromEntries(
  Object.entries({
    byte: codes,
    sub: part,
    rep: repeats,
    gsub: swaps,
    find: places,
    format,
    lower: cased((s) => s.toLowerCase()),
    upper: cased((s) => s.toUpperCase()),
    len: ofText((s, via) => number(s.length, via)),
    reverse: ofText((s, via, _, { budget }) => reversed(text(s, via), budget)),
  }).flatMap(([name, known]) => [
    [`string.${name}`, known],
    [`.${name}`, known],
  ]),
)

export const luaFunctions: Table = {
  ...texts,
  'string.char': letters,
  '.length': ({ receiver: of }) => {
    if (of?.kind === 'list') return number(of.items.length)
    const s = of?.kind === 'text' ? luaText(of) : undefined
    return s === undefined ? undefined : number(s.length, of!.via)
  },
  'math.floor': ofNumber(Math.floor),
  'math.ceil': ofNumber(Math.ceil),
  'table.concat': joins,
  'table.insert': ({ args, budget }) => {
    const [of, at] = args
    if (of?.kind === 'list' && budget.make(1))
      of.items.splice(
        args.length > 2 ? (numberOf(at) ?? 1) - 1 : of.items.length,
        0,
        args.at(-1)!,
      )
    return undefined
  },
  'table.unpack': ({ args }) => args[0],
  unpack: ({ args }) => args[0],
  tostring: ({ args: [of] }) => {
    const s = of && luaText(of)
    return s === undefined ? undefined : text(s, of!.via)
  },
  tonumber: toNumber,
  ipairs: pairs,
  pairs,
  pcall: calls,
  xpcall: ({ args: [fn, , ...given], invoke }) =>
    list([number(1), invoke(fn, given)]),
  'bit.bxor': exclusive,
  'bit32.bxor': exclusive,
  require: ({ args }) => {
    const name = textOf(args[0])
    return name === undefined ? undefined : object(name)
  },
}
