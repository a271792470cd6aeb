// What PHP has built in, as far as text is made with it.
import type { Call, Known } from '../call.ts'
import {
  phpDialect,
  phpItems,
  phpNumeric,
  phpText,
  phpTruth,
} from '../dialects/php.ts'
import { byUnits, whole } from '../dialects/numbers.ts'
import {
  decompressed,
  fromBase64,
  fromHex,
  reversed,
  rotated,
} from '../decode.ts'
import { found } from '../pattern.ts'
import { formatted, type FormatStyle, leadingNumber } from '../printf.ts'
import {
  bitOf,
  concat,
  entriesOf,
  hasHoles,
  itemsOf,
  list,
  number,
  object,
  setEntry,
  shownOf,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'
import { binaryText } from './binary.ts'
import { packed, unpacked } from './packing.ts'
import { taking } from './taking.ts'
import { madeOfEach, reduced, type Table } from './text.ts'

/** As a whole number; absent, it is `other`. */
function wholeOr(value: Value | undefined, other: number): number | undefined {
  if (!value) return other
  const n = phpNumeric(value)
  return n && !n.isReal ? n.number : undefined
}

/** Of one text. */
const ofText = (f: (s: string, via: number) => Value | undefined): Known =>
  taking(['string'], ([of]) => {
    const s = phpText(of!)
    return s === undefined ? undefined : f(s, of!.via)
  })

/** Letters beyond ASCII are several to it. */
const mapped = (f: (s: string) => string): Known =>
  ofText((s, via) => (/[^\x00-\x7f]/.test(s) ? undefined : text(f(s), via)))

const substr = taking(
  ['string', 'offset', 'length?'],
  ([of, offset, length]) => {
    const s = phpText(of!)
    const from = wholeOr(offset, 0)
    const n =
      length?.kind === 'unknown'
        ? undefined
        : wholeOr(length, Number.MAX_SAFE_INTEGER)
    if (s === undefined || from === undefined || n === undefined)
      return undefined
    const start =
      from < 0 ? Math.max(0, s.length + from) : Math.min(from, s.length)
    const end = n < 0 ? s.length + n : start + n
    const out = s.slice(start, Math.max(start, end))
    const hides = out.length < 4 && s.length > 8 ? bitOf('slices') : 0
    return text(out, of!.via | hides)
  },
)

const blanks = ' \n\r\t\v\0'

/** Letters, and ranges of them. */
function setOf(value: Value | undefined): Set<string> | undefined {
  if (!value) return new Set(blanks)
  const s = phpText(value)
  if (s === undefined) return undefined
  const out = new Set<string>()
  for (const [, from, to, one] of s.matchAll(
    /([\s\S])\.\.([\s\S])|([\s\S])/g,
  )) {
    if (one) out.add(one)
    else if (from! > to!) return undefined
    else
      for (let c = from!.charCodeAt(0); c <= to!.charCodeAt(0); c++)
        out.add(String.fromCharCode(c))
  }
  return out
}

const trimmed = (sides: 'both' | 'left' | 'right'): Known =>
  taking(['string', 'characters?'], ([of, letters]) => {
    const [s, set] = [phpText(of!), setOf(letters)]
    if (s === undefined || !set) return undefined
    let from = 0
    let to = s.length
    if (sides !== 'right') while (from < to && set.has(s[from]!)) from++
    if (sides !== 'left') while (to > from && set.has(s[to - 1]!)) to--
    return text(s.slice(from, to), of!.via)
  })

function replacedIn(
  of: Value,
  from: Value,
  to: Value | undefined,
  budget: Call['budget'],
): Value | undefined {
  const [s, what, by] = [phpText(of), phpText(from), to && phpText(to)]
  if (s === undefined || what === undefined || by === undefined)
    return undefined
  if (what === '') return of
  const parts = s.split(what)
  if (!budget.make(s.length + parts.length * by.length)) return undefined
  const hides = parts.length > 1 && s.length > 3 ? bitOf('replacement') : 0
  return text(parts.join(by), viaOf([of, from, to]) | hides)
}

/** One after the other, where there are several. */
const replace = taking(
  ['search', 'replace', 'subject', 'count?'],
  ([from, to, of, count], { budget }) => {
    if (count || of?.kind === 'list') return undefined
    const froms = from!.kind === 'list' ? from!.items : [from!]
    if (from!.kind !== 'list' && to!.kind === 'list') return undefined
    let made: Value | undefined = of
    froms.forEach((f, i) => {
      const by = to!.kind === 'list' ? (to!.items[i] ?? text('')) : to!
      made = made && replacedIn(made, f, by, budget)
    })
    return made
  },
)

/** `strtr(text, from, to)`, `strtr(text, table)`: the longest first. */
const letters = taking(
  ['string', 'from', 'to?'],
  ([of, from, to], { budget }) => {
    const s = phpText(of!)
    if (s === undefined || !budget.make(s.length)) return undefined
    const by = new Map<string, string>()
    if (to) {
      const [a, b] = [phpText(from!), phpText(to)]
      if (a === undefined || b === undefined) return undefined
      for (let i = 0; i < Math.min(a.length, b.length); i++)
        by.set(a[i]!, b[i]!)
    } else if (from!.kind === 'object') {
      for (const [key, value] of entriesOf(from!)) {
        const made = phpText(value)
        if (made === undefined || !key) return undefined
        by.set(key, made)
      }
    } else return undefined
    const keys = [...by.keys()].sort((a, b) => b.length - a.length)
    if (keys.length * s.length > 2_000_000) return undefined
    let out = ''
    for (let at = 0; at < s.length; ) {
      const key = keys.find((k) => s.startsWith(k, at))
      out += key === undefined ? s[at] : by.get(key)
      at += key?.length ?? 1
    }
    return text(out, viaOf([of, from, to]) | bitOf('replacement'))
  },
)

const joins: Known = ({ args, budget }) => {
  const [a, b] = args
  const [between, of] = a?.kind === 'list' ? [b ?? text(''), a] : [a, b]
  const items = phpItems(of)
  if (
    !items ||
    !between ||
    between.kind === 'list' ||
    !budget.make(items.length)
  )
    return undefined
  const shown = items.map((i) => {
    const s = i.kind === 'number' ? phpText(i) : undefined
    return s === undefined ? i : text(s, i.via)
  })
  if (shown.some((i) => i.kind === 'list')) return undefined
  const parts = shown.flatMap((item, i) => (i ? [between, item] : [item]))
  const made = concat(parts.length ? parts : [text('')], budget)
  if (made.kind !== 'text') return made
  const hides = items.length > 3 ? bitOf('concatenation') : 0
  return text(made.text, viaOf([of, between]) | hides | made.via)
}

const explode = taking(['separator', 'string', 'limit?'], ([by, of, limit]) => {
  const [b, s] = [phpText(by!), phpText(of!)]
  const most = wholeOr(limit, Number.MAX_SAFE_INTEGER)
  if (!b || s === undefined || most === undefined) return undefined
  const parts = s.split(b)
  const n = Math.max(1, most)
  const made =
    most < 0
      ? parts.slice(0, most)
      : parts.length > n
        ? [...parts.slice(0, n - 1), parts.slice(n - 1).join(b)]
        : parts
  return list(
    made.map((p) => text(p, of!.via)),
    of!.via,
  )
})

/** A function, or the name of one, or an object and the name of its method. */
const calledBack =
  (spreads: boolean): Known =>
  ({ args: [fn, ...rest], invoke, send }) => {
    const given = spreads ? (itemsOf(rest[0]) ?? []) : rest
    if (fn?.kind !== 'list') return invoke(fn, given)
    const [of, name] = fn.items
    return of && name ? send(of, shownOf(name), given) : undefined
  }

const ofEach = (
  call: Call,
  fn: Value | undefined,
  of: Value | undefined,
): Value | undefined => {
  const out = madeOfEach(call, fn, phpItems(of))
  return out && list(out, of!.via)
}

const style: FormatStyle = {
  letters: 'sduxXobcfFeE',
  numberOf: (value) =>
    value.kind === 'list' ? undefined : leadingNumber(value),
  textOf: phpText,
}

/** Formats of its own, with places and letters that fill them, are not followed. */
const sprintf: Known = ({ args: [format, ...values], budget }) => {
  const f = format && textOf(format)
  if (
    f === undefined ||
    /%[-+ 0]*['$#*]|%\d+\$|%[\d.]*[eE]|%[-+ 0]*\d+[cb]/.test(f)
  )
    return undefined
  // Signs that are filled up with zeros, and what is cut, are written otherwise.
  if (/%[-+ ]*0[-+ 0-9]*s|%-0|%0-/.test(f)) return undefined
  return formatted(format!, values, style, budget)
}

const inBase = (radix: number): Known =>
  taking(['num'], ([of]) => {
    const n = wholeOr(of, 0)
    return n === undefined || n < 0
      ? undefined
      : text(n.toString(radix), of!.via)
  })

const fromBase = (radix: number, digits: RegExp): Known =>
  ofText((s, via) =>
    digits.test(s)
      ? number(Number.parseInt(s.replace(/^0[xbo]/i, '') || '0', radix), via)
      : undefined,
  )

const intval = taking(['value', 'base?'], ([of, base]) => {
  const radix = wholeOr(base, 10)
  if (of!.kind === 'number') return whole(Math.trunc(of!.number), of!.via)
  const s = phpText(of!)
  if (s === undefined || radix === undefined) return undefined
  if (radix !== 10)
    return /^[0-9a-z]{1,9}$/i.test(s) &&
      radix >= 2 &&
      radix <= 36 &&
      /^[0-9a-z]+$/i.test(s) &&
      !Number.isNaN(Number.parseInt(s, radix))
      ? number(Number.parseInt(s, radix), of!.via)
      : undefined
  const found = /^\s*([-+]?\d{1,15})(?![\d.eE])/.exec(s)
  if (found) return number(Number(found[1]) || 0, of!.via)
  return /^\s*[-+]?[\d.]/.test(s) ? undefined : number(0, of!.via)
})

const place = (fold: boolean, fromEnd: boolean): Known =>
  taking(['haystack', 'needle', 'offset?'], ([of, what, offset]) => {
    const [s, t] = [phpText(of!), phpText(what!)]
    if (s === undefined || t === undefined || (fromEnd && offset))
      return undefined
    const from = wholeOr(offset, 0)
    if (from === undefined || from < 0 || from > s.length) return undefined
    const [x, y] = fold ? [s.toLowerCase(), t.toLowerCase()] : [s, t]
    const at = fromEnd ? x.lastIndexOf(y) : x.indexOf(y, from)
    return at < 0 ? phpTruth(false) : number(at)
  })

const padded = taking(
  ['string', 'length', 'pad?', 'type?'],
  ([of, length, pad, type]) => {
    const s = phpText(of!)
    const n = wholeOr(length, 0)
    const fill = pad ? phpText(pad) : ' '
    if (s === undefined || n === undefined || !fill || n > 100_000)
      return undefined
    const side =
      type?.kind === 'unknown' ? type.hint : type ? '' : 'STR_PAD_RIGHT'
    if (side === 'STR_PAD_RIGHT') return text(s.padEnd(n, fill), of!.via)
    return side === 'STR_PAD_LEFT'
      ? text(s.padStart(n, fill), of!.via)
      : undefined
  },
)

/** Items of one range. */
const maxRange = 100_000

const range = taking(
  ['start', 'end', 'step?'],
  ([from, to, step], { budget }) => {
    const by = Math.abs(wholeOr(step, 1) ?? 0)
    if (!by) return undefined
    const all = [from!, to!].map((v) =>
      v.kind === 'text' && /^[a-zA-Z]$/.test(v.text)
        ? v.text.charCodeAt(0)
        : wholeOr(v, 0),
    )
    const isLetters = [from!, to!].filter(
      (v) => v.kind === 'text' && /^[a-zA-Z]$/.test(v.text),
    ).length
    const [a, b] = all
    if (a === undefined || b === undefined || isLetters === 1) return undefined
    const n = Math.floor(Math.abs(b - a) / by) + 1
    if (n > maxRange || !budget.make(n)) return undefined
    const sign = b < a ? -by : by
    return list(
      Array.from({ length: n }, (_, i) =>
        isLetters
          ? text(String.fromCharCode(a + sign * i))
          : number(a + sign * i),
      ),
    )
  },
)

const unquoted = (plus: boolean): Known =>
  ofText((s, via) => {
    const out = (plus ? s.replace(/\+/g, ' ') : s).replace(
      /%([0-9a-f]{2})/gi,
      (_, x: string) => String.fromCharCode(Number.parseInt(x, 16)),
    )
    return text(out, via | (out === s ? 0 : bitOf('escapes')))
  })

/** `preg_replace('/x/i', 'y', text)`: of plain patterns, with nothing of what was matched in what it becomes. */
const pregReplace = taking(
  ['pattern', 'replacement', 'subject', 'limit?'],
  ([pattern, by, of, limit], { budget }) => {
    const [, inner, flags = ''] =
      /^([/#~|])([\s\S]*)\1([a-z]*)$/.exec(textOf(pattern) ?? '')?.slice(1) ??
      []
    const [s, to] = [phpText(of!), phpText(by!)]
    if (inner === undefined || s === undefined || to === undefined || limit)
      return undefined
    if (/[^i]/.test(flags) || /[\\$]\d|[\\$]\{/.test(to)) return undefined
    const cuts = found(inner, s, {
      flags: { ignoreCase: flags === 'i' },
      flavour: 'javascript',
      budget,
    })
    if (!cuts) return undefined
    let out = ''
    let at = 0
    for (const cut of cuts) {
      out += s.slice(at, cut.index) + to
      at = cut.index + cut.text.length
    }
    return text(
      out + s.slice(at),
      viaOf([of, by]) | (cuts.length ? bitOf('replacement') : 0),
    )
  },
)

const binary =
  (f: (of: Value, budget: Call['budget']) => Value | undefined): Known =>
  ({ args: [of], budget }) =>
    of && !hasHoles(of) ? binaryText(f(of, budget)) : undefined

const texts: Table = {
  chr: taking(['codepoint'], ([of]) => {
    const n = wholeOr(of, 0)
    return n === undefined
      ? undefined
      : text(
          String.fromCharCode(((n % 256) + 256) % 256),
          of!.via | bitOf('character codes'),
        )
  }),
  ord: ofText((s, via) => number(s === '' ? 0 : s.charCodeAt(0), via)),
  base64_decode: binary((of, budget) => fromBase64(of, budget)),
  base64_encode: ofText((s, via) =>
    text(Buffer.from(s, 'latin1').toString('base64'), via),
  ),
  hex2bin: binary((of, budget) =>
    /^(?:[0-9a-f]{2})*$/i.test(textOf(of) ?? 'x')
      ? fromHex(of, budget)
      : undefined,
  ),
  bin2hex: ofText((s, via) =>
    text(Buffer.from(s, 'latin1').toString('hex'), via),
  ),
  gzinflate: binary((of, budget) => decompressed(of, 'deflate', budget)),
  gzuncompress: binary((of, budget) => decompressed(of, 'any', budget)),
  gzdecode: binary((of, budget) => decompressed(of, 'gzip', budget)),
  str_rot13: taking(['string'], ([of]) => rotated(of)),
  strrev: taking(['string'], ([of], { budget }) => {
    const s = phpText(of!)
    return s === undefined ? undefined : reversed(text(s, of!.via), budget)
  }),
  str_replace: replace,
  strtr: letters,
  preg_replace: pregReplace,
  implode: joins,
  join: joins,
  explode,
  str_repeat: taking(['string', 'times'], ([of, times], { budget }) => {
    const [s, n] = [phpText(of!), wholeOr(times, 0)]
    return s === undefined ||
      n === undefined ||
      n < 0 ||
      !budget.make(s.length * n)
      ? undefined
      : text(s.repeat(n), of!.via)
  }),
  str_split: taking(['string', 'length?'], ([of, length]) => {
    const [s, n] = [phpText(of!), wholeOr(length, 1)]
    if (!s || n === undefined || n < 1 || n > 10_000) return undefined
    const parts = s.match(new RegExp(`[\\s\\S]{1,${n}}`, 'g')) ?? []
    return list(
      parts.map((p) => text(p, of!.via)),
      of!.via,
    )
  }),
  substr,
  strlen: ofText((s, via) => number(s.length, via)),
  strtolower: mapped((s) => s.toLowerCase()),
  strtoupper: mapped((s) => s.toUpperCase()),
  ucfirst: mapped((s) => s.slice(0, 1).toUpperCase() + s.slice(1)),
  lcfirst: mapped((s) => s.slice(0, 1).toLowerCase() + s.slice(1)),
  ucwords: mapped((s) =>
    s.replace(
      /(^|[ \t\r\n\f\v])([a-z])/g,
      (_, a: string, b: string) => a + b.toUpperCase(),
    ),
  ),
  trim: trimmed('both'),
  ltrim: trimmed('left'),
  rtrim: trimmed('right'),
  chop: trimmed('right'),
  strpos: place(false, false),
  stripos: place(true, false),
  strrpos: place(false, true),
  substr_count: taking(['haystack', 'needle'], ([of, what]) => {
    const [s, t] = [phpText(of!), phpText(what!)]
    return s === undefined || !t ? undefined : number(s.split(t).length - 1)
  }),
  strcmp: taking(['a', 'b'], ([a, b]) => {
    const [s, t] = [phpText(a!), phpText(b!)]
    return s === undefined || t === undefined
      ? undefined
      : number(byUnits(s, t))
  }),
  str_pad: padded,
  strval: ofText((s, via) => text(s, via)),
  sprintf,
  vsprintf: (call) => {
    const [format, values] = call.args
    const items = phpItems(values)
    return format && items && sprintf({ ...call, args: [format, ...items] })
  },
  urldecode: unquoted(true),
  rawurldecode: unquoted(false),
  pack: ({ args, budget }) => packed(args[0], args.slice(1), budget),
  unpack: ({ args, budget }) => {
    // A table by names, of which each is counted from one.
    const made = args[1] && unpacked(args[0], args[1], budget)
    if (!made || args.length > 2) return undefined
    const table = object('map', { via: args[1]!.via })
    made.forEach((one, i) => {
      setEntry(table, String(i + 1), one)
    })
    return table
  },
  convert_uudecode: ({ args, budget }) =>
    args[0] && unpacked(text('u'), args[0], budget)?.[0],
}

const reduces: Known = (call) =>
  reduced(call, call.args[1], call.args[0], call.args[2] ?? text(''))

const filters: Known = ({ args: [of, fn, ...more], invoke }) => {
  const items = phpItems(of)
  if (!items || more.length) return undefined
  const holds = items.map((i) => phpDialect.isTrue(fn ? invoke(fn, [i]) : i))
  // What is left keeps its places, which a list of them does not.
  return holds.includes(undefined) || holds.includes(false)
    ? undefined
    : list([...items], of!.via)
}

const lists: Table = {
  array: ({ args }) => list([...args]),
  array_map: (call) =>
    call.args.length === 2
      ? ofEach(call, call.args[0], call.args[1])
      : undefined,
  array_walk: (call) => ofEach(call, call.args[1], call.args[0]),
  array_filter: filters,
  array_reduce: reduces,
  array_reverse: taking(['array'], ([of], { budget }) =>
    of!.kind === 'list' ? reversed(of, budget) : undefined,
  ),
  array_slice: taking(
    ['array', 'offset', 'length?'],
    ([of, offset, length]) => {
      const items = phpItems(of)
      const [from, n] = [
        wholeOr(offset, 0),
        wholeOr(length, Number.MAX_SAFE_INTEGER),
      ]
      if (!items || from === undefined || n === undefined) return undefined
      const start = from < 0 ? Math.max(0, items.length + from) : from
      return list(
        items.slice(start, n < 0 ? items.length + n : start + n),
        of!.via,
      )
    },
  ),
  array_merge: ({ args }) => {
    const all = args.map(phpItems)
    return all.includes(undefined)
      ? undefined
      : list(
          all.flatMap((a) => a!),
          viaOf(args),
        )
  },
  array_values: taking(['array'], ([of]) =>
    of!.kind === 'object'
      ? list(entriesOf(of!).map(([, v]) => v))
      : of!.kind === 'list'
        ? of
        : undefined,
  ),
  array_keys: taking(['array'], ([of]) =>
    of!.kind === 'object'
      ? list(
          entriesOf(of!).map(([k]) =>
            /^\d{1,15}$/.test(k) ? number(Number(k)) : text(k),
          ),
        )
      : of!.kind === 'list'
        ? list(of!.items.map((_, i) => number(i)))
        : undefined,
  ),
  array_pop: ({ args: [of] }) =>
    of?.kind === 'list' ? of.items.pop() : undefined,
  array_shift: ({ args: [of] }) =>
    of?.kind === 'list' ? of.items.shift() : undefined,
  array_push: ({ args: [of, ...more], budget }) => {
    if (of?.kind === 'list' && budget.make(more.length))
      for (const one of more) of.items.push(one)
    return undefined
  },
  range,
  count: taking(['value'], ([of]) => {
    const items = phpItems(of)
    return items
      ? number(items.length)
      : of!.kind === 'object' && of!.type === 'map'
        ? number(entriesOf(of!).length)
        : undefined
  }),
  call_user_func: calledBack(false),
  call_user_func_array: calledBack(true),
}

/** Of numbers, one behind the other or in one list. */
const most =
  (f: (a: number, b: number) => number): Known =>
  ({ args }) => {
    const items = args.length === 1 ? phpItems(args[0]) : [...args]
    if (
      !items?.length ||
      items.some((i) => i.kind !== 'number' || i.word !== undefined)
    )
      return undefined
    return items.reduce((a, b) =>
      f((a as { number: number }).number, (b as { number: number }).number) ===
      (a as { number: number }).number
        ? a
        : b,
    )
  }

const numbers: Table = {
  hexdec: fromBase(16, /^(?:0x)?[0-9a-f]{0,13}$/i),
  bindec: fromBase(2, /^(?:0b)?[01]{0,50}$/i),
  octdec: fromBase(8, /^(?:0o)?[0-7]{0,17}$/i),
  dechex: inBase(16),
  decbin: inBase(2),
  decoct: inBase(8),
  intval,
  intdiv: taking(['a', 'b'], ([a, b]) => {
    const [x, y] = [wholeOr(a, 0), wholeOr(b, 0)]
    return x === undefined || !y ? undefined : whole(Math.trunc(x / y), a!.via)
  }),
  abs: taking(['num'], ([of]) => {
    const n = wholeOr(of, 0)
    return n === undefined ? undefined : number(Math.abs(n), of!.via)
  }),
  max: most(Math.max),
  min: most(Math.min),
}

export const phpFunctions: Table = { ...texts, ...lists, ...numbers }
