// What the commands on rules say of a set that did not load whole.
import type { RuleSet } from '../content/rule-set.ts'

import type { Outcome } from './exit.ts'
import { Troubles } from './troubles.ts'

/** `rules lint` tells all that is wrong with them; here a few of each kind are enough. */
export function reportSet(set: RuleSet, outcome: Outcome): void {
  noteNone(set, outcome)
  const troubles = new Troubles()
  const errors = set.diagnostics.filter((d) => d.severity === 'error')
  for (const d of [...errors, ...set.refused.flatMap((r) => r.diagnostics)]) {
    troubles.diagnose(d)
    if (d.severity === 'error') outcome.note('rule error')
  }
  troubles.end()
}

export function noteNone(set: RuleSet, outcome: Outcome): void {
  if (set.rules.length + set.searches.length > 0) return
  outcome.note('no rule in force', 'no rule was loaded')
}
