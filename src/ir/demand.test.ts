import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ruleOf } from '../../test/tools/event-of.ts'
import {
  generatedFields,
  generatedPredicate,
} from '../../test/tools/generated-rules.ts'
import { holds } from '../../test/tools/tree-walk.ts'

import { canHoldWithout, demandsOf, neededAlone } from './demand.ts'
import { ANY, type Pattern, type Predicate } from './predicate.ts'

function is(field: string, pattern: Pattern): Predicate {
  return { kind: 'text', field, pattern, cased: false }
}

const eventId = (value: number): Predicate => ({
  kind: 'number',
  field: 'EventID',
  op: 'eq',
  value,
})

describe('what a rule asks', () => {
  it('is its source, the event ids of which it needs one, and the fields that it reads', () => {
    const condition: Predicate = {
      kind: 'and',
      of: [
        { kind: 'or', of: [is('EventID', ['18']), eventId(17)] },
        is('PipeName', ['x', ANY]),
        { kind: 'null', field: 'Image' },
      ],
    }
    const source = { product: 'windows', service: 'sysmon' }
    expect(demandsOf([ruleOf(condition, source)])).toEqual([
      {
        logSource: source,
        eventIds: [17, 18],
        fields: ['EventID', 'Image', 'PipeName'],
      },
    ])
  })

  it('is any event where one branch needs no id, or an id is only denied', () => {
    const branches: Predicate = {
      kind: 'or',
      of: [eventId(17), is('PipeName', ['x'])],
    }
    const denied: Predicate = { kind: 'not', of: eventId(17) }
    const asked = demandsOf([ruleOf(branches), ruleOf(denied)])
    expect(asked.map((d) => d.eventIds)).toEqual([undefined, undefined])
  })

  it('is the event ids of a condition that looks elsewhere only where there is none', () => {
    const elsewhere: Predicate = {
      kind: 'and',
      of: [{ kind: 'null', field: 'EventID' }, is('EventCode', ['7'])],
    }
    const condition: Predicate = { kind: 'or', of: [eventId(7), elsewhere] }
    expect(demandsOf([ruleOf(condition)])[0]!.eventIds).toEqual([7])
  })

  it('is every source where rules are not routed', () => {
    const rule = ruleOf(eventId(1), { product: 'linux' })
    expect(demandsOf([rule], false)).toEqual([
      { logSource: {}, eventIds: [1], fields: ['EventID'] },
    ])
  })

  it('is never a field without which the rule holds', () => {
    fc.assert(
      fc.property(generatedPredicate, generatedFields, (condition, fields) => {
        if (!holds(condition, fields)) return
        const [demand] = demandsOf([ruleOf(condition)])
        const missing = demand!.fields.filter((f) => !Object.hasOwn(fields, f))
        expect(canHoldWithout(condition, new Set(missing))).toBe(true)
      }),
      { seed: 20261126, numRuns: 3000 },
    )
  })

  it('needs a field alone where without that one it cannot hold', () => {
    fc.assert(
      fc.property(generatedPredicate, (condition) => {
        const [demand] = demandsOf([ruleOf(condition)])
        const fields = new Set(demand!.fields)
        const each = [...fields].filter(
          (f) => !canHoldWithout(condition, new Set([f])),
        )
        expect([...neededAlone(condition, fields)].sort()).toEqual(each)
      }),
      { seed: 20261128, numRuns: 1000 },
    )
  })
})
