// One meaning: the rules made of a search find, in the stream executor, the very events that the search itself passes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { provenance, type Value } from '../src/base/record.ts'
import { type Event, EventShape } from '../src/event/event.ts'
import { logSource } from '../src/event/log-source.ts'
import { Hunt } from '../src/executors/pipeline/index.ts'
import { detectionsOf } from '../src/ir/condition.ts'
import { StreamExecutor } from '../src/executors/stream/executor.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../src/languages/spl/index.ts'

const sources = [
  logSource('windows', ['process_creation'], ['sysmon']),
  logSource('windows', ['image_load'], ['sysmon']),
  logSource('windows', [], ['security']),
  logSource('linux', ['process_creation'], ['auditd']),
  logSource(undefined, undefined, undefined),
]

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    'x',
    'X',
    'xy',
    '',
    'C:\\a\\x',
    '/b/x',
    'x\ny',
    1,
    '1',
    '01',
    '1.0',
    true,
    null,
    'İx',
    'Σσς',
  ),
  fc.array(fc.constantFrom('x', 'y', 'xy', '1'), {
    minLength: 1,
    maxLength: 3,
  }),
)

const event: fc.Arbitrary<Event> = fc
  .tuple(
    fc.nat({ max: sources.length - 1 }),
    fc.dictionary(
      fc.constantFrom('a', 'b', 'Image', 'EventID', 'User', 'AccessRights'),
      value,
    ),
  )
  .map(([s, fields]) => {
    const names = Object.keys(fields)
    const shape = new EventShape(
      names,
      sources[s]!,
      provenance('unknown', '', '', ''),
    )
    return {
      shape,
      origin: { file: 'x', record: 1, offset: 0 },
      value: (i: number) => fields[names[i]!],
      time: () => undefined,
      host: () => undefined,
    }
  })

const leaf = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'a',
        'b',
        'Image',
        'process_name',
        'EventCode',
        'user',
        'access_type',
        'process_privilege',
        'Processes.process_name',
      ),
      fc.constantFrom('=', '!='),
      fc.constantFrom('x', '"x*"', '"*y"', '1', '*', '""', 'σσσ', 'CASE(X)'),
    )
    .map((p) => p.join('')),
  fc.constantFrom(
    'a>0',
    'EventCode IN (1, 4688)',
    'process_name IN ("*x", y)',
    'x',
    'CASE(x)',
    'sourcetype=Sysmon',
    'sourcetype=WinEventLog*',
    'source="linux:audit"',
    'a=* b!=1',
  ),
)
const condition: fc.Arbitrary<string> = fc.letrec<{ c: string }>((tie) => ({
  c: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(tie('c'), tie('c')).map(([x, y]) => `(${x} OR ${y})`),
    fc.tuple(tie('c'), tie('c')).map(([x, y]) => `(${x} ${y})`),
    leaf
      .filter((l) => !/^(?:sourcetype|source)/.test(l))
      .map((l) => `NOT (${l})`),
  ),
})).c

describe('a search as rules', () => {
  it('finds the events that the search passes', () => {
    fc.assert(
      fc.property(
        condition,
        fc.array(event, { minLength: 1, maxLength: 8 }),
        (text, events) => {
          const { search } = compileSearch(text)
          expect(search, text).toBeDefined()
          const passed: number[] = []
          let at = 0
          const hunt = new Hunt(
            search!,
            { now: 0, lookups: new Map(), parseCondition, parseValue },
            { onRow: () => {}, onEvent: () => passed.push(at) },
          )
          const rules = detectionsOf({
            kind: 'search',
            search: search!,
            meta: {
              id: 'x',
              title: 'x',
              level: 'low',
              techniques: [],
              tags: [],
              falsePositives: [],
              references: [],
              mitigations: [],
              fields: [],
            },
          })
          for (const index of [true, false]) {
            const executor = new StreamExecutor(rules, { index, routing: true })
            const matched: number[] = []
            passed.length = 0
            for (const [i, e] of events.entries()) {
              at = i
              hunt.event(e)
              let hit = false
              executor.match(e, () => {
                hit = true
              })
              if (hit) matched.push(i)
            }
            expect(matched, `${text} index=${index}`).toEqual(passed)
          }
        },
      ),
      { seed: 7, numRuns: 1_000 },
    )
  })
})
