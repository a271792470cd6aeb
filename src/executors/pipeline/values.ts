// What a row's field can be, and how two values compare. A field that is absent and one that is null are the same.
import { grouped } from '../../base/shown.ts'
import type { Value as EventValue } from '../../base/record.ts'

import type { FunctionName } from '../../ir/functions.ts'

import { SearchRefusal, maxTextLength } from './limit.ts'

export type Single = string | number
/** Several values of one field; never empty. */
export type Value = Single | readonly Single[]

/** What an expression can give besides: null, and the result of a condition. */
export type Result = Value | boolean | null

/** A function of eval. */
export type Fn = (
  args: readonly Result[],
  scope: { readonly now: number },
) => Result

/** Some of the functions, by name. */
export type Functions = Readonly<Partial<Record<FunctionName, Fn>>>

/** What an expression is computed from. */
export interface Scope {
  get(name: string): Value | null
  /** Seconds since 1970. */
  readonly now: number
}

export type Compiled = (scope: Scope) => Result

/** A condition's result. Anything but true and false is no answer. */
export function truth(v: Result): boolean | null {
  return typeof v === 'boolean' ? v : null
}

/** Values of one field of one row: a guard against rows that grow without end. */
export const maxValuesOfField = 100_000

export function isList(v: Result | undefined): v is readonly Single[] {
  return Array.isArray(v)
}

/** An event's value as a row has it. */
export function fromEvent(v: EventValue | undefined): Value | null {
  if (v === undefined || v === null) return null
  if (typeof v === 'string' || typeof v === 'number') return v
  if (typeof v === 'boolean') return v ? 'true' : 'false'
  const list = v.flatMap((item) =>
    item === null ? [] : [typeof item === 'boolean' ? String(item) : item],
  )
  return fromList(list)
}

/** A list of one is that one; an empty list is null. */
export function fromList(list: readonly Single[]): Value | null {
  if (!list.length) return null
  return list.length === 1 ? list[0]! : list
}

export function toList(v: Value | null): readonly Single[] {
  if (v === null) return []
  return isList(v) ? v : [v]
}

export function textOf(v: Single): string {
  return typeof v === 'string' ? v : numberText(v)
}

/** Several values are joined by line breaks, as Splunk shows them, where nothing else is said. */
export function textOfValue(v: Value, between = '\n'): string {
  return isList(v) ? joinTexts(v, between) : textOf(v)
}

export function joinTexts(list: readonly Single[], delim: string): string {
  return boundedList(list, delim.length).map(textOf).join(delim)
}

/** The list itself, unless it would make too long a text: values are shared, so few bytes can hold much of it. */
export function boundedList(
  list: readonly Single[],
  between = 2,
): readonly Single[] {
  let length = between * list.length
  for (const v of list) length += typeof v === 'string' ? v.length : 8
  if (length > maxTextLength) throw tooLong()
  return list
}

/** Expressions can double a text again and again: its length is bounded. */
export function bounded(text: string): string {
  if (text.length > maxTextLength) throw tooLong()
  return text
}

function tooLong(): SearchRefusal {
  return new SearchRefusal(
    `an expression makes a text of more than ${grouped(maxTextLength)} characters`,
    'shorten it with substr()',
  )
}

/** Without exponents as far as that says the same. */
export function numberText(n: number): string {
  if (Number.isInteger(n) && Math.abs(n) < 1e21) return String(n)
  return String(Math.abs(n) < 1e-6 ? n : Number(n.toPrecision(15)))
}

const numeric =
  /^\s*[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?\s*$/

/** The number that a value is or looks like. Hexadecimal text is text. */
export function numberOf(v: Result): number | null {
  if (typeof v === 'number') return v
  if (typeof v !== 'string') return null
  const c = v.charCodeAt(0)
  // Most texts are told apart from numbers by their first character.
  if (!(c <= 57)) return null
  return numeric.test(v) ? Number(v) : null
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Number-like values by number, others by their characters. */
export function compareSingles(a: Single, b: Single): number {
  const x = numberOf(a)
  if (x !== null) {
    const y = numberOf(b)
    if (y !== null) return x - y
  }
  return compareTexts(textOf(a), textOf(b))
}

/** Sort order of whole values: numbers before texts, a list by its first. */
export function compareForSort(a: Single, b: Single): number {
  const x = numberOf(a)
  const y = numberOf(b)
  if (x !== null && y !== null) return x - y
  if (x !== null) return -1
  if (y !== null) return 1
  return compareTexts(textOf(a), textOf(b))
}
