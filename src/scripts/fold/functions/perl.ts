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
import { percentFormat } from '../format.ts'
import {
  bitOf,
  bytesOf,
  itemsOf,
  joined,
  list,
  number,
  numberOf,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'
import { characterCode } from './javascript.ts'
import {
  joinList,
  mapText,
  partOf,
  replaceText,
  splitText,
  type Table,
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

const sprintf: Known = ({ args, budget }) =>
  args[0] ? percentFormat(args[0], list(args.slice(1)), budget) : undefined

const reverse: Known = ({ args, budget }) => {
  if (args.length === 1 && args[0]!.kind === 'text')
    return reversed(args[0], budget)
  return list(spread(args).reverse(), viaOf(args) | bitOf('reversal'))
}

export const perlFunctions: Table = {
  chr: characterCode,
  ord,
  join: ({ args, budget }) =>
    joinList(list(spread(args.slice(1))), textOf(args[0]) ?? '', budget),
  split: ({ args, budget }) =>
    splitText(args[1], textOf(args[0])?.replace(/^\/|\/$/g, ''), budget),
  reverse,
  scalar: ({ args }) => args[0],
  pack: ({ args, budget }) => packed(args[0], args.slice(1), budget),
  unpack: ({ args, budget }) =>
    /^u/.test(textOf(args[0]) ?? '')
      ? latin(fromBase64(args[1], budget))
      : undefined,
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
  explode: ({ args, budget }) => splitText(args[1], textOf(args[0]), budget),
  str_split: ({ args }) => list(itemsOf(args[0]) ?? []),
  array: ({ args }) => list([...args]),
  array_map: ({ args, invoke, budget }) => {
    const items = itemsOf(args[1])
    const [fn] = args
    if (!items || !fn) return undefined
    const isChr = textOf(fn) === 'chr'
    const out: Value[] = []
    for (const item of items) {
      if (budget.spent) break
      out.push(
        isChr
          ? text(
              String.fromCharCode(numberOf(item) ?? 0),
              bitOf('character codes'),
            )
          : invoke(fn, [item]),
      )
    }
    return list(out)
  },
  array_reverse: ({ args, budget }) => reversed(args[0], budget),
  substr: ({ args }) => partOf(args[0], args[1], args[2]),
  strlen: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? undefined : number(s.length)
  },
  strtolower: mapText((s) => s.toLowerCase()),
  strtoupper: mapText((s) => s.toUpperCase()),
  trim: mapText((s) => s.trim()),
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

export const rubyFunctions: Table = {
  '.pack': ({ receiver, args, budget }) =>
    packed(args[0], itemsOf(receiver) ?? [], budget),
  '.unpack': ({ receiver, args, budget }) => {
    const f = textOf(args[0]) ?? ''
    if (/^m/.test(f))
      return list([latin(fromBase64(receiver, budget)) ?? text('')])
    if (/^[cC]/.test(f)) {
      const raw = bytesOf(receiver)
      return raw && list(Array.from(raw, (b) => number(b)))
    }
    return undefined
  },
  '.unpack1': ({ receiver, args, budget }) =>
    /^m/.test(textOf(args[0]) ?? '')
      ? latin(fromBase64(receiver, budget))
      : undefined,
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
  '.first': ({ receiver }) => itemsOf(receiver)?.[0],
  '.tr': ({ receiver, args }) =>
    translated(receiver, textOf(args[0]), textOf(args[1])),
  '.join': ({ receiver, args, budget }) =>
    joinList(receiver, textOf(args[0]) ?? '', budget),
  '.inject': ({ receiver }) =>
    text(joined(itemsOf(receiver) ?? [], '') ?? '', receiver?.via ?? 0),
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
