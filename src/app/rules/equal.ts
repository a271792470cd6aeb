// `rules equal`: two rules over the same events, and the events on which they differ.
import type { DetectionRule } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

import { Comparison, type Difference } from '../../executors/pipeline/index.ts'

import { readEvents } from '../input.ts'

export async function compareRules(
  first: DetectionRule | SearchRule,
  second: DetectionRule | SearchRule,
  paths: readonly string[],
  problem: (message: string) => void,
): Promise<Difference> {
  const comparison = new Comparison(first, second)
  await readEvents(paths, (e) => comparison.event(e), {
    unusable: problem,
    problem,
  })
  return comparison.result()
}
