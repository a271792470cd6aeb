// `rules equal`: two rules over the same events, and the events on which they differ.
import type { DetectionRule } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

import { Comparison, type Difference } from '../../executors/pipeline/index.ts'

import { planPieces } from '../reading/pieces.ts'
import { troublesOf } from '../reading/source-account.ts'
import { SourceReading } from '../reading/source-reading.ts'

export async function compareRules(
  first: DetectionRule | SearchRule,
  second: DetectionRule | SearchRule,
  paths: readonly string[],
  problem: (message: string) => void,
): Promise<Difference> {
  const comparison = new Comparison(first, second)
  const { pieces } = await planPieces(paths, problem, false)
  const reading = new SourceReading({ event: (e) => comparison.event(e) })
  for (const piece of pieces) {
    const { sources } = await reading.run(piece)
    for (const s of sources) for (const t of troublesOf(s)) problem(t)
  }
  return comparison.result()
}
