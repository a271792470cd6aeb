// What an interpreter says that an expression comes to, beside what folding says. Both are written down alike: `t:` a text in hexadecimal of its
// bytes, `b:` bytes, `n:` a number, `z:` a truth, `[a,b]` a list, `-` nothing, `!` it fails.
import { spawnSync } from 'node:child_process'

import { holed, textOf, type Value } from '../../../src/scripts/fold/value.ts'
import type { Language } from '../../../src/scripts/language.ts'
import { foldedScript } from './folded.ts'
import { expressions, type Templates } from './generator.ts'

export interface Interpreted {
  readonly language: Language
  /** The program that says what is right, with the words before the script. */
  readonly interpreter: readonly string[]
  readonly templates: Templates
  /** A script that says of each expression, on a line of its own, what it comes to. */
  script(all: readonly string[]): string
  /** What is folded of one. */
  source(expression: string): string
  /** Texts and numbers are the same to it. */
  readonly untyped?: true
}

const hexOf = (s: string, encoding: 'utf8' | 'latin1') =>
  Buffer.from(s, encoding).toString('hex')

/** undefined: it is not known, or a part of it is not. */
function written(
  value: Value,
  encoding: 'utf8' | 'latin1',
  untyped: boolean,
): string | undefined {
  if (value.via & holed) return undefined
  switch (value.kind) {
    case 'text':
      return `t:${hexOf(value.text, encoding)}`
    case 'bytes':
      return `${untyped ? 't' : 'b'}:${value.bytes.toString('hex')}`
    case 'number': {
      if (!untyped) return `n:${value.number}`
      const shown = textOf(value)
      return shown === undefined ? undefined : `t:${hexOf(shown, 'latin1')}`
    }
    case 'list': {
      const items = value.items.map((v) => written(v, encoding, untyped))
      return items.includes(undefined) ? undefined : `[${items.join(',')}]`
    }
    default:
      return undefined
  }
}

export interface Difference {
  readonly expression: string
  readonly right: string
  readonly told: string
}

export interface Compared {
  readonly cases: number
  /** Of which folding says what they come to. */
  readonly known: number
  /** Told though they fail. */
  readonly failing: number
  readonly differences: readonly Difference[]
}

export function isThere({ interpreter }: Interpreted): boolean {
  const [program = ''] = interpreter
  return spawnSync(program, ['-v'], { input: '' }).error === undefined
}

/** Milliseconds that an interpreter is waited for: what keeps it longer fails. */
const patience = 8_000

/** What the interpreter says of each; one that ends the interpreter fails. */
export function interpreted(
  language: Interpreted,
  all: readonly string[],
): string[] {
  const [program = '', ...words] = language.interpreter
  const said: string[] = []
  while (said.length < all.length) {
    const { stdout } = spawnSync(program, words, {
      input: Buffer.from(language.script(all.slice(said.length)), 'utf8'),
      encoding: 'latin1',
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
      maxBuffer: 64 * 1024 * 1024,
      timeout: patience,
    })
    const rest = all.length - said.length
    const lines = stdout.split('\n').filter((l) => /^[tbnz]:|^[-!?[]/.test(l))
    for (const line of lines) said.push(line)
    if (lines.length > rest) throw new Error(`${program} said too much`)
    if (lines.length < rest) said.push('!')
  }
  return said
}

export function compared(
  language: Interpreted,
  wanted: number,
  seed: number,
): Compared {
  const all = expressions(language.templates, wanted, seed)
  const right = interpreted(language, all)
  const differences: Difference[] = []
  let known = 0
  let failing = 0
  all.forEach((expression, i) => {
    const script = language.source(expression)
    const value = foldedScript(language.language, script)
    const told = toldOf(language, value)
    if (!told) return
    known++
    const isSame = told.some((t) => isEqual(t, right[i]!))
    if (right[i] === '!') failing++
    else if (!isSame)
      differences.push({ expression, right: right[i]!, told: told[0]! })
  })
  return { cases: all.length, known, failing, differences }
}

function toldOf({ untyped }: Interpreted, value: Value): string[] | undefined {
  const all = (['utf8', 'latin1'] as const).flatMap(
    (e) => written(value, e, untyped === true) ?? [],
  )
  return all.length ? all : undefined
}

/** How languages write what is true and what is not. */
const truths = {
  0: ['n:0', 't:', `t:${hexOf('false', 'latin1')}`],
  1: ['n:1', 't:31', `t:${hexOf('true', 'latin1')}`],
} as const satisfies Record<'0' | '1', readonly string[]>

/** A truth is one or nothing; a number of many digits is the same as far as it is written. */
function isEqual(told: string, right: string): boolean {
  if (told === right) return true
  const truth = /^z:([01])$/.exec(right)?.[1]
  if (truth)
    return (truths[truth as '0' | '1'] as readonly string[]).includes(told)
  const [a, b] = [told, right].map((s) => /^n:(.+)$/.exec(s)?.[1])
  if (a === undefined || b === undefined) return bothLists(told, right)
  return Number(a) === Number(b) || (a === 'NaN' && /nan/i.test(b))
}

function bothLists(told: string, right: string): boolean {
  if (!told.startsWith('[') || !right.startsWith('[')) return false
  const [a, b] = [told, right].map((s) => s.slice(1, -1).split(','))
  return (
    a!.length === b!.length &&
    a!.every((one, i) => one === b![i] || isEqual(one, b![i]!))
  )
}

/** As people read it. */
export function shown(written: string): string {
  return written.replace(/([tb]):([0-9a-f]*)/g, (_, kind: string, hex) =>
    kind === 't'
      ? JSON.stringify(Buffer.from(hex, 'hex').toString('utf8'))
      : `b${JSON.stringify(Buffer.from(hex, 'hex').toString('latin1'))}`,
  )
}
