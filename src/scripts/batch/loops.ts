// What a loop of cmd.exe goes through: numbers, words, lines of files and of what a command prints. Microsoft Learn, "for".
import type { Budget } from '../budget.ts'
import { numberOf, textOf, text as textValue } from '../fold/value.ts'
import type { Session } from '../session.ts'
import { ofPipe } from '../fold/flow.ts'
import { pipeOf } from '../known/places.ts'
import { outputOf } from './outputs.ts'
import type { ForHead } from './statements.ts'
import { tokensOf } from './tokens.ts'

/** Rounds of one loop. */
const maxRounds = 4_096

/** Of what only a run would tell. */
export const unknownOutput = '{output}'

export interface Round {
  /** What the letter stands for, and those behind it. */
  readonly values: readonly string[]
  readonly via: number
}

export interface Rounds {
  readonly rounds: readonly Round[]
  /** What is gone through is not known: one round stands for all. */
  readonly isOpen: boolean
  /** The command whose output it goes through. */
  readonly command?: string
  readonly isCut?: boolean
}

export function roundsOf(
  { kind, options }: Pick<ForHead, 'kind' | 'options'>,
  set: string,
  session: Session,
  budget: Budget,
): Rounds {
  if (kind === 'l') return counted(set)
  if (kind === 'f') return linesIn(options, set, session, budget)
  const words = set.match(/"[^"]*"|[^\s,;=]+/g) ?? []
  const isOpen = kind !== '' || words.some((w) => /[*?]|%[^%]+%/.test(w))
  return {
    rounds: words.slice(0, maxRounds).map((w) => ({ values: [w], via: 0 })),
    isOpen,
    isCut: words.length > maxRounds,
  }
}

function counted(set: string): Rounds {
  const [from, by, to] = set
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((n) => numberOf(textValue(n)))
  if (from === undefined || by === undefined || to === undefined)
    return { rounds: [{ values: [unknownOutput], via: 0 }], isOpen: true }
  const n = by ? Math.max(0, Math.floor((to - from) / by) + 1) : 1
  const rounds = Array.from({ length: Math.min(n, maxRounds) }, (_, i) => ({
    values: [String(from + i * by)],
    via: 0,
  }))
  return { rounds, isOpen: false, isCut: n > maxRounds }
}

function linesIn(
  options: string,
  written: string,
  session: Session,
  budget: Budget,
): Rounds {
  const set = written.trim()
  const isBack = /\busebackq\b/i.test(options)
  const quoted = /^(["'`])([\s\S]*)\1$/.exec(set)
  const sign = quoted?.[1]
  const inner = quoted?.[2] ?? set
  if (sign === (isBack ? "'" : '"')) return cutUp(options, inner, 0)
  if (sign === (isBack ? '`' : "'")) {
    const command = inner.replace(/\^([|&<>"()=,;])/g, '$1')
    const known = outputOf(command, session, budget)
    return known
      ? { ...cutUp(options, known.text, known.via), command }
      : { ...unknownLine(options, pipeIn(command) ? ofPipe : 0), command }
  }
  const content = session.peek(inner)
  const text = textOf(content)
  if (text !== undefined && budget.make(text.length))
    return cutUp(options, text, content!.via)
  return pipeOf(inner)
    ? { ...unknownLine(options, ofPipe), command: `type ${inner}` }
    : unknownLine(options)
}

/** Is one of its words a pipe? */
function pipeIn(command: string): boolean {
  const words = command.slice(0, 4_096).split(/[\s"<>|]+/)
  return words.some((w) => pipeOf(w) !== undefined)
}

function unknownLine(options: string, via = 0): Rounds {
  const wanted = tokensOf('x', options.replace(/\beol=\S/i, '')).length
  const values = Array.from(
    { length: Math.max(1, wanted) },
    () => unknownOutput,
  )
  return { rounds: [{ values, via }], isOpen: true }
}

function cutUp(options: string, text: string, via: number): Rounds {
  const skip = Number(/\bskip=(\d{1,6})/i.exec(options)?.[1] ?? 0)
  const lines = text.split(/\r?\n/).slice(skip).filter(Boolean)
  const rounds = lines.slice(0, maxRounds).flatMap((line) => {
    const values = tokensOf(line, options)
    return values.length ? [{ values, via }] : []
  })
  return { rounds, isOpen: false, isCut: lines.length > maxRounds }
}
