// By what is it said what is rare? By a baseline, by what the input itself holds, or by nothing: a stream has no end at which all of it
// has been counted.
import { Baseline } from '../../enrich/rarity/baseline.ts'
import { RarityJudge, unknownRarity } from '../../enrich/rarity/judge.ts'

import type { RaritiesAsked } from '../rules/enriched-rules.ts'
import type { RarityOptions } from '../collectors/rarity.ts'

export { SightingsCollector } from '../collectors/sightings.ts'

export type Judging =
  | { readonly by: 'input' }
  | { readonly by: 'baseline'; readonly baseline: Baseline }
  | { readonly by: 'nothing'; readonly why: string }

export function rarityOf(
  { ofEvents, ofEdges }: RaritiesAsked,
  judging: Judging,
): RarityOptions {
  const kinds = [...new Set([...ofEvents, ...ofEdges])]
  const asked = { kinds, ofEvents, ofEdges }
  switch (judging.by) {
    case 'input': {
      const counted = new Baseline('this input')
      return { ...asked, judge: new RarityJudge(counted, true), counted }
    }
    case 'baseline':
      return { ...asked, judge: new RarityJudge(judging.baseline, false) }
    case 'nothing': {
      const never = () => unknownRarity(() => judging.why)
      return { ...asked, judge: { judge: never, first: never } }
    }
  }
}
