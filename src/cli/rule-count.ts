// How many rules are there? Everywhere in the same words, since a scan counts fewer than lie in the files.
import { plural } from '../base/shown.ts'

import type { RuleSet } from '../content/rule-set.ts'

/** Rules that only others read have no findings and no verdict of their own. */
export function countOfRules({ rules, searches }: RuleSet): string {
  const all = rules.length + searches.length
  const parts = rules.filter((r) => !r.emits).length
  const apart = parts
    ? ` (of them ${parts} are only parts of others: a scan counts ${all - parts})`
    : ''
  return plural(all, 'rule') + apart
}
