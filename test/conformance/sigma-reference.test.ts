// Do the public rules load, and do they mean what the reference evaluator found? The naive walk over a sample of every
// lane; the stream executor is held against all of it elsewhere.
import { beforeAll, describe, expect, it } from 'vitest'

import type { DetectionRule, Rule } from '../../src/ir/rule.ts'
import { loadSigma } from '../../src/languages/sigma/index.ts'

import { havePublicRules, lane, publicRules } from '../tools/public-rules.ts'
import { holds } from '../tools/tree-walk.ts'

/** Searched by name, but not by keywords: they say where an event is from. */
const hints = ['product', 'category', 'service']
/** One event of so many is asked of every rule. */
const step = 60

describe.skipIf(!havePublicRules)('the public rules', () => {
  let rules: readonly Rule[] = []

  beforeAll(async () => {
    rules = loadSigma(await publicRules()).rules
  })

  it('all load', async () => {
    const { refused } = loadSigma(await publicRules())
    expect(refused).toEqual([])
    expect(rules).toHaveLength(3_132)
  })

  for (const name of [
    'structured_windows',
    'raw_windows',
    'sysmon_file_event',
    'match_heavy',
    'cisco_syslog',
    'mixed_schema',
    'no_match',
    'correlation',
    'rule_derived',
  ]) {
    it(`match what the reference matches in ${name}`, () => {
      const { events, expected } = lane(name)
      const differences: string[] = []
      for (let i = 0; i < events.length; i += step) {
        const all = events[i]!
        const searched = Object.fromEntries(
          Object.entries(all).filter(([k]) => !hints.includes(k)),
        )
        for (const rule of rules as DetectionRule[]) {
          const fields = usesKeywords(rule) ? searched : all
          const found = holds(rule.condition, fields)
          if (found !== (expected.get(i)?.has(rule.meta.id) ?? false)) {
            differences.push(`${i} ${rule.meta.id} ${rule.meta.title}`)
          }
        }
      }
      expect(differences).toEqual([])
    })
  }
})

const keywordRules = new Map<DetectionRule, boolean>()

function usesKeywords(rule: DetectionRule): boolean {
  let known = keywordRules.get(rule)
  if (known === undefined) {
    known = JSON.stringify(rule.condition).includes('"kind":"keyword"')
    keywordRules.set(rule, known)
  }
  return known
}
