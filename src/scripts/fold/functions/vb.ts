// What VBScript and VBA have built in, as far as text is made with it; and the functions of Excel 4 macros.
import type { Call, Known } from '../call.ts'
import { characterOf, reversed } from '../decode.ts'
import { vbHolds, vbNumber, vbText, vbTruth, vbWhole } from '../operators/vb.ts'
import { changed, filledIn, type Found, found } from '../pattern.ts'
import {
  bitOf,
  list,
  number,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  type Value,
  viaOf,
  wholeText,
} from '../value.ts'
import { joinList, replaceText, type Table, upTo } from './text.ts'

/** Of the bytes that Windows has between ASCII and Latin 1, where its code page is the western one. */
const western =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178'

const character: Known = ({ args: [of] }) => {
  const n = vbWhole(of)
  if (n === undefined || n < 0 || n > 255) return undefined
  const c = n >= 0x80 && n < 0xa0 ? western[n - 0x80]! : String.fromCharCode(n)
  return text(c, of!.via | bitOf('character codes'))
}

const wideCharacter: Known = ({ args: [of] }) => {
  const n = vbWhole(of)
  if (n === undefined || n < -0x8000 || n > 0xffff) return undefined
  return characterOf(n & 0xffff, of!.via)
}

const code: Known = ({ args: [of] }) => {
  const c = vbText(of)?.[0]
  if (!c) return undefined
  const at = western.indexOf(c)
  const n = at < 0 ? c.charCodeAt(0) : at + 0x80
  return n > 0xff ? undefined : number(n, of!.via)
}

const wideCode: Known = ({ args: [of] }) => {
  const n = vbText(of)?.charCodeAt(0)
  if (n === undefined || Number.isNaN(n)) return undefined
  return number(n > 0x7fff ? n - 0x10000 : n, of!.via)
}

const same: Known = ({ args }) => args[0]

/** To a whole number that has room between these. */
const toWhole =
  (least: number, most: number): Known =>
  ({ args: [of] }) => {
    const n = vbWhole(of)
    return n === undefined || n < least || n > most
      ? undefined
      : number(n, of!.via)
  }

const ofNumber =
  (f: (n: number) => number | undefined): Known =>
  ({ args }) => {
    const n = vbNumber(args[0])
    const made = n === undefined || args.length > 1 ? undefined : f(n)
    return made === undefined ? undefined : number(made, args[0]!.via)
  }

/** What a text begins with, up to where it is no number any more. */
const leadingNumber: Known = ({ args: [of] }) => {
  const s = vbText(of)?.replace(/[\s]/g, '')
  if (s === undefined || s.startsWith('&')) return undefined
  const [raw] = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[ed][-+]?\d+)?/i.exec(s) ?? ['0']
  return number(Number(raw.replace(/d/i, 'e')), of!.via)
}

/** A part of a text, where all that is given is known, and is what the function takes. */
const cut =
  (least: number, f: (s: string, ...places: number[]) => string): Known =>
  ({ args: [of, ...places] }) => {
    const s = vbText(of)
    const all = places.map(vbWhole)
    const isTaken = all.every((n, i) => n !== undefined && n >= (i ? 0 : least))
    if (s === undefined || !isTaken || !all.length) return undefined
    const made = f(s, ...(all as number[]))
    const hides = made.length < 4 && s.length > 8 ? bitOf('slices') : 0
    return text(made, of!.via | hides)
  }

/** Letter by letter: none becomes two. */
const inCase =
  (f: (c: string) => string): Known =>
  ({ args: [of] }) => {
    const s = vbText(of)
    if (s === undefined) return undefined
    const out = s.replace(/./gs, (c) => (f(c).length === 1 ? f(c) : c))
    return text(out, of!.via)
  }

/** How texts are compared: letter by letter, or without case; undefined: nobody knows. */
function comparedBy(
  how: Value | undefined,
  ...texts: readonly string[]
): ((s: string) => string) | undefined {
  const n = how ? vbWhole(how) : 0
  if (n === 0) return (s) => s
  const isPlain = texts.every((s) => /^[ -~\s]*$/.test(s))
  return n === 1 && isPlain ? (s) => s.toLowerCase() : undefined
}

const inStr: Known = ({ args }) => {
  const [start, a, b, how] = args.length > 2 ? args : [number(1), ...args]
  const from = vbWhole(start)
  const s = vbText(a)
  const what = vbText(b)
  if (from === undefined || s === undefined || what === undefined || from < 1)
    return undefined
  const key = comparedBy(how, s, what)
  if (!key) return undefined
  if (s === '' || from > s.length) return number(0)
  return number(key(s).indexOf(key(what), from - 1) + 1)
}

const inStrRev: Known = ({ args: [a, b, start, how] }) => {
  const s = vbText(a)
  const what = vbText(b)
  const from = start ? vbWhole(start) : -1
  if (s === undefined || what === undefined || from === undefined)
    return undefined
  const key = comparedBy(how, s, what)
  if (!key || from === 0 || from < -1) return undefined
  const last = from === -1 ? s.length : from
  if (s === '' || last > s.length) return number(0)
  if (what === '') return number(last)
  const at = last - what.length
  return number(at < 0 ? 0 : key(s).lastIndexOf(key(what), at) + 1)
}

const replace: Known = (call) => {
  const [of, from, to, start, count, how] = call.args
  const s = wholeText(of)
  const what = vbText(from)
  if (!start && !count && !how && what) return replaceText(of, from, to, call)
  const by = vbText(to)
  const at = start ? vbWhole(start) : 1
  const most = count ? vbWhole(count) : -1
  if (s === undefined || what === undefined || by === undefined)
    return undefined
  const key = comparedBy(how, s, what)
  if (at === undefined || at < 1 || most === undefined || most < -1 || !key)
    return undefined
  return text(
    replacedIn(s.slice(at - 1), what, by, most, key),
    viaOf([of, from, to]) | bitOf('replacement'),
  )
}

function replacedIn(
  s: string,
  what: string,
  by: string,
  most: number,
  key: (s: string) => string,
): string {
  if (!what) return s
  const plain = key(s)
  const wanted = key(what)
  let out = ''
  let done = 0
  for (let n = 0; most < 0 || n < most; n++) {
    const at = plain.indexOf(wanted, done)
    if (at < 0) break
    out += s.slice(done, at) + by
    done = at + what.length
  }
  return out + s.slice(done)
}

/** The last part holds what is left. */
const split: Known = ({ args: [of, by, count, how], budget }) => {
  const s = wholeText(of)
  const mark = by ? vbText(by) : ' '
  const most = count ? vbWhole(count) : -1
  if (s === undefined || mark === undefined || most === undefined)
    return undefined
  const key = comparedBy(how, s, mark)
  if (!key || most === 0 || most < -1 || !budget.make(s.length))
    return undefined
  const parts = partsOf(s, mark, most, key)
  return list(
    parts.map((p) => text(p, of!.via)),
    of!.via,
  )
}

function partsOf(
  s: string,
  mark: string,
  most: number,
  key: (s: string) => string,
): string[] {
  if (s === '') return []
  if (mark === '') return [s]
  const out: string[] = []
  let done = 0
  while (most < 0 || out.length < most - 1) {
    const at = key(s).indexOf(key(mark), done)
    if (at < 0) break
    out.push(s.slice(done, at))
    done = at + mark.length
  }
  out.push(s.slice(done))
  return out
}

const join: Known = ({ args: [of, by], budget }) => {
  const mark = by ? vbText(by) : ' '
  if (of?.kind !== 'list' || mark === undefined) return undefined
  const items = of.items.map((item) => {
    const s = item.kind === 'number' ? vbText(item) : undefined
    return s === undefined ? item : text(s, item.via)
  })
  return joinList(list(items, of.via), mark, budget)
}

const filter: Known = ({ args: [of, what, wanted, how] }) => {
  const w = vbText(what)
  const keeps = wanted ? vbHolds(wanted) : true
  if (of?.kind !== 'list' || w === undefined || keeps === undefined)
    return undefined
  const all = of.items.map(vbText)
  const key = comparedBy(how, w, ...all.map((s) => s ?? ''))
  if (!key || all.includes(undefined)) return undefined
  return list(
    of.items.filter((_, i) => key(all[i]!).includes(key(w)) === keeps),
    of.via,
  )
}

const compare: Known = ({ args: [a, b, how] }) => {
  const s = vbText(a)
  const t = vbText(b)
  const n = how ? vbWhole(how) : 0
  if (s === undefined || t === undefined) return undefined
  if (n === 0) return number(s === t ? 0 : s < t ? -1 : 1)
  // In which order letters of different case stand is up to the place.
  const key = comparedBy(how, s, t)
  return key && key(s) === key(t) ? number(0) : undefined
}

const chosen: Known = ({ args: [test, yes, no] }) => {
  const holds = test ? vbHolds(test) : undefined
  return holds === undefined ? undefined : holds ? yes : no
}

const choose: Known = ({ args: [place, ...all] }) => {
  const n = vbNumber(place)
  return n === undefined ? undefined : all[Math.floor(n) - 1]
}

/** `Mid(s, 2, 1) = "x"`: as long as it was. */
const partSet: Known = ({ args: [of, part, from, length] }) => {
  const s = wholeText(of)
  const by = wholeText(part)
  const at = vbWhole(from)
  const n = length ? vbWhole(length) : Number.MAX_SAFE_INTEGER
  if (
    s === undefined ||
    by === undefined ||
    at === undefined ||
    n === undefined
  )
    return undefined
  if (at < 1 || n < 0 || at > s.length) return undefined
  const taken = Math.min(n, by.length, s.length - at + 1)
  const out = s.slice(0, at - 1) + by.slice(0, taken) + s.slice(at - 1 + taken)
  return text(out, viaOf([of, part]) | bitOf('slices'))
}

/** Of a negative number it depends on how many bits it has. */
const inBase =
  (base: number): Known =>
  ({ args: [of] }) => {
    const n = vbWhole(of)
    return n === undefined || n < 0 || n > 0x7fffffff
      ? undefined
      : text(n.toString(base).toUpperCase(), of!.via)
  }

const repeated: Known = ({ args: [count, of], budget }) => {
  const n = vbWhole(count)
  const number = of?.kind === 'number' ? vbWhole(of) : undefined
  const c =
    number === undefined
      ? wholeText(of?.kind === 'text' ? of : undefined)?.[0]
      : number >= 0 && number < 0x80
        ? String.fromCharCode(number)
        : undefined
  return n !== undefined && n >= 0 && c && budget.make(n)
    ? text(c.repeat(n))
    : undefined
}

/** Of an object whose pattern was set; `Global` and `IgnoreCase` are off unless it says otherwise. */
const matchReplaced: Known = ({ receiver, args: [of, by], budget }) => {
  const s = wholeText(of)
  const template = vbText(by)
  const matches = s === undefined ? undefined : matchesIn(receiver, s, budget)
  if (s === undefined || template === undefined || !matches) return undefined
  const out = changed(s, matches, (m) => filledIn(template, m, s))
  return out === undefined || !budget.make(out.length)
    ? undefined
    : text(out, viaOf([of, by]) | (matches.length ? bitOf('replacement') : 0))
}

function matchesIn(
  receiver: Value | undefined,
  s: string,
  budget: Call['budget'],
): Found[] | undefined {
  const own = receiver?.kind === 'object' ? receiver.entries : undefined
  const source = wholeText(own?.get('pattern'))
  const set = (name: string): boolean | undefined => {
    const value = own?.get(name)
    return value ? vbHolds(value) : false
  }
  const [all, ignoreCase, multiline] = [
    'global',
    'ignorecase',
    'multiline',
  ].map(set)
  const isKnown = ![all, ignoreCase, multiline].includes(undefined)
  if (source === undefined || !isKnown) return undefined
  return found(source, s, {
    flags: { ignoreCase: ignoreCase!, multiline: multiline! },
    flavour: 'javascript',
    budget,
    ...(all ? {} : { most: 1 }),
  })
}

/** Each match with its `Value` and its `SubMatches`. */
const matchesFound: Known = ({ receiver, args: [of], budget }) => {
  const s = wholeText(of)
  const matches = s === undefined ? undefined : matchesIn(receiver, s, budget)
  if (!matches) return undefined
  const { via } = of!
  return list(
    matches.map(({ text: all, groups, index }) => {
      const made = object('text', { data: text(all, via), via })
      made.entries.set('value', text(all, via))
      made.entries.set('firstindex', number(index))
      made.entries.set('length', number(all.length))
      made.entries.set(
        'submatches',
        list(groups.map((g) => text(g ?? '', via))),
      )
      return made
    }),
    via,
  )
}

const matchTested: Known = ({ receiver, args: [of], budget }) => {
  const s = wholeText(of)
  const matches = s === undefined ? undefined : matchesIn(receiver, s, budget)
  return matches && vbTruth(matches.length > 0)
}

const array: Known = ({ args }) => list([...args])

/** Spaces alone are blanks here. */
function ofBlanks(blanks: RegExp): Known {
  return ({ args: [of] }) => {
    const s = vbText(of)
    return s === undefined ? undefined : text(s.replace(blanks, ''), of!.via)
  }
}

export const vbFunctions: Table = {
  chr: character,
  chrw: wideCharacter,
  chrb: character,
  asc: code,
  ascw: wideCode,
  strreverse: ({ args: [of], budget }) =>
    wholeText(of) === undefined ? undefined : reversed(of, budget),
  replace: upTo(6, replace),
  join,
  split,
  filter,
  array,
  mid: cut(1, (s, from, n = s.length) => s.slice(from - 1, from - 1 + n)),
  left: cut(0, (s, n) => s.slice(0, n)),
  right: cut(0, (s, n) => (n > 0 ? s.slice(-n) : '')),
  '[mid=]': partSet,
  len: ({ args: [of] }) => {
    const s = of?.kind === 'number' ? undefined : vbText(of)
    return s === undefined ? undefined : number(s.length)
  },
  ubound: ({ args: [of, ...more] }) =>
    of?.kind === 'list' && !more.length
      ? number(of.items.length - 1)
      : undefined,
  lbound: ({ args: [of] }) => (of?.kind === 'list' ? number(0) : undefined),
  lcase: inCase((c) => c.toLowerCase()),
  ucase: inCase((c) => c.toUpperCase()),
  trim: ofBlanks(/^ +| +$/g),
  ltrim: ofBlanks(/^ +/),
  rtrim: ofBlanks(/ +$/),
  cstr: ({ args: [of] }) => {
    const s = vbText(of)
    return s === undefined ? undefined : text(s, of!.via)
  },
  clng: toWhole(-(2 ** 31), 2 ** 31 - 1),
  cint: toWhole(-32768, 32767),
  cbyte: toWhole(0, 255),
  cdbl: ofNumber((n) => n),
  cbool: ({ args: [of] }) => {
    const holds = of && vbHolds(of)
    return holds === undefined ? undefined : vbTruth(holds)
  },
  val: leadingNumber,
  int: ofNumber(Math.floor),
  fix: ofNumber(Math.trunc),
  abs: ofNumber(Math.abs),
  sgn: ofNumber(Math.sign),
  sqr: ofNumber((n) => (n < 0 ? undefined : Math.sqrt(n))),
  // Where it is as far to the one as to the other, sources disagree.
  round: ofNumber((n) =>
    n % 1 === 0.5 || n % 1 === -0.5 ? undefined : Math.round(n),
  ),
  hex: inBase(16),
  oct: inBase(8),
  space: ({ args, budget }) => {
    const n = vbWhole(args[0])
    return n !== undefined && n >= 0 && budget.make(n)
      ? text(' '.repeat(n))
      : undefined
  },
  string: repeated,
  instr: inStr,
  instrrev: inStrRev,
  strcomp: compare,
  'regexp.new': () => object('regexp'),
  'regexp.replace': matchReplaced,
  'regexp.execute': matchesFound,
  'regexp.test': matchTested,
  'vbscript.regexp.replace': matchReplaced,
  'vbscript.regexp.execute': matchesFound,
  'vbscript.regexp.test': matchTested,
  iif: chosen,
  choose,
  // A name of a function is as good as the function.
  getref: ({ args }) => args[0],
  callbyname: ({ args: [of, name, , ...given], send }) =>
    of && name ? send(of, shownOf(name), given) : undefined,
  unescape: ({ args }) => unescaped(args[0]),
  isnumeric: () => undefined,
  vba: same,
}

/** `%41`, `%u0041`. */
export function unescaped(value: Value | undefined): Value | undefined {
  const s = textOf(value)
  if (s === undefined) return undefined
  const out = s.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, u, x) =>
    String.fromCharCode(Number.parseInt(u ?? x, 16)),
  )
  return text(out, value!.via | (out === s ? 0 : bitOf('escapes')))
}

export const xlmFunctions: Table = {
  char: character,
  code,
  concatenate: ({ args, budget }) => joinList(list([...args]), '', budget),
  mid: vbFunctions.mid!,
  left: vbFunctions.left!,
  right: vbFunctions.right!,
  len: vbFunctions.len!,
  substitute: vbFunctions.replace!,
  lower: vbFunctions.lcase!,
  upper: vbFunctions.ucase!,
  trim: vbFunctions.trim!,
  rept: ({ args, budget }) => {
    const s = textOf(args[0])
    const n = numberOf(args[1])
    return s !== undefined &&
      n !== undefined &&
      n >= 0 &&
      budget.make(s.length * n)
      ? text(s.repeat(n), args[0]!.via)
      : undefined
  },
}
