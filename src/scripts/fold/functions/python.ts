// What Python has built in, as far as text is made with it.
import type { Budget } from '../../budget.ts'
import type { Call, Known } from '../call.ts'
import { orderOf, whole } from '../dialects/numbers.ts'
import {
  pythonContext,
  pythonDialect,
  pythonShown,
  pythonText,
  pythonTruth,
  wholeOf,
} from '../dialects/python.ts'
import { reversed } from '../decode.ts'
import { operate } from '../operate.ts'
import { formattedPart, pythonFormatted } from '../python-format.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  entriesOf,
  hasHoles,
  itemsOf,
  joined,
  list,
  number,
  object,
  real,
  text,
  textOf,
  unknown,
  type Value,
} from '../value.ts'
import { characterCode } from './javascript.ts'
import { bytesFrom } from './python-codecs.ts'
import { decodedAs } from './python-codecs.ts'
import { pythonLibrary } from './python-library.ts'
import { pythonMembers } from './python-members.ts'
import { taking } from './taking.ts'
import { madeOfEach, reduced, type Table } from './text.ts'

const isNone = (value: Value | undefined): boolean =>
  value?.kind === 'unknown' && value.hint === 'None'

/** What can be gone through: of a table its names. */
function iterated(value: Value | undefined): Value[] | undefined {
  if (hasHoles(value)) return undefined
  return value?.kind === 'object' && value.type === 'map'
    ? entriesOf(value).map(([name]) => text(name))
    : itemsOf(value)
}

const operated = (sign: string, a: Value, b: Value, budget: Budget): Value =>
  operate(sign, a, b, pythonContext(budget))

const zip: Known = ({ args, budget }) => {
  const lists = args.map(iterated)
  if (!lists.length || lists.includes(undefined)) return undefined
  const n = lists.reduce(
    (least, l) => Math.min(least, l!.length),
    Number.POSITIVE_INFINITY,
  )
  if (!budget.make(n * lists.length)) return undefined
  return list(
    Array.from({ length: n }, (_, i) => list(lists.map((l) => l![i]!))),
  )
}

/** Numbers of one range. */
const maxRange = 100_000

const rangeOf: Known = ({ args, budget }) => {
  const all = args.map(wholeOf)
  if (!args.length || all.includes(undefined)) return undefined
  const [from, to, by] = (args.length > 1 ? all : [0, ...all]) as number[]
  const step = by ?? 1
  if (step === 0) return undefined
  const n = Math.max(0, Math.ceil((to! - from!) / step))
  if (n > maxRange || !budget.make(n)) return undefined
  return list(Array.from({ length: n }, (_, i) => number(from! + i * step)))
}

const enumerate = taking(['iterable', 'start?'], ([of, start]) => {
  const items = iterated(of)
  const first = start ? wholeOf(start) : 0
  return items && first !== undefined && items.length <= maxRange
    ? list(items.map((v, i) => list([number(i + first), v])))
    : undefined
})

const length = taking(['obj'], ([of]) => {
  switch (of?.kind) {
    case 'text':
      return number(Array.from(of.text).length, of.via)
    case 'list':
      return number(of.items.length)
    case 'bytes':
      return number(of.bytes.length)
    default:
      return undefined
  }
})

const signs = /^[-+]?/
const digits: Readonly<Record<number, RegExp>> = {
  2: /^(?:0[bB])?[01]{1,50}$/,
  8: /^(?:0[oO])?[0-7]{1,17}$/,
  10: /^\d{1,15}$/,
  16: /^(?:0[xX])?[0-9a-fA-F]{1,13}$/,
}

const toInt = taking(['x?', 'base?'], ([of, base]) => {
  if (!of) return number(0)
  if (of.kind === 'number')
    return base ? undefined : whole(Math.trunc(of.number), of.via)
  const s = of.kind === 'text' || of.kind === 'bytes' ? textOf(of) : undefined
  const radix = base ? wholeOf(base) : 10
  if (s === undefined || radix === undefined) return undefined
  const plain = s.trim().replace(/(?<=\w)_(?=\w)/g, '')
  const sign = signs.exec(plain)![0]
  const rest = plain.slice(sign.length)
  const own = Object.hasOwn(digits, radix) ? digits[radix]! : /^[0-9a-z]{1,9}$/i
  if (!own.test(rest) || radix < 2 || radix > 36) return undefined
  const bare =
    radix === 10 || !/^0[box]/i.test(rest) || !Object.hasOwn(digits, radix)
      ? rest
      : rest.slice(2)
  const n = Number.parseInt(bare, radix)
  const isWhole =
    bare.length === n.toString(radix).padStart(bare.length, '0').length
  return isWhole ? number(sign === '-' ? -n || 0 : n, of.via) : undefined
})

const toFloat = taking(['x?'], ([of]) => {
  if (!of) return real(0)
  if (of.kind === 'number') return real(of.number, of.via)
  const s = of.kind === 'text' ? of.text.trim() : ''
  return /^[-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][-+]?\d{1,2})?$/.test(
    s,
  )
    ? real(Number(s), of.via)
    : undefined
})

/** Of one list, or of several side by side. */
const map: Known = (call) => {
  const [fn, ...lists] = call.args
  if (lists.length === 1) {
    const out = madeOfEach(call, fn, iterated(lists[0]))
    return out && list(out)
  }
  const side = itemsOf(zip({ ...call, args: lists } as Call))
  const out = madeOfEach(call, fn, side, (item) => itemsOf(item) ?? [item])
  return out && list(out)
}

const filtered: Known = ({ args: [fn, of], invoke, budget }) => {
  const items = iterated(of)
  if (!items) return undefined
  const kept: Value[] = []
  for (const item of items) {
    if (budget.spent) return undefined
    const made = !fn || isNone(fn) ? item : invoke(fn, [item])
    const holds = pythonDialect.isTrue(made)
    if (holds === undefined) return undefined
    if (holds) kept.push(item)
  }
  return list(kept, of!.via)
}

/** As many as may be made; else none. */
function sizeOf(n: number, budget: Budget): number {
  return n > 0 && budget.make(n) ? n : 0
}

const makeBytes = taking(
  ['source?', 'encoding?', 'errors?'],
  ([of, encoding], { budget }) => {
    if (!of) return bytes(Buffer.alloc(0))
    if (of.kind === 'number')
      return of.number >= 0 && Number.isInteger(of.number)
        ? bytes(Buffer.alloc(sizeOf(of.number, budget)))
        : undefined
    return bytesFrom(of, encoding)
  },
)

/** `bytearray(…)`: bytes that can be added to and set. */
const byteArray: Known = (call) => {
  const made = makeBytes(call)
  return made?.kind === 'bytes'
    ? { ...made, bytes: Buffer.from(made.bytes), isArray: true }
    : undefined
}

/** `bytes.maketrans(from, to)`: a byte for each. */
const bytesTable = taking(['frm', 'to'], ([from, to]) => {
  const [a, b] = [bytesOf(from), bytesOf(to)]
  if (!a || !b || a.length !== b.length) return undefined
  const table = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
  a.forEach((c, i) => {
    table[c] = b[i]!
  })
  return bytes(table, from!.via | to!.via)
})

/** Letters of one table. */
const maxTable = 1_000

/** `str.maketrans(from, to)`, `str.maketrans({…})`: by the code of each letter. */
const lettersTable = taking(['x', 'y?', 'z?'], ([from, to, out]) => {
  const made = object('map', { via: (from?.via ?? 0) | (to?.via ?? 0) })
  const code = (c: string) => String(c.codePointAt(0))
  if (from?.kind === 'object' && !to) {
    for (const [key, value] of entriesOf(from))
      made.entries.set(/^\d+$/.test(key) ? key : code(key), value)
    return made
  }
  if (from?.kind !== 'text' || to?.kind !== 'text') return undefined
  const [a, b] = [Array.from(from.text), Array.from(to.text)]
  if (a.length !== b.length || a.length > maxTable) return undefined
  a.forEach((c, i) => {
    made.entries.set(code(c), text(b[i]!))
  })
  if (out && out.kind !== 'text') return undefined
  for (const c of out?.text ?? '') made.entries.set(code(c), unknown('None'))
  return made
})

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

const toText = taking(
  ['object?', 'encoding?', 'errors?'],
  ([of, encoding], { budget }) => {
    if (!of) return text('')
    if (encoding) return decodedAs(of, textOf(encoding), budget)
    const s = pythonText(of)
    return s === undefined ? undefined : text(s, of.via)
  },
)

const shows = taking(['object'], ([of]) => {
  const s = pythonShown(of!)
  return s === undefined ? undefined : text(s, of!.via)
})

const inBase = (radix: number, mark: string): Known =>
  taking(['n'], ([of]) => {
    const n = wholeOf(of)
    if (n === undefined) return undefined
    const sign = n < 0 ? '-' : ''
    return text(`${sign}${mark}${Math.abs(n).toString(radix)}`, of!.via)
  })

const sorted = taking(
  ['iterable', 'key?', 'reverse?'],
  ([of, key, backwards], call) => {
    const items = iterated(of)
    const isBack = backwards ? pythonDialect.isTrue(backwards) : false
    if (!items || items.length > maxRange || isBack === undefined)
      return undefined
    const keys = key && !isNone(key) ? madeOfEach(call, key, items) : items
    if (!keys || keys.length !== items.length) return undefined
    const [first] = keys
    if (keys.some((k) => orderOf(first!, k) === undefined)) return undefined
    const places = items.map((_, i) => i)
    const sign = isBack ? -1 : 1
    places.sort((a, b) => sign * orderOf(keys[a]!, keys[b]!)! || a - b)
    return list(
      places.map((i) => items[i]!),
      of!.via,
    )
  },
)

const backwards = taking(['seq'], ([of], { budget }) =>
  of?.kind === 'text' || of?.kind === 'bytes'
    ? reversed(list(itemsOf(of)!, of.via), budget)
    : of?.kind === 'list'
      ? reversed(of, budget)
      : undefined,
)

/** The one that stands first in order, or last. */
const most =
  (sign: 1 | -1): Known =>
  ({ args, named }) => {
    const items = args.length === 1 ? iterated(args[0]) : [...args]
    if (!items?.length || named.size || items.some(hasHoles)) return undefined
    let best = items[0]!
    for (const item of items.slice(1)) {
      const order = orderOf(item, best)
      if (order === undefined) return undefined
      if (order * sign > 0) best = item
    }
    return best
  }

const sum = taking(['iterable', 'start?'], ([of, start], { budget }) => {
  const items = iterated(of)
  if (!items || items.some((i) => i.kind !== 'number')) return undefined
  let made: Value = start ?? number(0)
  if (made.kind !== 'number') return undefined
  for (const item of items) made = operated('+', made, item, budget)
  return made
})

const every = (wanted: boolean): Known =>
  taking(['iterable'], ([of]) => {
    const all = iterated(of)?.map((i) => pythonDialect.isTrue(i))
    if (!all) return undefined
    if (all.includes(!wanted)) return pythonTruth(!wanted)
    return all.includes(undefined) ? undefined : pythonTruth(wanted)
  })

const inList = taking(['iterable?'], ([of]) => {
  if (!of) return list([])
  const items = iterated(of)
  return items && list([...items], of.via)
})

/** `[from:to:step]`. */
const slice: Known = ({ receiver, args, budget }) => {
  const parts = args[0]?.kind === 'object' ? itemsOf(args[0].data) : undefined
  const all = receiver && !hasHoles(receiver) ? itemsOf(receiver) : undefined
  if (!parts || !all || !budget.make(all.length)) return undefined
  const [start, stop, by] = parts.map((p) => (isNone(p) ? undefined : p))
  const step = by ? wholeOf(by) : 1
  if (!step) return undefined
  const n = all.length
  const [least, largest] = step > 0 ? [0, n] : [-1, n - 1]
  const placeOf = (v: Value | undefined, other: number) => {
    const i = v ? wholeOf(v) : other
    if (i === undefined || !v) return i
    return i < 0 ? Math.max(least, n + i) : Math.min(largest, i)
  }
  const from = placeOf(start, step > 0 ? 0 : n - 1)
  const to = placeOf(stop, step > 0 ? n : -1)
  if (from === undefined || to === undefined) return undefined
  const picked: Value[] = []
  if (step > 0) for (let i = from; i < to; i += step) picked.push(all[i]!)
  else for (let i = from; i > to; i += step) picked.push(all[i]!)
  return sliceLike(receiver!, picked, step, n)
}

/** A slice so short, of a text so long, hides it. */
const shortSlice = 4
const longText = 8

function sliceLike(of: Value, picked: Value[], step: number, n: number): Value {
  const hides =
    step === -1
      ? bitOf('reversal')
      : Math.abs(step) > 1 || (picked.length < shortSlice && n > longText)
        ? bitOf('slices')
        : 0
  const via = of.via | hides
  if (of.kind === 'list') return list(picked, via)
  if (of.kind === 'bytes') return bytes(bytesOf(list(picked))!, via)
  return text(joined(picked, '') ?? '', via)
}

const builtIn: Table = {
  '[:]': (call) =>
    call.receiver ? slice(call) : object('[:]', { data: list([...call.args]) }),
  '[formatted]': ({ args: [value, conversion, spec] }) =>
    value &&
    formattedPart(
      value,
      textOf(conversion) ?? '',
      hasHoles(spec) ? undefined : textOf(spec),
    ),
  // A literal has a letter for each byte.
  '[bytes]': ({ args: [of] }) => {
    const isBytes = of?.kind === 'text' && /^[\x00-\xff]*$/.test(of.text)
    return isBytes && !hasHoles(of) ? bytes(bytesOf(of)!, of.via) : undefined
  },
  chr: (call) =>
    call.args[0]?.kind === 'number' ? characterCode(call) : undefined,
  ord: taking(['c'], ([of]) => {
    const all =
      of?.kind === 'text' || of?.kind === 'bytes' ? itemsOf(of) : undefined
    const [one] = all?.length === 1 ? all : []
    return one?.kind === 'text'
      ? number(one.text.codePointAt(0)!, of!.via)
      : one
  }),
  str: toText,
  repr: shows,
  format: taking(['value', 'format_spec?'], ([of, how]) => {
    const s = pythonFormatted(of!, how ? (textOf(how) ?? '?') : '')
    return s === undefined ? undefined : text(s, of!.via)
  }),
  hex: inBase(16, '0x'),
  oct: inBase(8, '0o'),
  bin: inBase(2, '0b'),
  bytes: makeBytes,
  bytearray: byteArray,
  memoryview: ({ args }) => (args[0]?.kind === 'bytes' ? args[0] : undefined),
  list: inList,
  tuple: (call) => {
    const made = inList(call)
    return made?.kind === 'list' ? { ...made, isTuple: true } : undefined
  },
  int: toInt,
  float: toFloat,
  bool: taking(['x?'], ([of]) => {
    const holds = of ? pythonDialect.isTrue(of) : false
    return holds === undefined ? undefined : pythonTruth(holds)
  }),
  abs: taking(['x'], ([of]) =>
    of?.kind === 'number' ? { ...of, number: Math.abs(of.number) } : undefined,
  ),
  pow: taking(['base', 'exp', 'mod?'], ([a, b, m], { budget }) => {
    const made = operated('**', a!, b!, budget)
    return m ? operated('%', made, m, budget) : made
  }),
  divmod: taking(['a', 'b'], ([a, b], { budget }) =>
    list([operated('//', a!, b!, budget), operated('%', a!, b!, budget)]),
  ),
  len: length,
  sum,
  max: most(1),
  min: most(-1),
  any: every(false),
  all: every(true),
  range: rangeOf,
  xrange: rangeOf,
  zip,
  map,
  enumerate,
  filter: filtered,
  reversed: backwards,
  sorted,
  compile: ({ args }) => args[0],
}

const reduce: Known = (call) =>
  call.args.some(hasHoles)
    ? undefined
    : reduced(call, call.args[0], call.args[1], call.args[2])

export const pythonFunctions: Table = {
  ...errors,
  ...builtIn,
  reduce,
  'functools.reduce': reduce,
  'bytes.maketrans': bytesTable,
  'bytearray.maketrans': bytesTable,
  'str.maketrans': lettersTable,
  ...pythonLibrary,
  ...pythonMembers,
}
