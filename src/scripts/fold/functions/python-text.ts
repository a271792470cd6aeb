// Methods of Python's texts, bytes and lists.
import type { Call, Known } from '../call.ts'
import { pythonText, pythonTruth, wholeOf } from '../dialects/python.ts'
import { isEqual } from '../dialects/numbers.ts'
import { pythonFormat } from '../python-format.ts'
import {
  bitOf,
  bytes,
  type BytesValue,
  bytesOf,
  concat,
  entriesOf,
  itemsOf,
  list,
  number,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'
import { decodedAs, encodedAs } from './python-codecs.ts'
import { method } from './taking.ts'
import type { Table } from './text.ts'

/** Texts and bytes are cut alike: as a text with a letter for each byte. */
interface Cut {
  readonly s: string
  readonly via: number
  readonly isBytes: boolean
  /** Of the same kind. */
  made(s: string, more?: number): Value
  /** What is given must be of the same kind. */
  same(value: Value | undefined): string | undefined
}

function cutOf(value: Value): Cut | undefined {
  const { via } = value
  if (value.kind === 'text')
    return {
      s: value.text,
      via,
      isBytes: false,
      made: (s, more = 0) => text(s, via | more),
      same: (v) => (v?.kind === 'text' ? v.text : undefined),
    }
  if (value.kind !== 'bytes') return undefined
  return {
    s: value.bytes.toString('latin1'),
    via,
    isBytes: true,
    made: (s, more = 0) => bytes(Buffer.from(s, 'latin1'), via | more),
    same: (v) => (v?.kind === 'bytes' ? v.bytes.toString('latin1') : undefined),
  }
}

type Given = readonly (Value | undefined)[]

/** Of a text or bytes. */
const ofText = (
  params: readonly string[],
  f: (cut: Cut, given: Given, call: Call) => Value | undefined,
): Known =>
  method(params, (of, given, call) => {
    const cut = cutOf(of)
    return cut && call.budget.make(cut.s.length)
      ? f(cut, given, call)
      : undefined
  })

const mapped = (f: (s: string) => string | undefined): Known =>
  ofText([], ({ s, made }) => {
    const out = f(s)
    return out === undefined ? undefined : made(out)
  })

/** Letters that have another length in another case are not followed. */
const isPlain = (s: string) => /^[\x00-\x7f]*$/.test(s)

const cased = (f: (s: string) => string): Known =>
  ofText([], ({ s, made, isBytes }) => {
    // Of bytes only the letters of ASCII have another case.
    const out = isBytes ? s.replace(/[a-z]+/gi, f) : f(s)
    return out.length === s.length ? made(out) : undefined
  })

const swapped = (s: string): string | undefined =>
  isPlain(s)
    ? s.replace(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase()))
    : undefined

const titled = (s: string): string | undefined =>
  isPlain(s)
    ? s.replace(
        /[a-z]+/gi,
        (w) => w[0]!.toUpperCase() + w.slice(1).toLowerCase(),
      )
    : undefined

const blanks = new Set(' \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0')

const stripped = (sides: 'both' | 'left' | 'right'): Known =>
  ofText(['chars?'], ({ s, made, same }, [chars]) => {
    const isNone = chars?.kind === 'unknown' && chars.hint === 'None'
    const given = chars && !isNone ? same(chars) : undefined
    if (chars && !isNone && given === undefined) return undefined
    const set = given === undefined ? blanks : new Set(given)
    let from = 0
    let to = s.length
    if (sides !== 'right') while (from < to && set.has(s[from]!)) from++
    if (sides !== 'left') while (to > from && set.has(s[to - 1]!)) to--
    return made(s.slice(from, to))
  })

/** Absent, it is `other`; undefined: nobody knows. */
function wholeOr(value: Value | undefined, other: number): number | undefined {
  return value ? wholeOf(value) : other
}

/** The first so many parts, and the rest. */
function splitAt(s: string, by: string, most: number): string[] {
  const parts = s.split(by)
  if (most < 0 || parts.length <= most + 1) return parts
  return [...parts.slice(0, most), parts.slice(most).join(by)]
}

function splitAtLast(s: string, by: string, most: number): string[] {
  const parts = s.split(by)
  if (most < 0 || parts.length <= most + 1) return parts
  const at = parts.length - most
  return [parts.slice(0, at).join(by), ...parts.slice(at)]
}

function splitAtBlanks(s: string, most: number, fromEnd: boolean): string[] {
  const words = s.trim().split(/\s+/).filter(Boolean)
  if (most < 0 || words.length <= most + 1) return words
  const found = [...s.matchAll(/\S+/g)]
  if (!fromEnd)
    return [...words.slice(0, most), s.slice(found[most]!.index).trimStart()]
  const last = found[found.length - most - 1]!
  return [
    s.slice(0, last.index + last[0].length).trimStart(),
    ...words.slice(words.length - most),
  ]
}

const split = (fromEnd: boolean): Known =>
  ofText(['sep?', 'maxsplit?'], ({ s, via, made, same }, [sep, max]) => {
    const most = wholeOr(max, -1)
    if (most === undefined) return undefined
    const isNone = !sep || (sep.kind === 'unknown' && sep.hint === 'None')
    const by = isNone ? '' : same(sep)
    if (by === undefined || (!isNone && by === '')) return undefined
    const parts = isNone
      ? splitAtBlanks(s, most, fromEnd)
      : (fromEnd ? splitAtLast : splitAt)(s, by, most)
    return list(
      parts.map((p) => made(p)),
      via,
    )
  })

const parted = (fromEnd: boolean): Known =>
  ofText(['sep'], ({ s, via, made, same }, [sep]) => {
    const by = same(sep)
    if (!by) return undefined
    const at = fromEnd ? s.lastIndexOf(by) : s.indexOf(by)
    const parts =
      at >= 0
        ? [s.slice(0, at), by, s.slice(at + by.length)]
        : fromEnd
          ? ['', '', s]
          : [s, '', '']
    return list(
      parts.map((p) => made(p)),
      via,
    )
  })

const replaced = ofText(
  ['old', 'new', 'count?'],
  ({ s, made, same }, [old, by, count], { budget }) => {
    const [from, to] = [same(old), same(by)]
    const most = wholeOr(count, -1)
    if (from === undefined || to === undefined || most === undefined)
      return undefined
    const parts = from === '' ? ['', ...Array.from(s), ''] : s.split(from)
    const n = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1)
    if (!budget.make(s.length + n * to.length)) return undefined
    const out =
      parts.slice(0, n + 1).join(to) +
      parts
        .slice(n + 1)
        .map((p) => from + p)
        .join('')
    const hides = n > 0 && s.length > 3 ? bitOf('replacement') : 0
    return made(out, hides | (by?.via ?? 0))
  },
)

const place = (fromEnd: boolean, fails: boolean): Known =>
  method(['sub', 'start?', 'end?'], (of, [sub, start, end]) => {
    if (of.kind === 'list') return placeInList(of.items, sub)
    const cut = cutOf(of)
    const what = cut?.same(sub)
    if (!cut || what === undefined || end) return undefined
    const from = wholeOr(start, 0)
    if (from === undefined || from < 0 || (fromEnd && start)) return undefined
    const at = fromEnd ? cut.s.lastIndexOf(what) : cut.s.indexOf(what, from)
    return (at < 0 && fails) || from > cut.s.length
      ? undefined
      : number(at, of.via)
  })

function placeInList(
  items: readonly Value[],
  what: Value | undefined,
): Value | undefined {
  if (!what) return undefined
  for (let i = 0; i < items.length; i++) {
    const same = isEqual(items[i]!, what)
    if (same === undefined) return undefined
    if (same) return number(i)
  }
  return undefined
}

const counted = method(['sub'], (of, [sub]) => {
  if (of.kind === 'list') {
    const same = of.items.map((item) => isEqual(item, sub!))
    return same.includes(undefined)
      ? undefined
      : number(same.filter(Boolean).length)
  }
  const cut = cutOf(of)
  const what = cut?.same(sub)
  if (!cut || what === undefined) return undefined
  return number(what === '' ? cut.s.length + 1 : cut.s.split(what).length - 1)
})

/** Letters that a text is made as wide as. */
const maxWide = 100_000

const widened = (
  f: (s: string, missing: number, fill: string, width: number) => string,
): Known =>
  ofText(['width', 'fillchar?'], ({ s, made, same }, [width, fillchar]) => {
    const wide = wholeOf(width)
    const fill = fillchar ? same(fillchar) : ' '
    if (wide === undefined || wide > maxWide || fill?.length !== 1)
      return undefined
    const missing = wide - s.length
    return made(missing > 0 ? f(s, missing, fill, wide) : s)
  })

function centred(s: string, missing: number, fill: string, wide: number) {
  const left = Math.floor(missing / 2) + (missing & wide & 1)
  return fill.repeat(left) + s + fill.repeat(missing - left)
}

const zeros = ofText(['width'], ({ s, made }, [width]) => {
  const wide = wholeOf(width)
  if (wide === undefined || wide > maxWide) return undefined
  const [, sign = '', rest = ''] = /^([-+]?)([\s\S]*)$/.exec(s) ?? []
  return made(sign + rest.padStart(wide - sign.length, '0'))
})

const endsWith = (atEnd: boolean): Known =>
  ofText(['prefix'], ({ s, same }, [given]) => {
    const all = given?.kind === 'list' ? given.items.map(same) : [same(given)]
    if (all.includes(undefined)) return undefined
    return pythonTruth(
      all.some((p) => (atEnd ? s.endsWith(p!) : s.startsWith(p!))),
    )
  })

const without = (atEnd: boolean): Known =>
  ofText(['prefix'], ({ s, made, same }, [given]) => {
    const what = same(given)
    if (what === undefined) return undefined
    if (atEnd)
      return made(what && s.endsWith(what) ? s.slice(0, -what.length) : s)
    return made(s.startsWith(what) ? s.slice(what.length) : s)
  })

const are = (pattern: RegExp): Known =>
  ofText([], ({ s }) => (isPlain(s) ? pythonTruth(pattern.test(s)) : undefined))

const lineEnds = /\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/

const lines = method(['keepends?'], (of, [keepends]) => {
  if (keepends || of.kind !== 'text') return undefined
  const parts = of.text.split(lineEnds)
  if (parts.at(-1) === '') parts.pop()
  return list(
    parts.map((p) => text(p, of.via)),
    of.via,
  )
})

/** `between.join(items)`: what is not known among them stands by its name. */
const joins: Known = ({ receiver, args: [of], budget }) => {
  const items = of && itemsOf(of)
  if (!items || !budget.make(items.length)) return undefined
  const via = viaOf([of, ...items])
  const hides = items.length > 3 ? bitOf('concatenation') : 0
  if (receiver?.kind === 'bytes') {
    if (items.some((i) => i.kind !== 'bytes')) return undefined
    const between = receiver.bytes
    const all = items.flatMap((item, i) => {
      const one = bytesOf(item)!
      return i ? [between, one] : [one]
    })
    return bytes(Buffer.concat(all), via)
  }
  if (receiver?.kind !== 'text') return undefined
  // Another kind than text fails.
  if (
    items.some(
      (i) => i.kind === 'number' || i.kind === 'bytes' || i.kind === 'list',
    )
  )
    return undefined
  const parts = items.flatMap((item, i) => (i ? [receiver, item] : [item]))
  const made = concat(parts.length ? parts : [text('')], budget)
  return made.kind === 'text' ? text(made.text, via | hides | made.via) : made
}

const translates = method(['table'], (of, [table], { budget }) => {
  if (!table) return undefined
  if (of.kind === 'bytes') {
    const own = bytesOf(table)
    if (own?.length !== 256 || table.kind !== 'bytes') return undefined
    const made = Buffer.from(of.bytes.map((b) => own[b]!))
    return bytes(made, of.via | table.via | bitOf('replacement'))
  }
  if (of.kind !== 'text' || table.kind !== 'object' || table.type !== 'map')
    return undefined
  if (!budget.make(of.text.length)) return undefined
  const by = new Map(entriesOf(table))
  let out = ''
  for (const c of of.text) {
    const to = by.get(String(c.codePointAt(0)))
    const made = !to
      ? c
      : to.kind === 'number'
        ? String.fromCodePoint(to.number)
        : to.kind === 'text'
          ? to.text
          : to.kind === 'unknown' && to.hint === 'None'
            ? ''
            : undefined
    if (made === undefined) return undefined
    out += made
  }
  return text(out, of.via | table.via | bitOf('replacement'))
})

/** Columns of one tabulator. */
const maxTab = 64

const expands = ofText(['tabsize?'], ({ s, made }, [tabsize]) => {
  const size = wholeOr(tabsize, 8)
  if (size === undefined || size < 1 || size > maxTab) return undefined
  let column = 0
  let out = ''
  for (const c of s) {
    const n = c === '\t' ? size - (column % size) : 1
    out += c === '\t' ? ' '.repeat(n) : c
    column = c === '\n' || c === '\r' ? 0 : column + n
  }
  return made(out)
})

const appends =
  (several: boolean): Known =>
  ({ receiver: of, args, budget }) => {
    const more = several ? itemsOf(args[0]) : args
    if (of?.kind === 'bytes' && of.isArray && more) return added(of, more)
    if (of?.kind !== 'list' || !more || !budget.make(more.length))
      return undefined
    for (const one of more) of.items.push(one)
    return undefined
  }

/** Bytes behind those that are there. */
function added(of: BytesValue, more: readonly Value[]): undefined {
  const all = bytesOf(list([...more]))
  const held = of as { bytes: Buffer }
  const size = of.bytes.length
  if (!all) held.bytes = Buffer.alloc(0)
  else {
    let room = rooms.get(of)
    if (!room || room.length < size + all.length || size === 0) {
      room = Buffer.alloc(2 * (size + all.length))
      of.bytes.copy(room)
      rooms.set(of, room)
    }
    all.copy(room, size)
    held.bytes = room.subarray(0, size + all.length)
  }
  return undefined
}

/** Of arrays that are added to: more than they have, so that they are not copied each time. */
const rooms = new WeakMap<BytesValue, Buffer>()

const inserts: Known = ({ receiver: of, args: [at, one] }) => {
  const i = at && wholeOf(at)
  if (of?.kind !== 'list' || i === undefined || !one) return undefined
  of.items.splice(i, 0, one)
  return undefined
}

const pops: Known = ({ receiver: of, args: [at] }) => {
  const i = at ? wholeOf(at) : -1
  if (of?.kind !== 'list' || i === undefined) return undefined
  return of.items.splice(i, 1)[0]
}

const reverses: Known = ({ receiver: of }) => {
  if (of?.kind === 'list') of.items.reverse()
  return undefined
}

const own: Table = {
  '.upper': cased((s) => s.toUpperCase()),
  '.lower': cased((s) => s.toLowerCase()),
  '.casefold': mapped((s) => (isPlain(s) ? s.toLowerCase() : undefined)),
  '.swapcase': mapped(swapped),
  '.title': mapped(titled),
  '.capitalize': mapped((s) =>
    isPlain(s)
      ? s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase()
      : undefined,
  ),
  '.strip': stripped('both'),
  '.lstrip': stripped('left'),
  '.rstrip': stripped('right'),
  '.split': split(false),
  '.rsplit': split(true),
  '.partition': parted(false),
  '.rpartition': parted(true),
  '.splitlines': lines,
  '.replace': replaced,
  '.find': place(false, false),
  '.rfind': place(true, false),
  '.index': place(false, true),
  '.rindex': place(true, true),
  '.count': counted,
  '.center': widened(centred),
  '.ljust': widened((s, n, fill) => s + fill.repeat(n)),
  '.rjust': widened((s, n, fill) => fill.repeat(n) + s),
  '.zfill': zeros,
  '.startswith': endsWith(false),
  '.endswith': endsWith(true),
  '.removeprefix': without(false),
  '.removesuffix': without(true),
  '.isdigit': are(/^\d+$/),
  '.isalpha': are(/^[a-z]+$/i),
  '.isalnum': are(/^[a-z\d]+$/i),
  '.isspace': are(/^[ \t-\r\x1c-\x1f]+$/),
  '.isupper': are(/^(?=[\s\S]*[A-Z])[^a-z]+$/),
  '.islower': are(/^(?=[\s\S]*[a-z])[^A-Z]+$/),
  '.expandtabs': expands,
  '.translate': translates,
  '.join': joins,
  '.format': ({ receiver, args, named, budget }) =>
    receiver?.kind === 'text'
      ? pythonFormat(receiver, { args, named, budget })
      : undefined,
  '.encode': method(['encoding?', 'errors?'], (of, [encoding]) =>
    of.kind === 'text'
      ? encodedAs(of, encoding ? textOf(encoding) : 'utf8')
      : undefined,
  ),
  '.decode': method(['encoding?', 'errors?'], (of, [encoding], { budget }) =>
    decodedAs(of, encoding ? textOf(encoding) : 'utf8', budget),
  ),
  '.hex': method([], (of) =>
    of.kind === 'bytes' ? text(of.bytes.toString('hex'), of.via) : undefined,
  ),
}

/** `str.upper(x)`, `bytes.decode(x)`. */
const byType: Table = Object.fromEntries(
  Object.entries(own).flatMap(([name, known]) => {
    const given: Known = (call) => {
      const { receiver } = call
      if (receiver?.kind === 'unknown' && receiver.isResult) return undefined
      return receiver?.kind === 'text' || !call.args.length
        ? known(call)
        : known(of(call))
    }
    return [
      [`str${name}`, given],
      [`bytes${name}`, given],
    ]
  }),
)

/** What is given first stands before the point. */
function of(call: Call): Call {
  const [receiver, ...args] = call.args
  return { ...call, receiver, args }
}

export const pythonMethods: Table = {
  ...byType,
  ...own,
  '.append': appends(false),
  '.extend': appends(true),
  '.insert': inserts,
  '.pop': pops,
  '.reverse': reverses,
  '.copy': ({ receiver }) =>
    receiver?.kind === 'list'
      ? list([...receiver.items], receiver.via)
      : receiver,
  '.tobytes': ({ receiver }) => receiver,
  '.__str__': ({ receiver }) => {
    const s = receiver && pythonText(receiver)
    return s === undefined ? undefined : text(s, receiver!.via)
  },
}
