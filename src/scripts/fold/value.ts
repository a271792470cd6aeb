// What an expression comes to, as far as its text tells.
import type { Budget } from '../budget.ts'
import type { Node } from '../syntax/node.ts'

/** How a text was hidden; a value carries a bit for each. */
export const obfuscations = [
  'concatenation',
  'character codes',
  'base64',
  'hex',
  'compression',
  'xor',
  'reversal',
  'replacement',
  'format',
  'slices',
  'escapes',
  'environment',
  'split words',
  'encoded script',
  'rotation',
] as const

export type Obfuscation = (typeof obfuscations)[number]

export function bitOf(name: Obfuscation): number {
  return 1 << obfuscations.indexOf(name)
}

export function namesOf(via: number): Obfuscation[] {
  return obfuscations.filter((_, i) => via & (1 << i))
}

interface Folded {
  readonly via: number
}

/** Names stand in it for what is not known: nobody knows how long it is, or what stands at a place of it. */
export const holed = 1 << 27

/** As text of which every letter is known. */
export function wholeText(value: Value | undefined): string | undefined {
  return value && value.via & holed ? undefined : textOf(value)
}

export interface TextValue extends Folded {
  readonly kind: 'text'
  readonly text: string
  /** One letter of a language in which letters are numbers too. */
  readonly isLetter?: true
  /** PowerShell's `$null`: written as nothing, and the same as nothing but itself. */
  readonly isNull?: true
  /** A regular expression, as the script writes it, with its delimiters. */
  readonly isPattern?: true
}
export interface NumberValue extends Folded {
  readonly kind: 'number'
  readonly number: number
  /** Of a language that writes it with a point, though it is whole. */
  readonly isReal?: true
  /** How the language writes it as text: it is true or false. */
  readonly word?: string
}
export interface BytesValue extends Folded {
  readonly kind: 'bytes'
  readonly bytes: Buffer
  /** A program may add to it. */
  readonly isArray?: true
}
export interface ListValue extends Folded {
  readonly kind: 'list'
  /** A program may add to it. */
  readonly items: Value[]
  /** Python's `(a, b)`. */
  readonly isTuple?: true
}
/** Something of a type that matters: a COM object, a socket, a module. */
export interface ObjectValue extends Folded {
  readonly kind: 'object'
  /** Lower case: `wscript.shell`, `socket`, `io.memorystream`. */
  readonly type: string
  readonly host?: string
  /** What it is about: a path, a content. */
  data?: Value
  readonly entries: Map<string, Value>
}
export interface FunctionValue extends Folded {
  readonly kind: 'function'
  readonly params: readonly string[]
  /** Those that are a copy of what is given: VB. */
  readonly byValue?: readonly string[]
  readonly body: readonly Node[]
  /** Its own name, for languages whose result is assigned to it. */
  readonly name?: string
  /** Where it is run, if that is another script of the same page. */
  readonly home?: {
    invoke(fn: Value, args: readonly Value[], of?: ObjectValue): Value
  }
}
export interface UnknownValue extends Folded {
  readonly kind: 'unknown'
  /** How the script calls it. */
  readonly hint: string
  /** It is what a call of this gives, not what is called. */
  readonly isResult?: true
}

export type Value =
  | TextValue
  | NumberValue
  | BytesValue
  | ListValue
  | ObjectValue
  | FunctionValue
  | UnknownValue

export const text = (s: string, via = 0): TextValue => ({
  kind: 'text',
  text: s,
  via,
})
export const letter = (of: TextValue): TextValue => ({ ...of, isLetter: true })
export const number = (n: number, via = 0): NumberValue => ({
  kind: 'number',
  number: n,
  via,
})
export const real = (n: number, via = 0): NumberValue => ({
  ...number(n, via),
  isReal: true,
})
/** True or false, by how the language writes and counts them. */
export const truth = (word: string, counts: number): NumberValue => ({
  kind: 'number',
  number: counts,
  word,
  via: 0,
})
export const bytes = (b: Buffer, via = 0): BytesValue => ({
  kind: 'bytes',
  bytes: b,
  via,
})
export const list = (items: Value[], via = 0): ListValue => ({
  kind: 'list',
  items,
  via,
})
/** UTF-16 units of what a script calls what is not known. */
const maxHint = 4_096

export const unknown = (hint = '', via = 0): UnknownValue => ({
  kind: 'unknown',
  hint: hint.length > maxHint ? hint.slice(0, maxHint) : hint,
  via,
})
export const resultOf = (path: string, via = 0): UnknownValue => ({
  ...unknown(path, via),
  isResult: true,
})
export function object(
  type: string,
  more: { host?: string; data?: Value; via?: number } = {},
): ObjectValue {
  const { host, data, via = 0 } = more
  return {
    kind: 'object',
    type: type.toLowerCase(),
    via,
    entries: new Map(),
    ...(host !== undefined && { host }),
    ...(data !== undefined && { data }),
  }
}

export function withVia<V extends Value>(value: V, via: number): V {
  return (value.via | via) === value.via
    ? value
    : { ...value, via: value.via | via }
}

/** What is filled or changed where it lies, whoever holds it, bears from then on how. */
export function markInPlace(value: Value, via: number): void {
  const held = value as { via: number }
  held.via |= via
}

/** Under which a table knows a name with capitals besides its name in lower case. */
export function exactly(name: string): string {
  return `=${name}`
}

/** What a name of a table stands for, which other names may have the letters of. */
export function setEntry(
  { entries }: ObjectValue,
  name: string,
  value: Value,
): void {
  const low = name.toLowerCase()
  if (low !== name) entries.set(exactly(name), value)
  if (low === name || !entries.has(low)) entries.set(low, value)
}

/** Names and values of a table, each once, as they are written. */
export function entriesOf({ entries }: ObjectValue): [string, Value][] {
  const exact = new Map<Value, string>()
  for (const [name, value] of entries)
    if (name.startsWith('=')) exact.set(value, name.slice(1))
  return [...entries].flatMap(([name, value]): [string, Value][] => {
    if (name.startsWith('='))
      return entries.has(name.slice(1).toLowerCase())
        ? []
        : [[name.slice(1), value]]
    const written = exact.get(value)
    return [[written?.toLowerCase() === name ? written : name, value]]
  })
}

/** Nothing is another where this stands for that. What can be added to is never said to be the same. */
export function isSame(a: Value, b: Value): boolean {
  switch (a.kind) {
    case 'text':
      return b.kind === 'text' && a.text === b.text
    case 'number':
      return b.kind === 'number' && a.number === b.number
    case 'unknown':
      return b.kind === 'unknown' && a.hint === b.hint
    case 'function':
      return b.kind === 'function' && a.body === b.body
    case 'object':
      return b.kind === 'object' && a.type === b.type
    default:
      return false
  }
}

/** As text, where it has one; a list is its items with spaces between. */
export function textOf(value: Value | undefined): string | undefined {
  switch (value?.kind) {
    case 'text':
      return value.text
    case 'number':
      return writtenNumber(value)
    case 'bytes':
      return latin1(value.bytes)
    case 'list':
      return joined(value.items, ' ')
    case 'object':
      return value.data && value.type === 'text'
        ? textOf(value.data)
        : undefined
    default:
      return undefined
  }
}

/** Up to here, and down to there, all languages write a number with a point alike. */
const largestPlain = 1e15
const smallestPlain = 1e-4

function writtenNumber({
  number: n,
  isReal,
  word,
}: NumberValue): string | undefined {
  if (word !== undefined) return word
  if (!isReal) return String(n)
  const size = Math.abs(n)
  if (size >= largestPlain || (size < smallestPlain && size !== 0))
    return undefined
  const sign = Object.is(n, -0) ? '-' : ''
  return Number.isInteger(n) ? `${sign}${n}.0` : String(n)
}

/** Items beyond are not shown. */
const maxJoined = 100_000

export function joined(
  items: readonly Value[],
  between: string,
): string | undefined {
  if (items.length > maxJoined) return undefined
  const out: string[] = []
  for (const item of items) {
    const one = item.kind === 'list' ? undefined : textOf(item)
    if (one === undefined) return undefined
    out.push(one)
  }
  return out.join(between)
}

/** As text for people: what is not known stands by its name in braces. */
export function shownOf(value: Value | undefined): string {
  if (!value) return ''
  const known = textOf(value)
  if (known !== undefined) return known
  switch (value.kind) {
    case 'unknown':
      return value.hint ? `{${value.hint.slice(0, 80)}}` : '{?}'
    case 'list':
      return value.items.slice(0, 64).map(shownOf).join(' ')
    case 'number':
      return '{number}'
    case 'object':
      return value.data ? shownOf(value.data) : `{${value.type}}`
    default:
      return '{function}'
  }
}

export function numberOf(value: Value | undefined): number | undefined {
  switch (value?.kind) {
    case 'number':
      return value.number
    case 'text': {
      if (value.isLetter) return value.text.codePointAt(0)
      const t = value.text.trim()
      if (/^[-+]?\d{1,15}(\.\d{1,15})?$/.test(t)) return Number(t)
      const hex = /^(?:0x|&h)([0-9a-f]{1,12})&?$/i.exec(t)
      if (hex) return Number.parseInt(hex[1]!, 16)
      return undefined
    }
    case 'list':
      return value.items.length === 1 ? numberOf(value.items[0]) : undefined
    default:
      return undefined
  }
}

/** The bytes of a text of one byte a unit, of bytes, or of a list of small numbers. */
export function bytesOf(value: Value | undefined): Buffer | undefined {
  switch (value?.kind) {
    case 'bytes':
      return value.bytes
    case 'text':
      return Buffer.from(value.text, 'latin1')
    case 'list': {
      const out = Buffer.alloc(value.items.length)
      for (let i = 0; i < out.length; i++) {
        const n = numberOf(value.items[i])
        if (n === undefined || n < -128 || n > 255) return undefined
        out[i] = n
      }
      return out
    }
    case 'object':
      return bytesOf(value.data)
    default:
      return undefined
  }
}

export function itemsOf(value: Value | undefined): Value[] | undefined {
  switch (value?.kind) {
    case 'list':
      return value.items
    case 'bytes':
      return Array.from(value.bytes, (b) => number(b, value.via))
    case 'text':
      return Array.from(value.text, (c) => text(c, value.via))
    default:
      return undefined
  }
}

export function viaOf(values: readonly (Value | undefined)[]): number {
  let via = 0
  for (const v of values) if (v) via |= v.via
  return via
}

/** Joined end to end; what is not known stands by its name. undefined: too long. */
export function concat(
  parts: readonly Value[],
  budget: Budget,
): TextValue | UnknownValue {
  let out = ''
  let literals = 0
  let holes = 0
  for (const part of parts) {
    const shown = shownOf(part)
    out += shown
    if (part.kind === 'text') literals++
    else if (textOf(part) === undefined) holes = holed
    if (out.length > 1024 && !budget.make(shown.length)) return unknown()
  }
  const via = viaOf(parts) | holes
  return text(out, literals > 1 ? via | bitOf('concatenation') : via)
}

/** Of the parts of which nothing is known one stands there by its name. */
export function hasHoles(value: Value | undefined): boolean {
  return value?.kind === 'text' && (value.via & holed) !== 0
}

function latin1(b: Buffer): string {
  return b.toString('latin1')
}
