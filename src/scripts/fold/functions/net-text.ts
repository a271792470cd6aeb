// Methods of .NET's texts. What is out of its bounds throws there, and is not known here; a list has the method called of each item.
// https://learn.microsoft.com/dotnet/api/system.string
import type { Call, Known } from '../call.ts'
import { psText, psTruth, psWhole } from '../operators/powershell-values.ts'
import {
  bitOf,
  letter,
  list,
  number,
  text,
  textOf,
  type TextValue,
  type Value,
  viaOf,
  wholeText,
} from '../value.ts'
import { numberAs } from './net-format.ts'
import { replaceText, type Table } from './text.ts'

/** Items of which each is asked. */
const maxItems = 50_000

type OfText = (s: string, call: Call, of: TextValue) => Value | undefined

function ofText(make: OfText): Known {
  const ofOne = (call: Call, of: Value): Value | undefined => {
    const s = of.kind === 'text' ? wholeText(of) : undefined
    return s === undefined ? undefined : make(s, call, of as TextValue)
  }
  return (call) => {
    const { receiver, budget } = call
    if (
      receiver?.kind === 'object' &&
      receiver.type === 'text' &&
      receiver.data
    )
      return ofOne(call, receiver.data)
    if (receiver?.kind !== 'list') return receiver && ofOne(call, receiver)
    const { items } = receiver
    if (items.length > maxItems || !budget.make(items.length)) return undefined
    const all = items.map((item) => ofOne(call, item))
    return all.every((v) => v !== undefined)
      ? list(all, receiver.via)
      : undefined
  }
}

/** With whole numbers of which each is known, and as many as it takes. */
function ofPlaces(
  least: number,
  most: number,
  f: (s: string, ...n: number[]) => string | undefined,
): Known {
  return ofText((s, { args }, of) => {
    const all = args.map(psWhole)
    const isTaken = all.length >= least && all.length <= most
    if (!isTaken || all.includes(undefined)) return undefined
    const made = f(s, ...(all as number[]))
    return made === undefined ? undefined : text(made, of.via | hides(s, made))
  })
}

function hides(s: string, made: string): number {
  return made.length < 4 && s.length > 8 ? bitOf('slices') : 0
}

const isWithin = (n: number, s: string): boolean => n >= 0 && n <= s.length

const substring = ofPlaces(1, 2, (s, from, n = s.length - from) =>
  isWithin(from, s) && n >= 0 && isWithin(from + n, s)
    ? s.slice(from, from + n)
    : undefined,
)

const remove = ofPlaces(1, 2, (s, from, n = s.length - from) =>
  isWithin(from, s) && n >= 0 && isWithin(from + n, s)
    ? s.slice(0, from) + s.slice(from + n)
    : undefined,
)

const insert = ofText((s, { args: [at, what, ...more] }, of) => {
  const n = psWhole(at)
  const by = psText(what)
  if (n === undefined || by === undefined || more.length) return undefined
  return isWithin(n, s)
    ? text(s.slice(0, n) + by + s.slice(n), of.via | what!.via)
    : undefined
})

const padded = (atStart: boolean): Known =>
  ofText((s, { args: [width, by, ...more], budget }, of) => {
    const n = psWhole(width)
    const fill = by ? psText(by) : ' '
    if (n === undefined || n < 0 || fill?.length !== 1 || more.length)
      return undefined
    if (!budget.make(n)) return undefined
    return text(atStart ? s.padStart(n, fill) : s.padEnd(n, fill), of.via)
  })

/** Letters that are given: texts, letters, or lists of them. */
function lettersOf(args: readonly Value[]): string[] | undefined {
  const all = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  const texts = all.map((a) => wholeText(a))
  return texts.includes(undefined) ? undefined : Array.from(texts.join(''))
}

function trimmed(sides: 'both' | 'end' | 'start'): Known {
  return ofText((s, { args }, of) => {
    const letters = lettersOf(args)
    if (!letters) return undefined
    const isOut = letters.length
      ? (c: string) => letters.includes(c)
      : (c: string) => c.trim() === '' && c !== '\ufeff'
    let from = 0
    let to = s.length
    if (sides !== 'end') while (from < to && isOut(s[from]!)) from++
    if (sides !== 'start') while (to > from && isOut(s[to - 1]!)) to--
    return text(s.slice(from, to), of.via)
  })
}

/** Letter by letter: none becomes two. */
const inCase = (f: (c: string) => string): Known =>
  ofText((s, { args }, of) =>
    args.length
      ? undefined
      : withLetter(
          of,
          s.replace(/./gs, (c) => (f(c).length === 1 ? f(c) : c)),
        ),
  )

function withLetter(of: TextValue, s: string): Value {
  const made = text(s, of.via)
  return of.isLetter ? letter(made) : made
}

const replace = ofText((s, call, of) => {
  const [from, to, ...more] = call.args
  const what = psText(from)
  if (what === undefined || what === '' || more.length) return undefined
  if (to?.kind === 'unknown') return replaceText(of, text(what), to, call)
  const by = psText(to)
  if (by === undefined || !call.budget.make(s.length)) return undefined
  const out = s.replaceAll(what, () => by)
  if (!call.budget.make(out.length)) return undefined
  const isChange = out !== s && s.length > 3
  return text(
    out,
    viaOf([of, from, to]) | (isChange ? bitOf('replacement') : 0),
  )
})

const searched = (
  f: (s: string, what: string, from?: number) => number | undefined,
): Known =>
  ofText((s, { args: [what, from, ...more] }, of) => {
    const w = psText(what)
    const at = from ? psWhole(from) : undefined
    if (!w || more.length || (from && (at === undefined || !isWithin(at, s))))
      return undefined
    // Beyond ASCII it is up to the culture what is the same.
    if (!/^[ -~]*$/.test(w)) return undefined
    const made = f(s, w, at)
    return made === undefined ? undefined : number(made, of.via)
  })

const tested = (f: (s: string, what: string) => boolean): Known =>
  ofText((s, { args: [what, ...more] }) => {
    const w = psText(what)
    return w === undefined || more.length ? undefined : psTruth(f(s, w))
  })

/** A set of letters, or whole texts; at most so many parts; with or without those that are empty. */
const split = ofText((s, { args, budget }, of) => {
  const asked = splitAsked(args, s)
  if (!asked || !budget.make(s.length)) return undefined
  const { marks, most, drops } = asked
  let parts = cutAt(s, marks, drops ? Number.POSITIVE_INFINITY : most)
  if (drops) parts = parts.filter((p) => p !== '')
  if (drops && parts.length > most) return undefined
  return list(
    parts.map((p) => text(p, of.via)),
    of.via,
  )
})

interface Asked {
  /** None: blanks. */
  readonly marks: readonly string[]
  readonly most: number
  readonly drops: boolean
}

function splitAsked(args: readonly Value[], s: string): Asked | undefined {
  const [by, ...more] = args
  let most = Number.POSITIVE_INFINITY
  let drops = false
  for (const [i, arg] of more.entries()) {
    const isLast = i === more.length - 1
    const option = textOf(arg)?.toLowerCase()
    const n = arg.kind === 'number' ? arg.number : undefined
    if (
      isLast &&
      /(?:^|\.|\})removeemptyentries$/.test(option ?? shownOption(arg))
    )
      drops = true
    else if (isLast && /(?:^|\.)none$/.test(option ?? shownOption(arg)))
      continue
    else if (i === 0 && n !== undefined && n > 0) most = n
    else return lettersAsked(args)
  }
  const marks = marksOf(by, s, more.length > 0)
  return marks && { marks, most, drops }
}

/** `[StringSplitOptions]::RemoveEmptyEntries` stands by its name. */
function shownOption(arg: Value): string {
  return arg.kind === 'unknown' ? arg.hint.toLowerCase() : ''
}

/** `Split('a', 'b')`: each is a letter. */
function lettersAsked(args: readonly Value[]): Asked | undefined {
  const letters = args.map((a) => wholeText(a))
  const isSet = letters.every((l) => l?.length === 1)
  return isSet
    ? {
        marks: letters as string[],
        most: Number.POSITIVE_INFINITY,
        drops: false,
      }
    : undefined
}

function marksOf(
  by: Value | undefined,
  s: string,
  hasOption: boolean,
): string[] | undefined {
  if (!by) return []
  if (by.kind === 'list') {
    const all = by.items.map((v) => wholeText(v))
    if (all.includes(undefined)) return undefined
    const isSet = all.every((m) => m!.length === 1)
    return isSet || (hasOption && !all.includes(''))
      ? (all as string[])
      : undefined
  }
  const one = wholeText(by)
  if (one === undefined) return undefined
  if (one.length < 2) return Array.from(one)
  // Windows PowerShell takes the letters of it, PowerShell 7 all of it: where that is nowhere, the letters are meant.
  return s.includes(one) ? undefined : Array.from(one)
}

function cutAt(s: string, marks: readonly string[], most: number): string[] {
  const out: string[] = []
  let from = 0
  for (let at = 0; at < s.length && out.length + 1 < most; ) {
    const mark = marks.length
      ? marks.find((m) => s.startsWith(m, at))
      : s[at]!.trim() === ''
        ? s[at]
        : undefined
    if (!mark) at++
    else {
      out.push(s.slice(from, at))
      at += mark.length
      from = at
    }
  }
  out.push(s.slice(from))
  return out
}

const lettersIn = ofText((s, { args }, of) => {
  const [from, n] = args.map(psWhole)
  const isWhole = args.length === 0
  if (!isWhole && (args.length !== 2 || from === undefined || n === undefined))
    return undefined
  const part = isWhole ? s : s.slice(from!, from! + n!)
  return list(
    part.split('').map((c) => letter(text(c, of.via))),
    of.via,
  )
})

const letterAt = ofText((s, { args: [at] }, of) => {
  const n = psWhole(at)
  const c = n === undefined ? undefined : s[n]
  return c ? letter(text(c, of.via | hides(s, c))) : undefined
})

const toText: Known = ({ receiver, args: [form, ...more] }) => {
  if (!receiver || more.length || receiver.kind === 'list') return undefined
  if (receiver.kind === 'function') return undefined
  if (!form) {
    const s = psText(receiver)
    return s === undefined || receiver.kind === 'bytes'
      ? undefined
      : text(s, receiver.via)
  }
  const how = wholeText(form)
  const s =
    how !== undefined && receiver.kind === 'number'
      ? numberAs(receiver, how)
      : undefined
  return s === undefined ? undefined : text(s, receiver.via)
}

export const netTexts: Table = {
  '.substring': substring,
  '.remove': remove,
  '.insert': insert,
  '.padleft': padded(true),
  '.padright': padded(false),
  '.trim': trimmed('both'),
  '.trimstart': trimmed('start'),
  '.trimend': trimmed('end'),
  '.tolower': inCase((c) => c.toLowerCase()),
  '.toupper': inCase((c) => c.toUpperCase()),
  '.tolowerinvariant': inCase((c) => c.toLowerCase()),
  '.toupperinvariant': inCase((c) => c.toUpperCase()),
  '.replace': replace,
  '.split': split,
  '.indexof': searched((s, what, from) => s.indexOf(what, from)),
  '.lastindexof': searched((s, what, from) =>
    from === undefined ? s.lastIndexOf(what) : undefined,
  ),
  '.contains': tested((s, what) => s.includes(what)),
  '.startswith': tested((s, what) => s.startsWith(what)),
  '.endswith': tested((s, what) => s.endsWith(what)),
  '.tochararray': lettersIn,
  '.chars': letterAt,
  '.get_chars': letterAt,
  '.tostring': toText,
}
