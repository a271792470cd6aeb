// Runs every case of test/cases/spl: a search over a few events gives the rows, or the message, that the case states. The
// conditions on events are besides asked of every evaluator that there is.
import { expect } from 'vitest'

import { printDiagnostic } from '../src/base/diagnostic.ts'
import { provenance, type Value } from '../src/base/record.ts'
import { type Event, EventShape, valueAt } from '../src/event/event.ts'
import { logSource } from '../src/event/log-source.ts'
import {
  Comparison,
  Hunt,
  type LookupTable,
  parseLookup,
} from '../src/executors/pipeline/index.ts'
import { placesOf } from '../src/executors/pipeline/places.ts'
import { detectionsOf, excludesSource } from '../src/ir/condition.ts'
import type { Search } from '../src/ir/search.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
  parseMacros,
} from '../src/languages/spl/index.ts'

import { type ExpectedError, expectError, runCases } from './tools/cases.ts'
import { agreed, answersOf } from './tools/evaluators.ts'
import { ruleOf } from './tools/event-of.ts'
import { mmdb } from './tools/mmdb-writer.ts'

interface Case {
  readonly why: string
  readonly search: string
  readonly macros?: string
  readonly lookups?: Readonly<
    Record<string, { csv: string } & Omit<LookupTable, 'columns' | 'rows'>>
  >
  /** What a database of places tells of networks. */
  readonly places?: Parameters<typeof mmdb>[0]
  readonly events?: readonly Readonly<Record<string, Value>>[]
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  /** How many rows, where the rows themselves are not the point. */
  readonly count?: number
  readonly error?: ExpectedError
  readonly warning?: string
  /** A code that is not told. */
  readonly silent?: string
  /** Part of the message with which a running search ends. */
  readonly refused?: string
  /** In and out of each stage. */
  readonly account?: readonly (readonly [number, number])[]
  /** A text that some hint of the account holds. */
  readonly hint?: string
}

/** What now() says in every case: 2024-01-31T12:00:00Z. */
const now = 1_706_702_400

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
    value: (n) => valueAt(shape, n, (at) => rest[names[at]!]),
    time: () => (typeof time === 'number' ? time * 1000 : undefined),
    host: () => (typeof rest.Computer === 'string' ? rest.Computer : undefined),
  }
}

function run(c: Case) {
  const macros = c.macros ? parseMacros(c.macros).macros : undefined
  const { search, diagnostics } = compileSearch(
    c.search,
    macros ? { macros } : {},
  )
  const errors = diagnostics.filter((d) => d.severity === 'error')
  if (c.error) {
    expectError(errors, c.error)
    return
  }
  expect(errors.map(printDiagnostic).join('\n')).toBe('')
  if (c.warning) expect(diagnostics.map((d) => d.code)).toContain(c.warning)
  if (c.silent) expect(diagnostics.map((d) => d.code)).not.toContain(c.silent)
  const events = (c.events ?? []).map(eventOf)
  const lookups = new Map(
    Object.entries(c.lookups ?? {}).map(([name, { csv, ...options }]) => [
      name,
      parseLookup(csv, options).table,
    ]),
  )
  const places = c.places && placesOf(mmdb(c.places))
  const context = {
    now,
    lookups,
    places,
    parseCondition,
    parseValue,
    explain: true,
  }
  const result = shown(new Hunt(search!, context), events)
  if (c.refused) expect(result.refusal?.message).toContain(c.refused)
  else expect(result.refusal).toBeUndefined()
  const rows = result.rows.map((r) => Object.fromEntries(r.values))
  if (c.rows) expect(rows).toEqual(c.rows)
  if (c.count !== undefined) expect(rows).toHaveLength(c.count)
  if (c.account) {
    expect(result.account.map((a) => [a.in, a.out])).toEqual(c.account)
  }
  if (c.hint) {
    const hints = result.account.flatMap((a) => a.hints)
    expect(hints.join('\n')).toContain(c.hint)
  }
  if (isPlain(search!)) expectAgreement(search!, events)
}

function shown(hunt: Hunt, events: readonly Event[]) {
  for (let pass = 0; pass < hunt.passes; pass++) {
    for (const event of events) hunt.event(event)
    hunt.endPass()
  }
  return hunt.result()
}

/** Whether its conditions are told by an event alone. */
function isPlain({ from, subsearches, time }: Search): boolean {
  return from.kind === 'events' && subsearches.length === 0 && !time
}

/** The search's own conditions, without what follows them, and the rules made of it. */
function expectAgreement(search: Search, events: readonly Event[]) {
  const passed: number[] = []
  const conditions = { ...search, operators: [] }
  const context = { now, lookups: new Map(), parseCondition, parseValue }
  const hunt = new Hunt(conditions, context, {
    onRow: () => {},
    onEvent: (event) => passed.push(events.indexOf(event)),
  })
  shown(hunt, events)
  const { meta } = ruleOf({ kind: 'constant', value: true })
  const rule = { kind: 'search' as const, meta, search: conditions }
  const compared = events.flatMap((event, i) => {
    const comparison = new Comparison(rule, rule)
    comparison.event(event)
    return comparison.result().both ? [i] : []
  })
  expect(compared, 'equal').toEqual(passed)
  // A source that is excluded is asked for again when the rules have matched.
  if (search.stages.some((s) => excludesSource(s.condition))) return
  expect(answersOf(detectionsOf(rule), events)).toEqual(agreed(passed))
}

runCases<Case>(
  'test/cases/spl',
  {
    needed: ['search'],
    allowed: [
      'macros',
      'lookups',
      'places',
      'events',
      'warning',
      'silent',
      'account',
      'hint',
    ],
    outcomes: [
      'rows',
      'count',
      'refused',
      'error',
      'account',
      'warning',
      'silent',
      'hint',
    ],
  },
  run,
)
