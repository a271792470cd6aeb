// Flat JSON that names its log source or is of no known shape: fields stay as they are.
import type { Shape } from '../base/record.ts'

import { logSource, unknownLogSource } from '../event/log-source.ts'
import { hintNames } from '../event/sources/hints.ts'

import type { ProviderNormaliser, ProviderPlan } from './provider.ts'
import { addedTo, additionsOf } from './row.ts'
import { whenAndWhere } from './when-where.ts'
import { rowsOfHints } from './windows/index.ts'

/**
 * Family `hints`: the record says which log source it is of; provider is the product, channel the service, id the category, and a part
 * that it leaves out ('') is not known.
 */
export const hints: ProviderNormaliser = {
  applies: (p) => p.family === 'hints',
  plan(shape, { provider, channel, id }) {
    const add = additionsOf(rowsOfHints(provider, id, channel), shape)
    return {
      ...flatPlan(shape),
      add,
      aside: [...hintNames, ...addedTo(shape, add)],
      logSource: logSource(
        provider || undefined,
        id ? [id] : undefined,
        channel ? [channel] : undefined,
      ),
    }
  },
}

/** Whatever nobody else knows: every rule may look at it. */
export const unknown: ProviderNormaliser = {
  applies: () => true,
  plan: (shape) => flatPlan(shape),
}

function flatPlan(shape: Shape): ProviderPlan {
  return { add: [], logSource: unknownLogSource, ...whenAndWhere(shape) }
}
