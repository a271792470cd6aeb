import { expect, it } from 'vitest'

import type { DetectionRule } from '../../ir/rule.ts'

import { nothingMet } from '../stations/met.ts'

import { verdictsOf } from './verdict.ts'

function asking(field: string): DetectionRule {
  return {
    kind: 'detection',
    meta: {
      id: field,
      title: field,
      level: 'low',
      techniques: [],
      tags: [],
      falsePositives: [],
      references: [],
      mitigations: [],
      fields: [],
    },
    logSource: { product: 'windows', category: 'process_creation' },
    condition: { kind: 'text', field, pattern: ['x'], cased: false },
    emits: true,
  }
}

it.each([
  ['commandline', 'commandline (did you mean CommandLine?)'],
  ['Imagee', 'Imagee (did you mean Image?)'],
  ['CommandLine', 'CommandLine'],
  ['SomethingElseAltogether', 'SomethingElseAltogether'],
])(
  'a rule that is blind for %s says what may have been meant',
  (field, said) => {
    const rules = [{ met: 3, missingFields: [field] }]
    const [of] = verdictsOf(
      [asking(field)],
      { ...nothingMet, rules },
      new Map(),
      new Set(),
    )
    expect(of?.verdict).toEqual({ kind: 'blind', why: `no event has ${said}` })
  },
)
