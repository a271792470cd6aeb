import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Value } from '../../base/record.ts'

import { ANY, type Predicate } from '../../ir/predicate.ts'

import { eventOf, ruleOf } from '../../../test/tools/event-of.ts'
import {
  generatedFields,
  generatedPredicate,
} from '../../../test/tools/generated-rules.ts'

import { StreamExecutor } from './executor.ts'
import { type TraceLeaf, trace } from './trace.ts'

function leaf(p: Predicate, fields: Record<string, Value>): TraceLeaf {
  const node = trace(ruleOf(p), eventOf(fields))
  if (node.kind !== 'leaf') throw new Error('no leaf')
  return node
}

function contains(text: string, cased = false): Predicate {
  return { kind: 'text', field: 'Image', pattern: [ANY, text, ANY], cased }
}

describe('a trace', () => {
  it('says of each leaf what was seen and why it holds or not', () => {
    expect(leaf(contains('cmd'), { Image: 'C:\\CMD.exe' })).toMatchObject({
      holds: true,
      text: 'Image contains "cmd"',
      value: 'C:\\CMD.exe',
      reason: 'holds',
    })
    const reason = (p: Predicate, fields: Record<string, Value>) =>
      leaf(p, fields).reason
    expect(reason(contains('x'), { Image: 'y' })).toBe('value differs')
    expect(reason(contains('x', true), { Image: 'X' })).toBe(
      'differs only in case',
    )
    expect(reason(contains('x'), {})).toBe('field absent')
    expect(reason(contains('x'), { Image: null })).toBe('value is null')
    const number = { kind: 'number', field: 'N', op: 'gt', value: 5 } as const
    expect(reason(number, { N: '0x10' })).toBe('not a number')
    expect(reason(number, { N: '3' })).toBe('value differs')
    const network = { kind: 'cidr', field: 'N', network: '10.0.0.0/8' } as const
    expect(reason(network, { N: '-' })).toBe('not an address')
    const there = { kind: 'null', field: 'N' } as const
    expect(reason(there, { N: '' })).toBe('field is there')
    const hour = {
      kind: 'time-part',
      field: 'N',
      part: 'hour',
      op: 'gte',
      value: 22,
    } as const
    expect(reason(hour, { N: 'yesterday' })).toBe('not a time')
    const flags = { i: false, m: false, s: false }
    const open = {
      kind: 'regex',
      field: 'N',
      dialect: 'python',
      source: '(',
      flags,
    } as const
    expect(reason(open, { N: '(' })).toBe('cannot be run')
  })

  it('names fields that are near an absent one', () => {
    expect(leaf(contains('x'), { image: 'x', Other: 1 }).similar).toEqual([
      'image',
    ])
  })

  it('never stops early', () => {
    const p: Predicate = { kind: 'or', of: [contains('a'), contains('b')] }
    const node = trace(ruleOf(p), eventOf({ Image: 'ab' }))
    expect(node).toMatchObject({ of: [{ holds: true }, { holds: true }] })
  })

  it('comes to the verdict of the matcher', () => {
    fc.assert(
      fc.property(generatedPredicate, generatedFields, (p, fields) => {
        const executor = new StreamExecutor([ruleOf(p)], {
          index: true,
          routing: true,
        })
        const event = eventOf(fields)
        let matched = false
        let held = 0
        executor.match(event, () => {
          matched = true
          held = executor.held(0, event).length
        })
        expect(trace(ruleOf(p), event).holds).toBe(matched)
        if (!matched) return
        const facts = executor.held(0, event)
        expect(facts).toHaveLength(held)
        for (const { leaf } of facts)
          expect(trace(ruleOf(leaf), event).holds).toBe(true)
      }),
      { seed: 5, numRuns: 800 },
    )
  })
})
