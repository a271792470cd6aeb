import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'
import { provenance } from '../../base/record.ts'

import { type Event, EventShape } from '../../event/event.ts'
import { logSource, unknownLogSource } from '../../event/log-source.ts'

import { ANY, type Predicate } from '../../ir/predicate.ts'
import type { DetectionRule } from '../../ir/rule.ts'

import { StreamExecutor } from './executor.ts'

function rule(
  condition: Predicate,
  source: DetectionRule['logSource'] = {},
): DetectionRule {
  return {
    kind: 'detection',
    meta: {
      id: 'r',
      title: 'rule',
      level: 'low',
      techniques: [],
      tags: [],
      falsePositives: [],
      references: [],
      mitigations: [],
      fields: [],
    },
    logSource: source,
    condition,
    emits: true,
  }
}

function event(
  fields: Record<string, Value>,
  source = unknownLogSource,
): Event {
  const names = Object.keys(fields)
  const shape = new EventShape(names, source, provenance('hints', '', '', ''))
  return {
    shape,
    origin: { file: 'a', record: 1, offset: 0 },
    value: (i) => fields[names[i]!],
    time: () => undefined,
    host: () => undefined,
  }
}

function matches(rules: DetectionRule[], e: Event, routing = true): number[] {
  const found: number[] = []
  new StreamExecutor(rules, { index: true, routing }).match(e, (r) =>
    found.push(r),
  )
  return found
}

describe('StreamExecutor', () => {
  it('gives the rules that hold, in order', () => {
    const image: Predicate = {
      kind: 'text',
      field: 'Image',
      pattern: [ANY, '\\CMD.exe'],
      cased: false,
    }
    const rules = [
      rule(image),
      rule({ kind: 'not', of: image }),
      rule({ kind: 'number', field: 'EventID', op: 'eq', value: 1 }),
    ]
    expect(
      matches(rules, event({ Image: 'C:\\cmd.EXE', EventID: '1' })),
    ).toEqual([0, 2])
  })

  it('passes over rules whose log source conflicts, unless routing is off', () => {
    const any: Predicate = { kind: 'constant', value: true }
    const rules = [
      rule(any, { product: 'linux' }),
      rule(any, { product: 'windows', category: 'process_creation' }),
      rule(any),
    ]
    const e = event({}, logSource('windows', undefined, undefined))
    expect(matches(rules, e)).toEqual([1, 2])
    expect(matches(rules, e, false)).toEqual([0, 1, 2])
  })
})
