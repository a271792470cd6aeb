// Text put together by a format: `{0}{1}` of .NET and Python, `%s` of C.
import type { Budget } from '../budget.ts'
import {
  bitOf,
  concat,
  text,
  textOf,
  type Value,
  viaOf,
  withVia,
} from './value.ts'

/** Parts of one format. */
const maxParts = 10_000

/** `"{1}{0}" -f "b", "a"`; names are looked up in `named`. */
export function decodeFormat(
  format: Value,
  args: readonly Value[],
  budget: Budget,
  named?: ReadonlyMap<string, Value>,
): Value | undefined {
  const pattern = textOf(format)
  if (pattern === undefined) return undefined
  let next = 0
  const parts: Value[] = []
  let done = 0
  for (const found of pattern.matchAll(
    /\{\{|\}\}|\{(\w{0,40})([^{}]{0,40})\}/g,
  )) {
    if (parts.length > maxParts) return undefined
    parts.push(text(pattern.slice(done, found.index)))
    done = found.index + found[0].length
    const name = found[1]
    if (name === undefined) parts.push(text(found[0][0]!))
    else {
      const value = /^\d*$/.test(name)
        ? args[name ? Number(name) : next++]
        : named?.get(name)
      parts.push(value ?? text(''))
    }
  }
  parts.push(text(pattern.slice(done)))
  const joined = concat(parts, budget)
  const via = viaOf(args) | format.via
  // One place holder is how people write; several out of order hide a word.
  return withVia(joined, isScrambled(pattern) ? via | bitOf('format') : via)
}

function isScrambled(pattern: string): boolean {
  const order = Array.from(pattern.matchAll(/\{(\d{1,3})\}/g), (m) =>
    Number(m[1]),
  )
  return order.some((n, i) => i > 0 && n < order[i - 1]!)
}
