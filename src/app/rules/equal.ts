// `rules equal`: two rules over the same events, and the events on which they differ.
import type { DetectionRule } from '../../ir/rule.ts'
import type { SearchRule } from '../../ir/search.ts'

import { Comparison, type Difference } from '../../executors/pipeline/index.ts'

import { type InputListener, readEvents } from '../input.ts'
import type { InputTotals } from '../reading/input-totals.ts'

export async function compareRules(
  first: DetectionRule | SearchRule,
  second: DetectionRule | SearchRule,
  paths: readonly string[],
  listener: InputListener,
  signal: AbortSignal,
): Promise<Difference & { readonly totals: InputTotals }> {
  const comparison = new Comparison(first, second)
  const totals = await readEvents(
    paths,
    (e) => comparison.event(e),
    listener,
    signal,
  )
  return { ...comparison.result(), totals }
}
