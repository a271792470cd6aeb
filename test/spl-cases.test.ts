// Runs every case of test/cases/spl: a search over a few events gives the rows, or the message, that the case states.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { provenance, type Value } from '../src/base/record.ts'
import { type Event, EventShape } from '../src/event/event.ts'
import { logSource } from '../src/event/log-source.ts'
import {
  Hunt,
  type LookupTable,
  parseLookup,
} from '../src/executors/pipeline/index.ts'
import {
  compileSearch,
  parseCondition,
  parseMacros,
} from '../src/languages/spl/index.ts'

interface Case {
  readonly why: string
  readonly search: string
  readonly macros?: string
  readonly lookups?: Readonly<
    Record<string, { csv: string } & Omit<LookupTable, 'columns' | 'rows'>>
  >
  readonly events?: readonly Readonly<Record<string, Value>>[]
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  /** How many rows, where the rows themselves are not the point. */
  readonly count?: number
  readonly error?: string
  readonly warning?: string
  /** Part of the message with which a running search ends. */
  readonly refused?: string
  /** In and out of each stage. */
  readonly account?: readonly (readonly [number, number])[]
  /** A text that some hint of the account holds. */
  readonly hint?: string
}

/** What now() says in every case: 2024-01-31T12:00:00Z. */
const now = 1_706_702_400

const folder = join(import.meta.dirname, 'cases', 'spl')
const sources = new Map<string, EventShape>()

function eventOf(fields: Readonly<Record<string, Value>>, i: number): Event {
  const { log, time, ...rest } = fields
  const names = Object.keys(rest)
  const key = `${log} ${names.join('\0')}`
  let shape = sources.get(key)
  if (!shape) {
    const [product, category, service] = String(log ?? '')
      .split('/')
      .map((p) => (p && p !== '-' ? p : undefined))
    shape = new EventShape(
      names,
      logSource(
        product,
        category ? [category] : undefined,
        service ? [service] : undefined,
      ),
      provenance('unknown', '', '', ''),
    )
    sources.set(key, shape)
  }
  return {
    shape,
    origin: { file: 'case.jsonl', record: i + 1, offset: 0 },
    value: (n) => rest[names[n]!],
    time: () => (typeof time === 'number' ? time * 1000 : undefined),
    host: () => (typeof rest.Computer === 'string' ? rest.Computer : undefined),
  }
}

function run(c: Case) {
  const macros = c.macros ? parseMacros(c.macros).macros : undefined
  const compiled = compileSearch(c.search, macros ? { macros } : {})
  const lookups = new Map(
    Object.entries(c.lookups ?? {}).map(([name, { csv, ...options }]) => [
      name,
      parseLookup(csv, options).table,
    ]),
  )
  if (!compiled.search) return { compiled, result: undefined }
  const hunt = new Hunt(compiled.search, {
    now,
    lookups,
    parseCondition,
    explain: true,
  })
  for (let pass = 0; pass < hunt.passes; pass++) {
    c.events?.forEach((e, i) => {
      hunt.event(eventOf(e, i))
    })
    hunt.endPass()
  }
  return { compiled, result: hunt.result() }
}

for (const file of readdirSync(folder).sort()) {
  const cases = parse(readFileSync(join(folder, file), 'utf8')) as Case[]
  describe(file.replace('.yml', ''), () => {
    it.each(cases.map((c) => [c.why, c] as const))('%s', (_, c) => {
      const { compiled, result } = run(c)
      const codes = compiled.diagnostics.map((d) => d.code)
      const errors = compiled.diagnostics.filter((d) => d.severity === 'error')
      if (c.error) {
        expect(errors.map((d) => d.code)).toContain(c.error)
        return
      }
      expect(errors).toEqual([])
      if (c.warning) expect(codes).toContain(c.warning)
      if (c.refused) expect(result?.refusal?.message).toContain(c.refused)
      else expect(result?.refusal).toBeUndefined()
      const rows = result!.rows.map((r) => Object.fromEntries(r.values))
      if (c.rows) expect(rows).toEqual(c.rows)
      if (c.count !== undefined) expect(rows).toHaveLength(c.count)
      if (c.account) {
        expect(result!.account.map((a) => [a.in, a.out])).toEqual(c.account)
      }
      if (c.hint) {
        expect(result!.account.flatMap((a) => a.hints).join('\n')).toContain(
          c.hint,
        )
      }
    })
  })
}
