// What Python has built in and in its library, as far as text is made with it.
import type { Budget } from '../../budget.ts'
import type { Known } from '../call.ts'
import { boundMember } from '../calls.ts'
import {
  decoded,
  decompressed,
  fromBase64,
  fromHex,
  reversed,
  rotated,
} from '../decode.ts'
import { fixedPattern } from '../fixed-pattern.ts'
import { isTrue, operate } from '../operate.ts'
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
  type Value,
  withVia,
} from '../value.ts'
import { characterCode } from './javascript.ts'
import {
  madeOfEach,
  pythonSlice,
  reduced,
  sliceOf,
  type Table,
} from './text.ts'

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

function attribute(of: Value, name: Value): Value | undefined {
  const low = shownOf(name).toLowerCase()
  if (of.kind === 'unknown') {
    // `__builtins__` has what a name alone is.
    const isOwn = /^(?:__)?builtins?(?:__)?$/.test(of.hint)
    return unknown(isOwn ? low : `${of.hint}.${low}`)
  }
  if (of.kind !== 'object') return undefined
  if (/^(?:\[names\]|builtins)$/.test(of.type)) return unknown(low)
  const made = of.entries.get(low) ?? boundMember(of, shownOf(name), of.via)
  return withVia(made, made.via | name.via)
}

const member: Known = ({ args: [of, name] }) =>
  of && name ? attribute(of, name) : undefined

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

/** Of one list, or of several side by side. */
const map: Known = (call) => {
  const [fn, ...lists] = call.args
  const only = lists.length === 1 ? itemsOf(lists[0]) : undefined
  const side = only ? undefined : zip({ ...call, args: lists })
  const out = only
    ? madeOfEach(call, fn, only)
    : madeOfEach(call, fn, itemsOf(side), (item) => itemsOf(item) ?? [])
  return out && list(out)
}

/** `bytearray(…)`: bytes that can be added to and set. */
const byteArray: Known = (call) => {
  const [of] = call.args
  if (!of) return list([])
  const size = of.kind === 'number' ? of.number : 0
  const made = size
    ? bytes(Buffer.alloc(sizeOf(size, call.budget)))
    : makeBytes(call)
  const items = itemsOf(made)
  if (!items || !call.budget.make(items.length)) return undefined
  return list(items, made!.via)
}

/** As many as may be made; else none. */
function sizeOf(n: number, budget: Budget): number {
  return n > 0 && budget.make(n) ? n : 0
}

const filtered: Known = ({ args, invoke, budget }) => {
  const [fn, of] = args
  const items = itemsOf(of)
  if (!items) return undefined
  const takes = (item: Value) =>
    budget.spent || isTrue(fn ? invoke(fn, [item]) : item) !== false
  return list(items.filter(takes), of!.via)
}

const operation =
  (sign: string): Known =>
  ({ args: [a, b], receiver, budget }) => {
    const left = b ? a : receiver
    const right = b ?? a
    return left && right ? operate(sign, left, right, { budget }) : undefined
  }

/** `operator.xor(a, b)`, `a.__xor__(b)`. */
const operations: Table = Object.fromEntries(
  Object.entries({ xor: '^', add: '+', sub: '-', mul: '*', mod: '%' }).flatMap(
    ([name, sign]) => [
      [`operator.${name}`, operation(sign)],
      [`operator.__${name}__`, operation(sign)],
      [`.__${name}__`, operation(sign)],
      [`int.__${name}__`, operation(sign)],
    ],
  ),
)

/** `bytes.maketrans(from, to)`: a byte for each. */
const bytesTable: Known = ({ args: [from, to] }) => {
  const [a, b] = [bytesOf(from), bytesOf(to)]
  if (!a || !b) return undefined
  const table = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
  a.forEach((c, i) => {
    if (b[i] !== undefined) table[c] = b[i]
  })
  return bytes(table, from!.via | to!.via)
}

/** `str.maketrans(from, to)`, `str.maketrans({…})`: by the code of each letter. */
const lettersTable: Known = ({ args: [from, to] }) => {
  if (from?.kind === 'object') {
    const made = object('map')
    for (const [key, value] of entriesOf(from))
      made.entries.set(
        String(key.length === 1 ? key.charCodeAt(0) : key),
        value,
      )
    return made
  }
  const [a, b] = [textOf(from), textOf(to)]
  if (a === undefined || b === undefined) return undefined
  const made = object('map', { via: from!.via | to!.via })
  Array.from(a.slice(0, maxTable)).forEach((c, i) => {
    made.entries.set(String(c.charCodeAt(0)), text(b[i] ?? ''))
  })
  return made
}

/** Letters of one table. */
const maxTable = 1_000

const translated: Known = (call) => {
  const { receiver, args, budget } = call
  const [table] = args
  if (table?.kind !== 'object') return translatedBytes(call)
  const s = textOf(receiver)
  if (s === undefined || !budget.make(s.length)) return undefined
  const out = Array.from(s, (c) => {
    const to = table.entries.get(String(c.charCodeAt(0)))
    return to?.kind === 'number'
      ? String.fromCharCode(to.number)
      : (textOf(to) ?? c)
  })
  return text(out.join(''), receiver!.via | table.via | bitOf('replacement'))
}

/** One letter for each, by its place in the table. */
const translatedBytes: Known = ({ receiver, args, budget }) => {
  const of = bytesOf(receiver)
  const table = bytesOf(args[0])
  if (!of || table?.length !== 256 || !budget.make(of.length)) return undefined
  const via = receiver!.via | args[0]!.via | bitOf('replacement')
  return bytes(Buffer.from(of.map((b) => table[b]!)), via)
}

/** Bytes of one number: more of them are no number that can be worked with. */
const maxNumberBytes = 6

const isLittle = (order: Value | undefined) => textOf(order) === 'little'

const fromBytes: Known = ({ args, named }) => {
  const raw = bytesOf(args[0])
  if (!raw?.length || raw.length > maxNumberBytes) return undefined
  const order = args[1] ?? named.get('byteorder')
  const n = isLittle(order)
    ? raw.readUIntLE(0, raw.length)
    : raw.readUIntBE(0, raw.length)
  return number(n, args[0]!.via)
}

const toBytes: Known = ({ receiver, args, named }) => {
  const n = numberOf(receiver)
  const size = numberOf(args[0] ?? named.get('length')) ?? 1
  if (n === undefined || !(size >= 1 && size <= maxNumberBytes))
    return undefined
  if (!(n >= 0 && n < 256 ** size)) return undefined
  const made = Buffer.alloc(size)
  if (isLittle(args[1] ?? named.get('byteorder'))) made.writeUIntLE(n, 0, size)
  else made.writeUIntBE(n, 0, size)
  return bytes(made, receiver!.via)
}

/** A function for each, which is given what is in it. */
const starMap: Known = (call) => {
  const [fn, of] = call.args
  const out = madeOfEach(
    call,
    fn,
    itemsOf(of),
    (item) => itemsOf(item) ?? [item],
  )
  return out && list(out)
}

const partial: Known = ({ args }) =>
  object('[partial]', { data: list([...args]) })

const matchesOf: Known = ({ args, budget }) => {
  const [pattern, of] = args
  const fixed = fixedPattern(textOf(pattern) ?? '')
  const s = textOf(of)
  if (!fixed || s === undefined || !budget.make(s.length)) return undefined
  return list(
    Array.from(s.matchAll(fixed), (m) => text(m[1] ?? m[0], of!.via)),
    of!.via,
  )
}

/** `operator.attrgetter('system')(os)`, `operator.methodcaller('system', 'x')(os)`. */
const getter: Known = ({ args }) =>
  object('operator.getter', { data: args[0] ?? unknown() })
const caller: Known = ({ args }) =>
  object('operator.caller', { data: list([...args]) })
const called: Known = ({ receiver, args, send }) => {
  const [name, ...given] =
    (receiver?.kind === 'object' && itemsOf(receiver.data)) || []
  return name && args[0] ? send(args[0], shownOf(name), given) : undefined
}

const imported: Known = ({ args }) => {
  const name = textOf(args[0])
  return name === undefined ? undefined : object(name)
}

function byOrder(a: Value, b: Value): number {
  const [x, y] = [numberOf(a), numberOf(b)]
  if (x !== undefined && y !== undefined) return x - y
  const [s, t] = [textOf(a) ?? '', textOf(b) ?? '']
  return s < t ? -1 : s > t ? 1 : 0
}

/** What can be raised, with what it says. */
const raised: Known = ({ args }) => {
  const [message] = args
  const made = object('error', message && { data: message })
  made.entries.set('args', list([...args]))
  return made
}

const errors: Table = Object.fromEntries(
  [
    'exception',
    'valueerror',
    'runtimeerror',
    'typeerror',
    'keyerror',
    'oserror',
  ].map((name) => [name, raised]),
)

export const pythonFunctions: Table = {
  ...errors,
  '[:]': (call) => (call.receiver ? pythonSlice(call) : sliceOf(call)),
  chr: characterCode,
  ord: ({ args }) => {
    const c = textOf(args[0])?.codePointAt(0)
    return c === undefined ? undefined : number(c, args[0]!.via)
  },
  str: ({ args }) =>
    !args.length
      ? text('')
      : args[0]?.kind === 'object' && args[0].type === 'error'
        ? (args[0].data ?? text(''))
        : args[0]?.kind === 'bytes'
          ? decoded(args[0], textOf(args[1]) ?? 'utf8')
          : args[0],
  // A literal has a letter for each byte.
  '[bytes]': ({ args: [of] }) => {
    const raw = bytesOf(of)
    return raw && bytes(raw, of!.via)
  },
  bytes: makeBytes,
  bytearray: byteArray,
  list: ({ args }) => list(itemsOf(args[0]) ?? []),
  tuple: ({ args }) => list(itemsOf(args[0]) ?? []),
  int: toInt,
  len: length,
  range: rangeOf,
  zip,
  map,
  enumerate,
  filter: filtered,
  reduce: (call) => reduced(call, call.args[0], call.args[1], call.args[2]),
  'functools.reduce': (call) =>
    reduced(call, call.args[0], call.args[1], call.args[2]),
  ...operations,
  '.translate': translated,
  'bytes.maketrans': bytesTable,
  'bytearray.maketrans': bytesTable,
  'str.maketrans': lettersTable,
  'int.from_bytes': fromBytes,
  '.to_bytes': toBytes,
  'itertools.starmap': starMap,
  'functools.partial': partial,
  '[partial]': ({ receiver, args, invoke }) => {
    const [fn, ...given] =
      (receiver?.kind === 'object' && itemsOf(receiver.data)) || []
    return fn && invoke(fn, [...given, ...args])
  },
  'itertools.chain': ({ args }) => list(args.flatMap((a) => itemsOf(a) ?? [a])),
  're.findall': matchesOf,
  'operator.attrgetter': getter,
  'operator.itemgetter': getter,
  'operator.methodcaller': caller,
  'operator.getter': ({ receiver, args }) => {
    const name = receiver?.kind === 'object' ? receiver.data : undefined
    return name && args[0] ? attribute(args[0], name) : undefined
  },
  'operator.caller': called,
  // A table of names: a look-up in it is the member of that name.
  '.__dict__': ({ receiver }) => receiver,
  '.__getattribute__': ({ receiver, args }) =>
    receiver && args[0] ? attribute(receiver, args[0]) : undefined,
  vars: ({ args }) => args[0] ?? object('[names]'),
  globals: () => object('[names]'),
  locals: () => object('[names]'),
  reversed: ({ args, budget }) => reversed(args[0], budget),
  sorted: ({ args: [of] }) => {
    const items =
      of?.kind === 'object' && of.type === 'map'
        ? Array.from(entriesOf(of), ([name]) => text(name))
        : itemsOf(of)
    if (!items || items.length > 100_000) return undefined
    return list([...items].sort(byOrder), of!.via)
  },
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
