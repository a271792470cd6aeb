// What Ruby has built in, as far as text is made with it.
import type { Call, Known } from '../call.ts'
import {
  boundsOf,
  joined,
  rubyDialect,
  rubyFormat,
  rubyItemAt,
  rubyItems,
  rubyOperators,
  rubyTruth,
} from '../dialects/ruby.ts'
import { orderOf } from '../dialects/numbers.ts'
import { wholeOf } from '../dialects/python.ts'
import { decompressed, fromBase64, reversed } from '../decode.ts'
import { operate } from '../operate.ts'
import { found } from '../pattern.ts'
import {
  bitOf,
  hasHoles,
  itemsOf,
  list,
  number,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from '../value.ts'
import { binaryText } from './binary.ts'
import { lettersOf, translated } from './letters.ts'
import { packed, unpacked } from './packing.ts'
import { method } from './taking.ts'
import { reduced, type Table } from './text.ts'

type Given = readonly (Value | undefined)[]

const ofText = (
  params: readonly string[],
  f: (s: string, of: Value, given: Given, call: Call) => Value | undefined,
): Known =>
  method(params, (of, given, call) =>
    of.kind === 'text' ? f(of.text, of, given, call) : undefined,
  )

const mapped = (f: (s: string) => string | undefined): Known =>
  ofText([], (s, of) => {
    const out = f(s)
    return out === undefined ? undefined : text(out, of.via)
  })

const isPlain = (s: string) => /^[\x00-\x7f]*$/.test(s)

const cased = (f: (s: string) => string): Known =>
  mapped((s) => (isPlain(s) ? f(s) : undefined))

const plain = (value: Value | undefined): string | undefined =>
  value?.kind === 'text' && !value.isPattern ? value.text : undefined

/** What a text or a pattern is found at; undefined: nobody knows. */
function cutsOf(
  pattern: Value | undefined,
  s: string,
  { budget }: Pick<Call, 'budget'>,
  most?: number,
) {
  if (pattern?.kind !== 'text') return undefined
  const literal = /^\/([\s\S]*)\/([a-z]*)$/.exec(pattern.text)
  const [, inner, flags = ''] = (pattern.isPattern && literal) || []
  const escaped = pattern.text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const source = inner ?? escaped
  // Its ends are those of lines.
  if (/[^im]/.test(flags) || (inner !== undefined && /[\^$]/.test(inner)))
    return undefined
  if (!budget.make(s.length)) return undefined
  return found(source, s, {
    flags: { ignoreCase: flags.includes('i'), dotAll: flags.includes('m') },
    flavour: 'javascript',
    budget,
    ...(most !== undefined && { most }),
  })
}

const substituted = (once: boolean): Known =>
  method(['pattern', 'by?'], (of, [pattern, by], call) => {
    if (of.kind !== 'text' || !pattern || !by) return undefined
    const fixed = plain(by)
    if (by.kind !== 'function' && (fixed === undefined || fixed.includes('\\')))
      return undefined
    const cuts = cutsOf(pattern, of.text, call, once ? 1 : undefined)
    if (!cuts) return undefined
    let via =
      of.via | (cuts.length && of.text.length > 3 ? bitOf('replacement') : 0)
    let out = ''
    let at = 0
    for (const cut of cuts) {
      if (call.budget.spent) return undefined
      const made =
        by.kind === 'function' ? call.invoke(by, [text(cut.text)]) : by
      if (made.kind !== 'text' || hasHoles(made)) return undefined
      via |= made.via
      out += of.text.slice(at, cut.index) + made.text
      at = cut.index + cut.text.length
    }
    return text(out + of.text.slice(at), via)
  })

const scans = ofText(['pattern', 'block?'], (s, of, [pattern, block], call) => {
  const cuts = block ? undefined : cutsOf(pattern, s, call)
  if (!cuts || cuts.some((c) => c.groups.length > 1)) return undefined
  return list(
    cuts.map((c) => {
      const one = text(c.groups[0] ?? c.text, of.via)
      return c.groups.length ? list([one]) : one
    }),
    of.via,
  )
})

const splits = ofText(
  ['pattern?', 'limit?'],
  (s, of, [pattern, limit], call) => {
    const most = limit ? wholeOf(limit) : 0
    if (most === undefined || s === '') return s === '' ? list([]) : undefined
    const by = plain(pattern)
    const isBlank = !pattern || by === ' '
    const from = isBlank ? s.trimStart() : s
    const isEmpty =
      by === '' ||
      (pattern?.kind === 'text' && pattern.isPattern && pattern.text === '//')
    let parts: string[]
    if (isEmpty) {
      const all = Array.from(from)
      const n = most > 0 ? most - 1 : all.length
      parts =
        most > 0 && all.length > most
          ? [...all.slice(0, n), all.slice(n).join('')]
          : most
            ? [...all, '']
            : all
    } else {
      const blank: Value = { ...text('/\\s+/'), isPattern: true }
      const cuts = cutsOf(isBlank ? blank : pattern, from, call)
      if (!cuts || cuts.some((c) => c.text === '' || c.groups.length))
        return undefined
      parts = []
      let at = 0
      for (const cut of cuts) {
        if (most > 0 && parts.length >= most - 1) break
        parts.push(from.slice(at, cut.index))
        at = cut.index + cut.text.length
      }
      parts.push(from.slice(at))
    }
    if (most === 0) while (parts.length && parts.at(-1) === '') parts.pop()
    return list(
      parts.map((p) => text(p, of.via)),
      of.via,
    )
  },
)

const widened = (f: (s: string, n: number, pad: string) => string): Known =>
  ofText(['width', 'pad?'], (s, of, [width, pad]) => {
    const n = width && wholeOf(width)
    const fill = pad ? plain(pad) : ' '
    return n === undefined || n > 100_000 || !fill
      ? undefined
      : text(f(s, n, fill), of.via)
  })

function centred(s: string, n: number, pad: string): string {
  const missing = Math.max(0, n - s.length)
  const left = Math.floor(missing / 2)
  return s
    .padStart(s.length + left, pad)
    .padEnd(s.length + missing, '\0')
    .replace(/\0+$/, (z) => ''.padEnd(z.length, pad))
}

const toInteger = method(['base?'], (of, [base]) => {
  if (of.kind === 'number')
    return of.word === undefined
      ? number(Math.trunc(of.number), of.via)
      : undefined
  const radix = base ? wholeOf(base) : 10
  if (of.kind !== 'text' || radix === undefined || radix < 2 || radix > 36)
    return undefined
  const s = of.text.trim().replace(/(?<=\w)_(?=\w)/g, '')
  const marked =
    radix === 16
      ? s.replace(/^([-+]?)0x/i, '$1')
      : radix === 2
        ? s.replace(/^([-+]?)0b/i, '$1')
        : radix === 8
          ? s.replace(/^([-+]?)0o/i, '$1')
          : s
  const n = Number.parseInt(marked, radix)
  if (Number.isNaN(n)) return number(0, of.via)
  return Number.isSafeInteger(n) && !/^[-+]?0x/i.test(marked)
    ? number(n || 0, of.via)
    : undefined
})

const toText = method(['base?'], (of, [base]) => {
  const radix = base ? wholeOf(base) : 10
  if (of.kind === 'number' && base)
    return of.isReal || of.word || radix === undefined
      ? undefined
      : text(of.number.toString(radix), of.via)
  const s = of.kind === 'text' || of.kind === 'number' ? textOf(of) : undefined
  return s === undefined ? undefined : text(s, of.via)
})

const setOf = (value: Value | undefined) => {
  const s = plain(value)
  return s === undefined ||
    s.includes('\\') ||
    (s.length > 1 && s.startsWith('^'))
    ? undefined
    : lettersOf(s)
}

const translates = ofText(['from', 'to'], (_, of, [from, to]) => {
  const [a, b] = [plain(from), setOf(to)]
  const others = a !== undefined && a.length > 1 && a.startsWith('^')
  const set =
    a === undefined || a.includes('\\')
      ? undefined
      : lettersOf(others ? a.slice(1) : a)
  return (
    set &&
    b &&
    translated(of, { from: set, to: b, others, deletes: b.length === 0 })
  )
})

const deletes = ofText(['set'], (_, of, [from]) => {
  const set = setOf(from)
  return set && translated(of, { from: set, to: [], deletes: true })
})

const squeezes = ofText(['set?'], (s, of, [from]) => {
  const set = from ? setOf(from) : undefined
  if (from && !set) return undefined
  return text(
    s.replace(/([\s\S])\1+/g, (all, c: string) =>
      !set || set.includes(c) ? c : all,
    ),
    of.via,
  )
})

const counts = method(['what?'], (of, [what]) => {
  if (of.kind === 'text') {
    const set = setOf(what)
    return (
      set && number(Array.from(of.text).filter((c) => set.includes(c)).length)
    )
  }
  const items = rubyItems(of)
  return items && !what ? number(items.length) : undefined
})

const place = (fromEnd: boolean): Known =>
  ofText(['what', 'from?'], (s, _, [what, from]) => {
    const t = plain(what)
    if (t === undefined || from) return undefined
    const at = fromEnd ? s.lastIndexOf(t) : s.indexOf(t)
    return at < 0 ? unknown('nil') : number(at)
  })

const isBase64 = /^m0?\*?$/

/** Besides what Perl has, base64. */
function unpackedAs(
  format: Value | undefined,
  of: Value,
  budget: Call['budget'],
): Value[] | undefined {
  if (!isBase64.test(textOf(format) ?? '')) return unpacked(format, of, budget)
  const made = binaryText(fromBase64(of, budget))
  return made && [made]
}

/** Letters of one line of base64. */
const lineLetters = 60

function packedAs(
  format: Value | undefined,
  items: readonly Value[],
  budget: Call['budget'],
): Value | undefined {
  const f = textOf(format) ?? ''
  if (!isBase64.test(f)) return packed(format, items, budget)
  const s = items.length === 1 ? plain(items[0]) : undefined
  if (s === undefined || hasHoles(items[0]) || /[^\x00-\xff]/.test(s))
    return undefined
  const out = Buffer.from(s, 'latin1').toString('base64')
  const lines = out.replace(new RegExp(`.{1,${lineLetters}}`, 'g'), '$&\n')
  return text(f.includes('0') ? out : lines, items[0]!.via)
}

const texts: Table = {
  '.upcase': cased((s) => s.toUpperCase()),
  '.downcase': cased((s) => s.toLowerCase()),
  '.capitalize': cased(
    (s) => s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase(),
  ),
  '.swapcase': cased((s) =>
    s.replace(/[a-z]/gi, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase())),
  ),
  '.strip': mapped((s) => s.replace(/^[\s\0]+|(?<![\s\0])[\s\0]+$/g, '')),
  '.lstrip': mapped((s) => s.replace(/^[\s\0]+/, '')),
  '.rstrip': mapped((s) => s.replace(/(?<![\s\0])[\s\0]+$/, '')),
  '.chomp': ofText(['end?'], (s, of, [end]) => {
    const tail = end ? plain(end) : undefined
    if (end && tail === undefined) return undefined
    if (tail === undefined)
      return text(s.replace(/(?:\r\n|\n|\r)$/, ''), of.via)
    return text(tail && s.endsWith(tail) ? s.slice(0, -tail.length) : s, of.via)
  }),
  '.chop': mapped((s) => s.replace(/(?:\r\n|[\s\S])$/, '')),
  '.split': splits,
  '.sub': substituted(true),
  '.gsub': substituted(false),
  '.scan': scans,
  '.tr': translates,
  '.delete': deletes,
  '.squeeze': squeezes,
  '.rindex': place(true),
  '.start_with?': ofText(['prefix'], (s, _, [p]) =>
    plain(p) === undefined ? undefined : rubyTruth(s.startsWith(plain(p)!)),
  ),
  '.end_with?': ofText(['suffix'], (s, _, [p]) =>
    plain(p) === undefined ? undefined : rubyTruth(s.endsWith(plain(p)!)),
  ),
  '.center': widened(centred),
  '.ljust': widened((s, n, pad) => s.padEnd(n, pad)),
  '.rjust': widened((s, n, pad) => s.padStart(n, pad)),
  '.insert': ofText(['at', 'what'], (s, of, [at, what]) => {
    const n = at && wholeOf(at)
    const t = plain(what)
    if (n === undefined || t === undefined || n > s.length || n < -s.length - 1)
      return undefined
    const place = n < 0 ? s.length + n + 1 : n
    return text(s.slice(0, place) + t + s.slice(place), viaOf([of, what]))
  }),
  '.hex': ofText([], (s, of) =>
    /^(?:0x)?[0-9a-f]{1,13}$/i.test(s)
      ? number(Number.parseInt(s, 16), of.via)
      : undefined,
  ),
  '.oct': ofText([], (s, of) =>
    /^0?[0-7]{1,17}$/.test(s)
      ? number(Number.parseInt(s, 8), of.via)
      : undefined,
  ),
  '.ord': ofText([], (s, of) =>
    s === '' ? undefined : number(s.codePointAt(0)!, of.via),
  ),
  '.chars': ofText([], (s, of) =>
    list(
      Array.from(s, (c) => text(c, of.via)),
      of.via,
    ),
  ),
  '.lines': ofText([], (s, of) =>
    list(
      (s.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((l) => text(l, of.via)),
      of.via,
    ),
  ),
  '.bytes': ofText([], (s, of) => {
    if (/[^\x00-\xff]/.test(s)) return undefined
    return list(
      Array.from(Buffer.from(s, 'latin1'), (b) => number(b)),
      of.via,
    )
  }),
  '.partition': ofText(['by'], (s, of, [by]) => {
    const t = plain(by)
    const at = t === undefined ? -2 : s.indexOf(t)
    if (at === -2) return undefined
    const parts =
      at < 0 ? [s, '', ''] : [s.slice(0, at), t!, s.slice(at + t!.length)]
    return list(parts.map((p) => text(p, of.via)))
  }),
  '.rpartition': ofText(['by'], (s, of, [by]) => {
    const t = plain(by)
    const at = t === undefined ? -2 : s.lastIndexOf(t)
    if (at === -2) return undefined
    const parts =
      at < 0 ? ['', '', s] : [s.slice(0, at), t!, s.slice(at + t!.length)]
    return list(parts.map((p) => text(p, of.via)))
  }),
  '.to_i': toInteger,
  '.to_s': toText,
  '.chr': method([], (of) =>
    of.kind === 'number'
      ? of.number >= 0 && of.number <= 255
        ? text(
            String.fromCharCode(of.number),
            of.via | bitOf('character codes'),
          )
        : undefined
      : of.kind === 'text'
        ? text(of.text.slice(0, 1), of.via)
        : undefined,
  ),
  '.unpack': method(['format'], (of, [format], { budget }) => {
    const made = unpackedAs(format, of, budget)
    return made && list(made, of.via)
  }),
  '.unpack1': method(
    ['format'],
    (of, [format], { budget }) => unpackedAs(format, of, budget)?.[0],
  ),
}

/** `&:chr` names a method of each item. */
function mappedBy(
  { args, invoke, send, budget }: Call,
  items: readonly Value[] | undefined,
): Value[] | undefined {
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
  return out
}

const maps: Known = (call) => {
  const out = mappedBy(call, rubyItems(call.receiver))
  return out && list(out, call.receiver!.via)
}

const flatMaps: Known = (call) => {
  const out = mappedBy(call, rubyItems(call.receiver))
  return (
    out &&
    list(
      out.flatMap((o) => (o.kind === 'list' ? o.items : [o])),
      call.receiver!.via,
    )
  )
}

const eaches: Known = (call) => {
  const items = rubyItems(call.receiver)
  if (!items) return undefined
  if (call.args.length) mappedBy(call, items)
  return call.args.length ? call.receiver : list([...items], call.receiver!.via)
}

const selects =
  (wanted: boolean): Known =>
  (call) => {
    const items = rubyItems(call.receiver)
    const holds = mappedBy(call, items)?.map((v) => rubyDialect.isTrue(v))
    if (
      !items ||
      !holds ||
      holds.length !== items.length ||
      holds.includes(undefined)
    )
      return undefined
    return list(
      items.filter((_, i) => holds[i] === wanted),
      call.receiver!.via,
    )
  }

/** `inject(:+)`, `inject('') { |a, c| … }`. */
const reduces: Known = (call) => {
  const { receiver, args, budget } = call
  const items = rubyItems(receiver)
  const fn = args.findLast((a) => a.kind === 'function')
  const symbol = fn ? undefined : textOf(args.at(-1))
  const [first] = args.length > 1 ? args : []
  if (!items || hasHoles(first)) return undefined
  if (fn) return reduced(call, fn, list(items), first)
  if (symbol === undefined || !Object.hasOwn(rubyOperators, symbol))
    return undefined
  let made = first
  const context = { budget, own: rubyOperators, dialect: rubyDialect }
  for (const item of items)
    made = made ? operate(symbol, made, item, context) : item
  return made
}

const sums: Known = ({ receiver, args, budget }) => {
  const items = rubyItems(receiver)
  if (!items || args.some((a) => a.kind === 'function')) return undefined
  const context = { budget, own: rubyOperators, dialect: rubyDialect }
  let made: Value = args[0] ?? number(0)
  for (const item of items) made = operate('+', made, item, context)
  return made
}

const indexed: Known = (call) => {
  const items = rubyItems(call.receiver) ?? lettersIn(call.receiver)
  if (!items) return undefined
  const [start] = call.args
  const first = start?.kind === 'number' ? start.number : 0
  const pairs = items.map((v, i) => list([v, number(i + first)]))
  if (!call.args.some((a) => a.kind === 'function')) return list(pairs)
  const out = mappedBy(call, pairs)
  return out && list(out, call.receiver!.via)
}

const lettersIn = (value: Value | undefined): Value[] | undefined =>
  value?.kind === 'text' && !hasHoles(value) ? itemsOf(value) : undefined

const some = (atEnd: boolean): Known =>
  method(['n?'], (of, [n]) => {
    const items = rubyItems(of)
    const size = n ? wholeOf(n) : undefined
    if (!items || (n && (size === undefined || size < 0))) return undefined
    if (size === undefined) return items.at(atEnd ? -1 : 0) ?? unknown('nil')
    return list(
      atEnd
        ? items.slice(Math.max(0, items.length - size))
        : items.slice(0, size),
      of.via,
    )
  })

const inOrder = method(['block?'], (of, [block]) => {
  const items = rubyItems(of)
  if (
    !items ||
    block ||
    items.some((i) => hasHoles(i) || orderOf(items[0]!, i) === undefined)
  )
    return undefined
  return list(
    [...items].sort((a, b) => orderOf(a, b)!),
    of.via,
  )
})

const best = (sign: 1 | -1): Known =>
  method([], (of) => {
    const items = rubyItems(of)
    if (
      !items?.length ||
      items.some((i) => orderOf(items[0]!, i) === undefined)
    )
      return undefined
    return items.reduce((a, b) => (orderOf(b, a)! * sign > 0 ? b : a))
  })

const slices: Known = (call) => {
  const n = call.args[0] && wholeOf(call.args[0])
  const items = rubyItems(call.receiver) ?? undefined
  if (!items || !n || n < 1) return undefined
  const parts: Value[] = []
  for (let i = 0; i < items.length; i += n)
    parts.push(list(items.slice(i, i + n)))
  if (!call.args.some((a) => a.kind === 'function')) return list(parts)
  mappedBy(call, parts)
  return call.receiver
}

/** Items of one list that is gone through again and again. */
const maxCycled = 1_000
const maxCycles = 20_000

const lists: Table = {
  '.join': ({ receiver, args: [between], budget }) => {
    const items = rubyItems(receiver)
    const made = items && joined(items, between ?? text(''), budget)
    const hides = items && items.length > 3 ? bitOf('concatenation') : 0
    return made?.kind === 'text'
      ? text(made.text, made.via | receiver!.via | hides)
      : made
  },
  '.map': maps,
  '.collect': maps,
  '.each': eaches,
  '.flat_map': flatMaps,
  '.select': selects(true),
  '.filter': selects(true),
  '.reject': selects(false),
  '.inject': reduces,
  '.reduce': reduces,
  '.sum': sums,
  '.each_with_index': indexed,
  '.with_index': indexed,
  '.each_char': (call) => {
    const items = lettersIn(call.receiver)
    const out = call.args.length ? mappedBy(call, items) : items
    return out && list(out, call.receiver!.via)
  },
  '.each_byte': (call) => {
    const all = texts['.bytes']!({ ...call, args: [] })
    if (!call.args.length || all?.kind !== 'list') return all
    const out = mappedBy(call, all.items)
    return out && list(out, call.receiver!.via)
  },
  '.each_slice': slices,
  '.first': some(false),
  '.last': some(true),
  '.take': some(false),
  '.drop': method(['n'], (of, [n]) => {
    const items = rubyItems(of)
    const size = n && wholeOf(n)
    return items && size !== undefined && size >= 0
      ? list(items.slice(size), of.via)
      : undefined
  }),
  '.rotate': method(['n?'], (of, [n]) => {
    const items = rubyItems(of)
    const by = n ? wholeOf(n) : 1
    if (!items || by === undefined) return undefined
    const at = items.length
      ? ((by % items.length) + items.length) % items.length
      : 0
    return list([...items.slice(at), ...items.slice(0, at)], of.via)
  }),
  '.zip': ({ receiver, args }) => {
    const all = [receiver, ...args].map(rubyItems)
    if (all.includes(undefined)) return undefined
    return list(
      all[0]!.map((_, i) => list(all.map((l) => l![i] ?? unknown('nil')))),
    )
  },
  '.flatten': method([], (of) => {
    const flat = (items: readonly Value[], depth: number): Value[] =>
      items.flatMap((i) =>
        i.kind === 'list' && depth < 8 ? flat(i.items, depth + 1) : [i],
      )
    const items = rubyItems(of)
    return items && list(flat(items, 0), of.via)
  }),
  '.sort': inOrder,
  '.max': best(1),
  '.min': best(-1),
  '.to_a': method([], (of) => {
    const items = rubyItems(of)
    return items && list([...items], of.via)
  }),
  '.values_at': ({ receiver, args }) => {
    const all = args.map((a) => receiver && rubyItemAt(receiver, [a]))
    return all.includes(undefined) ? undefined : list(all as Value[])
  },
  '.cycle': ({ receiver, args }) => {
    const items = rubyItems(receiver)
    if (args.length || !items?.length || items.length > maxCycled)
      return undefined
    return list(
      Array.from({ length: maxCycles }, (_, i) => items[i % items.length]!),
    )
  },
  '.pack': ({ receiver, args: [format], budget }) =>
    receiver?.kind === 'list'
      ? packedAs(format, receiver.items, budget)
      : undefined,
  '.push': ({ receiver, args, budget }) => {
    if (receiver?.kind !== 'list' || !budget.make(args.length)) return undefined
    for (const arg of args) receiver.items.push(arg)
    return receiver
  },
  '.pop': ({ receiver, args }) =>
    receiver?.kind === 'list' && !args.length
      ? receiver.items.pop()
      : undefined,
  '.shift': ({ receiver, args }) =>
    receiver?.kind === 'list' && !args.length
      ? receiver.items.shift()
      : undefined,
  '.unshift': ({ receiver, args, budget }) => {
    if (receiver?.kind !== 'list' || !budget.make(receiver.items.length))
      return undefined
    for (const arg of [...args].reverse()) receiver.items.unshift(arg)
    return receiver
  },
}

/** Of texts and lists alike. */
const ofBoth: Table = {
  '.reverse': method([], (of, _, { budget }) =>
    of.kind === 'text' || of.kind === 'list' ? reversed(of, budget) : undefined,
  ),
  '.length': method([], (of) => sizeOf(of)),
  '.size': method([], (of) => sizeOf(of)),
  '.count': counts,
  '.index': (call) =>
    call.receiver?.kind === 'text' ? place(false)(call) : undefined,
  '.slice': ({ receiver, args }) => receiver && rubyItemAt(receiver, args),
  '.at': ({ receiver, args }) =>
    receiver?.kind === 'list' && args.length === 1
      ? rubyItemAt(receiver, args)
      : undefined,
  '.concat': ({ receiver, args, budget }) => {
    const context = { budget, own: rubyOperators, dialect: rubyDialect }
    return (
      receiver &&
      args.reduce((a: Value, b) => operate('+', a, b, context), receiver)
    )
  },
  '.include?': method(['what'], (of, [what]) =>
    of.kind === 'text' && plain(what) !== undefined
      ? rubyTruth(of.text.includes(plain(what)!))
      : undefined,
  ),
}

function sizeOf(of: Value): Value | undefined {
  if (of.kind === 'text') return number(Array.from(of.text).length)
  const items = boundsOf(of) || of.kind === 'list' ? rubyItems(of) : undefined
  return items && number(items.length)
}

const same: Known = ({ receiver }) => receiver

const rubySend: Known = ({ receiver, args: [name, ...given], send }) =>
  receiver && name ? send(receiver, shownOf(name), given) : undefined

const things: Table = {
  '.to_sym': same,
  '.intern': same,
  '.to_str': same,
  '.freeze': same,
  '.dup': same,
  '.itself': same,
  '.force_encoding': same,
  '.send': rubySend,
  '.public_send': rubySend,
  '.__send__': rubySend,
  '.call': ({ receiver, args, invoke }) => invoke(receiver, args),
  '.then': ({ receiver, args, invoke }) =>
    receiver && args[0] && invoke(args[0], [receiver]),
  '.const_get': ({ args }) => unknown(shownOf(args[0])),
  method: ({ args }) => unknown(shownOf(args[0])),
  '.method': ({ receiver, args }) =>
    unknown(
      receiver?.kind === 'object'
        ? `${receiver.type}.${shownOf(args[0])}`
        : shownOf(args[0]),
    ),
  send: ({ args: [name, ...given], invoke }) => invoke(name, given),
}

const base64: Known = ({ args: [of], budget }) =>
  of && !hasHoles(of) ? binaryText(fromBase64(of, budget)) : undefined

const sprintf: Known = ({ args: [format, ...values], budget }) =>
  format && rubyFormat(format, values, budget)

export const rubyFunctions: Table = {
  ...texts,
  ...lists,
  ...ofBoth,
  ...things,
  'base64.decode64': base64,
  'base64.strict_decode64': base64,
  'base64.urlsafe_decode64': base64,
  'base64.strict_encode64': ({ args: [of] }) =>
    of?.kind === 'text' && !hasHoles(of) && /^[\x00-\x7f]*$/.test(of.text)
      ? text(Buffer.from(of.text, 'latin1').toString('base64'), of.via)
      : undefined,
  'zlib.inflate.inflate': ({ args, budget }) =>
    binaryText(decompressed(args[0], 'any', budget)),
  'zlib::inflate.inflate': ({ args, budget }) =>
    binaryText(decompressed(args[0], 'any', budget)),
  'zlib.gunzip': ({ args, budget }) =>
    binaryText(decompressed(args[0], 'gzip', budget)),
  sprintf,
  format: sprintf,
  integer: ({ args: [of] }) =>
    of?.kind === 'number'
      ? number(Math.trunc(of.number), of.via)
      : of?.kind === 'text' && /^[-+]?[1-9]\d{0,14}$|^0$/.test(of.text)
        ? number(Number(of.text), of.via)
        : undefined,
}
