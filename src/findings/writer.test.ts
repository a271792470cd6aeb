import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { provenance, type Value } from '../base/record.ts'

import { type Event, EventShape } from '../event/event.ts'
import { logSource } from '../event/log-source.ts'
import { schema } from '../event/schema/index.ts'

import type { DetectionRule } from '../ir/rule.ts'

import type { Finding } from './finding.ts'
import { tellingNames } from './telling-fields.ts'
import { findingLine, rulePart } from './assemble.ts'
import {
  EventFindings,
  eventsOf,
  withRules,
  type WrittenEvents,
} from './event-findings.ts'
import { type Member, memberOfLine } from './incidents/member.ts'
import { ReadEvent, tailOf } from './read-event.ts'
import type { HeldCondition } from './tellings.ts'
import { FindingWriter, maxQuotedUnits } from './writer.ts'

const rule: DetectionRule = {
  kind: 'detection',
  meta: {
    id: 'r1',
    title: 'A "quoted" title',
    level: 'high',
    techniques: ['T1559.001'],
    tags: [],
    description: 'why it matters',
    falsePositives: ['admins'],
    references: [],
    mitigations: ['M1026'],
    fields: ['User'],
  },
  logSource: {},
  condition: {
    kind: 'and',
    of: ['Image', 'Gone'].map((field) => ({ kind: 'exists' as const, field })),
  },
  emits: true,
}

function event(fields: Record<string, Value>, record = 1): Event {
  const names = Object.keys(fields)
  const shape = new EventShape(
    names,
    logSource('windows', ['registry_event', 'registry_set'], ['sysmon']),
    provenance('windows', 'p', 'c', '13'),
  )
  return {
    shape,
    origin: { file: 'a/b.evtx', record, offset: 512 },
    value: (i) => fields[names[i]!],
    time: () => 0,
    host: () => 'WS1',
  }
}

function write(e: Event): Finding {
  const writer = new FindingWriter([rule])
  writer.begin(e)
  return read(line(writer, [{ field: 'Image', text: 'Image is there' }]))
}

function line(writer: FindingWriter, held: readonly HeldCondition[]): string {
  const events = new EventFindings()
  writer.write(0, held, events)
  return texts(events, [rule])[0]!
}

/** As they go out. */
function texts(
  events: EventFindings,
  rules: readonly DetectionRule[],
): string[] {
  const written = events.take()
  return written ? textsOf(written, rules) : []
}

function textsOf(
  written: WrittenEvents,
  rules: readonly DetectionRule[],
): string[] {
  const parts = rules.map((r) => rulePart(r.meta))
  const read = new ReadEvent({
    head: (n) => parts[n]!.headBytes,
    tail: (n) => tailOf(parts[written.ends[n]!.rule]!, written.ends[n]!.text),
  })
  const all: string[] = []
  for (const { start, time } of eventsOf(written)) {
    read.open(written.bytes, start, time)
    for (let i = 0; i < read.count; i++) {
      const { id, ties } = read.show(i)
      const line = read.text()
      expect({ id, time: read.time, ties }).toEqual(signed(memberOfLine(line)))
      all.push(line)
    }
  }
  expect(all).toHaveLength(written.findings)
  return all
}

function read(text: string): Finding {
  return JSON.parse(text) as Finding
}

describe('fields that tell of an event', () => {
  const { meta, ...rest } = rule
  const silent = new FindingWriter([{ ...rest, meta: { ...meta, fields: [] } }])
  const fieldsOf = (e: Event) => {
    silent.begin(e)
    const held = [{ field: 'Image', text: 'Image is there' }]
    return Object.keys(read(line(silent, held)).evidence[0]!.fields)
  }

  it('are shown by category where the rule names none, behind those that held', () => {
    const names = { Details: 'd', Hashes: 'h', TargetObject: 't', User: 'u' }
    expect(fieldsOf(event({ ...names, Image: 'i' }))).toEqual([
      'Image',
      'User',
      'TargetObject',
      'Details',
    ])
    expect(
      Object.keys(write(event({ ...names, Image: 'i' })).evidence[0]!.fields),
    ).toEqual(['Image', 'User'])
  })

  it('are the first of a list where the category has none of its own', () => {
    expect(fieldsOf(event({ SourceIp: 's', Hashes: 'h' }))).toEqual([
      'SourceIp',
    ])
  })

  it('are fields of the schema', () => {
    expect([...tellingNames].filter((n) => !Object.hasOwn(schema, n))).toEqual(
      [],
    )
  })
})

describe('FindingWriter', () => {
  it('writes the contract of a finding', () => {
    const { id, ...rest } = write(event({ Image: 'C:\\a"b.exe', User: 'ana' }))
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(rest).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      host: 'WS1',
      rule: { id: 'r1', title: 'A "quoted" title', level: 'high' },
      techniques: ['T1559.001'],
      evidence: [
        {
          file: 'a/b.evtx',
          record: 1,
          offset: 512,
          time: '1970-01-01T00:00:00.000Z',
          logSource: {
            product: 'windows',
            category: 'registry_set',
            service: 'sysmon',
          },
          ties: ['program c:\\a"b.exe'],
          fields: { Image: 'C:\\a"b.exe', User: 'ana' },
        },
      ],
      explanation: {
        why: 'why it matters',
        benign: ['admins'],
        mitigations: ['M1026'],
        held: ['Image is there'],
        missing: ['Gone'],
        silence: ['Image'],
      },
    })
  })

  it('gives the same evidence the same id, and other evidence another', () => {
    const id = write(event({ Image: 'a' })).id
    expect(write(event({ Image: 'a' })).id).toBe(id)
    expect(write(event({ Image: 'a' }, 2)).id).not.toBe(id)
  })

  it('gives an id that knows no order of names', () => {
    const timeless = (fields: Record<string, Value>) => ({
      ...event(fields),
      time: () => undefined,
    })
    const { id } = write(timeless({ Image: 'a', User: 'b' }))
    expect(write(timeless({ User: 'b', Image: 'a' })).id).toBe(id)
    expect(write(timeless({ User: 'a', Image: 'b' })).id).not.toBe(id)
  })

  it('quotes long values in part and says how long they are', () => {
    const long = 'x'.repeat(maxQuotedUnits + 5)
    const [evidence] = write(event({ Image: long })).evidence
    expect(String(evidence!.fields.Image)).toMatch(
      new RegExp(`\\.\\.\\. \\(${long.length} characters\\)$`),
    )
  })

  it('forgets the values of the event before', () => {
    const writer = new FindingWriter([rule])
    const first = event({ Image: 'one', User: 'u' })
    writer.begin(first)
    const events = new EventFindings()
    const held = [{ field: 'Image', text: '' }]
    writer.write(0, held, events)
    writer.begin({ ...first, value: () => 'two' })
    writer.write(0, held, events)
    expect(texts(events, [rule]).join()).toMatch(/"Image":"one".*"Image":"two"/)
  })

  it('leaves out findings of rules that are gone', () => {
    const { meta, ...rest } = rule
    const other = { ...rest, meta: { ...meta, id: 'r2' } }
    const writer = new FindingWriter([rule, other])
    const written = new EventFindings()
    for (const record of [1, 2]) {
      writer.begin(event({ Image: 'é' }, record))
      for (const r of record === 1 ? [0, 1] : [0]) writer.write(r, [], written)
    }
    const kept = withRules(written.take()!, [-1, 0])!
    expect(kept.findings).toBe(1)
    expect(read(textsOf(kept, [other])[0]!).rule.id).toBe('r2')
    expect(withRules(kept, [-1])).toBeUndefined()
  })

  it('writes what reads as the text that its parts give', () => {
    const values = fc.constantFrom(
      'a',
      '"\\',
      'é\u2028',
      '\ud83d\ude00',
      7,
      null,
    )
    const fields = fc.dictionary(
      fc.constantFrom('Image', 'User', 'Details', '10', '9', 'toJSON', 'ü'),
      values,
    )
    const held = fc.subarray(['Image', '10', '9', 'toJSON', '', 'ü', 'Gone'])
    const events = fc.array(
      fc.tuple(fields, fc.array(fc.tuple(held, fc.nat({ max: 1 })))),
    )
    const { meta, ...rest } = rule
    const rules = [rule, { ...rest, meta: { ...meta, id: 'r2', fields: [] } }]
    fc.assert(
      fc.property(events, (all) => {
        const writer = new FindingWriter(rules)
        const written = new EventFindings()
        const expected: string[] = []
        all.forEach(([of, findings], record) => {
          writer.begin(event(of, record))
          for (const [names, number] of findings) {
            const conditions = names.map((n) => ({
              field: n,
              text: `${n} is é`,
            }))
            writer.write(number, conditions, written)
            const part = writer.part(number, conditions)
            expected.push(findingLine(part, rulePart(rules[number]!.meta)))
          }
        })
        expect(texts(written, rules)).toEqual(expected)
      }),
      { seed: 1 },
    )
  })
})

/** Bytes hold numbers without a sign. */
function signed({ ties, ...member }: Member): Member {
  return { ...member, ties: ties.map((lane) => lane >>> 0) }
}
