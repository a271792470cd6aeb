import { describe, expect, it } from 'vitest'

import type { Search } from '../../ir/search.ts'
import { planOf } from './plan.ts'

const search: Search = {
  from: { kind: 'events' },
  stages: [
    {
      label: '',
      asks: [],
      notes: [],
      condition: {
        kind: 'and',
        of: [
          {
            kind: 'source',
            selectors: [{ product: 'windows', service: 'sysmon' }],
          },
          { kind: 'number', field: 'EventID', op: 'eq', value: 1 },
        ],
      },
    },
  ],
  operators: [
    { kind: 'stats', aggregates: [{ fn: 'count', as: 'count' }], by: ['p'] },
  ],
  fields: {
    p: [
      { kind: 'basename', name: 'Image' },
      { kind: 'constant', value: '-' },
    ],
  },
  subsearches: [],
}

describe('a plan', () => {
  it('says which source is asked what, and where fields are found', () => {
    expect(planOf(search)).toEqual([
      'events of windows/sysmon: EventID = 1',
      'field "p": last part of Image, else "-"',
      'rows hold p, _time',
    ])
  })
})
