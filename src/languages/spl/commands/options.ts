// Options of commands: `name=value` before, between or behind the arguments.
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Span } from '../../../ir/moment.ts'
import type { Buckets } from '../../../ir/operator.ts'

import { parseSnappedSpan, parseSpan } from '../../../meaning/moment.ts'

import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'

/** What becomes of an option: it has a value that counts, or it is one of these. */
export type OptionKind =
  | 'flag'
  | 'count'
  | 'number'
  | 'text'
  | 'span'
  /** A span that may say where its buckets begin: `1w@w1`. */
  | 'snapped-span'
  /** It cannot change the rows: how fast, where, in which pieces. */
  | 'harmless'
  | Noted
  | Refused

/** It is passed over, and that is said. */
interface Noted {
  readonly noted: string
  /** Values that ask for nothing else than what happens anyway. */
  readonly unless?: readonly string[]
}
interface Refused {
  readonly refused: string
  readonly unless?: readonly string[]
}

export type OptionSpec = Readonly<Record<string, OptionKind>>

type OptionValue<K extends OptionKind> = K extends 'flag'
  ? boolean
  : K extends 'count' | 'number'
    ? number
    : K extends 'span'
      ? Span
      : K extends 'snapped-span'
        ? Pick<Buckets, 'span' | 'align'>
        : string

export type Options<S extends OptionSpec> = {
  -readonly [N in keyof S]?: OptionValue<S[N]>
}

export const off = ['f', 'false', '0'] as const
export const on = ['t', 'true', '1'] as const

/**
 * Takes all options that come next into `into`. A word with `=` behind it that is no option of the command is a mistake,
 * unless `others` says that the command's arguments look so themselves.
 *
 *     option = name "=" value
 */
export function takeOptions<S extends OptionSpec>(
  s: Scanner,
  spec: S,
  into: Options<S>,
  command: string,
  others = false,
): void {
  for (;;) {
    s.space()
    const at = s.pos
    const name = s.word()
    if (name === undefined || !s.take('=')) {
      s.pos = at
      return
    }
    const key = name.toLowerCase()
    const kind = Object.hasOwn(spec, key) ? spec[key] : undefined
    if (!kind) {
      if (others) {
        s.pos = at
        return
      }
      throw new SyntaxProblem(
        'P008',
        `"${command}" has no option "${name}"`,
        at,
        didYouMean(name, Object.keys(spec)),
      )
    }
    const value = optionValue(s, key, kind)
    if (typeof kind === 'object') passOver(s, command, key, kind, value, at)
    Object.assign(into, { [key]: value })
    if (!others) s.takeCommas()
  }
}

function passOver(
  s: Scanner,
  command: string,
  name: string,
  kind: Noted | Refused,
  value: unknown,
  at: number,
): void {
  const shown = String(value)
  if (kind.unless?.includes(shown.toLowerCase())) return
  const option = `${command} ${name}=${shown}`
  if ('refused' in kind)
    throw new SyntaxProblem(
      'P012',
      `"${option}" is not supported: ${kind.refused}`,
      at,
    )
  s.note('P048', `"${option}" is passed over: ${kind.noted}`, at)
}

function optionValue(s: Scanner, name: string, kind: OptionKind) {
  s.space()
  const at = s.pos
  const text = s.string() ?? s.word('|()[],="<>')
  if (text === undefined) s.fail(`expected a value of "${name}"`)
  switch (kind) {
    case 'flag':
      if (/^(?:t|true|1)$/i.test(text)) return true
      if (/^(?:f|false|0)$/i.test(text)) return false
      return wrong(name, text, 'true or false', at)
    case 'count':
      if (/^\d{1,9}$/.test(text)) return Number(text)
      return wrong(name, text, 'a whole number', at)
    case 'number':
      if (/^[+-]?\d{1,15}(?:\.\d{1,9})?$/.test(text)) return Number(text)
      return wrong(name, text, 'a number', at)
    case 'span': {
      const span = parseSpan(text)
      return span ?? wrong(name, text, 'a span, such as 5m', at)
    }
    case 'snapped-span':
      return (
        parseSnappedSpan(text) ?? wrong(name, text, 'a span, such as 5m', at)
      )
    default:
      return text
  }
}

export function wrong(
  name: string,
  text: string,
  expected: string,
  at: number,
): never {
  throw new SyntaxProblem(
    'P009',
    `option "${name}" is "${text}", expected ${expected}`,
    at,
  )
}

/** Names parted by commas or white space, up to the command's end or one of the words; options may stand among them. */
export function nameList(
  s: Scanner,
  ends: readonly string[] = [],
  what = 'a field',
  options: () => void = () => {},
): string[] {
  const names: string[] = []
  for (;;) {
    options()
    if (s.atCommandEnd() || ends.some((w) => s.seesWord(w, true))) break
    names.push(s.name(what))
    if (s.takeCommas() && s.atCommandEnd())
      s.fail(`expected ${what} behind ","`)
  }
  return names
}

export function someNames(
  s: Scanner,
  ends: readonly string[] = [],
  what = 'a field',
  options?: () => void,
): string[] {
  const names = nameList(s, ends, what, options)
  if (!names.length) s.fail(`expected ${what}`, 'P010')
  return names
}

/** A whole number that stands alone. */
export function takeCount(s: Scanner): number | undefined {
  s.space()
  const at = s.pos
  const word = s.word()
  if (word !== undefined && /^\d{1,9}$/.test(word) && s.peek() !== '=') {
    return Number(word)
  }
  s.pos = at
  return undefined
}

/** `by` and fields, where it is there. */
export function byClause(s: Scanner, options: () => void): string[] {
  return s.takeWord('by', true) ? someNames(s, [], 'a field', options) : []
}
