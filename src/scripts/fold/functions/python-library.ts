// Modules of Python that make text of text: encodings, iterators, operators, patterns, packed numbers.
import type { Known } from '../call.ts'
import { pythonContext, wholeOf } from '../dialects/python.ts'
import { decompressed } from '../decode.ts'
import { fixedPattern } from '../fixed-pattern.ts'
import { operate } from '../operate.ts'

import {
  bitOf,
  bytes,
  bytesOf,
  hasHoles,
  itemsOf,
  list,
  number,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
} from '../value.ts'
import { attribute } from './python-members.ts'
import {
  ascii85Of,
  base16Of,
  base32Of,
  base64Of,
  base85Of,
  decodedAs,
  hexOf,
} from './python-codecs.ts'
import { method, taking } from './taking.ts'
import { madeOfEach, type Table } from './text.ts'

const base64 = taking(
  ['s', 'altchars?', 'validate?'],
  ([s, alt], { budget }) => (alt ? undefined : base64Of(s, budget)),
)
const hex = taking(['s'], ([s], { budget }) => hexOf(s, budget, true))
const plainHex = taking(['s'], ([s], { budget }) => hexOf(s, budget, false))

const encodes = (as: 'base64' | 'hex'): Known =>
  taking(['s'], ([s]) =>
    s?.kind === 'bytes'
      ? bytes(Buffer.from(s.bytes.toString(as), 'latin1'), s.via)
      : undefined,
  )

const encodings: Table = {
  'bytes.fromhex': hex,
  'bytearray.fromhex': hex,
  'binascii.unhexlify': plainHex,
  'binascii.a2b_hex': plainHex,
  'binascii.hexlify': encodes('hex'),
  'binascii.b2a_hex': encodes('hex'),
  'binascii.a2b_base64': base64,
  'base64.b64decode': base64,
  'base64.standard_b64decode': base64,
  'base64.decodebytes': base64,
  'base64.decodestring': base64,
  'base64.urlsafe_b64decode': taking(['s'], ([s], { budget }) =>
    base64Of(s, budget, true),
  ),
  'base64.b64encode': encodes('base64'),
  'base64.standard_b64encode': encodes('base64'),
  'base64.b32decode': taking(['s'], ([s], { budget }) => base32Of(s, budget)),
  'base64.b16decode': taking(['s'], ([s], { budget }) => base16Of(s, budget)),
  'base64.b85decode': taking(['b'], ([s], { budget }) => base85Of(s, budget)),
  'base64.a85decode': taking(['b', 'adobe?'], ([s, adobe], { budget }) =>
    ascii85Of(s, budget, adobe?.kind === 'number' && adobe.number !== 0),
  ),
  'codecs.decode': taking(['obj', 'encoding?'], ([of, encoding], { budget }) =>
    decodedAs(of!, encoding ? textOf(encoding) : 'utf8', budget),
  ),
  'zlib.decompress': taking(['data', 'wbits?'], ([data], { budget }) =>
    decompressed(data, 'any', budget),
  ),
  'gzip.decompress': taking(['data'], ([data], { budget }) =>
    decompressed(data, 'gzip', budget),
  ),
  'urllib.parse.unquote': taking(['string'], ([s]) => unquoted(s)),
  'urllib.unquote': taking(['string'], ([s]) => unquoted(s)),
}

function unquoted(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'text') return undefined
  // Letters of more bytes than one are left to others.
  if (/%(?:[89a-f][0-9a-f])/i.test(value.text)) return undefined
  const out = value.text.replace(/%([0-7][0-9a-f])/gi, (_, h: string) =>
    String.fromCharCode(Number.parseInt(h, 16)),
  )
  return text(out, value.via | (out === value.text ? 0 : bitOf('escapes')))
}

const operation =
  (sign: string): Known =>
  ({ args: [a, b], receiver, budget }) => {
    const left = b ? a : receiver
    const right = b ?? a
    return left && right
      ? operate(sign, left, right, pythonContext(budget))
      : undefined
  }

/** `operator.xor(a, b)`, `a.__xor__(b)`. */
const operations: Table = Object.fromEntries(
  Object.entries({
    xor: '^',
    add: '+',
    sub: '-',
    mul: '*',
    mod: '%',
    concat: '+',
  }).flatMap(([name, sign]) => [
    [`operator.${name}`, operation(sign)],
    [`operator.__${name}__`, operation(sign)],
    [`.__${name}__`, operation(sign)],
    [`int.__${name}__`, operation(sign)],
    [`str.__${name}__`, operation(sign)],
  ]),
)

/** `operator.attrgetter('system')(os)`, `operator.methodcaller('system', 'x')(os)`. */
const getter: Known = ({ args }) =>
  object('operator.getter', { data: args[0] ?? unknown() })

const calling: Table = {
  ...operations,
  'operator.attrgetter': getter,
  'operator.itemgetter': getter,
  'operator.methodcaller': ({ args }) =>
    object('operator.caller', { data: list([...args]) }),
  'operator.getter': ({ receiver, args }) => {
    const name = receiver?.kind === 'object' ? receiver.data : undefined
    return name && args[0] ? attribute(args[0], name) : undefined
  },
  'operator.caller': ({ receiver, args, send }) => {
    const [name, ...given] =
      (receiver?.kind === 'object' && itemsOf(receiver.data)) || []
    return name && args[0] ? send(args[0], shownOf(name), given) : undefined
  },
  'functools.partial': ({ args }) =>
    object('[partial]', { data: list([...args]) }),
  '[partial]': ({ receiver, args, invoke }) => {
    const [fn, ...given] =
      (receiver?.kind === 'object' && itemsOf(receiver.data)) || []
    return fn && invoke(fn, [...given, ...args])
  },
}

/** Items of one list that is gone through again and again. */
const maxCycled = 1_000
const maxCycles = 20_000

const iterators: Table = {
  /** A function for each, which is given what is in it. */
  'itertools.starmap': (call) => {
    const [fn, of] = call.args
    const given = (item: Value) => itemsOf(item) ?? [item]
    const out = madeOfEach(call, fn, itemsOf(of), given)
    return out && list(out)
  },
  'itertools.chain': ({ args }) => {
    const all = args.map((a) => itemsOf(a))
    return all.includes(undefined) ? undefined : list(all.flatMap((a) => a!))
  },
  'itertools.chain.from_iterable': ({ args }) => {
    const all = itemsOf(args[0])?.map((a) => itemsOf(a))
    return !all || all.includes(undefined)
      ? undefined
      : list(all.flatMap((a) => a!))
  },
  'itertools.cycle': ({ args }) => {
    const items = itemsOf(args[0])
    if (!items?.length || items.length > maxCycled) return undefined
    return list(
      Array.from({ length: maxCycles }, (_, i) => items[i % items.length]!),
      args[0]!.via,
    )
  },
}

const matchesOf = taking(['pattern', 'string'], ([pattern, of], { budget }) => {
  const source = textOf(pattern) ?? ''
  const fixed = fixedPattern(source)
  const s = of?.kind === 'text' ? of.text : undefined
  if (!fixed || s === undefined || !budget.make(s.length)) return undefined
  return list(
    Array.from(s.matchAll(fixed), (m) => text(m[1] ?? m[0], of!.via)),
    of!.via,
  )
})

/** Patterns that Python and this machine read alike, of one width. */
function patternOf(value: Value | undefined): RegExp | undefined {
  const source = value?.kind === 'text' ? value.text : undefined
  return source === undefined || /[.]/.test(source)
    ? undefined
    : fixedPattern(source)
}

const replaces = taking(
  ['pattern', 'repl', 'string', 'count?'],
  ([pattern, by, of, count], { budget }) => {
    const fixed = patternOf(pattern)
    const to =
      by?.kind === 'text' && !by.text.includes('\\') ? by.text : undefined
    const most = count ? wholeOf(count) : 0
    if (!fixed || of?.kind !== 'text' || to === undefined) return undefined
    if (
      most === undefined ||
      most < 0 ||
      !budget.make(of.text.length * (to.length + 1))
    )
      return undefined
    let made = 0
    const out = of.text.replace(fixed, (all) =>
      most && made++ >= most ? all : to,
    )
    return text(out, of.via | by!.via | bitOf('replacement'))
  },
)

const splits = taking(
  ['pattern', 'string', 'maxsplit?'],
  ([pattern, of, most], { budget }) => {
    const fixed = patternOf(pattern)
    const source = textOf(pattern) ?? ''
    if (!fixed || of?.kind !== 'text' || most || source.includes('('))
      return undefined
    if (!budget.make(of.text.length)) return undefined
    return list(
      of.text.split(fixed).map((p) => text(p, of.via)),
      of.via,
    )
  },
)

const patterns: Table = {
  're.findall': matchesOf,
  're.sub': replaces,
  're.split': splits,
  're.escape': () => undefined,
}

const sizes: Readonly<Record<string, number>> = {
  B: 1,
  b: 1,
  H: 2,
  h: 2,
  I: 4,
  i: 4,
  L: 4,
  l: 4,
}

/** `<HB`: letters with an order before them that says how wide they are. */
function packedLetters(
  format: Value | undefined,
): { little: boolean; letters: string } | undefined {
  const [, order, counted = ''] =
    /^([<>!=])((?:\d{0,2}[BbHhIiLl]){1,200})$/.exec(textOf(format) ?? '') ?? []
  if (!order || order === '=') return undefined
  const letters = counted.replace(/(\d{1,2})(.)/g, (_, n: string, c: string) =>
    c.repeat(Number(n)),
  )
  return { little: order === '<', letters }
}

const packs: Known = ({ args: [format, ...values] }) => {
  const how = packedLetters(format)
  if (!how || values.length !== how.letters.length || hasHoles(format))
    return undefined
  const parts: Buffer[] = []
  for (const [i, letter] of Array.from(how.letters).entries()) {
    const n = wholeOf(values[i])
    const size = sizes[letter]!
    const isSigned = letter >= 'a'
    const least = isSigned ? -(2 ** (8 * size - 1)) : 0
    if (n === undefined || n < least || n >= least + 2 ** (8 * size))
      return undefined
    const part = Buffer.alloc(size)
    const wrapped = n < 0 ? n + 2 ** (8 * size) : n
    if (how.little) part.writeUIntLE(wrapped, 0, size)
    else part.writeUIntBE(wrapped, 0, size)
    parts.push(part)
  }
  return bytes(Buffer.concat(parts), bitOf('character codes'))
}

const unpacks: Known = ({ args: [format, of] }) => {
  const how = packedLetters(format)
  const raw = of?.kind === 'bytes' ? of.bytes : undefined
  if (!how || !raw) return undefined
  const out: Value[] = []
  let at = 0
  for (const letter of how.letters) {
    const size = sizes[letter]!
    if (at + size > raw.length) return undefined
    const n = how.little ? raw.readUIntLE(at, size) : raw.readUIntBE(at, size)
    const isBelow = letter >= 'a' && n >= 2 ** (8 * size - 1)
    out.push(number(isBelow ? n - 2 ** (8 * size) : n, of!.via))
    at += size
  }
  return at === raw.length ? list(out, of!.via) : undefined
}

/** Bytes of one number: more of them are no number that can be worked with. */
const maxNumberBytes = 6

const orderOf = (order: Value | undefined): 'little' | 'big' | undefined => {
  const s = textOf(order)
  return s === 'little' || s === 'big' ? s : undefined
}

const fromBytes = taking(
  ['bytes', 'byteorder?', 'signed?'],
  ([of, order, signed]) => {
    const raw = bytesOf(of)
    const how = order ? orderOf(order) : 'big'
    if (!raw || !how || signed || raw.length > maxNumberBytes) return undefined
    if (!raw.length) return number(0)
    const n =
      how === 'little'
        ? raw.readUIntLE(0, raw.length)
        : raw.readUIntBE(0, raw.length)
    return number(n, of!.via)
  },
)

const toBytes = method(
  ['length?', 'byteorder?', 'signed?'],
  (of, [length, order, signed]) => {
    const n = wholeOf(of)
    const size = length ? wholeOf(length) : 1
    const how = order ? orderOf(order) : 'big'
    if (n === undefined || size === undefined || !how || signed)
      return undefined
    if (!(size >= 1 && size <= maxNumberBytes && n >= 0 && n < 256 ** size))
      return undefined
    const made = Buffer.alloc(size)
    if (how === 'little') made.writeUIntLE(n, 0, size)
    else made.writeUIntBE(n, 0, size)
    return bytes(made, of.via)
  },
)

const joinsPath: Known = ({ args, budget }) => {
  let out = ''
  for (const part of args) {
    const s = shownOf(part)
    out = s.startsWith('/') || !out ? s : `${out.replace(/\/$/, '')}/${s}`
    if (!budget.make(out.length)) return undefined
  }
  const isKnown = args.every((a) => a.kind === 'text')
  const via = args.reduce((all, a) => all | a.via, 0)
  return isKnown
    ? text(out, via)
    : operate('+', text(''), unknownNamed(out, via), pythonContext(budget))
}

const unknownNamed = (name: string, via: number): Value =>
  unknown(name.replace(/[{}]/g, ''), via)

export const pythonLibrary: Table = {
  ...encodings,
  ...calling,
  ...iterators,
  ...patterns,
  'struct.pack': packs,
  'struct.unpack': unpacks,
  'int.from_bytes': fromBytes,
  '.to_bytes': toBytes,
  'os.path.join': joinsPath,
  'os.path.expanduser': ({ args }) => args[0],
}
