// What folding says an expression comes to, beside what the interpreter says.
import { Budget } from '../../../src/scripts/budget.ts'
import {
  text,
  unknown,
  textOf,
  type Value,
} from '../../../src/scripts/fold/value.ts'
import type { Language } from '../../../src/scripts/language.ts'
import { runLayer } from '../../../src/scripts/run.ts'
import { Session } from '../../../src/scripts/session.ts'

/** By an interpreter: `error`, or the type with its text. */
export interface Said {
  readonly type: string
  readonly text: string
}

/** An expression as a statement that it is given by. */
function statementOf(language: Language, expression: string): string {
  switch (language) {
    case 'vbscript':
      return `x = ${expression}`
    case 'powershell':
      return `$made = ${expression}`
    default:
      return `x = (${expression})`
  }
}

/** What an expression of a language comes to. */
export function folded(language: Language, expression: string): Value {
  return foldedScript(language, statementOf(language, expression), folded)
}

/** What a script comes to; `evaluated`: a text that it evaluates. */
export function foldedScript(
  language: Language,
  script: string,
  evaluated: (of: Language, inner: string) => Value = () => unknown(),
): Value {
  const nothing = () => undefined
  const value = runLayer({
    text: script,
    language,
    budget: new Budget(language),
    findings: {
      action: nothing,
      script: nothing,
      evaluated: (inner, of) => evaluated(of, textOf(inner) ?? ''),
      commandLine: nothing,
      mark: nothing,
      file: nothing,
      entry: nothing,
    },
    session: new Session(text(script)),
    part: nothing,
  })
  return value ?? unknown()
}

/** How it is told where it differs. */
export function differences(own: Value, real: Said): string | undefined {
  const shown = textOf(own)
  if (shown === undefined) return undefined
  const isSame =
    real.type === 'boolean'
      ? shown.toLowerCase() === real.text.toLowerCase()
      : own.kind === 'number'
        ? isNear(own.number, real)
        : own.kind === 'text' && shown === real.text
  return isSame && real.type !== 'error'
    ? undefined
    : `${own.kind} ${JSON.stringify(shown)}`
}

/** Interpreters write up to fifteen digits. */
function isNear(n: number, { type, text: s }: Said): boolean {
  if (type === 'string') return false
  if (Number.isNaN(n)) return s === 'NaN'
  const other = Number(s.replace(',', '.'))
  return n === other || Math.abs(n - other) <= Math.abs(other) * 1e-13
}
