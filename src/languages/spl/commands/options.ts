// Options of commands: `name=value` before, between or behind the arguments.
import { didYouMean } from '../../../base/did-you-mean.ts'

import { type Span, type SpanUnit, spanUnitNames } from '../../../ir/search.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'

type OptionKind = 'flag' | 'count' | 'text' | 'span' | 'ignored'
type OptionSpec = Readonly<Record<string, OptionKind>>

type OptionValue<K extends OptionKind> = K extends 'flag'
  ? boolean
  : K extends 'count'
    ? number
    : K extends 'span'
      ? Span
      : string

export type Options<S extends OptionSpec> = {
  -readonly [N in keyof S]?: OptionValue<S[N]>
}

/**
 * Takes all options that come next into `into`. A word with `=` behind it that is no option of the command is a mistake,
 * unless `others` says that the command's arguments look so themselves.
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
    Object.assign(into, { [key]: optionValue(s, key, kind) })
  }
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
    case 'span': {
      const span = parseSpan(text)
      return span ?? wrong(name, text, 'a span, such as 5m', at)
    }
    default:
      return text
  }
}

function wrong(
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

const units: Readonly<Record<string, SpanUnit>> = {
  us: 'us',
  ms: 'ms',
  ...spanUnitNames,
}

/** `5m`, `1mon`, `10`, `0.5`. */
export function parseSpan(text: string): Span | undefined {
  const m = /^(\d{1,9}(?:\.\d{1,6})?)?([A-Za-z]*)$/.exec(text)
  if (!m || (!m[1] && !m[2])) return undefined
  const count = m[1] ? Number(m[1]) : 1
  if (!(count > 0)) return undefined
  if (!m[2]) return { count }
  const unit = Object.hasOwn(units, m[2].toLowerCase())
    ? units[m[2].toLowerCase()]
    : undefined
  return unit && { count, unit }
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
    if (s.take(',') && s.atCommandEnd()) s.fail(`expected ${what} behind ","`)
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
