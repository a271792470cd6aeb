// What JScript, Node and JXA have built in, as far as text is made with it.
import type { Call, Known } from '../call.ts'
import {
  characterOf,
  decoded,
  decompressed,
  fromBase64,
  fromHex,
} from '../decode.ts'
import { fixedPatternOf } from '../fixed-pattern.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  entriesOf,
  itemsOf,
  joined,
  list,
  number,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../value.ts'
import {
  mapped,
  reduced,
  replaceText,
  splitText,
  type Table,
  textMethods,
  upTo,
} from './text.ts'
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
  return number(Number.parseInt(s, numberOf(args[1])), args[0]!.via)
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
  if (/^\/.*\/[a-z]*$/s.test(s)) return source
  return text(`/${s}/${textOf(flags) ?? ''}`, viaOf([source, flags]))
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
  ...thrown,
  'array.new': ({ args }) => list([...args]),
  array: ({ args }) => list([...args]),
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
  '.replace': (call) => {
    const to = call.args[1]
    return to?.kind === 'function'
      ? replacedBy(call, to)
      : replaceText(call.receiver, call.args[0], to, call, true)
  },
  '.split': upTo(1, ({ receiver, args, budget }) => {
    const by = textOf(args[0])
    return splitText(receiver, by === '//' || by === '/(?:)/' ? '' : by, budget)
  }),
  '.reduce': (call) => reduced(call, call.args[0], call.receiver, call.args[1]),
  '.match': ({ receiver, args, budget }) => {
    const fixed = fixedPatternOf(textOf(args[0]) ?? '')
    const s = textOf(receiver)
    if (!fixed || s === undefined || !budget.make(s.length)) return undefined
    return list(
      (s.match(fixed) ?? []).map((m) => text(m, receiver!.via)),
      receiver!.via,
    )
  },
  '.fromcharcode': fromCodes,
  '.shift': ({ receiver: of }) =>
    of?.kind === 'list' ? of.items.shift() : undefined,
  '.pop': ({ receiver: of }) =>
    of?.kind === 'list' ? of.items.pop() : undefined,
  '.unshift': ({ receiver: of, args, budget }) => {
    if (of?.kind === 'list' && budget.make(args.length))
      for (const one of [...args].reverse()) of.items.unshift(one)
    return undefined
  },
  '.splice': ({ receiver: of, args: [from, count, ...more], budget }) => {
    if (of?.kind !== 'list' || !budget.make(of.items.length)) return undefined
    const at = numberOf(from) ?? 0
    const n = count ? (numberOf(count) ?? 0) : of.items.length
    const taken = of.items.splice(at, n)
    const behind = at < 0 ? [] : of.items.splice(at)
    for (const one of [...more, ...behind]) of.items.push(one)
    return list(taken, of.via)
  },
  '.tostring': (call) =>
    call.receiver?.kind === 'list'
      ? text(joined(call.receiver.items, ',') ?? '', call.receiver.via)
      : textMethods['.tostring']!(call),
}

/** Each match becomes what a function makes of it. */
function replacedBy(
  { receiver, args, invoke, budget }: Call,
  fn: Value,
): Value | undefined {
  const fixed = fixedPatternOf(textOf(args[0]) ?? '')
  const s = textOf(receiver)
  if (!fixed || s === undefined || !budget.make(s.length)) return undefined
  let via = receiver!.via | bitOf('replacement')
  const out = s.replace(fixed, (all: string, group: unknown) => {
    if (budget.spent) return all
    const groups = typeof group === 'string' ? [text(group)] : []
    const made = invoke(fn, [text(all), ...groups])
    via |= made.via
    return shownOf(made)
  })
  return text(out, via)
}

export const characterCode: Known = ({ args }) => {
  const n = numberOf(args[0])
  return n === undefined ? undefined : characterOf(n, args[0]!.via)
}
