// Runs every case of test/cases/sigma: a rule, events, and which of them match, or the error that refuses the rule. Each
// is asked of every evaluator that there is.
import { expect } from 'vitest'

import { printDiagnostic } from '../src/base/diagnostic.ts'
import type { Value } from '../src/base/record.ts'
import type { SigmaOptions } from '../src/languages/sigma/index.ts'
import { loadSigma } from '../src/languages/sigma/index.ts'

import { type ExpectedError, expectError, runCases } from './tools/cases.ts'
import { agreed, answersOf } from './tools/evaluators.ts'
import { eventOf } from './tools/event-of.ts'

interface Case {
  /** The fact that the case holds to. */
  readonly why: string
  /** The whole file, or only its `detection`. */
  readonly rule?: string
  readonly detection?: unknown
  readonly placeholders?: NonNullable<SigmaOptions['placeholders']>
  readonly events?: readonly Record<string, Value>[]
  /** Positions of the events that match. */
  readonly matches?: readonly number[]
  readonly warns?: readonly string[]
  readonly error?: ExpectedError
}

// JSON is YAML, a key a line so that positions can be asked for.
function textOf(c: Case): string {
  if (c.rule !== undefined) return c.rule
  const entries = Object.entries(c.detection as object).map(
    ([k, v]) => `  ${JSON.stringify(k)}: ${detail(v)}`,
  )
  return `title: case\nlogsource: { product: test }\ndetection:\n${entries.join('\n')}\n`
}

function detail(value: unknown): string {
  return typeof value === 'string' && !/["'\\:#]/.test(value)
    ? value
    : JSON.stringify(value, (_, v: unknown) =>
        typeof v === 'bigint' ? `@${v}@` : v,
      ).replace(/"@(\d+)@"/g, '$1')
}

function run(c: Case) {
  const { placeholders, events = [], matches = [] } = c
  const loaded = loadSigma(
    [{ path: 'case.yml', text: textOf(c) }],
    placeholders ? { placeholders } : {},
  )
  const errors = loaded.refused.flatMap((r) => r.diagnostics)
  if (c.error) {
    expectError(errors, c.error)
    return
  }
  expect(errors.map(printDiagnostic).join('\n')).toBe('')
  for (const code of c.warns ?? []) {
    expect(loaded.diagnostics.map((d) => d.code)).toContain(code)
  }
  const rules = loaded.rules.filter((r) => r.kind === 'detection')
  const made = events.map((fields) => eventOf(fields))
  expect(answersOf(rules, made)).toEqual(agreed(matches))
}

runCases<Case>(
  'test/cases/sigma',
  {
    needed: [],
    allowed: ['rule', 'detection', 'placeholders', 'events', 'warns'],
    outcomes: ['matches', 'error'],
  },
  run,
)
