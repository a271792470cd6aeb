// Functions on fields with several values. One value is a list of one, null a list of none.
import { moved, parseSpan } from '../../../meaning/moment.ts'
import { text } from './text.ts'
import { compilePcre } from '../pcre.ts'
import type { Functions, Result, Single } from '../values.ts'
import {
  boundedList,
  joinTexts,
  fromList,
  maxValuesOfField,
  numberOf,
  textOf,
  toList,
} from '../values.ts'

export function list(v: Result | undefined): readonly Single[] {
  return v === null || v === undefined || typeof v === 'boolean'
    ? []
    : toList(v)
}

function index(v: Result | undefined, length: number): number | null {
  const n = v === undefined ? null : numberOf(v)
  if (n === null || !Number.isInteger(n)) return null
  return n < 0 ? length + n : n
}

/** From one number to the next: by a number, or by a span of time such as "7d". */
function stepOf(v: Result | undefined): ((n: number) => number) | undefined {
  if (v === undefined) return (n) => n + 1
  const by = numberOf(v)
  if (by !== null) return by === 0 ? undefined : (n) => n + by
  const span = typeof v === 'string' ? parseSpan(v) : undefined
  if (!span?.unit) return undefined
  const { count, unit } = span
  return (n) => moved(n, [{ kind: 'shift', count, unit }])
}

export const listFunctions = {
  mvcount: ([v]) => list(v).length || null,
  mvappend: (args) =>
    fromList(args.flatMap((a) => list(a)).slice(0, maxValuesOfField)),
  mvdedup: ([v]) =>
    fromList([...new Map(list(v).map((x) => [textOf(x), x])).values()]),
  mvindex: ([v, from, to]) => {
    const values = list(v)
    const start = index(from, values.length)
    if (start === null || start < 0 || start >= values.length) return null
    if (to === undefined) return values[start]!
    const end = index(to, values.length)
    return end === null || end < start
      ? null
      : fromList(values.slice(start, end + 1))
  },
  mvjoin: ([v, d]) => {
    const values = list(v)
    const delim = text(d)
    return values.length && delim !== undefined
      ? joinTexts(values, delim)
      : null
  },
  mvfind: ([v, p]) => {
    const pattern = text(p)
    if (pattern === undefined) return null
    const regex = compilePcre(pattern)
    const found = list(v).findIndex((x) => regex.test(textOf(x)))
    return found < 0 ? null : found
  },
  mvsort: ([v]) =>
    fromList(list(v).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))),
  mvzip: ([a, b, d]) => {
    const delim = d === undefined ? ',' : (text(d) ?? ',')
    const right = list(b)
    return fromList(
      list(a)
        .slice(0, right.length)
        .map((x, i) => `${textOf(x)}${delim}${textOf(right[i]!)}`),
    )
  },
  mvrange: ([from, to, step]) => {
    const a = numberOf(from!)
    const b = numberOf(to!)
    const next = stepOf(step)
    if (a === null || b === null || !next) return null
    const up = next(a) > a
    const values: number[] = []
    for (let n = a; up ? n < b : n > b; n = next(n)) {
      if (values.length >= maxValuesOfField || next(n) === n) break
      values.push(n)
    }
    return fromList(values)
  },
  mv_to_json_array: ([v]) =>
    v === null ? null : JSON.stringify(boundedList(list(v))),
  commands: ([v]) => {
    const s = text(v)
    return s === undefined
      ? null
      : fromList(
          s.split('|').flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []),
        )
  },
} satisfies Functions
