import { describe, expect, it } from 'vitest'

import { ruleOf } from '../../../test/tools/event-of.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import type { RulesInForce } from '../scan/rules-in-force.ts'
import type { Verdict } from '../scan/verdict.ts'

import { keptVerdicts, withKept } from './kept-verdicts.ts'

const rule = (id: string, asked: string, line = 1): DetectionRule => {
  const made = ruleOf(
    { kind: 'text', field: 'Image', pattern: [asked], cased: false },
    {},
    id,
  )
  return { ...made, meta: { ...made.meta, line } }
}

const inForce = (...rules: DetectionRule[]): RulesInForce => ({
  rules,
  searches: [],
  tables: new Map(),
  refused: [],
  failed: [],
  suppressor: undefined,
})

const of = (verdict: Verdict) => [{ id: 'a', title: 'a', verdict }]
const fired: Verdict = { kind: 'fired', findings: 2 }
const quiet: Verdict = { kind: 'quiet', met: 3 }
const lacking: Verdict = { kind: 'blind', why: 'no event has Image' }
const none: Verdict = { kind: 'blind', why: 'no event of windows/x' }

describe('rules that were read anew', () => {
  it('keep what was seen where they are the same, wherever they stand', () => {
    const kept = (now: DetectionRule) =>
      keptVerdicts(of(quiet), inForce(rule('a', 'x')), inForce(now)).get('a')
    expect(kept(rule('a', 'x', 7))).toEqual(quiet)
    expect(kept(rule('a', 'y'))).toBeUndefined()
  })

  it.each<[Verdict, Verdict, Verdict]>([
    [quiet, none, quiet],
    [lacking, quiet, quiet],
    [quiet, quiet, { kind: 'quiet', met: 6 }],
    [fired, none, fired],
    [fired, { kind: 'fired', findings: 3 }, { kind: 'fired', findings: 3 }],
    [lacking, none, lacking],
    [none, lacking, lacking],
  ])('say of %j and then %j the graver', (before, now, expected) => {
    const [merged] = withKept(of(now), new Map([['a', before]]))
    expect(merged?.verdict).toEqual(expected)
  })
})
