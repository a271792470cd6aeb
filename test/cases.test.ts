// Runs every case of test/cases/sigma: a rule, events, and which of them match, or the error that refuses the rule. Each
// is asked of the naive tree walk and of the stream executor with and without its index.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { printDiagnostic } from '../src/base/diagnostic.ts'
import type { Value } from '../src/base/record.ts'
import { StreamExecutor } from '../src/executors/stream/executor.ts'
import type { DetectionRule } from '../src/ir/rule.ts'
import type { SigmaOptions } from '../src/languages/sigma/index.ts'
import { loadSigma } from '../src/languages/sigma/index.ts'

import { eventOf } from './tools/event-of.ts'
import { holds } from './tools/tree-walk.ts'

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
  readonly error?: {
    readonly code: string
    /** `line:column` */
    readonly at?: string
    /** A regular expression. */
    readonly hint?: string
  }
}

const folder = 'test/cases/sigma'

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
  const { placeholders } = c
  const loaded = loadSigma(
    [{ path: 'case.yml', text: textOf(c) }],
    placeholders ? { placeholders } : {},
  )
  const errors = loaded.refused.flatMap((r) => r.diagnostics)
  const said = errors.map(printDiagnostic).join('\n')
  if (c.error) {
    const found = errors.find((d) => d.code === c.error!.code)
    expect(found, said).toBeDefined()
    const { position, hint = '' } = found!
    if (c.error.at) {
      expect(`${position!.line}:${position!.column}`).toBe(c.error.at)
    }
    if (c.error.hint) expect(hint).toMatch(new RegExp(c.error.hint))
    return
  }
  expect(said).toBe('')
  for (const code of c.warns ?? []) {
    expect(loaded.diagnostics.map((d) => d.code)).toContain(code)
  }
  const rules = loaded.rules.filter((r) => r.kind === 'detection')
  const events = c.events ?? []
  const expected = [...(c.matches ?? [])]
  const walked = events.flatMap((e, i) =>
    rules.some((r) => holds(r.condition, e)) ? [i] : [],
  )
  expect(walked, 'tree walk').toEqual(expected)
  for (const index of [true, false]) {
    expect(streamed(rules, events, index), `index ${index}`).toEqual(expected)
  }
}

function streamed(
  rules: readonly DetectionRule[],
  events: readonly Record<string, Value>[],
  index: boolean,
): number[] {
  const executor = new StreamExecutor(rules, { index, routing: false })
  return events.flatMap((fields, i) => {
    let matched = false
    executor.match(eventOf(fields), () => {
      matched = true
    })
    return matched ? [i] : []
  })
}

for (const name of readdirSync(folder).sort()) {
  describe(name, () => {
    const text = readFileSync(join(folder, name), 'utf8')
    for (const document of parseAllDocuments(text)) {
      if ('empty' in document) continue
      const c = document.toJS({ mapAsMap: false }) as Case
      it(c.why, () => {
        expect(document.errors).toEqual([])
        run(c)
      })
    }
  })
}
