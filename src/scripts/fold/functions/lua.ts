// What Lua has built in, as far as text is made with it. It counts letters and items from one, and both ends of a part belong to it.
import type { Known } from '../call.ts'
import { reversed } from '../decode.ts'
import { percentFormat } from '../format.ts'
import { operate } from '../operate.ts'
import {
  bitOf,
  entriesOf,
  itemsOf,
  list,
  number,
  numberOf,
  object,
  text,
  textOf,
  type Value,
  viaOf,
} from '../value.ts'
import { joinList, mapText, replaceText, type Table } from './text.ts'

/** The text, whether it stands before a colon or among what is given, and what stands behind it. */
function split(
  receiver: Value | undefined,
  args: readonly Value[],
): readonly [Value | undefined, readonly Value[]] {
  return receiver?.kind === 'text' || receiver?.kind === 'list'
    ? [receiver, args]
    : [args[0], args.slice(1)]
}

const part: Known = ({ receiver, args }) => {
  const [of, [first, last]] = split(receiver, args)
  const s = textOf(of)
  const from = numberOf(first)
  if (s === undefined || from === undefined) return undefined
  const to = numberOf(last) ?? -1
  const at = from < 0 ? Math.max(0, s.length + from) : Math.max(0, from - 1)
  const out = s.slice(at, to < 0 ? s.length + to + 1 : to)
  const hides = out.length < 4 && s.length > 8 ? bitOf('slices') : 0
  return text(out, of!.via | hides)
}

const letters: Known = ({ args, budget }) => {
  const codes = args.flatMap((a) => (a.kind === 'list' ? a.items : [a]))
  const all = codes.map((c) => numberOf(c))
  if (!all.length || all.some((c) => c === undefined)) return undefined
  if (!budget.make(all.length)) return undefined
  const out = all.map((c) => String.fromCharCode(c! & 0xff)).join('')
  return text(out, viaOf(codes) | bitOf('character codes'))
}

const codes: Known = ({ receiver, args, budget }) => {
  const [of, [first, last]] = split(receiver, args)
  const s = textOf(of)
  if (s === undefined) return undefined
  const from = (numberOf(first) ?? 1) - 1
  const to = last ? (numberOf(last) ?? from) : from + 1
  const some = s.slice(from, to < 0 ? undefined : to)
  if (!budget.make(some.length)) return undefined
  const made = Array.from(some, (c) => number(c.charCodeAt(0), of!.via))
  return last ? list(made) : made[0]
}

const repeats: Known = ({ receiver, args, budget }) => {
  const [of, [times]] = split(receiver, args)
  return of && times ? operate('times', of, times, { budget }) : undefined
}

const swaps: Known = (call) => {
  const [of, [from, to]] = split(call.receiver, call.args)
  return to?.kind === 'function' ? undefined : replaceText(of, from, to, call)
}

const backwards: Known = ({ receiver, args, budget }) =>
  reversed(split(receiver, args)[0], budget)

const format: Known = ({ receiver, args, budget }) => {
  const [of, rest] = split(receiver, args)
  return of && percentFormat(of, list([...rest]), budget)
}

const toNumber: Known = ({ args: [of, base] }) => {
  const n = base
    ? Number.parseInt(textOf(of) ?? '', numberOf(base))
    : numberOf(of)
  return n === undefined || Number.isNaN(n) ? undefined : number(n, of!.via)
}

/** Pairs of a place or a name and what stands there. */
const pairs: Known = ({ args: [of] }) => {
  if (of?.kind === 'object' && of.type === 'map')
    return list(
      Array.from(entriesOf(of), ([name, value]) => list([text(name), value])),
    )
  const items = itemsOf(of)
  return items && list(items.map((v, i) => list([number(i + 1), v])))
}

const exclusive: Known = ({ args: [a, b], budget }) =>
  a && b ? operate('^', a, b, { budget }) : undefined

/** `pcall(f, …)`: whether it went well, and what it gave. */
const calls: Known = ({ args: [fn, ...given], invoke }) =>
  list([number(1), invoke(fn, given)])

export const luaFunctions: Table = {
  'string.char': letters,
  'string.byte': codes,
  '.byte': codes,
  'string.sub': part,
  '.sub': part,
  'string.rep': repeats,
  '.rep': repeats,
  'string.reverse': backwards,
  'string.gsub': swaps,
  '.gsub': swaps,
  'string.format': format,
  'string.lower': mapText((s) => s.toLowerCase()),
  'string.upper': mapText((s) => s.toUpperCase()),
  'table.concat': ({ args, budget }) =>
    joinList(args[0], textOf(args[1]) ?? '', budget),
  'table.insert': ({ args, budget }) => {
    const [of, at] = args
    if (of?.kind === 'list' && budget.make(1))
      of.items.splice(
        args.length > 2 ? (numberOf(at) ?? 1) - 1 : of.items.length,
        0,
        args.at(-1)!,
      )
    return undefined
  },
  'table.unpack': ({ args }) => args[0],
  unpack: ({ args }) => args[0],
  tostring: ({ args }) => {
    const s = textOf(args[0])
    return s === undefined ? args[0] : text(s, args[0]!.via)
  },
  tonumber: toNumber,
  ipairs: pairs,
  pairs,
  pcall: calls,
  xpcall: ({ args: [fn, , ...given], invoke }) =>
    list([number(1), invoke(fn, given)]),
  'bit.bxor': exclusive,
  'bit32.bxor': exclusive,
  require: ({ args }) => {
    const name = textOf(args[0])
    return name === undefined ? undefined : object(name)
  },
}
