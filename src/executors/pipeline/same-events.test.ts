import { describe, expect, it } from 'vitest'

import { provenance, type Value } from '../../base/record.ts'

import { type Event, EventShape } from '../../event/event.ts'
import { logSource } from '../../event/log-source.ts'

import type { Predicate } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'
import { StreamExecutor } from '../stream/executor.ts'

import { Comparison } from './same-events.ts'

const source = logSource('windows', ['process_creation'], ['sysmon'])

function event(fields: Record<string, Value>): Event {
  const names = Object.keys(fields)
  return {
    shape: new EventShape(names, source, provenance('unknown', '', '', '')),
    origin: { file: 'x', record: 1, offset: 0 },
    value: (i) => fields[names[i]!],
    time: () => undefined,
    host: () => undefined,
  }
}

function rule(pattern: string, product: string): DetectionRule {
  return {
    kind: 'detection',
    emits: true,
    logSource: { product },
    condition: {
      kind: 'text',
      field: 'Image',
      pattern: [0, pattern],
      cased: false,
    },
    meta: {
      id: pattern,
      title: pattern,
      level: 'low',
      techniques: [],
      tags: [],
      falsePositives: [],
      references: [],
      mitigations: [],
      fields: [],
    },
  }
}

describe('two rules', () => {
  it('are told apart by the events that only one finds', () => {
    const c = new Comparison(
      rule('cmd.exe', 'windows'),
      rule('.exe', 'windows'),
    )
    for (const Image of ['cmd.exe', 'x.exe', 'x.dll']) c.event(event({ Image }))
    const d = c.result()
    expect([d.both, d.onlyFirst, d.onlySecond, d.neither]).toEqual([1, 0, 1, 1])
    expect(d.secondExamples[0]?.value(0)).toBe('x.exe')
  })

  it('differ where their log sources do', () => {
    const c = new Comparison(rule('.exe', 'windows'), rule('.exe', 'linux'))
    c.event(event({ Image: 'x.exe' }))
    expect(c.result().onlyFirst).toBe(1)
  })
})

describe('a search', () => {
  const image = (pattern: string): Predicate => ({
    kind: 'text',
    field: 'Image',
    pattern: [pattern],
    cased: false,
  })
  const searched = (operators: SearchRule['search']['operators']) => {
    const { meta } = rule('', 'windows')
    const search = {
      from: { kind: 'events' },
      stages: [],
      operators,
      fields: {},
      subsearches: [],
    } as const
    return { kind: 'search', meta, search } satisfies SearchRule
  }
  const kept = { kind: 'search', of: image('x.exe') } as const

  it('is compared by what its commands let through of each event', () => {
    const c = new Comparison(searched([kept]), rule('x.exe', 'windows'))
    for (const Image of ['x.exe', 'y.exe']) c.event(event({ Image }))
    const { both, neither, notes } = c.result()
    expect([both, neither, notes]).toEqual([1, 1, []])
  })

  it('says which commands look at several events', () => {
    const stats = { kind: 'stats', aggregates: [], by: ['Image'] } as const
    const c = new Comparison(searched([kept, stats, kept]), searched([kept]))
    for (const Image of ['x.exe', 'y.exe']) c.event(event({ Image }))
    const { both, neither, notes } = c.result()
    expect([both, neither]).toEqual([1, 1])
    expect(notes[0]).toMatch(/not by 2 commands/)
  })
})

describe('a rule and itself', () => {
  const any = (condition: DetectionRule['condition']): DetectionRule => ({
    ...rule('', 'windows'),
    condition,
  })
  const values = ['abc', 'x\n', 'ärger', 'a b', '9'.repeat(450)]
  const matched = (one: DetectionRule) => {
    const c = new Comparison(one, one)
    for (const CommandLine of values) c.event(event({ CommandLine }))
    return c.result().both
  }
  const executed = (one: DetectionRule) => {
    const executor = new StreamExecutor([one], { index: true, routing: true })
    let count = 0
    for (const CommandLine of values)
      executor.match(event({ CommandLine }), () => count++)
    return count
  }

  it('hold on the same events as in a scan', () => {
    const word = any({
      kind: 'regex',
      field: 'CommandLine',
      dialect: 'python',
      source: '^\\w+$',
      flags: { i: false, m: false, s: false },
    })
    const large = any({
      kind: 'number',
      field: 'CommandLine',
      op: 'gt',
      value: 5,
    })
    expect([matched(word), executed(word)]).toEqual([4, 4])
    expect([matched(large), executed(large)]).toEqual([0, 0])
  })

  it('that cannot be run find nothing, and the note says why', () => {
    const endless = any({
      kind: 'regex',
      field: 'CommandLine',
      dialect: 'python',
      source: '(a+)+(?=b)',
      flags: { i: false, m: false, s: false },
    })
    const c = new Comparison(endless, endless)
    c.event(event({ CommandLine: 'ab' }))
    expect(c.result().neither).toBe(1)
    expect(c.result().notes[0]).toMatch('cannot be run')
  })
})
