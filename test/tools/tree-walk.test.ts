import { describe, expect, it } from 'vitest'

import type { Pattern, Predicate } from '../../src/ir/predicate.ts'
import { ANY, ONE } from '../../src/ir/predicate.ts'

import { holds, timePart } from './tree-walk.ts'

const text = (pattern: Pattern, cased = false): Predicate => ({
  kind: 'text',
  field: 'f',
  pattern,
  cased,
})

describe('tree walk', () => {
  it('compares whole values, folding case beyond ASCII', () => {
    expect(holds(text(['Äb']), { f: 'äB' })).toBe(true)
    expect(holds(text(['Äb'], true), { f: 'äB' })).toBe(false)
    expect(holds(text(['a']), { f: 'ab' })).toBe(false)
    expect(holds(text([ANY, 'a', ONE, ANY]), { f: 'x\na.' })).toBe(true)
  })

  it('matches any item of a list, and nothing of a missing field', () => {
    expect(holds(text(['a']), { f: ['b', 'A'] })).toBe(true)
    expect(holds(text([ANY]), {})).toBe(false)
    expect(holds({ kind: 'not', of: text([ANY]) }, { f: null })).toBe(true)
  })

  it('reads decimal text as a number and hexadecimal text as text', () => {
    const one: Predicate = { kind: 'number', field: 'f', op: 'eq', value: 23 }
    expect(holds(one, { f: '23' })).toBe(true)
    expect(holds(one, { f: '23.0' })).toBe(true)
    expect(holds(one, { f: '0x17' })).toBe(false)
  })

  it('keeps addresses of a network and nothing else', () => {
    const net: Predicate = { kind: 'cidr', field: 'f', network: '10.0.0.0/8' }
    expect(holds(net, { f: '10.2.3.4' })).toBe(true)
    expect(holds(net, { f: '::ffff:10.2.3.4' })).toBe(true)
    expect(holds(net, { f: '11.2.3.4' })).toBe(false)
    expect(holds(net, { f: 'ten' })).toBe(false)
  })

  it('takes the parts of a time in UTC', () => {
    expect(timePart('2021-01-03T23:30:00-01:00', 'day')).toBe(4)
    expect(timePart('2021-01-03', 'week')).toBe(53)
    expect(timePart('2021-01-04 10:11:12.5', 'minute')).toBe(11)
    expect(timePart('soon', 'year')).toBeUndefined()
  })
})
