// Texts put together as .NET's String.Format does, `-f` of PowerShell; a form that is not modelled makes all of it unknown.
// https://learn.microsoft.com/dotnet/standard/base-types/composite-formatting
import type { Budget } from '../../budget.ts'
import { psText } from '../operators/powershell-values.ts'
import {
  bitOf,
  concat,
  text,
  unknown,
  type Value,
  viaOf,
  wholeText,
  withVia,
} from '../value.ts'

/** Parts of one format, and letters of one part. */
const maxParts = 10_000
const maxWidth = 10_000

const place = /\{\{|\}\}|\{(\d{1,4})\s*(?:,\s*(-?\d{1,4})\s*)?(?::([^{}]*))?\}/g

export function netFormat(
  format: Value | undefined,
  args: readonly Value[],
  budget: Budget,
): Value | undefined {
  const pattern = wholeText(format)
  if (pattern === undefined) return undefined
  const parts: Value[] = []
  let done = 0
  for (const found of pattern.matchAll(place)) {
    if (parts.length > maxParts) return undefined
    const before = pattern.slice(done, found.index)
    if (/[{}]/.test(before)) return undefined
    done = found.index + found[0].length
    const [all, index, width, form] = found
    if (before) parts.push(text(before))
    const value = index === undefined ? text(all[0]!) : args[Number(index)]
    const made = value && formatted(value, width, form)
    if (!made) return undefined
    parts.push(made)
  }
  const rest = pattern.slice(done)
  if (/[{}]/.test(rest)) return undefined
  parts.push(text(rest))
  const via = viaOf(args) | format!.via
  return withVia(
    concat(parts, budget),
    isScrambled(pattern) ? via | bitOf('format') : via,
  )
}

/** One place holder is how people write; several out of order hide a word. */
function isScrambled(pattern: string): boolean {
  const order = Array.from(pattern.matchAll(/\{(\d{1,3})\}/g), (m) =>
    Number(m[1]),
  )
  return order.some((n, i) => i > 0 && n < order[i - 1]!)
}

function formatted(
  value: Value,
  width: string | undefined,
  form: string | undefined,
): Value | undefined {
  if (value.kind === 'unknown') return width || form ? unknown('') : value
  if (value.kind === 'list' || value.kind === 'bytes') return undefined
  const s = form ? numberAs(value, form) : psText(value)
  if (s === undefined)
    return value.kind === 'object' && !form ? value : undefined
  const n = Number(width ?? 0)
  if (Math.abs(n) > maxWidth) return undefined
  return text(n < 0 ? s.padEnd(-n) : s.padStart(n), value.via)
}

/** `D3`, `X2`: whole numbers in so many places. Of texts a form says nothing. */
export function numberAs(value: Value, form: string): string | undefined {
  if (value.kind === 'text') return wholeText(value)
  if (value.kind !== 'number' || value.word) return undefined
  const [, letter, places] = /^([dDxX])(\d{0,3})$/.exec(form) ?? []
  const { number: n } = value
  if (!letter || !Number.isSafeInteger(n)) return undefined
  const width = Number(places || 0)
  if (letter === 'd' || letter === 'D')
    return (n < 0 ? '-' : '') + String(Math.abs(n)).padStart(width, '0')
  // How many digits a negative number has is up to its type.
  if (n < 0) return undefined
  const digits = n.toString(16).padStart(width, '0')
  return letter === 'X' ? digits.toUpperCase() : digits
}
