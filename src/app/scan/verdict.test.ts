import { expect, it } from 'vitest'

import { ruleOf } from '../../../test/tools/event-of.ts'

import { nothingMet } from '../stations/met.ts'

import { verdictsOf } from './verdict.ts'

const asking = (field: string) =>
  ruleOf(
    { kind: 'text', field, pattern: ['x'], cased: false },
    { product: 'windows', category: 'process_creation' },
  )

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
