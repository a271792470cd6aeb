// What .NET and PowerShell have built in, as far as text is made with it.
import type { Call, Known } from '../call.ts'
import { characterOf, decoded, decompressed } from '../decode.ts'
import { received } from '../flow.ts'
import {
  psHolds,
  psNumber,
  psText,
  psTruth,
  psWhole,
} from '../operators/powershell-values.ts'
import {
  bitOf,
  bytes,
  bytesOf,
  itemsOf,
  letter,
  list,
  markInPlace,
  number,
  numberOf,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
  wholeText,
} from '../value.ts'
import { netBuilders } from './net-builders.ts'
import { netConversions, wholeAs } from './net-convert.ts'
import { netFormat } from './net-format.ts'
import { netPatterns, regexOf } from './net-patterns.ts'
import { netTexts } from './net-text.ts'
import { joinList, type Table } from './text.ts'

/** A number, or a text of one letter. */
function asLetter(value: Value): Value | undefined {
  if (value.kind === 'text')
    return value.text.length === 1 ? letter(value) : undefined
  const n = psWhole(value)
  if (n === undefined || n < 0 || n > 0xffff) return undefined
  const made = characterOf(n, value.via)
  return made?.kind === 'text' ? letter(made) : undefined
}

/** Where what it is of is not known, it is not known as what. */
type Cast = (value: Value, call: Call) => Value | undefined

const asWhole =
  (type: string): Cast =>
  (value) =>
    wholeAs(type, value)

const asNumber: Cast = (value) => {
  const n = psNumber(value)
  return n === undefined ? undefined : number(n, value.via)
}

const casts: Readonly<Record<string, Cast>> = {
  char: asLetter,
  'char[]': (value) => {
    const items =
      value.kind === 'text'
        ? value.text.split('').map((c) => text(c, value.via))
        : itemsOf(value)
    const all = items?.map(asLetter)
    return all?.every((v) => v !== undefined) ? list(all, value.via) : undefined
  },
  'byte[]': (value) => {
    const raw = value.kind === 'text' ? undefined : bytesOf(value)
    return raw ? bytes(raw, value.via) : value
  },
  string: (value, { budget }) => {
    if (value.kind === 'list') return joinList(value, ' ', budget)
    const s = value.kind === 'text' ? value.text : psText(value)
    return s === undefined ? value : text(s, value.via)
  },
  'string[]': (value) => value,
  bool: (value) => {
    const holds = psHolds(value)
    return holds === undefined ? undefined : psTruth(holds)
  },
  scriptblock: (value) => value,
  regex: (value) => regexOf(value),
  'text.regularexpressions.regex': (value) => regexOf(value),
  type: (value) =>
    object(
      shownOf(value)
        .toLowerCase()
        .replace(/^system\./, ''),
    ),
  'io.memorystream': (value) =>
    object('io.memorystream', { data: value, via: value.via }),
  'int[]': (value) => {
    const all = itemsOf(value)?.map((v) => wholeAs('int32', v))
    return all?.every((v) => v !== undefined) ? list(all, value.via) : undefined
  },
  ...Object.fromEntries(
    [
      'byte',
      'sbyte',
      'int16',
      'uint16',
      'int32',
      'uint32',
      'int64',
      'uint64',
    ].map((type) => [type, asWhole(type)]),
  ),
  int: asWhole('int32'),
  long: asWhole('int64'),
  short: asWhole('int16'),
  ushort: asWhole('uint16'),
  uint: asWhole('uint32'),
  ulong: asWhole('uint64'),
  double: asNumber,
  single: asNumber,
  float: asNumber,
  decimal: asNumber,
}

const cast: Known = (call) => {
  const [type, value] = call.args
  const name = textOf(type) ?? ''
  const how = Object.hasOwn(casts, name) ? casts[name] : undefined
  if (!name) return undefined
  if (!value || !how) return value
  const made = how(value, call)
  return made ?? (value.kind === 'unknown' ? value : unknown('', value.via))
}

const unpacking =
  (as: 'gzip' | 'deflate'): Known =>
  ({ args, budget }) => {
    const data = decompressed(args[0], as, budget)
    return object('stream', data ? { data, via: data.via } : {})
  }

const reader: Known = ({ args }) => {
  const [of] = args
  const data = of?.kind === 'object' ? of.data : undefined
  const via = viaOf([of, data])
  return object('io.reader', { via, ...(data && { data }) })
}

const readAll: Known = ({ receiver }) => {
  const data = receiver?.kind === 'object' ? receiver.data : undefined
  const via = receiver?.via ?? 0
  return data
    ? decoded(data, 'utf8')
    : unknown(via & received ? 'received' : 'read', via)
}

/** A member by its name: what reflection and other go-betweens call. */
const invokesMember: Known = ({ args: [name, , , of, given], send }) =>
  of && name ? send(of, shownOf(name), itemsOf(given) ?? []) : undefined
const callsByName: Known = ({ args: [of, name, , ...given], send }) =>
  of && name
    ? send(
        of,
        shownOf(name),
        given.flatMap((g) => (g.kind === 'list' ? g.items : [g])),
      )
    : undefined
const memberNamed: Known = ({ receiver, args: [name] }) => {
  const made = object('reflected', name ? { data: name } : {})
  if (receiver) made.entries.set('of', receiver)
  return made
}
const invokesNamed: Known = ({ receiver, args: [of, given], send }) => {
  if (receiver?.kind !== 'object') return undefined
  const isStatic = of?.kind !== 'object' && of?.kind !== 'list'
  const on = isStatic ? receiver.entries.get('of') : of
  return on ? send(on, shownOf(receiver.data), itemsOf(given) ?? []) : undefined
}

/** Of a list that is made before it is filled. */
const maxZeros = 100_000

function zeros(
  size: Value | undefined,
  budget: Call['budget'],
): Value | undefined {
  const n = numberOf(size)
  return n !== undefined && n >= 0 && n <= maxZeros && budget.make(n)
    ? list(Array.from({ length: n }, () => number(0)))
    : undefined
}

/** `::new(letter, times)`, `::new(letters)`. */
const madeText: Known = ({ args: [of, count, ...more], budget }) => {
  if (of?.kind === 'list') return count ? undefined : joinList(of, '', budget)
  const c = wholeText(of)
  if (!count || more.length) return more.length ? undefined : of
  const n = psWhole(count)
  return c?.length === 1 && n !== undefined && n >= 0 && budget.make(n)
    ? text(c.repeat(n), of!.via)
    : undefined
}

/** Where it lies, or, of LINQ, in another list. */
const turnsAround: Known = ({ receiver, args: [given] }) => {
  const of = given ?? receiver
  if (of?.kind === 'list') of.items.reverse()
  else if (of?.kind === 'bytes') of.bytes.reverse()
  else return undefined
  markInPlace(of, bitOf('reversal'))
  return of
}

/** A table takes a name with what it stands for. */
const puts: Known = ({ receiver, args: [name, value] }) => {
  if (receiver?.kind === 'object' && name && value)
    receiver.entries.set(shownOf(name).toLowerCase(), value)
  return undefined
}

function tableOf(of: Value | undefined): Value {
  const made = object('map')
  if (of?.kind === 'object')
    for (const [name, value] of of.entries) made.entries.set(name, value)
  return made
}

/** `%41`, of UTF-8; what is not well formed stays, which is not modelled. */
function unescapedText(of: Value | undefined): Value | undefined {
  const s = wholeText(of)
  if (s === undefined) return undefined
  try {
    const out = decodeURIComponent(s)
    return text(out, of!.via | (out === s ? 0 : bitOf('escapes')))
  } catch {
    return undefined
  }
}

const unescapedData: Known = ({ args: [of] }) => unescapedText(of)

export const powershellFunctions: Table = {
  ...netTexts,
  ...netPatterns,
  ...netConversions,
  ...netBuilders,
  '[cast]': cast,
  '[array]': ({ args }) =>
    args[0]?.kind === 'list' || args[0]?.kind === 'bytes'
      ? args[0]
      : args[0]?.kind === 'unknown'
        ? args[0]
        : list(args[0] ? [args[0]] : []),
  '[join]': ({ args, budget }) =>
    joinList(
      args[0]?.kind === 'text' ? list([args[0]]) : args[0],
      textOf(args[1]) ?? '',
      budget,
    ),
  'text.encoding.getencoding': ({ args }) =>
    object(`text.encoding.${shownOf(args[0])}`),
  'string.join': ({ args, budget }) =>
    joinList(
      args.length > 2 ? list(args.slice(1)) : args[1],
      textOf(args[0]) ?? '',
      budget,
    ),
  'string.concat': ({ args, budget }) =>
    joinList(
      list(args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))),
      '',
      budget,
    ),
  'string.format': ({ args: [format, ...given], budget }) => {
    const [only] = given
    const isList = given.length === 1 && only?.kind === 'list'
    return netFormat(format, isList ? only.items : given, budget)
  },
  'string.new': madeText,
  'array.new': ({ args: [size], budget }) => zeros(size, budget),
  'byte[].new': ({ args: [size], budget }) => zeros(size, budget),
  'char[].new': ({ args: [size], budget }) => zeros(size, budget),
  'int[].new': ({ args: [size], budget }) => zeros(size, budget),
  'object[].new': ({ args: [size], budget }) => zeros(size, budget),
  'string[].new': ({ args: [size], budget }) => zeros(size, budget),
  'array.reverse': turnsAround,
  '.reverse': turnsAround,
  'map.add': puts,
  'map.set_item': puts,
  'map.clone': ({ receiver }) => tableOf(receiver),
  ...Object.fromEntries(
    [
      'hashtable',
      'collections.hashtable',
      'collections.specialized.ordereddictionary',
      'collections.generic.dictionary[string,object]',
      'collections.generic.dictionary[string,string]',
    ].map((type) => [`${type}.new`, ({ args }: Call) => tableOf(args[0])]),
  ),
  '.invokemember': invokesMember,
  'microsoft.visualbasic.interaction.callbyname': callsByName,
  '.getmethod': memberNamed,
  'reflected.invoke': invokesNamed,
  '.psobject': ({ receiver }) => receiver,
  '.psbase': ({ receiver }) => receiver,
  '.methods': ({ receiver }) => receiver,
  '.members': ({ receiver }) => receiver,
  'io.memorystream.new': ({ args }) =>
    object(
      'io.memorystream',
      args[0] ? { data: args[0], via: args[0].via } : {},
    ),
  'io.compression.gzipstream.new': unpacking('gzip'),
  'io.compression.deflatestream.new': unpacking('deflate'),
  'io.streamreader.new': reader,
  'io.reader.readtoend': readAll,
  'stream.copyto': ({ receiver, args }) => {
    const [to] = args
    if (to?.kind === 'object' && receiver?.kind === 'object' && receiver.data)
      to.data = receiver.data
    return undefined
  },
  'io.memorystream.toarray': ({ receiver }) =>
    receiver?.kind === 'object' ? receiver.data : undefined,
  'net.webutility.htmldecode': ({ args: [of] }) =>
    /&/.test(textOf(of) ?? '&') ? undefined : of,
  'uri.unescapedatastring': unescapedData,
  'net.webutility.urldecode': ({ args: [of, ...more] }) =>
    more.length || /\+/.test(textOf(of) ?? '+') ? undefined : unescapedText(of),
}
