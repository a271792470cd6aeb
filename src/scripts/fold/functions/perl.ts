// What Perl, PHP and Ruby have built in, as far as text is made with it.
import type { Call, Known } from '../call.ts'
import {
  decoded,
  decompressed,
  fromBase64,
  fromHex,
  reversed,
  rotated,
} from '../decode.ts'
import { unescapeC } from '../../syntax/escapes.ts'
import { fixedPattern, fixedPatternOf } from '../fixed-pattern.ts'
import { percentFormat } from '../format.ts'
import { operate } from '../operate.ts'
import {
  bitOf,
  bytesOf,
  itemsOf,
  joined,
  list,
  number,
  numberOf,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../value.ts'
import { characterCode } from './javascript.ts'
import {
  joinList,
  madeOfEach,
  mapText,
  partOf,
  reduced,
  replaceText,
  splitText,
  type Table,
  upTo,
} from './text.ts'

const ord: Known = ({ args }) => {
  const c = textOf(args[0])?.charCodeAt(0)
  return c === undefined || Number.isNaN(c)
    ? undefined
    : number(c, args[0]!.via)
}

const latin = (value: Value | undefined): Value | undefined =>
  decoded(value, 'latin1')

const spread = (args: readonly Value[]): Value[] =>
  args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))

/** `pack("H*", …)`, `pack("C*", …)`. */
function packed(
  format: Value | undefined,
  values: readonly Value[],
  budget: Call['budget'],
): Value | undefined {
  const f = textOf(format)
  if (f === undefined) return undefined
  if (/^H/.test(f)) return latin(fromHex(values[0], budget))
  if (/^m/.test(f)) return latin(fromBase64(values[0], budget))
  if (/^[cCUW]/.test(f)) {
    const codes = spread(values).map((v) => numberOf(v))
    if (codes.some((c) => c === undefined) || !budget.make(codes.length))
      return undefined
    return text(
      codes.map((c) => String.fromCharCode(c! & 0xffff)).join(''),
      viaOf(values) | bitOf('character codes'),
    )
  }
  return /^[aA]/.test(f) ? values[0] : undefined
}

/** Letters of one text. */
const maxLetters = 100_000

/** `unpack("u", …)`, `unpack("C*", …)`, `unpack("(A2)*", …)`. */
function unpacked(
  format: Value | undefined,
  of: Value | undefined,
  budget: Call['budget'],
): Value | undefined {
  const f = textOf(format) ?? ''
  const s = textOf(of)
  if (s === undefined || !budget.make(s.length)) return undefined
  const via = of!.via
  if (f.startsWith('u')) return text(uudecoded(s), via | bitOf('base64'))
  if (f.startsWith('H'))
    return text(Buffer.from(s, 'latin1').toString('hex'), via)
  if (f.startsWith('m')) return latin(fromBase64(of, budget))
  if (s.length > maxLetters) return undefined
  if (/^[cCUW]/.test(f))
    return list(
      Array.from(s, (c) => number(c.charCodeAt(0))),
      via,
    )
  const [, width] = /^\(?[aA](\d{1,2})?\)?\*$/.exec(f) ?? []
  const size = Number(width)
  if (!size) return undefined
  const parts = s.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
  return list(
    parts.map((p) => text(p, via)),
    via,
  )
}

/** Lines of a length and of letters of six bits each. */
function uudecoded(s: string): string {
  const out: Buffer[] = []
  for (const line of s.split(/\r?\n/)) {
    const codes = Array.from(line, (c) => (c.charCodeAt(0) - 32) & 63)
    const [size = 0, ...sixes] = codes
    const made = Buffer.alloc(Math.ceil(sixes.length / 4) * 3)
    for (let i = 0; i < sixes.length; i += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = sixes.slice(i, i + 4)
      const at = (i / 4) * 3
      made[at] = (a << 2) | (b >> 4)
      made[at + 1] = (b << 4) | (c >> 2)
      made[at + 2] = (c << 6) | d
    }
    out.push(made.subarray(0, size))
  }
  return Buffer.concat(out).toString('latin1')
}

const sprintf: Known = ({ args, budget }) =>
  args[0] ? percentFormat(args[0], list(args.slice(1)), budget) : undefined

const reverse: Known = ({ args, budget }) => {
  if (args.length === 1 && args[0]!.kind === 'text')
    return reversed(args[0], budget)
  return list(spread(args).reverse(), viaOf(args) | bitOf('reversal'))
}

/** PHP's and Perl's `str_repeat("x", 3)`. */
const repeated: Known = ({ args: [of, times], budget }) =>
  of && times ? operate('times', of, times, { budget }) : undefined

/** A function, or the name of one, or an object and the name of its method. */
const calledBack =
  (spreads: boolean): Known =>
  ({ args: [fn, ...rest], invoke, send }) => {
    const given = spreads ? (itemsOf(rest[0]) ?? []) : rest
    if (fn?.kind !== 'list') return invoke(fn, given)
    const [of, name] = fn.items
    return of && name ? send(of, shownOf(name), given) : undefined
  }

/** Matches of one pattern in one text. */
const maxMatches = 20_000

/** `s/pattern/code/e`: what the code makes of each match, whose groups are its names. */
function substituted(call: Call, fn: Value): Value | undefined {
  const [of, pattern, , flags] = call.args
  const s = textOf(of)
  const fixed = fixedPattern(textOf(pattern) ?? '', /i/.test(shownOf(flags)))
  if (!fixed || s === undefined || !call.budget.make(s.length)) return undefined
  let via = of!.via | bitOf('replacement')
  let matches = 0
  const out = s.replace(fixed, (all: string, group: unknown) => {
    if (call.budget.spent || matches++ > maxMatches) return all
    const made = call.invoke(fn, [
      text(typeof group === 'string' ? group : all),
    ])
    via |= made.via
    return shownOf(made)
  })
  return text(out, via)
}

const substitute: Known = (call) => {
  const [of, pattern, by, flags] = call.args
  if (by?.kind === 'function') return substituted(call, by)
  const from = text(
    `/${shownOf(pattern)}/${shownOf(flags).replace(/[^gi]/g, '')}`,
  )
  return replaceText(of, from, by, call, true)
}

const transliterate: Known = ({ args: [of, from, to, flags] }) => {
  const [a, b] = [from, to].map((v) => unescapeC(shownOf(v)).text)
  if (!/d/.test(shownOf(flags)) || b) return translated(of, a, b || a)
  const s = textOf(of)
  const set = new Set(expanded(a ?? ''))
  return s === undefined
    ? undefined
    : text(
        Array.from(s)
          .filter((c) => !set.has(c))
          .join(''),
        of!.via | bitOf('replacement'),
      )
}

export const perlFunctions: Table = {
  '[substitute]': substitute,
  '[transliterate]': transliterate,
  chr: characterCode,
  ord,
  join: ({ args, budget }) =>
    joinList(list(spread(args.slice(1))), textOf(args[0]) ?? '', budget),
  split: upTo(2, ({ args, budget }) =>
    splitText(args[1], textOf(args[0])?.replace(/^\/|\/$/g, ''), budget),
  ),
  reverse,
  scalar: ({ args }) => args[0],
  shift: ({ args: [of] }) =>
    of?.kind === 'list' ? of.items.shift() : undefined,
  push: ({ args: [of, ...more], budget }) => {
    if (of?.kind === 'list' && budget.make(more.length))
      for (const one of spread(more)) of.items.push(one)
    return undefined
  },
  pop: ({ args: [of] }) => (of?.kind === 'list' ? of.items.pop() : undefined),
  pack: ({ args, budget }) => packed(args[0], args.slice(1), budget),
  unpack: ({ args, budget }) => unpacked(args[0], args[1], budget),
  decode_base64: ({ args, budget }) => latin(fromBase64(args[0], budget)),
  'mime::base64::decode': ({ args, budget }) =>
    latin(fromBase64(args[0], budget)),
  'mime::base64::decode_base64': ({ args, budget }) =>
    latin(fromBase64(args[0], budget)),
  'compress::zlib::memgunzip': ({ args, budget }) =>
    latin(decompressed(args[0], 'gzip', budget)),
  uncompress: ({ args, budget }) => latin(decompressed(args[0], 'any', budget)),
  hex: ({ args }) => {
    const n = Number.parseInt(textOf(args[0])?.replace(/^0x/i, '') ?? '', 16)
    return Number.isNaN(n) ? undefined : number(n)
  },
  lc: mapText((s) => s.toLowerCase()),
  uc: mapText((s) => s.toUpperCase()),
  substr: ({ args }) => partOf(args[0], args[1], args[2]),
  sprintf,
  length: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? undefined : number(s.length)
  },
}

const ofEach = (
  call: Call,
  fn: Value | undefined,
  of: Value | undefined,
): Value | undefined => {
  const out = madeOfEach(call, fn, itemsOf(of))
  return out && list(out, of!.via)
}

function sizeOf(of: Value | undefined): Value | undefined {
  const items = itemsOf(of)
  return items && number(items.length)
}

const replace: Known = (call) => {
  const [from, to, value] = call.args
  const froms = from?.kind === 'list' ? from.items : from ? [from] : []
  let made = value
  froms.slice(0, 200).forEach((f, i) => {
    const by = to?.kind === 'list' ? to.items[i] : to
    made = replaceText(made, f, by, call) ?? made
  })
  return made
}

export const phpFunctions: Table = {
  chr: characterCode,
  ord,
  base64_decode: ({ args, budget }) => latin(fromBase64(args[0], budget)),
  hex2bin: ({ args, budget }) => latin(fromHex(args[0], budget)),
  gzinflate: ({ args, budget }) =>
    latin(decompressed(args[0], 'deflate', budget)),
  gzuncompress: ({ args, budget }) =>
    latin(decompressed(args[0], 'any', budget)),
  gzdecode: ({ args, budget }) => latin(decompressed(args[0], 'gzip', budget)),
  str_rot13: ({ args }) => rotated(args[0]),
  strrev: ({ args, budget }) => reversed(args[0], budget),
  str_replace: replace,
  implode: ({ args, budget }) =>
    args[0]?.kind === 'list'
      ? joinList(args[0], textOf(args[1]) ?? '', budget)
      : joinList(args[1], textOf(args[0]) ?? '', budget),
  join: ({ args, budget }) => joinList(args[1], textOf(args[0]) ?? '', budget),
  explode: upTo(2, ({ args, budget }) =>
    splitText(args[1], textOf(args[0]), budget),
  ),
  str_repeat: repeated,
  call_user_func: calledBack(false),
  call_user_func_array: calledBack(true),
  str_split: ({ args, budget }) =>
    unpacked(text(`(a${numberOf(args[1]) ?? 1})*`), args[0], budget),
  array_reduce: (call) =>
    reduced(call, call.args[1], call.args[0], call.args[2] ?? text('')),
  array_filter: ({ args }) => args[0],
  array_walk: (call) => ofEach(call, call.args[1], call.args[0]),
  range: ({ args: [from, to], budget }) =>
    from && to ? operate('..', from, to, { budget }) : undefined,
  count: ({ args }) => sizeOf(args[0]),
  sizeof: ({ args }) => sizeOf(args[0]),
  hexdec: perlFunctions.hex!,
  dechex: ({ args }) => {
    const n = numberOf(args[0])
    return n === undefined ? undefined : text(n.toString(16), args[0]!.via)
  },
  intval: ({ args }) => {
    const n = Number.parseInt(textOf(args[0]) ?? '', numberOf(args[1]) ?? 10)
    return Number.isNaN(n) ? undefined : number(n, args[0]!.via)
  },
  unpack: ({ args, budget }) => unpacked(args[0], args[1], budget),
  convert_uudecode: ({ args, budget }) => unpacked(text('u'), args[0], budget),
  array: ({ args }) => list([...args]),
  array_map: (call) => ofEach(call, call.args[0], call.args[1]),
  array_reverse: ({ args, budget }) => reversed(args[0], budget),
  substr: ({ args }) => partOf(args[0], args[1], args[2]),
  strlen: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? undefined : number(s.length)
  },
  strtolower: mapText((s) => s.toLowerCase()),
  strtoupper: mapText((s) => s.toUpperCase()),
  trim: upTo(
    1,
    mapText((s) => s.trim()),
  ),
  urldecode: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined
      ? undefined
      : text(
          s.replace(/%([0-9a-f]{2})/gi, (_, x) =>
            String.fromCharCode(Number.parseInt(x, 16)),
          ),
          args[0]!.via,
        )
  },
  sprintf,
  pack: ({ args, budget }) => packed(args[0], args.slice(1), budget),
}

/** `&:chr` names a method of each item. */
const rubyMap: Known = (call) => rubyMapped(call, call.receiver)

function rubyMapped(
  { args, invoke, send, budget }: Call,
  of: Value | undefined,
): Value | undefined {
  const items = itemsOf(of)
  const fn = args.at(-1)
  if (!items || !fn) return undefined
  const out: Value[] = []
  for (const item of items) {
    if (budget.spent) break
    if (fn.kind === 'text') out.push(send(item, fn.text, []))
    else {
      const parts = fn.kind === 'function' && fn.params.length > 1
      out.push(invoke(fn, parts ? (itemsOf(item) ?? [item]) : [item]))
    }
  }
  return list(out, of!.via)
}

/** `inject(:+)`, `inject('') { |a, c| … }`. */
const rubyReduce: Known = (call) => {
  const { receiver, args } = call
  const fn = args.findLast((a) => a.kind === 'function')
  if (fn) {
    const [first] = args.length > 1 ? args : []
    return reduced(call, fn, receiver, first)
  }
  return text(joined(itemsOf(receiver) ?? [], '') ?? '', receiver?.via ?? 0)
}

const rubyIndexed: Known = (call) => {
  const items = itemsOf(call.receiver)
  if (!items) return undefined
  const pairs = list(items.map((v, i) => list([v, number(i)])))
  return call.args.some((a) => a.kind === 'function')
    ? rubyMapped(call, pairs)
    : pairs
}

const rubySend: Known = ({ receiver, args: [name, ...given], send }) =>
  receiver && name ? send(receiver, shownOf(name), given) : undefined

export const rubyFunctions: Table = {
  '.unpack': ({ receiver, args, budget }) => {
    const made = unpacked(args[0], receiver, budget)
    return made?.kind === 'text' ? list([made]) : made
  },
  '.unpack1': ({ receiver, args, budget }) => {
    const made = unpacked(args[0], receiver, budget)
    return made?.kind === 'list' ? made.items[0] : made
  },
  '.chr': ({ receiver }) => {
    const n = numberOf(receiver)
    return n === undefined
      ? undefined
      : text(
          String.fromCharCode(n & 0xffff),
          receiver!.via | bitOf('character codes'),
        )
  },
  '.ord': ({ receiver }) => {
    const c = textOf(receiver)?.charCodeAt(0)
    return c === undefined ? undefined : number(c, receiver!.via)
  },
  '.bytes': ({ receiver }) => {
    const raw = bytesOf(receiver)
    return (
      raw &&
      list(
        Array.from(raw, (b) => number(b)),
        receiver!.via,
      )
    )
  },
  '.to_i': ({ receiver, args }) => {
    const n = Number.parseInt(textOf(receiver) ?? '', numberOf(args[0]) ?? 10)
    return Number.isNaN(n) ? undefined : number(n, receiver!.via)
  },
  '.hex': ({ receiver }) => {
    const n = Number.parseInt(textOf(receiver) ?? '', 16)
    return Number.isNaN(n) ? undefined : number(n, receiver!.via)
  },
  '.to_sym': ({ receiver }) => receiver,
  '.intern': ({ receiver }) => receiver,
  '.to_str': ({ receiver }) => receiver,
  '.freeze': ({ receiver }) => receiver,
  '.dup': ({ receiver }) => receiver,
  '.itself': ({ receiver }) => receiver,
  '.first': ({ receiver }) => itemsOf(receiver)?.[0],
  '.tr': ({ receiver, args }) =>
    translated(receiver, textOf(args[0]), textOf(args[1])),
  '.join': ({ receiver, args, budget }) =>
    joinList(receiver, textOf(args[0]) ?? '', budget),
  '.inject': rubyReduce,
  '.reduce': rubyReduce,
  '.sum': rubyReduce,
  '.map': rubyMap,
  '.collect': rubyMap,
  '.each': rubyMap,
  '.flat_map': rubyMap,
  '.each_with_index': rubyIndexed,
  '.with_index': rubyIndexed,
  '.each_byte': (call) => {
    const all = rubyFunctions['.bytes']!(call)
    return all && call.args.length ? rubyMapped(call, all) : all
  },
  '.scan': ({ receiver, args, budget }) => {
    const fixed = fixedPatternOf(textOf(args[0]) ?? '')
    const s = textOf(receiver)
    if (!fixed || s === undefined || !budget.make(s.length)) return undefined
    const all = Array.from(s.matchAll(fixed), (m) => m[1] ?? m[0])
    return list(
      all.map((m) => text(m, receiver!.via)),
      receiver!.via,
    )
  },
  '.cycle': ({ receiver }) => {
    const items = itemsOf(receiver)
    if (!items?.length || items.length > 1_000) return undefined
    return list(
      Array.from({ length: 20_000 }, (_, i) => items[i % items.length]!),
    )
  },
  '.zip': ({ receiver, args }) => {
    const [a, b] = [itemsOf(receiver), itemsOf(args[0])]
    return a && b && list(a.map((v, i) => list([v, b[i] ?? unknown()])))
  },
  '.send': rubySend,
  '.public_send': rubySend,
  '.__send__': rubySend,
  '.call': ({ receiver, args, invoke }) => invoke(receiver, args),
  '.const_get': ({ args }) => unknown(shownOf(args[0])),
  method: ({ args }) => unknown(shownOf(args[0])),
  '.method': ({ receiver, args }) =>
    unknown(
      receiver?.kind === 'object'
        ? `${receiver.type}.${shownOf(args[0])}`
        : shownOf(args[0]),
    ),
  send: ({ args: [name, ...given], invoke }) => invoke(name, given),
  '.pack': ({ receiver, args, budget }) =>
    packed(args[0], itemsOf(receiver) ?? [], budget),
  'base64.decode64': ({ args, budget }) => latin(fromBase64(args[0], budget)),
  'base64.strict_decode64': ({ args, budget }) =>
    latin(fromBase64(args[0], budget)),
  'base64.urlsafe_decode64': ({ args, budget }) =>
    latin(fromBase64(args[0], budget)),
  'zlib.inflate.inflate': ({ args, budget }) =>
    latin(decompressed(args[0], 'any', budget)),
  'zlib::inflate.inflate': ({ args, budget }) =>
    latin(decompressed(args[0], 'any', budget)),
  'zlib.gunzip': ({ args, budget }) =>
    latin(decompressed(args[0], 'gzip', budget)),
  sprintf,
  format: sprintf,
}

/** `tr a-y b-z`: one character for another. */
export function translated(
  value: Value | undefined,
  from: string | undefined,
  to: string | undefined,
): Value | undefined {
  const s = textOf(value)
  if (s === undefined || from === undefined || to === undefined || !to)
    return undefined
  const source = expanded(from)
  const target = expanded(to)
  const map = new Map<string, string>()
  Array.from(source).forEach((c, i) => {
    if (!map.has(c)) map.set(c, target[Math.min(i, target.length - 1)]!)
  })
  const out = s.replace(/[\s\S]/g, (c) => map.get(c) ?? c)
  return text(out, value!.via | (out === s ? 0 : bitOf('rotation')))
}

function expanded(set: string): string {
  return set.slice(0, 512).replace(/(.)-(.)/g, (_, a: string, b: string) => {
    let out = ''
    for (let c = a.charCodeAt(0); c <= b.charCodeAt(0) && out.length < 256; c++)
      out += String.fromCharCode(c)
    return out
  })
}
