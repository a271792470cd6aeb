// Methods of texts and lists under the names that most languages give them.
import type { Call, Known } from '../call.ts'
import { decoded, reversed } from '../decode.ts'
import { fixedPatternOf } from '../fixed-pattern.ts'
import { decodeFormat } from '../format.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  holed,
  itemsOf,
  joined,
  list,
  number,
  numberOf,
  shownOf,
  text,
  textOf,
  type Value,
  viaOf,
  wholeText,
} from '../value.ts'

/** Only of one text or list. */
export type Table = Readonly<Record<string, Known>>

/** Makes text of the receiver's. */
export function mapText(f: (s: string) => string): Known {
  return ({ receiver, args }) => {
    const value = receiver?.kind === 'text' || !args.length ? receiver : args[0]
    const s = textOf(value)
    return s === undefined ? undefined : text(f(s), value!.via)
  }
}

/** More arguments than these would make something else of it, of which nothing is said. */
export function upTo(most: number, known: Known): Known {
  return (call) => (call.args.length > most ? undefined : known(call))
}

/** Without blanks at its sides, or without any of the letters that are given. */
function trimmed(sides: 'both' | 'start' | 'end'): Known {
  return ({ receiver, args }) => {
    const [value, ...signs] = receiver ? [receiver, ...args] : args
    const s = textOf(value)
    const letters = signs.flatMap((sign) => itemsOf(sign) ?? [sign])
    const all = letters.map(textOf)
    if (s === undefined || all.includes(undefined)) return undefined
    const set = new Set(all.join(''))
    const isOut = (c: string) => (signs.length ? set.has(c) : c.trim() === '')
    let from = 0
    let to = s.length
    if (sides !== 'end') while (from < to && isOut(s[from]!)) from++
    if (sides !== 'start') while (to > from && isOut(s[to - 1]!)) to--
    return text(s.slice(from, to), value!.via)
  }
}

export function joinList(
  items: Value | undefined,
  between: string,
  budget: Call['budget'],
): Value | undefined {
  const all = itemsOf(items)
  if (!all) return undefined
  const known = joined(all, between)
  const s =
    known ?? (all.length < 10_000 ? all.map(shownOf).join(between) : undefined)
  if (s === undefined || !budget.make(s.length)) return undefined
  const via = viaOf([items, ...all]) | (known === undefined ? holed : 0)
  return text(s, all.length > 3 ? via | bitOf('concatenation') : via)
}

export function splitText(
  value: Value | undefined,
  by: string | undefined,
  budget: Call['budget'],
): Value | undefined {
  const s = textOf(value)
  if (s === undefined || !budget.make(s.length)) return undefined
  const parts = by === undefined ? s.trim().split(/\s+/) : s.split(by)
  return list(
    parts.map((p) => text(p, value!.via)),
    value!.via,
  )
}

/** Every one of `from`; a slash at both ends is a regular expression, of which only plain ones are followed. */
export function replaceText(
  value: Value | undefined,
  from: Value | undefined,
  to: Value | undefined,
  call: Pick<Call, 'budget'>,
  once = false,
): Value | undefined {
  const s = textOf(value)
  const what = textOf(from)
  const by = to ? shownOf(to) : ''
  if (s === undefined || what === undefined || what === '') return undefined
  if (s === '') return value
  const pattern = patternOf(what, once)
  if (!pattern) return undefined
  let made = 0
  const out = s.replace(pattern, () => {
    made++
    return by
  })
  if (!call.budget.make(out.length + s.length)) return undefined
  const hides = made > 0 && s.length > 3 ? bitOf('replacement') : 0
  return text(out, viaOf([value, from, to]) | hides)
}

/** Of one text, a set of characters, or of a fixed width. */
function patternOf(what: string, once: boolean): RegExp | undefined {
  const plain = plainOf(what)
  if (!plain) {
    const fixed = fixedPatternOf(what)
    const all = /\/[a-z]*g[a-z]*$/.test(what) || !once
    return (
      fixed && (all ? fixed : new RegExp(fixed, fixed.flags.replace('g', '')))
    )
  }
  const source = plain.any.map(escapeRegExp).join('|')
  const flags = plain.caseless ? 'i' : ''
  return source
    ? new RegExp(source, once && !plain.all ? flags : `${flags}g`)
    : undefined
}

/** A pattern that says one text or a set of characters. */
function plainOf(
  pattern: string,
): { any: string[]; all: boolean; caseless: boolean } | undefined {
  const regex = /^\/((?:[^/\\]|\\.){1,200})\/([gimsuy]{0,6})$/.exec(pattern)
  if (!regex) return { any: [pattern], all: false, caseless: false }
  const flags = regex[2]!
  const any = alternatives(regex[1]!)
  return any && { any, all: flags.includes('g'), caseless: flags.includes('i') }
}

/** The texts that a simple regular expression stands for; undefined: it is not simple. */
export function alternatives(source: string): string[] | undefined {
  const set = /^\[((?:[^\]\\^-]|\\.)+)\]\+?$/.exec(source)
  if (set) return Array.from(set[1]!.matchAll(/\\?([\s\S])/g), (m) => m[1]!)
  const out: string[] = []
  for (const part of source
    .replace(/^\(([^()]*)\)$/, '$1')
    .split(/(?<!\\)\|/)
    .flatMap(lineEnds)) {
    if (/(?<!\\)[.*+?^${}()[\]]/.test(part) || /\\[wWdDsSbB\d]/.test(part))
      return undefined
    out.push(part.replace(/\\(.)/g, (_, c) => blanks[c] ?? c))
  }
  return out
}

const blanks: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** `\r?\n` is one of two. */
function lineEnds(pattern: string): string[] {
  const parts = pattern.split('\\r?')
  return parts.length === 2 ? [parts.join('\\r'), parts.join('')] : [pattern]
}

export function escapeRegExp(s: string): string {
  return s.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function sliced(
  value: Value | undefined,
  from: number,
  to: number,
  via: number,
): Value | undefined {
  if (value?.kind === 'list')
    return list(value.items.slice(from, to), value.via)
  if (value?.kind === 'bytes')
    return bytes(value.bytes.subarray(from, to), value.via)
  const s = wholeText(value)
  if (s === undefined) return undefined
  const out = s.slice(from, to)
  return text(out, value!.via | (out.length < 4 && s.length > 8 ? via : 0))
}

const slices = bitOf('slices')

/** From a place, so many. */
export function partOf(
  value: Value | undefined,
  start: Value | undefined,
  length: Value | undefined,
  origin = 0,
): Value | undefined {
  const from = numberOf(start)
  if (from === undefined) return undefined
  const n = length ? numberOf(length) : undefined
  if (length && n === undefined) return undefined
  const at = from - origin
  return sliced(
    value,
    at,
    n === undefined ? Number.MAX_SAFE_INTEGER : at + n,
    slices,
  )
}

const between: Known = ({ receiver, args }) => {
  const from = numberOf(args[0]) ?? 0
  const to = args[1] ? numberOf(args[1]) : Number.MAX_SAFE_INTEGER
  return to === undefined ? undefined : sliced(receiver, from, to, slices)
}

/** JavaScript takes the smaller of two places for the first. */
function inOrder(call: Call): Call {
  const [a, b] = call.args
  const isTurned = a && b && (numberOf(a) ?? 0) > (numberOf(b) ?? 0)
  return isTurned ? { ...call, args: [b, a] } : call
}

const charactersOf: Known = (call) => {
  const { receiver, args } = call
  const items = itemsOf(receiver)
  if (!items) return undefined
  return args.length
    ? mapped(call, receiver, args[0])
    : list(items, receiver!.via)
}

const codeAt: Known = ({ receiver, args }) => {
  const c = wholeText(receiver)?.codePointAt(numberOf(args[0]) ?? 0)
  return c === undefined ? undefined : number(c, receiver!.via)
}

const charAt: Known = ({ receiver, args }) =>
  sliced(receiver, numberOf(args[0]) ?? 0, (numberOf(args[0]) ?? 0) + 1, slices)

const length: Known = ({ receiver }) => {
  const s =
    receiver?.kind === 'text'
      ? wholeText(receiver)?.length
      : receiver?.kind === 'list'
        ? receiver.items.length
        : receiver?.kind === 'bytes'
          ? receiver.bytes.length
          : undefined
  return s === undefined ? undefined : number(s)
}

const push: Known = ({ receiver, args, budget }) => {
  if (receiver?.kind !== 'list' || !budget.make(args.length)) return undefined
  for (const arg of args) receiver.items.push(arg)
  return receiver
}

const mapItems: Known = (call) =>
  mapped(
    call,
    call.receiver,
    call.args.find((a) => a.kind === 'function') ?? call.args[0],
  )

/** What a function, or one that is named, makes of each; `given`: of what it is given of one. */
export function madeOfEach(
  { invoke, budget }: Pick<Call, 'invoke' | 'budget'>,
  fn: Value | undefined,
  items: readonly Value[] | undefined,
  given: (item: Value, place: number) => readonly Value[] = (item) => [item],
): Value[] | undefined {
  if (!items || !fn) return undefined
  const out: Value[] = []
  for (const item of items) {
    if (budget.spent) break
    out.push(invoke(fn, given(item, out.length)))
  }
  return out
}

/** What a function makes of each, and of its place. */
export function mapped(
  call: Pick<Call, 'invoke' | 'budget'>,
  of: Value | undefined,
  fn: Value | undefined,
): Value | undefined {
  const out = madeOfEach(call, fn, itemsOf(of), (item, i) => [item, number(i)])
  return out && list(out, of!.via)
}

/** What is left of a list, item by item put to what there is. */
export function reduced(
  { invoke, budget }: Pick<Call, 'invoke' | 'budget'>,
  fn: Value | undefined,
  items: Value | undefined,
  first: Value | undefined,
): Value | undefined {
  const all = itemsOf(items)
  if (!all || !fn) return undefined
  let made = first
  for (const item of all) {
    if (budget.spent) return undefined
    made = made ? invoke(fn, [made, item]) : item
  }
  return made
}

const join: Known = ({ receiver, args, budget }) => {
  // Python: the text between is the receiver.
  if (receiver?.kind === 'text') return joinList(args[0], receiver.text, budget)
  return joinList(receiver, args[0] ? (textOf(args[0]) ?? ',') : ',', budget)
}

const indexOf: Known = ({ receiver, args }) => {
  const s = wholeText(receiver)
  const what = textOf(args[0])
  return s === undefined || what === undefined
    ? undefined
    : number(s.indexOf(what))
}

export const textMethods: Table = {
  '.length': length,
  '.count': length,
  '.size': length,
  '.join': join,
  '.split': upTo(1, ({ receiver, args, budget }) =>
    splitText(receiver, args[0] ? textOf(args[0]) : undefined, budget),
  ),
  '.replace': upTo(2, (call) =>
    replaceText(call.receiver, call.args[0], call.args[1], call),
  ),
  '.replaceall': upTo(2, (call) =>
    replaceText(call.receiver, call.args[0], call.args[1], call),
  ),
  '.sub': (call) =>
    replaceText(call.receiver, call.args[0], call.args[1], call, true),
  '.gsub': (call) =>
    replaceText(call.receiver, call.args[0], call.args[1], call),
  '.remove': ({ receiver, args }) => {
    const s = textOf(receiver)
    const from = numberOf(args[0])
    if (s === undefined || from === undefined) return undefined
    return text(
      s.slice(0, from) +
        (args[1] ? s.slice(from + (numberOf(args[1]) ?? 0)) : ''),
      receiver!.via,
    )
  },
  '.insert': ({ receiver, args }) => {
    const s = textOf(receiver)
    const at = numberOf(args[0])
    if (s === undefined || at === undefined) return undefined
    return text(s.slice(0, at) + shownOf(args[1]) + s.slice(at), receiver!.via)
  },
  '.reverse': ({ receiver, budget }) => reversed(receiver, budget),
  '.substring': upTo(2, (call) => between(inOrder(call))),
  '.slice': between,
  '.substr': ({ receiver, args }) => partOf(receiver, args[0], args[1]),
  '.charat': charAt,
  '.chars': ({ receiver, args }) =>
    args.length
      ? charAt({ receiver, args } as Call)
      : list(itemsOf(receiver) ?? []),
  '.each_char': charactersOf,
  '.charcodeat': codeAt,
  '.codepointat': codeAt,
  '.tochararray': ({ receiver }) => {
    const items = itemsOf(receiver)
    return items && list(items, receiver!.via)
  },
  '.toarray': ({ receiver }) => receiver,
  '.tostring': ({ receiver, args }) => {
    const radix = numberOf(args[0])
    if (receiver?.kind === 'number' && radix && radix >= 2 && radix <= 36)
      return text(receiver.number.toString(radix), receiver.via)
    if (receiver?.kind === 'bytes')
      return bytesAs(receiver, textOf(args[0]) ?? 'utf8')
    const s = textOf(receiver)
    return s === undefined ? undefined : text(s, receiver!.via)
  },
  '.to_s': ({ receiver }) => {
    const s = textOf(receiver)
    return s === undefined ? undefined : text(s, receiver!.via)
  },
  '.tolower': mapText((s) => s.toLowerCase()),
  '.toupper': mapText((s) => s.toUpperCase()),
  '.tolowercase': mapText((s) => s.toLowerCase()),
  '.touppercase': mapText((s) => s.toUpperCase()),
  '.lower': mapText((s) => s.toLowerCase()),
  '.upper': mapText((s) => s.toUpperCase()),
  '.downcase': mapText((s) => s.toLowerCase()),
  '.upcase': mapText((s) => s.toUpperCase()),
  '.trim': trimmed('both'),
  '.strip': trimmed('both'),
  '.lstrip': trimmed('start'),
  '.rstrip': trimmed('end'),
  '.trimend': trimmed('end'),
  '.trimstart': trimmed('start'),
  '.concat': ({ receiver, args, budget }) =>
    joinList(
      list([
        ...(receiver?.kind === 'list'
          ? receiver.items
          : receiver
            ? [receiver]
            : []),
        ...args.flatMap(
          (a) => itemsOf(a.kind === 'text' ? list([a]) : a) ?? [a],
        ),
      ]),
      '',
      budget,
    ),
  '.padleft': ({ receiver }) => receiver,
  '.push': push,
  '.add': push,
  '.append': (call) =>
    call.receiver?.kind === 'list' ? push(call) : undefined,
  '.map': mapItems,
  '.collect': mapItems,
  '.foreach': mapItems,
  '.each': mapItems,
  '.indexof': indexOf,
  '.find': indexOf,
  '.format': ({ receiver, args, named, budget }) =>
    receiver?.kind === 'text'
      ? decodeFormat(receiver, args, budget, named)
      : undefined,
  '.decode': ({ receiver, args, budget: _ }) =>
    decoded(receiver, textOf(args[0]) ?? 'utf8'),
  '.encode': ({ receiver }) => {
    const s = receiver?.kind === 'text' ? receiver : undefined
    return s && bytes(Buffer.from(s.text, 'utf8'), s.via)
  },
  '.copy': ({ receiver }) => receiver,
  '.valueof': ({ receiver }) => receiver,
  '.getenumerator': ({ receiver }) => receiver,
}

function bytesAs(value: Value, encoding: string): Value | undefined {
  const raw = bytesOf(value)
  if (!raw) return undefined
  const name = encoding.toLowerCase()
  if (name === 'hex' || name === 'base64')
    return text(raw.toString(name), value.via)
  return decoded(value, name)
}
