import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  provenance,
  Shape,
  type SourceRecord,
  type Value,
} from '../../base/record.ts'

import { logSource } from '../../event/log-source.ts'

import { Normaliser } from '../../normalise/normaliser.ts'

import { type Demand, demandsOf } from '../../ir/demand.ts'
import type { Predicate } from '../../ir/predicate.ts'

import { StreamExecutor } from '../../executors/stream/executor.ts'

import { ruleOf } from '../../../test/tools/event-of.ts'

import { gateOf } from './gate.ts'

const sysmon = 'Microsoft-Windows-Sysmon'

const ofSysmon = (id: string) =>
  provenance('windows', sysmon, `${sysmon}/Operational`, id)

function demand(parts: Partial<Demand>): Demand {
  return { logSource: {}, fields: [], ...parts }
}

describe('the gate', () => {
  it('wants only event ids that somebody asks for', () => {
    const gate = gateOf([demand({ eventIds: [17, 18] })])
    const wanted = ['17', '18', '1'].map((id) => gate.wants(ofSysmon(id)))
    expect(wanted).toEqual([true, true, false])
  })

  it('wants nothing of a log source that conflicts with every demand', () => {
    const linux = gateOf([demand({ logSource: { product: 'linux' } })])
    expect(linux.wants(ofSysmon('1'))).toBe(false)
    expect(linux.wants(provenance('windows', 'Linux-Sysmon', '', '1'))).toBe(
      true,
    )
  })

  it('lets pass what is not from the Windows event log', () => {
    const gate = gateOf([
      demand({ logSource: { product: 'windows' }, eventIds: [1] }),
    ])
    expect(gate.wants(provenance('linux-audit', '', '', 'SYSCALL'))).toBe(true)
  })

  it('knows the categories of an event id, whoever wrote the line', () => {
    const gate = gateOf([demand({ logSource: { category: 'pipe_created' } })])
    const wanted = ['17', '1', '4688'].map((id) => gate.wantsEventId(id))
    expect(wanted).toEqual([true, false, false])
  })

  it('says what it passed by', () => {
    const passed: unknown[] = []
    const gate = gateOf([demand({ eventIds: [17] })], (...what) =>
      passed.push(what),
    )
    gate.wants(ofSysmon('1'))
    gate.wantsEventId('1')
    const source = logSource('windows', ['process_creation'], ['sysmon'])
    expect(passed).toEqual([
      [[source], 1, false],
      [expect.any(Array), 1, true],
    ])
  })
})

const id = fc.constantFrom('1', '10', '12', '17', '4688', '4104', '7045', '999')

const headers = fc.record({
  family: fc.constantFrom('windows', 'hinted-windows', 'hints', 'unknown'),
  provider: fc.constantFrom(
    sysmon,
    'Linux-Sysmon',
    'Microsoft-Windows-Security-Auditing',
    'Microsoft-Windows-PowerShell',
    'Service Control Manager',
    'Vendor-Agent',
  ),
  channel: fc.constantFrom('', 'Security', 'System', 'Vendor/Operational'),
  id,
})

type Header = typeof headers extends fc.Arbitrary<infer H> ? H : never

const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  id.map(
    (v): Predicate => ({
      kind: 'text',
      field: 'EventID',
      pattern: [v],
      cased: false,
    }),
  ),
  id.map(
    (v): Predicate => ({
      kind: 'number',
      field: 'EventID',
      op: 'eq',
      value: Number(v),
    }),
  ),
  fc.constantFrom<Predicate>(
    { kind: 'exists', field: 'Image' },
    { kind: 'null', field: 'EventID' },
  ),
  fc.constant<Predicate>({ kind: 'null', field: 'PipeName' }),
)

const condition = fc.letrec<{ p: Predicate }>((tie) => ({
  p: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      of: fc.array(tie('p'), { maxLength: 3 }),
    }) as fc.Arbitrary<Predicate>,
    tie('p').map((of): Predicate => ({ kind: 'not', of })),
  ),
})).p

const rule = fc
  .tuple(
    condition,
    fc.record(
      {
        product: fc.constantFrom('windows', 'linux'),
        category: fc.constantFrom('process_creation', 'registry_set'),
        service: fc.constantFrom('sysmon', 'security', 'system'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([c, source]) => ruleOf(c, source))

function recordOf(header: Header, eventType: string | undefined): SourceRecord {
  const fields: Record<string, Value> = {
    EventID: header.id,
    Image: 'C:\\a.exe',
    ...(eventType && { EventType: eventType }),
  }
  const names = Object.keys(fields)
  return {
    shape: new Shape(names),
    provenance: provenance(
      header.family,
      header.provider,
      header.channel,
      header.id,
    ),
    number: 1,
    offset: 0,
    writtenAt: undefined,
    value: (i) => fields[names[i]!],
  }
}

describe.each([
  ['with routing', true],
  ['without routing', false],
])('%s', (_, routing) => {
  it('the gate never refuses a record on which a rule holds', () => {
    const normaliser = new Normaliser()
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        headers,
        fc.constantFrom(undefined, 'CreateKey', 'DeleteKey'),
        (rules, header, eventType) => {
          const record = recordOf(header, eventType)
          const executor = new StreamExecutor(rules, { index: true, routing })
          let held = false
          executor.match(normaliser.event(record, 'made.jsonl'), () => {
            held = true
          })
          if (!held) return
          const gate = gateOf(demandsOf(rules, routing))
          expect(gate.wants(record.provenance)).toBe(true)
          if (header.family === 'windows') {
            expect(gate.wantsEventId(header.id)).toBe(true)
          }
        },
      ),
      { seed: 20261126, numRuns: 2000 },
    )
  })
})
