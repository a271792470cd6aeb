// What Perl has built in, as far as text is made with it.
import { unescapeC } from '../../syntax/escapes.ts'
import type { Call, Known } from '../call.ts'
import {
  perlNumber,
  perlNumeric,
  perlText,
  perlTruth,
} from '../dialects/perl.ts'
import { decompressed, fromBase64, reversed } from '../decode.ts'
import { found } from '../pattern.ts'
import { formatted, type FormatStyle, leadingNumber } from '../printf.ts'
import {
  bitOf,
  bytesOf,
  concat,
  list,
  number,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../value.ts'
import { binaryText } from './binary.ts'
import { lettersOf, translated } from './letters.ts'
import { packed, unpacked } from './packing.ts'
import type { Table } from './text.ts'

/** Lists among what is given are what is in them. */
export const spread = (args: readonly Value[]): Value[] =>
  args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))

/** Of one text, with a letter for each byte. */
const ofText =
  (f: (s: string, via: number) => Value | undefined): Known =>
  ({ args }) => {
    const s = args.length === 1 ? perlText(args[0]!) : undefined
    return s === undefined ? undefined : f(s, args[0]!.via)
  }

const mapped = (f: (s: string) => string): Known =>
  ofText((s, via) => (/[^\x00-\x7f]/.test(s) ? undefined : text(f(s), via)))

const style: FormatStyle = {
  letters: 'sdiuxXobcfFeE',
  numberOf: (value) =>
    value.kind === 'list' ? undefined : leadingNumber(value),
  textOf: perlText,
}

export const sprintf: Known = ({ args: [format, ...values], budget }) =>
  format && formatted(format, spread(values), style, budget)

const character: Known = ({ args }) => {
  const n = args.length === 1 ? perlNumeric(args[0]!) : undefined
  const code = n && Math.trunc(n.number)
  return code === undefined || code < 0 || code > 0x10ffff
    ? undefined
    : text(String.fromCodePoint(code), args[0]!.via | bitOf('character codes'))
}

/** Short of a long text. */
const hidesIn = (out: string, s: string): number =>
  out.length < 4 && s.length > 8 ? bitOf('slices') : 0

const substr: Known = ({ args }) => {
  const [of, from, length] = args
  if (args.length < 2 || args.length > 3) return undefined
  const s = perlText(of!)
  const at = perlNumeric(from!)?.number
  const n = length ? perlNumeric(length)?.number : undefined
  if (s === undefined || at === undefined || (length && n === undefined))
    return undefined
  const start = at < 0 ? s.length + at : at
  const end = n === undefined ? s.length : n < 0 ? s.length + n : start + n
  // Before its beginning, and behind its end, there is nothing of it.
  if (start > s.length || start < 0) return undefined
  const out = s.slice(start, Math.max(start, end))
  return text(out, of!.via | hidesIn(out, s))
}

const place =
  (fromEnd: boolean): Known =>
  ({ args }) => {
    const [of, what, from] = args
    const [s, t] = [of && perlText(of), what && perlText(what)]
    const at = from ? perlNumeric(from)?.number : undefined
    if (s === undefined || t === undefined || (from && at === undefined))
      return undefined
    if (fromEnd)
      return number(
        at === undefined
          ? s.lastIndexOf(t)
          : at < 0 && t
            ? -1
            : s.lastIndexOf(t, at),
      )
    return number(s.indexOf(t, Math.max(0, at ?? 0)))
  }

const joins: Known = ({ args: [between, ...rest], budget }) => {
  const items = spread(rest)
  if (!between || !budget.make(items.length)) return undefined
  const parts = items.flatMap((item, i) => (i ? [between, item] : [item]))
  const made = concat(parts.length ? parts : [text('')], budget)
  if (made.kind !== 'text') return made
  const hides = items.length > 3 ? bitOf('concatenation') : 0
  return text(
    made.text,
    viaOf([...rest, ...items.slice(0, 64)]) | hides | made.via,
  )
}

/** `split /pattern/, text, limit`. */
const splits: Known = ({ args, budget }) => {
  const [pattern, of, limit] = args
  const source = textOf(pattern)
  const s = of && perlText(of)
  const most = limit ? perlNumeric(limit)?.number : 0
  if (source === undefined || s === undefined || most === undefined)
    return undefined
  const isPattern = pattern?.kind === 'text' && pattern.isPattern
  const parts = partsOf(
    { source, s, most, isPattern: isPattern === true },
    budget,
  )
  if (!parts) return undefined
  // Without a limit nothing is left of what is empty at the end.
  if (most === 0) while (parts.length && parts.at(-1) === '') parts.pop()
  return list(
    parts.map((p) => text(p, of!.via)),
    of!.via,
  )
}

function partsOf(
  given: { source: string; s: string; most: number; isPattern: boolean },
  budget: Call['budget'],
): string[] | undefined {
  const { s, most, isPattern } = given
  if (s === '') return []
  const [, inner, flags] = /^\/([\s\S]*)\/([a-z]*)$/.exec(given.source) ?? []
  const isBlank = !isPattern && inner === undefined && given.source === ' '
  const source = isBlank ? '\\s+' : (inner ?? given.source)
  if (flags && flags !== 'i') return undefined
  const from = isBlank ? s.trimStart() : s
  if (source === '') {
    const all = Array.from(from)
    if (most <= 0) return most < 0 ? [...all, ''] : all
    return all.length <= most
      ? all.length < most
        ? [...all, '']
        : all
      : [...all.slice(0, most - 1), all.slice(most - 1).join('')]
  }
  if (/[()^]/.test(source)) return undefined
  const cuts = found(source, from, {
    flags: { ignoreCase: flags === 'i' },
    flavour: 'javascript',
    budget,
  })
  if (!cuts || cuts.some((c) => c.text === '')) return undefined
  const out: string[] = []
  let at = 0
  for (const cut of cuts) {
    if (most > 0 && out.length >= most - 1) break
    out.push(from.slice(at, cut.index))
    at = cut.index + cut.text.length
  }
  out.push(from.slice(at))
  return out
}

/** Of one text alone it is that text turned round, where no list is wanted. */
const reverse: Known = ({ args, budget }) => {
  const [only] = args
  if (args.length === 1 && only!.kind !== 'list') {
    const s = perlText(only!)
    return s === undefined ? undefined : reversed(text(s, only!.via), budget)
  }
  return list(spread(args).reverse(), viaOf(args) | bitOf('reversal'))
}

const reverseList: Known = ({ args }) =>
  list(spread(args).reverse(), viaOf(args) | bitOf('reversal'))

/** `s/…/…/`: what is matched is what a function makes of it. */
const substitute: Known = (call) => {
  const [of, pattern, by, flags] = call.args
  const s = of && perlText(of)
  const source = textOf(pattern)
  const signs = textOf(flags) ?? '?'
  if (
    s === undefined ||
    source === undefined ||
    !by ||
    /[^gieormsu]|ee/.test(signs.replace(/r/, ''))
  )
    return undefined
  const cuts = found(source, s, {
    flags: {
      ignoreCase: signs.includes('i'),
      dotAll: signs.includes('s'),
      multiline: signs.includes('m'),
    },
    flavour: 'javascript',
    budget: call.budget,
    ...(!signs.includes('g') && { most: 1 }),
  })
  if (!cuts) return undefined
  const parts: Value[] = []
  let at = 0
  let via = of!.via | (cuts.length && s.length > 3 ? bitOf('replacement') : 0)
  for (const cut of cuts) {
    if (call.budget.spent) return undefined
    const groups = cut.groups.map((g) =>
      g === undefined ? unknown('undef') : text(g),
    )
    const given = groups.length ? groups : [unknown('undef')]
    const made = by.kind === 'function' ? call.invoke(by, given) : by
    via |= made.via
    parts.push(text(s.slice(at, cut.index)), made)
    at = cut.index + cut.text.length
  }
  const made = concat([...parts, text(s.slice(at))], call.budget)
  return made.kind === 'text'
    ? text(made.text, via | (made.via & ~bitOf('concatenation')))
    : undefined
}

const transliterate: Known = ({ args: [of, from, to, flags] }) => {
  const [a, b] = [from, to].map((v) => lettersOf(unescapeC(shownOf(v)).text))
  const signs = textOf(flags) ?? ''
  if (!a || !b || /[^cdsr]/.test(signs)) return undefined
  return translated(of, {
    from: a,
    to: b,
    deletes: signs.includes('d'),
    squeezes: signs.includes('s'),
    others: signs.includes('c'),
  })
}

const inBase =
  (radix: number, mark: RegExp): Known =>
  ({ args }) => {
    const s = args.length === 1 ? perlText(args[0]!) : undefined
    const digits = s?.replace(mark, '').replace(/_/g, '')
    const own = radix === 16 ? /^[0-9a-f]{1,13}$/i : /^[0-7]{1,17}$/
    return digits === undefined || !own.test(digits)
      ? undefined
      : number(Number.parseInt(digits, radix), args[0]!.via)
  }

const oct: Known = (call) => {
  const s = call.args[0] && perlText(call.args[0])
  if (s === undefined || /^0?b/i.test(s)) return undefined
  return (/^0?x/i.test(s) ? perlFunctions.hex! : inBase(8, /^0?o?/i))(call)
}

const ofNumber =
  (f: (n: number) => number): Known =>
  ({ args }) => {
    const n = args.length === 1 ? perlNumeric(args[0]!) : undefined
    return n && perlNumber(f(n.number), n.via)
  }

/** In the order of letters; by what a block says nobody knows. */
const sorts: Known = ({ args }) => {
  const items = spread(args)
  const all = items.map(perlText)
  if (all.includes(undefined)) return undefined
  const places = items.map((_, i) => i)
  places.sort((a, b) =>
    all[a]! < all[b]! ? -1 : all[a]! > all[b]! ? 1 : a - b,
  )
  return list(places.map((i) => items[i]!))
}

const base64: Known = ({ args, budget }) => {
  const s = args[0] && perlText(args[0])
  return s === undefined
    ? undefined
    : binaryText(fromBase64(text(s, args[0]!.via), budget))
}

const lists: Table = {
  join: joins,
  split: splits,
  reverse,
  '[reverse list]': reverseList,
  sort: sorts,
  '[last place]': ({ args: [of] }) =>
    of?.kind === 'list' ? number(of.items.length - 1) : undefined,
  scalar: ({ args: [of] }) =>
    of?.kind === 'list' ? number(of.items.length) : of,
  shift: ({ args: [of] }) =>
    of?.kind === 'list' ? of.items.shift() : undefined,
  pop: ({ args: [of] }) => (of?.kind === 'list' ? of.items.pop() : undefined),
  push: ({ args: [of, ...more], budget }) => {
    if (of?.kind === 'list' && budget.make(more.length))
      for (const one of spread(more)) of.items.push(one)
    return undefined
  },
  unshift: ({ args: [of, ...more], budget }) => {
    if (of?.kind === 'list' && budget.make(of.items.length + more.length))
      for (const one of spread(more).reverse()) of.items.unshift(one)
    return undefined
  },
}

const ends: Table = {
  chop: ofText((s, via) => text(s.slice(0, -1), via)),
  chomp: ofText((s, via) => text(s.replace(/\n$/, ''), via)),
}

export const perlFunctions: Table = {
  ...lists,
  ...ends,
  '[substitute]': substitute,
  '[transliterate]': transliterate,
  chr: character,
  ord: ofText((s, via) => number(s === '' ? 0 : s.codePointAt(0)!, via)),
  pack: ({ args, budget }) => packed(args[0], spread(args.slice(1)), budget),
  unpack: ({ args, budget }) => {
    const made = args[1] && unpacked(args[0], args[1], budget)
    // Where one is wanted it is the first.
    return made && (made.length === 1 ? made[0] : list(made, args[1]!.via))
  },
  decode_base64: base64,
  'mime::base64::decode': base64,
  'mime::base64::decode_base64': base64,
  encode_base64: ({ args }) => {
    const [of, end] = args
    const raw =
      of && perlText(of) !== undefined
        ? bytesOf(text(perlText(of)!))
        : undefined
    if (!raw || (end && textOf(end) !== '')) return undefined
    const out = raw.toString('base64')
    return text(end ? out : out.replace(/[\s\S]{1,76}/g, '$&\n'), of!.via)
  },
  'compress::zlib::memgunzip': ({ args, budget }) =>
    binaryText(decompressed(args[0], 'gzip', budget)),
  uncompress: ({ args, budget }) =>
    binaryText(decompressed(args[0], 'any', budget)),
  hex: inBase(16, /^0?x/i),
  oct,
  lc: mapped((s) => s.toLowerCase()),
  uc: mapped((s) => s.toUpperCase()),
  lcfirst: mapped((s) => s.slice(0, 1).toLowerCase() + s.slice(1)),
  ucfirst: mapped((s) => s.slice(0, 1).toUpperCase() + s.slice(1)),
  substr,
  index: place(false),
  rindex: place(true),
  sprintf,
  length: ofText((s, via) => number(s.length, via)),
  int: ofNumber(Math.trunc),
  abs: ofNumber(Math.abs),
  defined: ({ args: [of] }) =>
    of && (of.kind === 'text' || of.kind === 'number')
      ? perlTruth(true)
      : undefined,
  quotemeta: ofText((s, via) => text(s.replace(/[^A-Za-z0-9_]/g, '\\$&'), via)),
}
