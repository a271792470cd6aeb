// What `table sourcetype` prints can be searched.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../src/base/record.ts'
import { sourcetypeOf } from '../src/event/sources/sourcetypes.ts'
import { windowsChannels } from '../src/event/sources/windows.ts'
import { Hunt } from '../src/executors/pipeline/index.ts'
import { StreamExecutor } from '../src/executors/stream/executor.ts'
import { detectionsOf } from '../src/ir/condition.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../src/languages/spl/index.ts'
import { Normaliser } from '../src/normalise/normaliser.ts'

import { ruleOf } from './tools/event-of.ts'

type Made = readonly [
  family: string,
  provider: string,
  channel: string,
  id: string,
  fields: Readonly<Record<string, Value>>,
]

const word = fc.string({
  unit: fc.constantFrom('a', 'B', '3', '-', ' ', '/', ':', 'é'),
  minLength: 1,
  maxLength: 9,
})

const ofWindows = fc
  .tuple(
    fc.constantFrom('', 'Microsoft-Windows-Sysmon', 'Linux-Sysmon', 'Contoso'),
    fc.oneof(
      fc.constantFrom(...windowsChannels.keys()),
      word.map((w) => `Contoso-${w}/Operational`),
    ),
  )
  .map(
    ([provider, channel]): Made => [
      'windows',
      provider,
      channel,
      '1',
      { EventID: 1, Channel: channel },
    ],
  )

const others = fc.oneof(
  fc.constantFrom<Made>(
    ['windows', 'Contoso', '', '1', { EventID: 1 }],
    ['windows', 'Microsoft-Windows-Sysmon', '', '1', { EventID: 1 }],
    ['linux-audit', '', '', 'SYSCALL', { syscall: '59' }],
    ['endpoint-security', '', '', 'exec', { time: '2026-01-01' }],
    ['ecs', '', '', 'process/start', { '@timestamp': '2026-01-01' }],
    ['defender', 'defender', '', 'X', { ActionType: 'X', DeviceId: 'd' }],
    ['osquery', 'q', '', 'added', { hostIdentifier: 'h' }],
    ['unknown', '', '', '', { a: 1 }],
  ),
  fc
    .tuple(fc.option(word), fc.option(word), fc.option(word))
    .map(
      ([product, service, category]): Made => [
        'hints',
        product ?? '',
        service ?? '',
        category ?? '',
        { a: 1 },
      ],
    ),
)

function recordOf([family, provider, channel, id, fields]: Made): SourceRecord {
  const names = Object.keys(fields)
  return {
    shape: new Shape(names),
    provenance: provenance(family, provider, channel, id),
    number: 1,
    offset: 0,
    writtenAt: undefined,
    value: (i) => fields[names[i]!],
  }
}

const normaliser = new Normaliser()

function searchFor(sourcetype: string) {
  return compileSearch(`sourcetype=${JSON.stringify(sourcetype)}`).search!
}

/** Whether `hunt`, and a rule that is made of the search, find the record. */
function finds(sourcetype: string, record: SourceRecord): boolean[] {
  const search = searchFor(sourcetype)
  const event = normaliser.event(record, 'made.jsonl')
  const hunt = new Hunt(search, {
    now: 0,
    lookups: new Map(),
    parseCondition,
    parseValue,
    explain: false,
  })
  hunt.event(event)
  hunt.endPass()
  const { meta } = ruleOf({ kind: 'constant', value: true })
  const rules = detectionsOf({ kind: 'search', meta, search })
  let held = false
  new StreamExecutor(rules, { index: true, routing: true }).match(event, () => {
    held = true
  })
  return [hunt.result().rows.length > 0, held]
}

const borne = (made: Made) =>
  sourcetypeOf(normaliser.event(recordOf(made), 'made.jsonl').shape)

describe('a source type that a row bears', () => {
  it('finds the event that bears it', () => {
    fc.assert(
      fc.property(fc.oneof(ofWindows, others), (made) => {
        expect(finds(borne(made), recordOf(made))).toEqual([true, true])
      }),
      { seed: 20261126, numRuns: 500 },
    )
  })

  it('finds no event of another channel', () => {
    fc.assert(
      fc.property(ofWindows, ofWindows, (one, other) => {
        const [a, b] = [borne(one), borne(other)]
        fc.pre(a.toLowerCase() !== b.toLowerCase())
        expect(finds(a, recordOf(other))).toEqual([false, false])
      }),
      { seed: 20261126, numRuns: 500 },
    )
  })
})
