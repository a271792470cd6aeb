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
  bitOf,
  bytes,
  bytesOf,
  itemsOf,
  joined,
  list,
  number,
  numberOf,
  object,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'
import { replaceText, splitText, type Table, textMethods } from './text.ts'
import { unescaped } from './vb.ts'

const fromCodes: Known = ({ args, budget }) => {
  // Named and not called.
  if (args.length === 0) return undefined
  const codes = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  if (!budget.make(codes.length)) return undefined
  let out = ''
  for (const c of codes) {
    const n = numberOf(c)
    if (n === undefined) return undefined
    out += String.fromCharCode(n)
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

const integer: Known = ({ args }) => {
  const s = textOf(args[0])
  if (s === undefined) return undefined
  const n = Number.parseInt(s, numberOf(args[1]) ?? undefined)
  return Number.isNaN(n) ? undefined : number(n, args[0]!.via)
}

const unzip =
  (as: 'gzip' | 'zlib' | 'deflate' | 'any'): Known =>
  ({ args, budget }) =>
    decompressed(args[0], as, budget)

const required: Known = ({ args }) => {
  const name = textOf(args[0])
  return name === undefined ? undefined : object(name.replace(/^node:/, ''))
}

const atob: Known = ({ args, budget }) =>
  decoded(fromBase64(args[0], budget), 'latin1')

export const javascriptFunctions: Table = {
  'string.fromcharcode': fromCodes,
  'string.fromcodepoint': fromCodes,
  'string.fromcharcode.apply': (call) =>
    fromCodes({ ...call, args: call.args.slice(1) }),
  'string.fromcharcode.call': (call) =>
    fromCodes({ ...call, args: call.args.slice(1) }),
  string: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? args[0] : text(s, args[0]!.via)
  },
  'string.new': ({ args }) => args[0],
  unescape: ({ args }) => unescaped(args[0]),
  decodeuricomponent: ({ args }) => unescaped(args[0]),
  decodeuri: ({ args }) => unescaped(args[0]),
  atob,
  'buffer.from': bufferFrom,
  'buffer.new': bufferFrom,
  buffer: bufferFrom,
  'uint8array.from': bufferFrom,
  'uint8array.new': bufferFrom,
  'window.atob': atob,
  'self.atob': atob,
  parseint: integer,
  number: integer,
  'number.new': integer,
  'array.new': ({ args }) => list([...args]),
  array: ({ args }) => list([...args]),
  'array.from': ({ args }) => {
    const items = itemsOf(args[0])
    return items && list(items, args[0]!.via)
  },
  '.apply': ({ receiver, args, invoke }) =>
    receiver?.kind === 'function'
      ? invoke(receiver, itemsOf(args[1]) ?? [])
      : undefined,
  require: required,
  'zlib.gunzipsync': unzip('gzip'),
  'zlib.unzipsync': unzip('any'),
  'zlib.inflatesync': unzip('zlib'),
  'zlib.inflaterawsync': unzip('deflate'),
  '.replace': (call) => {
    const to = call.args[1]
    return to?.kind === 'function'
      ? undefined
      : replaceText(call.receiver, call.args[0], to, call, true)
  },
  '.split': ({ receiver, args, budget }) => {
    const by = textOf(args[0])
    return splitText(receiver, by === '//' || by === '/(?:)/' ? '' : by, budget)
  },
  '.reduce': ({ receiver, args, invoke, budget }) => {
    const items = itemsOf(receiver)
    if (!items || args[0]?.kind !== 'function') return undefined
    let made: Value = args[1] ?? text('')
    for (const item of items) {
      if (budget.spent) return undefined
      made = invoke(args[0], [made, item])
    }
    return made
  },
  '.fromcharcode': fromCodes,
  '.tostring': (call) =>
    call.receiver?.kind === 'list'
      ? text(joined(call.receiver.items, ',') ?? '', call.receiver.via)
      : textMethods['.tostring']!(call),
}

export const characterCode: Known = ({ args }) => {
  const n = numberOf(args[0])
  return n === undefined ? undefined : characterOf(n, args[0]!.via)
}
