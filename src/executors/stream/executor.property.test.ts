import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { eventOf, ruleOf } from '../../../test/tools/event-of.ts'
import {
  generatedFields,
  generatedPredicate,
} from '../../../test/tools/generated-rules.ts'
import { holds } from '../../../test/tools/tree-walk.ts'

import { StreamExecutor } from './executor.ts'

const rules = fc.array(generatedPredicate, { minLength: 1, maxLength: 12 })
const events = fc.array(generatedFields, { minLength: 1, maxLength: 8 })

describe('the index', () => {
  it('agrees with the full scan and with the naive reference', () => {
    fc.assert(
      fc.property(rules, events, (conditions, lines) => {
        const detections = conditions.map((c) => ruleOf(c))
        const scan = new StreamExecutor(detections, {
          index: false,
          routing: true,
        })
        const indexed = new StreamExecutor(detections, {
          index: true,
          routing: true,
        })
        // Each event three times: fresh, remembered, and with remembered verdicts.
        for (const fields of [...lines, ...lines, ...lines]) {
          const expected = conditions.flatMap((c, i) =>
            holds(c, fields) ? [i] : [],
          )
          const event = eventOf(fields)
          const scanned: number[] = []
          scan.match(event, (r) => scanned.push(r))
          expect(scanned).toEqual(expected)
          const found: number[] = []
          indexed.match(event, (r) => found.push(r))
          expect(found).toEqual(expected)
          // What is said of a shape holds of all its events.
          if (indexed.ignores(event.shape)) expect(expected).toEqual([])
        }
      }),
      { seed: 20261123, numRuns: Number(process.env.PROPERTY_RUNS ?? 1500) },
    )
  })
})
