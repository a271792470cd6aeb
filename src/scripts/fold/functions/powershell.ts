// What .NET and PowerShell have built in, as far as text is made with it.
import type { Call, Known } from '../call.ts'
import {
  characterOf,
  decoded,
  decompressed,
  fromBase64,
  reversed,
} from '../decode.ts'
import { fixedPattern } from '../fixed-pattern.ts'
import { received } from '../flow.ts'
import { decodeFormat } from '../format.ts'
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
} from '../value.ts'
import {
  alternatives,
  escapeRegExp,
  joinList,
  splitText,
  type Table,
  upTo,
  partOf,
} from './text.ts'

function asLetter(value: Value): Value {
  if (value.kind === 'text')
    return value.text.length === 1 ? letter(value) : value
  const n = numberOf(value)
  const made = n === undefined ? undefined : characterOf(n, value.via)
  return made?.kind === 'text' ? letter(made) : value
}

const casts: Readonly<
  Record<string, (value: Value, call: Call) => Value | undefined>
> = {
  char: asLetter,
  'char[]': (value) => {
    const items = itemsOf(value)
    return items ? list(items.map(asLetter), value.via) : value
  },
  'byte[]': (value) => {
    const raw = value.kind === 'text' ? undefined : bytesOf(value)
    return raw ? bytes(raw, value.via) : value
  },
  string: (value, { budget }) =>
    value.kind === 'list'
      ? joinList(value, ' ', budget)
      : textOf(value) === undefined
        ? value
        : text(textOf(value)!, value.via),
  'string[]': (value) => value,
  int: (value) => {
    const n = numberOf(value)
    return n === undefined ? value : number(Math.round(n), value.via)
  },
  scriptblock: (value) => value,
  type: (value) =>
    object(
      shownOf(value)
        .toLowerCase()
        .replace(/^system\./, ''),
    ),
  'io.memorystream': (value) =>
    object('io.memorystream', { data: value, via: value.via }),
}
for (const same of ['int32', 'byte', 'uint32', 'long', 'int64'])
  (casts as Record<string, unknown>)[same] = casts.int

const cast: Known = (call) => {
  const [type, value] = call.args
  const name = textOf(type) ?? ''
  const how = Object.hasOwn(casts, name) ? casts[name] : undefined
  return value && how ? how(value, call) : value
}

/** A pattern, of which only plain texts and sets are followed. */
function replaced(
  call: Call,
  value: Value | undefined,
  from: Value | undefined,
  to: Value | undefined,
): Value | undefined {
  if (value?.kind === 'list') {
    return list(
      value.items
        .slice(0, 100_000)
        .map((v) => replaced(call, v, from, to) ?? v),
      value.via,
    )
  }
  const s = textOf(value)
  const pattern = textOf(from)
  if (s === undefined || pattern === undefined || !pattern) return undefined
  const any = alternatives(pattern)
  if (!any) return undefined
  const by = to?.kind === 'unknown' && !to.hint ? '' : shownOf(to)
  if (!call.budget.make(s.length * 2)) return undefined
  const out = s.replace(new RegExp(any.map(escapeRegExp).join('|'), 'gi'), () =>
    by.replaceAll('$$', '$'),
  )
  return text(
    out,
    value!.via | (to?.via ?? 0) | (out === s ? 0 : bitOf('replacement')),
  )
}

function split(
  call: Call,
  value: Value | undefined,
  by: Value | undefined,
): Value | undefined {
  const pattern = textOf(by) ?? ''
  const any = alternatives(pattern)
  const s = textOf(value)
  if (s === undefined || !call.budget.make(s.length)) return undefined
  if (!any) return splitFixed(value!, s, pattern)
  if (any.length === 1) return splitText(value, any[0], call.budget)
  const parts = s.split(new RegExp(any.map(escapeRegExp).join('|'), 'gi'))
  return list(
    parts.map((p) => text(p, value!.via)),
    value!.via,
  )
}

/** What matches in brackets is among the parts. */
function splitFixed(
  value: Value,
  s: string,
  pattern: string,
): Value | undefined {
  const fixed = fixedPattern(pattern, true)
  if (!fixed) return undefined
  return list(
    s.split(fixed).map((p) => text(p ?? '', value.via)),
    value.via,
  )
}

/** .NET's Split takes a set of characters. */
const splitAny: Known = (call) => {
  const { receiver, args } = call
  const marks = args
    .flatMap((a) => (a.kind === 'list' ? a.items : [a]))
    .map((a) => textOf(a) ?? '')
  const set =
    marks.some((m) => m.length > 1) && args.length > 1
      ? marks.slice(0, -1)
      : Array.from(marks.join(''))
  const s = textOf(receiver)
  if (s === undefined || !call.budget.make(s.length)) return undefined
  const parts = set.length
    ? s.split(new RegExp(set.map(escapeRegExp).join('|')))
    : s.trim().split(/\s+/)
  return list(
    parts.map((p) => text(p, receiver!.via)),
    receiver!.via,
  )
}

function encodingOf(v: Value | undefined, path: string): string {
  const name =
    v?.kind === 'unknown' ? v.hint : v?.kind === 'object' ? v.type : path
  if (/unicode/i.test(name) && !/bigendian/i.test(name)) return 'unicode'
  return /utf8/i.test(name)
    ? 'utf8'
    : /ascii|default|latin|utf7/i.test(name)
      ? 'latin1'
      : 'utf8'
}

const getString: Known = ({ receiver, args: [of], path }) =>
  decoded(of, encodingOf(receiver, path)) ??
  (of && of.via & received ? unknown('received', of.via) : undefined)

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

const radix: Known = ({ args }) => {
  const base = numberOf(args[1])
  const n = base
    ? Number.parseInt(textOf(args[0]) ?? '', base)
    : numberOf(args[0])
  if (args[0]?.kind === 'text' && base === undefined && n === undefined) {
    const code = args[0].text.charCodeAt(0)
    return Number.isNaN(code) ? undefined : number(code)
  }
  return n === undefined || Number.isNaN(n)
    ? undefined
    : number(
        n,
        args[0]!.via |
          (base === 16 ? bitOf('hex') : base ? bitOf('character codes') : 0),
      )
}

/** One character each. */
const anyCharacter =
  /^(?:\(\?s\)|\(\?i\))?(?:\.|\[\\s\\S\]|\[\\w\\W\]|\(\.\|\\n\)|\(\.\)|\.\{1\}|[^\w\s]?\\S)$/

const matches: Known = ({ receiver, args, budget }) => {
  const own =
    receiver?.kind === 'object' && receiver.type === 'regex'
      ? receiver
      : undefined
  const [value, pattern, options] = own
    ? [args[0], own.data, own.entries.get('options')]
    : args
  if (/righttoleft/i.test(shownOf(options))) {
    return anyCharacter.test(textOf(pattern) ?? '')
      ? list(
          (itemsOf(reversed(value, budget)) ?? []).map((c) =>
            match([shownOf(c)], c.via),
          ),
          bitOf('reversal'),
        )
      : undefined
  }
  const fixed = fixedPattern(textOf(pattern) ?? '')
  const s = textOf(value)
  if (!fixed || s === undefined || !budget.make(s.length)) return undefined
  return list(Array.from(s.matchAll(fixed), (m) => match(m, value!.via)))
}

/** `.Value`, `.Groups[1]`. */
function match(found: readonly string[], via: number): Value {
  const made = object('text', { data: text(found[0]!, via), via })
  made.entries.set('value', text(found[0]!, via))
  made.entries.set('groups', list(found.map((g) => text(g, via))))
  return made
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

const same: Known = ({ args }) => args[0]

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

export const powershellFunctions: Table = {
  // Of .NET: where it begins, and how long it is.
  '.substring': upTo(2, ({ receiver, args }) =>
    partOf(receiver, args[0], args[1]),
  ),
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
  '[split]': (call) => split(call, call.args[0], call.args[1]),
  '[replace]': (call) =>
    replaced(call, call.args[0], call.args[1], call.args[2]),
  '.split': splitAny,
  'convert.frombase64string': ({ args, budget }) => fromBase64(args[0], budget),
  'convert.tobyte': radix,
  'convert.toint16': radix,
  'convert.toint32': radix,
  'convert.touint32': radix,
  'convert.tochar': ({ args }) =>
    characterOf(numberOf(args[0]) ?? 0, args[0]?.via ?? 0),
  'convert.tostring': same,
  'char.convertfromutf32': ({ args }) =>
    characterOf(numberOf(args[0]) ?? 0, args[0]?.via ?? 0),
  '.getstring': getString,
  'text.encoding.getencoding': ({ args }) =>
    object(`text.encoding.${shownOf(args[0])}`),
  '.getbytes': ({ receiver, args, path }) => {
    const s = textOf(args[0])
    const wide = encodingOf(receiver, path) === 'unicode'
    return s === undefined
      ? undefined
      : bytes(Buffer.from(s, wide ? 'utf16le' : 'utf8'), args[0]!.via)
  },
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
  'string.format': ({ args, budget }) =>
    args[0]
      ? decodeFormat(
          args[0],
          args.length === 2 && args[1]?.kind === 'list'
            ? args[1].items
            : args.slice(1),
          budget,
        )
      : undefined,
  'string.new': ({ args, budget }) =>
    args[0]?.kind === 'list' ? joinList(args[0], '', budget) : args[0],
  'array.new': ({ args: [size], budget }) => zeros(size, budget),
  'byte[].new': ({ args: [size], budget }) => zeros(size, budget),
  'char[].new': ({ args: [size], budget }) => zeros(size, budget),
  'int[].new': ({ args: [size], budget }) => zeros(size, budget),
  'object[].new': ({ args: [size], budget }) => zeros(size, budget),
  'string[].new': ({ args: [size], budget }) => zeros(size, budget),
  'array.reverse': turnsAround,
  '.reverse': turnsAround,
  'regex.replace': (call) =>
    replaced(call, call.args[0], call.args[1], call.args[2]),
  'regex.matches': matches,
  'regex.new': ({ args: [pattern, options] }) => {
    const made = object('regex', pattern ? { data: pattern } : {})
    if (options) made.entries.set('options', options)
    return made
  },
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
  'regex.split': (call) => split(call, call.args[0], call.args[1]),
  'regex.unescape': same,
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
  'math.round': same,
  'net.webutility.htmldecode': same,
  'uri.unescapedatastring': ({ args }) => {
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
}
