// What VBScript and VBA have built in, as far as text is made with it; and the functions of Excel 4 macros.
import type { Known } from '../call.ts'
import { characterOf, reversed } from '../decode.ts'
import {
  bitOf,
  itemsOf,
  list,
  number,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  type Value,
} from '../value.ts'
import { isTrue } from '../operate.ts'
import {
  alternatives,
  joinList,
  mapText,
  partOf,
  replaceText,
  splitText,
  type Table,
  upTo,
} from './text.ts'

const character: Known = ({ args }) => {
  const n = numberOf(args[0])
  return n === undefined ? undefined : characterOf(n & 0xffff, args[0]!.via)
}

const code: Known = ({ args }) => {
  const c = textOf(args[0])?.charCodeAt(0)
  return c === undefined || Number.isNaN(c)
    ? undefined
    : number(c, args[0]!.via)
}

const same: Known = ({ args }) => args[0]
const toNumber: Known = ({ args }) => {
  const n = numberOf(args[0])
  return n === undefined ? undefined : number(Math.round(n), args[0]!.via)
}

const inStr: Known = ({ args }) => {
  const [a, b, c] =
    numberOf(args[0]) !== undefined && args.length > 2 ? args.slice(1) : args
  void c
  const s = textOf(a)
  const what = textOf(b)
  return s === undefined || what === undefined
    ? undefined
    : number(s.indexOf(what) + 1)
}

/** Of an object whose pattern was set; `Global` is off unless it says otherwise. */
const matchReplaced: Known = (call) => {
  const { receiver, args } = call
  const of = receiver?.kind === 'object' ? receiver.entries : undefined
  const pattern = textOf(of?.get('pattern'))
  const any = pattern === undefined ? undefined : alternatives(pattern)
  if (any?.length !== 1) return undefined
  const isAll = isTrue(of?.get('global') ?? text('')) !== false
  return replaceText(args[0], text(any[0]!), args[1], call, !isAll)
}

const array: Known = ({ args }) => list([...args])

export const vbFunctions: Table = {
  chr: character,
  chrw: character,
  chrb: character,
  asc: code,
  ascw: code,
  strreverse: ({ args, budget }) => reversed(args[0], budget),
  replace: upTo(3, (call) =>
    replaceText(call.args[0], call.args[1], call.args[2], call),
  ),
  join: ({ args, budget }) =>
    joinList(args[0], args[1] ? (textOf(args[1]) ?? '') : ' ', budget),
  split: upTo(2, ({ args, budget }) =>
    splitText(args[0], args[1] ? textOf(args[1]) : ' ', budget),
  ),
  array,
  mid: ({ args }) => partOf(args[0], args[1], args[2], 1),
  left: ({ args }) => partOf(args[0], number(0), args[1]),
  right: ({ args }) => {
    const s = textOf(args[0])
    const n = numberOf(args[1])
    return s === undefined || n === undefined
      ? undefined
      : text(n > 0 ? s.slice(-n) : '', args[0]!.via)
  },
  len: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? undefined : number(s.length)
  },
  ubound: ({ args }) => {
    const items = itemsOf(args[0])
    return items && number(items.length - 1)
  },
  lbound: () => number(0),
  lcase: mapText((s) => s.toLowerCase()),
  ucase: mapText((s) => s.toUpperCase()),
  trim: mapText((s) => s.trim()),
  ltrim: mapText((s) => s.trimStart()),
  rtrim: mapText((s) => s.trimEnd()),
  cstr: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? args[0] : text(s, args[0]!.via)
  },
  clng: toNumber,
  cint: toNumber,
  cbyte: toNumber,
  cdbl: toNumber,
  val: toNumber,
  int: ({ args }) => {
    const n = numberOf(args[0])
    return n === undefined ? undefined : number(Math.floor(n), args[0]!.via)
  },
  abs: ({ args }) => {
    const n = numberOf(args[0])
    return n === undefined ? undefined : number(Math.abs(n), args[0]!.via)
  },
  hex: ({ args }) => {
    const n = numberOf(args[0])
    return n === undefined
      ? undefined
      : text(Math.round(n).toString(16).toUpperCase())
  },
  space: ({ args, budget }) => {
    const n = numberOf(args[0])
    return n !== undefined && n >= 0 && budget.make(n)
      ? text(' '.repeat(n))
      : undefined
  },
  string: ({ args, budget }) => {
    const n = numberOf(args[0])
    const c = textOf(args[1])
    return n !== undefined && n >= 0 && c && budget.make(n)
      ? text(c[0]!.repeat(n))
      : undefined
  },
  instr: inStr,
  'regexp.new': () => object('regexp'),
  'regexp.replace': matchReplaced,
  'vbscript.regexp.replace': matchReplaced,
  iif: ({ args }) => args[1],
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
