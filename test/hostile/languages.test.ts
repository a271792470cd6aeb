// Twice as much of a designed search or rule is at most twice the work, and each ends in rows, in rules, or in words.
import { describe, expect, it } from 'vitest'

import { Hunt } from '../../src/executors/pipeline/index.ts'
import { StreamExecutor } from '../../src/executors/stream/executor.ts'
import { loadSigma } from '../../src/languages/sigma/index.ts'
import {
  compileSearch,
  parseCondition,
  parseValue,
} from '../../src/languages/spl/index.ts'

import { eventOf } from '../tools/event-of.ts'
import { rules, searches } from './searches.ts'
import { stepsOf } from './steps.ts'

const allowance = 1.15

const event = (i: number) =>
  eventOf(
    { g: `v${i}`, x: 1, t: 'a'.repeat(200), Image: `C:\\${i}.exe` },
    { time: 1e12 + i },
  )

/** Rows, or why there are none. */
function run(text: string, events: readonly ReturnType<typeof event>[]) {
  const { search, diagnostics } = compileSearch(text)
  if (!search) return diagnostics[0]!.message
  const hunt = new Hunt(search, {
    now: 1e12,
    lookups: new Map(),
    parseCondition,
    parseValue,
  })
  for (let pass = 0; pass < hunt.passes; pass++) {
    for (const one of events) hunt.event(one)
    hunt.endPass()
  }
  const { rows, refusal } = hunt.result()
  return refusal?.message ?? rows.length
}

describe('a designed search', () => {
  for (const { what, size, search, gives, rows = () => 10 } of searches) {
    it(`costs no more than it is: ${what}`, async () => {
      const counted = async (n: number) => {
        const events = Array.from({ length: rows(n) }, (_, i) => event(i))
        const text = search(n)
        let got: string | number = ''
        const steps = await stepsOf(() => {
          got = run(text, events)
        })
        return { steps, got: got as string | number }
      }
      for (const n of [size, 2 * size]) await counted(n)
      const once = await counted(size)
      const twice = await counted(2 * size)
      if (gives instanceof RegExp) {
        expect([once.got, twice.got].join('\n')).toMatch(gives)
      } else if (gives === 'rows')
        expect(twice.got).toBeGreaterThanOrEqual(size)
      else expect([once.got, twice.got]).toEqual([gives, gives])
      expect(twice.steps).toBeLessThan(2 * allowance * once.steps)
    })
  }
})

describe('a designed rule', () => {
  for (const { what, size, text, rules: expected } of rules) {
    it(`costs no more than it is: ${what}`, async () => {
      const counted = async (n: number) => {
        const file = { path: 'r.yml', text: text(n) }
        let got = { rules: 0, refused: 0 }
        const steps = await stepsOf(() => {
          const loaded = loadSigma([file])
          const detections = loaded.rules.filter((r) => r.kind === 'detection')
          const executor = new StreamExecutor(detections, {
            index: true,
            routing: true,
          })
          for (let i = 0; i < 10; i++) executor.match(event(i), () => {})
          const refused = executor.refused.length
          got = {
            rules: loaded.rules.length - refused,
            refused: refused + loaded.refused.length,
          }
        })
        return { steps, ...got }
      }
      for (const n of [size, 2 * size]) await counted(n)
      const once = await counted(size)
      const twice = await counted(2 * size)
      expect(twice.rules).toBe(expected)
      expect(twice.rules + twice.refused).toBeGreaterThan(0)
      expect(twice.steps).toBeLessThan(2 * allowance * once.steps)
    })
  }
})
