// What Python has built in and in its library, as far as text is made with it.
import type { Known } from '../call.ts'
import {
  decoded,
  decompressed,
  fromBase64,
  fromHex,
  reversed,
  rotated,
} from '../decode.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  itemsOf,
  list,
  number,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../value.ts'
import { characterCode } from './javascript.ts'
import { pythonSlice, sliceOf, type Table } from './text.ts'

const base64: Known = ({ args, budget }) => fromBase64(args[0], budget)
const hex: Known = ({ args, budget }) => fromHex(args[0], budget)

const makeBytes: Known = ({ args }) => {
  if (args[0]?.kind === 'text')
    return bytes(Buffer.from(args[0].text, 'utf8'), args[0].via)
  const raw = bytesOf(args[0])
  return (
    raw &&
    bytes(
      raw,
      args[0]!.via | (args[0]!.kind === 'list' ? bitOf('character codes') : 0),
    )
  )
}

const codecs: Known = ({ args, budget }) => {
  const encoding = textOf(args[1])?.toLowerCase().replace(/[-_]/g, '')
  if (encoding === 'rot13') return rotated(args[0])
  if (encoding === 'hex') return fromHex(args[0], budget)
  if (encoding === 'base64') return fromBase64(args[0], budget)
  return decoded(args[0], encoding)
}

const member: Known = ({ args }) => {
  const [of, name] = args
  const low = shownOf(name).toLowerCase()
  if (of?.kind !== 'object') return undefined
  return of.entries.get(low) ?? object(`${of.type}.${low}`)
}

const zip: Known = ({ args, budget }) => {
  const lists = args.map((a) => itemsOf(a))
  if (!lists.length || lists.some((l) => !l)) return undefined
  const n = lists
    .slice(0, 8)
    .reduce((least, l) => Math.min(least, l!.length), Number.POSITIVE_INFINITY)
  if (!budget.make(n * lists.length)) return undefined
  return list(
    Array.from({ length: n }, (_, i) => list(lists.map((l) => l![i]!))),
  )
}

const rangeOf: Known = ({ args, budget }) => {
  const [a, b, c] = args.map((v) => numberOf(v))
  if (a === undefined) return undefined
  const [from, to, by] = args.length > 1 ? [a, b, c ?? 1] : [0, a, 1]
  if (to === undefined || !by) return undefined
  const n = Math.max(0, Math.ceil((to - from) / by))
  if (n > 100_000 || !budget.make(n)) return undefined
  return list(Array.from({ length: n }, (_, i) => number(from + i * by)))
}

const enumerate: Known = ({ args }) => {
  const items = itemsOf(args[0])
  return (
    items && list(items.slice(0, 100_000).map((v, i) => list([number(i), v])))
  )
}

const length: Known = ({ args }) => {
  const v = args[0]
  const n =
    v?.kind === 'text'
      ? v.text.length
      : v?.kind === 'list'
        ? v.items.length
        : v?.kind === 'bytes'
          ? v.bytes.length
          : undefined
  return n === undefined ? undefined : number(n)
}

const toInt: Known = ({ args }) => {
  const s = textOf(args[0])
  const n =
    s === undefined ? Number.NaN : Number.parseInt(s, numberOf(args[1]) ?? 10)
  return Number.isNaN(n) ? undefined : number(n, args[0]!.via)
}

const map: Known = ({ args, invoke, budget }) => {
  const items = itemsOf(args[1])
  const fn = args[0]
  if (!items || !fn) return undefined
  const isChr = fn.kind === 'unknown' && fn.hint === 'chr'
  if (fn.kind !== 'function' && !isChr) return undefined
  const out: Value[] = []
  for (const item of items) {
    if (budget.spent) break
    const n = numberOf(item)
    out.push(
      isChr
        ? n === undefined
          ? unknown()
          : text(String.fromCharCode(n), bitOf('character codes'))
        : invoke(fn, [item]),
    )
  }
  return list(out)
}

const imported: Known = ({ args }) => {
  const name = textOf(args[0])
  return name === undefined ? undefined : object(name)
}

export const pythonFunctions: Table = {
  '[:]': (call) => (call.receiver ? pythonSlice(call) : sliceOf(call)),
  chr: characterCode,
  ord: ({ args }) => {
    const c = textOf(args[0])?.codePointAt(0)
    return c === undefined ? undefined : number(c, args[0]!.via)
  },
  str: ({ args }) =>
    args[0]?.kind === 'bytes'
      ? decoded(args[0], textOf(args[1]) ?? 'utf8')
      : args[0],
  bytes: makeBytes,
  bytearray: makeBytes,
  list: ({ args }) => list(itemsOf(args[0]) ?? []),
  tuple: ({ args }) => list(itemsOf(args[0]) ?? []),
  int: toInt,
  len: length,
  range: rangeOf,
  zip,
  map,
  enumerate,
  reversed: ({ args, budget }) => reversed(args[0], budget),
  getattr: member,
  __import__: imported,
  'importlib.import_module': imported,
  'bytes.fromhex': hex,
  'bytearray.fromhex': hex,
  'binascii.unhexlify': hex,
  'binascii.a2b_hex': hex,
  'binascii.a2b_base64': base64,
  'base64.b64decode': base64,
  'base64.urlsafe_b64decode': base64,
  'base64.standard_b64decode': base64,
  'base64.decodebytes': base64,
  'base64.b16decode': hex,
  'zlib.decompress': ({ args, budget }) => decompressed(args[0], 'any', budget),
  'gzip.decompress': ({ args, budget }) =>
    decompressed(args[0], 'gzip', budget),
  'codecs.decode': codecs,
  'itertools.cycle': ({ args }) => {
    const items = itemsOf(args[0])
    if (!items?.length || items.length > 1_000) return undefined
    return list(
      Array.from({ length: 20_000 }, (_, i) => items[i % items.length]!),
      args[0]!.via,
    )
  },
  'os.path.join': ({ args }) => text(args.map(shownOf).join('/')),
  'os.path.expanduser': ({ args }) => args[0],
  '.hex': ({ receiver }) => {
    const raw = bytesOf(receiver)
    return raw && text(raw.toString('hex'), receiver!.via)
  },
  compile: ({ args }) => args[0],
}
