// Numbers, bytes and letters of .NET: [convert], [char], [math], encodings. https://learn.microsoft.com/dotnet/api/system.convert
import type { Known } from '../call.ts'
import { characterOf, fromBase64, fromHex } from '../decode.ts'
import { received } from '../flow.ts'
import {
  psNumber,
  psText,
  psTruth,
  psWhole,
} from '../operators/powershell-values.ts'
import { vbRound } from '../operators/vb.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  letter,
  number,
  text,
  unknown,
  type Value,
  viaOf,
  wholeText,
} from '../value.ts'
import type { Table } from './text.ts'

/** Ranges of the whole numbers that have names. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  byte: [0, 255],
  sbyte: [-128, 127],
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
}

/** In one of its ranges, rounded to what is even. */
export function wholeAs(
  type: string,
  value: Value | undefined,
): Value | undefined {
  const n = psNumber(value)
  const range = ranges[type]
  if (n === undefined || !range) return undefined
  const made = vbRound(n)
  return made >= range[0] && made <= range[1]
    ? number(made, value!.via)
    : undefined
}

const digitsOf: Readonly<Record<number, RegExp>> = {
  2: /^[01]{1,53}$/,
  8: /^[0-7]{1,17}$/,
  10: /^[-+]?\d{1,15}$/,
  16: /^(?:0x)?([0-9a-f]{1,13})$/i,
}

/** `ToInt32('41', 16)`; what has its highest bit is negative there, and not told. */
const parsed =
  (type: string): Known =>
  ({ args: [of, base, ...more] }) => {
    if (more.length) return undefined
    if (!base) {
      // A letter is its code; a text of digits the number.
      return wholeAs(type, of)
    }
    const radix = psWhole(base)
    const s = psText(of)
    const digits = radix === undefined ? undefined : digitsOf[radix]
    if (s === undefined || !digits?.test(s)) return undefined
    const n = Number.parseInt(s.replace(/^0x/i, ''), radix)
    const range = ranges[type]!
    if (n < range[0] || n > range[1]) return undefined
    const hidden = radix === 16 ? bitOf('hex') : bitOf('character codes')
    return number(n, of!.via | hidden)
  }

const toText: Known = ({ args: [of, base, ...more] }) => {
  if (!of || more.length) return undefined
  if (!base) {
    const s = of.kind === 'list' || of.kind === 'bytes' ? undefined : psText(of)
    return s === undefined ? undefined : text(s, of.via)
  }
  const n = of.kind === 'number' ? of.number : undefined
  const radix = psWhole(base)
  const isBase = radix === 2 || radix === 8 || radix === 10 || radix === 16
  return n !== undefined && Number.isSafeInteger(n) && n >= 0 && isBase
    ? text(n.toString(radix), of.via)
    : undefined
}

/** Up to U+FFFF; beyond, it is two. */
const toLetter: Known = ({ args: [of, ...more] }) => {
  if (of?.kind === 'text')
    return of.text.length === 1 && !more.length ? letter(of) : undefined
  const n = psWhole(of)
  if (n === undefined || n < 0 || n > 0xffff || more.length) return undefined
  const made = characterOf(n, of!.via)
  return made?.kind === 'text' ? letter(made) : undefined
}

const fromUtf32: Known = ({ args: [of] }) => {
  const n = psWhole(of)
  return n === undefined ? undefined : characterOf(n, of!.via)
}

const rounded =
  (f: (n: number) => number): Known =>
  ({ args: [of, ...more] }) => {
    const n = psNumber(of)
    return n === undefined || more.length ? undefined : number(f(n), of!.via)
  }

const ofTwo =
  (f: (a: number, b: number) => number): Known =>
  ({ args: [a, b] }) => {
    const x = psNumber(a)
    const y = psNumber(b)
    return x === undefined || y === undefined
      ? undefined
      : number(f(x, y), viaOf([a, b]))
  }

type Encoding =
  | 'ascii'
  | 'ansi'
  | 'big'
  | 'latin1'
  | 'unicode'
  | 'utf32'
  | 'utf7'
  | 'utf8'

const encodings: readonly (readonly [RegExp, Encoding])[] = [
  [/bigendian|utf-?16-?be|\b1201\b/, 'big'],
  [/utf-?32|\b12000\b/, 'utf32'],
  [/utf-?7|\b65000\b/, 'utf7'],
  [/utf-?8|\b65001\b/, 'utf8'],
  [/unicode|utf-?16|\b1200\b/, 'unicode'],
  [/ascii|\b20127\b/, 'ascii'],
  [/latin-?1|iso-?8859-?1\b|\b28591\b/, 'latin1'],
]

function encodingOf(v: Value | undefined, path: string): Encoding {
  const name = (
    v?.kind === 'unknown' ? v.hint : v?.kind === 'object' ? v.type : path
  ).toLowerCase()
  return encodings.find(([shape]) => shape.test(name))?.[1] ?? 'ansi'
}

const isAscii = (raw: Buffer): boolean => raw.every((b) => b < 0x80)

/** undefined: it is up to the host. */
function decodedAs(raw: Buffer, encoding: Encoding): string | undefined {
  switch (encoding) {
    case 'utf8':
      return raw.toString('utf8')
    case 'unicode':
      return raw.toString('utf16le')
    case 'big':
      return raw.length % 2
        ? undefined
        : Buffer.from(raw).swap16().toString('utf16le')
    case 'latin1':
      return raw.toString('latin1')
    case 'ascii':
      return raw.toString('latin1').replace(/[\x80-\xff]/g, '?')
    case 'ansi':
      return isAscii(raw) ? raw.toString('latin1') : undefined
    case 'utf7':
      return isAscii(raw) && !raw.includes('+')
        ? raw.toString('latin1')
        : undefined
    default:
      return undefined
  }
}

/** All of the bytes, or so many from a place on. */
function partOfBytes(args: readonly Value[]): Buffer | undefined {
  const [of, from, count, ...more] = args
  const raw = of?.kind === 'text' ? undefined : bytesOf(of)
  if (!raw || more.length || (from && !count)) return undefined
  if (!from) return raw
  const at = psWhole(from)
  const n = psWhole(count)
  return at !== undefined && n !== undefined && at >= 0 && n >= 0
    ? raw.subarray(at, at + n)
    : undefined
}

const getString: Known = ({ receiver, args, path }) => {
  const [of] = args
  const raw = partOfBytes(args)
  const s = raw && decodedAs(raw, encodingOf(receiver, path))
  if (s !== undefined) return text(s, of!.via)
  return of && of.via & received ? unknown('received', of.via) : undefined
}

const getBytes: Known = ({ receiver, args: [of, ...more], path }) => {
  const s = of?.kind === 'list' ? lettersOf(of.items) : wholeText(of)
  if (s === undefined || more.length) return undefined
  const made = encodedAs(s, encodingOf(receiver, path))
  return made && bytes(made, of!.via)
}

function lettersOf(items: readonly Value[]): string | undefined {
  const all = items.map((v) => wholeText(v))
  return all.includes(undefined) ? undefined : all.join('')
}

function encodedAs(s: string, encoding: Encoding): Buffer | undefined {
  const isPlain = /^[\0-\x7f]*$/.test(s)
  switch (encoding) {
    case 'utf8':
      return Buffer.from(s, 'utf8')
    case 'unicode':
      return Buffer.from(s, 'utf16le')
    case 'big':
      return Buffer.from(s, 'utf16le').swap16()
    case 'ascii':
      return Buffer.from(s.replace(/[^\0-\x7f]/g, '?'), 'latin1')
    default:
      return isPlain && encoding !== 'utf32' && encoding !== 'utf7'
        ? Buffer.from(s, 'latin1')
        : undefined
  }
}

const toBase64: Known = ({ args: [of, ...more] }) => {
  const raw = of?.kind === 'text' ? undefined : bytesOf(of)
  return raw && !more.length
    ? text(raw.toString('base64'), of!.via | bitOf('base64'))
    : undefined
}

/** `AA-BB`. */
const dashed: Known = ({ args: [of, ...more] }) => {
  const raw = of?.kind === 'text' ? undefined : bytesOf(of)
  return raw && !more.length
    ? text(
        (raw.toString('hex').toUpperCase().match(/../g) ?? []).join('-'),
        of!.via | bitOf('hex'),
      )
    : undefined
}

/** Letters of a class that one is asked about. */
const ofLetter =
  (f: (c: string) => Value): Known =>
  ({ args: [of, at] }) => {
    const s = wholeText(of)
    return s?.length === 1 && !at ? f(s) : undefined
  }

export const netConversions: Table = {
  'convert.frombase64string': ({ args, budget }) =>
    wholeText(args[0]) === undefined ? undefined : fromBase64(args[0], budget),
  'convert.fromhexstring': ({ args, budget }) =>
    wholeText(args[0]) === undefined ? undefined : fromHex(args[0], budget),
  'convert.tobase64string': toBase64,
  ...Object.fromEntries(
    Object.keys(ranges).map((type) => [`convert.to${type}`, parsed(type)]),
  ),
  'convert.tochar': toLetter,
  'convert.tostring': toText,
  'convert.todouble': ({ args: [of] }) => {
    const n = psNumber(of)
    return n === undefined ? undefined : number(n, of!.via)
  },
  'convert.toboolean': ({ args: [of] }) => {
    const n = of?.kind === 'number' ? of.number : undefined
    return n === undefined ? undefined : psTruth(n !== 0)
  },
  'bitconverter.tostring': dashed,
  'char.convertfromutf32': fromUtf32,
  'char.toupper': ofLetter((c) => letter(upper(c))),
  'char.tolower': ofLetter((c) => letter(lower(c))),
  'char.tostring': ofLetter((c) => text(c)),
  'char.parse': ofLetter((c) => letter({ kind: 'text', text: c, via: 0 })),
  'math.floor': rounded(Math.floor),
  'math.ceiling': rounded(Math.ceil),
  'math.truncate': rounded(Math.trunc),
  'math.abs': rounded(Math.abs),
  'math.sqrt': rounded(Math.sqrt),
  'math.round': rounded(vbRound),
  'math.pow': ofTwo((x, y) => x ** y),
  'math.max': ofTwo(Math.max),
  'math.min': ofTwo(Math.min),
  '.getstring': getString,
  '.getbytes': getBytes,
  'byte.parse': parsed('byte'),
  'int.parse': parsed('int32'),
  'int32.parse': parsed('int32'),
}

const upper = (c: string) =>
  ({ kind: 'text', text: c.toUpperCase(), via: 0 }) as const
const lower = (c: string) =>
  ({ kind: 'text', text: c.toLowerCase(), via: 0 }) as const
