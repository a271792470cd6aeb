// What JScript, Node and JXA have built in, as far as text is made with it.
import type { Known } from '../call.ts'
import {
  characterOf,
  decoded,
  decompressed,
  fromBase64,
  fromHex,
} from '../decode.ts'
import {
  jsHolds,
  jsInteger,
  jsNumber,
  jsText,
  jsTruth,
} from '../operators/javascript.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  entriesOf,
  itemsOf,
  list,
  number,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  viaOf,
} from '../value.ts'
import { javascriptLists, listPlaces, listText } from './javascript-lists.ts'
import { javascriptTexts, patternValue } from './javascript-text.ts'
import { mapped, reduced, type Table, textMethods } from './text.ts'
import { unescaped } from './vb.ts'

const fromCodes: Known = ({ args, budget, path = '' }) => {
  // Named and not called.
  if (args.length === 0) return undefined
  const codes = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  if (!budget.make(codes.length)) return undefined
  let out = ''
  const isWide = /codepoint$/.test(path)
  for (const c of codes) {
    const n = jsNumber(c)
    if (n === undefined || (isWide && !isCodePoint(n))) return undefined
    out += isWide ? String.fromCodePoint(n) : String.fromCharCode(n)
  }
  return text(out, viaOf(args) | viaOf(codes) | bitOf('character codes'))
}

const bufferFrom: Known = ({ args, budget }) => {
  const encoding = textOf(args[1])?.toLowerCase()
  if (encoding?.startsWith('base64')) return fromBase64(args[0], budget)
  if (encoding === 'hex') return fromHex(args[0], budget)
  const raw =
    args[0]?.kind === 'text'
      ? Buffer.from(args[0].text, 'utf8')
      : bytesOf(args[0])
  return (
    raw &&
    bytes(
      raw,
      args[0]!.via | (args[0]!.kind === 'list' ? bitOf('character codes') : 0),
    )
  )
}

function isCodePoint(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n <= 0x10ffff
}

/** JScript takes a number that begins with 0 for one of base 8. */
const integer: Known = ({ args: [of, radix], language }) => {
  const s = jsText(of)
  const base = jsInteger(radix)
  if (s === undefined || base === undefined) return undefined
  if (!base && language === 'jscript' && /^\s*[-+]?0\d/.test(s))
    return undefined
  return number(Number.parseInt(s, base), of?.via)
}

const toNumber: Known = ({ args: [of] }) => {
  const n = of ? jsNumber(of) : 0
  return n === undefined ? undefined : number(n, of?.via)
}

const asText: Known = ({ args: [of] }) => {
  if (!of) return text('')
  const s = jsText(of)
  return s === undefined ? undefined : text(s, of.via)
}

/** Of numbers of which each is known. */
const ofNumbers =
  (f: (...n: number[]) => number): Known =>
  ({ args }) => {
    const all = args.map((a) => jsNumber(a))
    return all.includes(undefined)
      ? undefined
      : number(f(...(all as number[])), viaOf(args))
  }

/** What is the same for the same text: the global functions. */
const ofText =
  (f: (s: string) => string): Known =>
  ({ args: [of] }) => {
    const s = jsText(of)
    if (s === undefined) return undefined
    try {
      const out = f(s)
      return text(out, of!.via | (out === s ? 0 : bitOf('escapes')))
    } catch {
      // It throws there too.
      return undefined
    }
  }

const maths: Table = Object.fromEntries(
  (['floor', 'ceil', 'round', 'abs', 'max', 'min', 'pow', 'sqrt'] as const).map(
    (name) => [`math.${name}`, ofNumbers(Math[name])],
  ),
)

/** Whole numbers in any base; others as they are written. */
const toText: Known = (call) => {
  const { receiver, args } = call
  if (receiver?.kind === 'list') return listText(receiver)
  if (receiver?.kind !== 'number') return textMethods['.tostring']!(call)
  const base = jsInteger(args[0], 10)
  const { number: n, word, via } = receiver
  if (word || base === 10) return text(word ?? String(n), via)
  const isExact = Number.isSafeInteger(n) && base !== undefined
  return isExact && base >= 2 && base <= 36
    ? text(n.toString(base), via)
    : undefined
}

const unzip =
  (as: 'gzip' | 'zlib' | 'deflate' | 'any'): Known =>
  ({ args, budget }) =>
    decompressed(args[0], as, budget)

const required: Known = ({ args }) => {
  const name = textOf(args[0])
  return name === undefined
    ? undefined
    : object(name.replace(/^node:/, '').replace(/^gi:\/\//, 'gi.repository.'))
}

const atob: Known = ({ args, budget }) =>
  decoded(fromBase64(args[0], budget), 'latin1')

/** UTF-16 units of a pattern that is put together. */
const maxPattern = 256

const pattern: Known = ({ args: [source, flags] }) => {
  const s = textOf(source)
  if (s === undefined || s.length > maxPattern) return undefined
  if (source?.kind === 'text' && source.isPattern)
    return flags ? undefined : source
  const own = flags ? textOf(flags) : ''
  return own === undefined || !s
    ? undefined
    : patternValue(s, own, viaOf([source, flags]))
}

/** What can be thrown, with what it says. */
const error: Known = ({ args: [message] }) => {
  const made = object('error', message && { data: message })
  if (message) made.entries.set('message', message)
  return made
}

const thrown: Table = Object.fromEntries(
  ['error', 'typeerror', 'rangeerror', 'syntaxerror', 'evalerror'].flatMap(
    (name) => [
      [name, error],
      [`${name}.new`, error],
    ],
  ),
)

/** Items that are not set yet. */
const maxUnset = 100_000

/** `new Array(4)` has four items of which none is set. */
const listOf: Known = ({ args, budget }) => {
  const [only] = args
  if (args.length !== 1 || only?.kind !== 'number') return list([...args])
  const n = only.number
  return Number.isInteger(n) && n >= 0 && n <= maxUnset && budget.make(n)
    ? list(Array.from({ length: n }, () => unknown('undefined')))
    : undefined
}

export const javascriptFunctions: Table = {
  'string.fromcharcode': fromCodes,
  'string.fromcodepoint': fromCodes,
  'string.fromcharcode.apply': (call) =>
    fromCodes({ ...call, args: call.args.slice(1) }),
  'string.fromcharcode.call': (call) =>
    fromCodes({ ...call, args: call.args.slice(1) }),
  // As a literal writes it.
  'regexp.new': pattern,
  regexp: pattern,
  string: asText,
  'string.new': asText,
  unescape: ({ args }) => unescaped(args[0]),
  escape: ofText(escape),
  decodeuricomponent: ofText(decodeURIComponent),
  encodeuricomponent: ofText(encodeURIComponent),
  decodeuri: ofText(decodeURI),
  encodeuri: ofText(encodeURI),
  atob,
  'buffer.from': bufferFrom,
  'buffer.new': bufferFrom,
  buffer: bufferFrom,
  'uint8array.from': bufferFrom,
  'uint8array.new': bufferFrom,
  'window.atob': atob,
  'self.atob': atob,
  parseint: integer,
  parsefloat: ({ args: [of] }) => {
    const s = jsText(of)
    return s === undefined ? undefined : number(Number.parseFloat(s), of?.via)
  },
  number: toNumber,
  'number.new': toNumber,
  boolean: ({ args: [of] }) => {
    const holds = of ? jsHolds(of) : false
    return holds === undefined ? undefined : jsTruth(holds)
  },
  isnan: ({ args: [of] }) => {
    const n = jsNumber(of ?? unknown('undefined'))
    return n === undefined ? undefined : jsTruth(Number.isNaN(n))
  },
  ...maths,
  ...thrown,
  'array.new': listOf,
  array: listOf,
  // Of bytes it makes bytes.
  '.map': (call) => {
    const made = textMethods['.map']!(call)
    if (call.receiver?.kind !== 'bytes' || !made) return made
    const raw = bytesOf(made)
    return raw && bytes(raw, made.via)
  },
  'array.from': (call) => {
    const [of, fn] = call.args
    const items = itemsOf(of)
    const all = items && list(items, of!.via)
    return all && fn ? mapped(call, all, fn) : all
  },
  '.apply': ({ receiver, args, invoke }) =>
    invoke(receiver, itemsOf(args[1]) ?? []),
  '.call': ({ receiver, args, invoke }) => invoke(receiver, args.slice(1)),
  // A promise of a value is that value.
  '.then': ({ receiver, args, invoke }) =>
    receiver && args[0] ? invoke(args[0], [receiver]) : undefined,
  'reflect.apply': ({ args, invoke }) =>
    invoke(args[0], itemsOf(args[2]) ?? []),
  'reflect.construct': ({ args: [of, given], invoke }) =>
    invoke(
      of?.kind === 'unknown' ? unknown(`${of.hint}.new`) : of,
      itemsOf(given) ?? [],
    ),
  'reflect.get': ({ args: [of, name], send }) =>
    of && name ? send(of, shownOf(name), []) : undefined,
  'string.raw': ({ args }) => args[0],
  '[keys]': ({ args: [of] }) => {
    if (of?.kind === 'object' && of.type === 'map')
      return list(Array.from(entriesOf(of), ([k]) => text(k)))
    const items = itemsOf(of)
    return items && list(items.map((_, i) => number(i)))
  },
  require: required,
  'zlib.gunzipsync': unzip('gzip'),
  'zlib.unzipsync': unzip('any'),
  'zlib.inflatesync': unzip('zlib'),
  'zlib.inflaterawsync': unzip('deflate'),
  '.reduce': (call) => reduced(call, call.args[0], call.receiver, call.args[1]),
  '.fromcharcode': fromCodes,
  ...javascriptTexts,
  ...javascriptLists,
  '.indexof': placed('.indexof'),
  '.lastindexof': placed('.lastindexof'),
  '.tostring': toText,
}

/** Of a text or of a list. */
function placed(name: '.indexof' | '.lastindexof'): Known {
  return (call) =>
    (call.receiver?.kind === 'list' ? listPlaces : javascriptTexts)[name]!(call)
}

export const characterCode: Known = ({ args }) => {
  const n = numberOf(args[0])
  return n === undefined ? undefined : characterOf(n, args[0]!.via)
}
