// What is in one baseline and not in another?
import type { Baseline } from '../../enrich/rarity/baseline.ts'
import {
  keyOfParts,
  type RarityKind,
  rarityKinds,
} from '../../enrich/rarity/kinds.ts'
import type { Sighting } from '../../enrich/rarity/sighting.ts'

export interface Seen {
  readonly kind: RarityKind
  readonly parts: readonly string[]
  readonly sighting: Sighting
}

export interface Difference extends Seen {
  readonly change: 'new' | 'gone'
}

/** Sorted by kind and parts; what either had no room for is left out. */
export function differences(before: Baseline, after: Baseline): Difference[] {
  return rarityKinds.flatMap((kind) =>
    [
      ...only(kind, after, before, 'new'),
      ...only(kind, before, after, 'gone'),
    ].sort((a, b) => (keyOfParts(a.parts) < keyOfParts(b.parts) ? -1 : 1)),
  )
}

function* only(
  kind: RarityKind,
  there: Baseline,
  other: Baseline,
  change: Difference['change'],
): Generator<Difference> {
  const others = other.of[kind]
  for (const [parts, sighting] of there.of[kind].each()) {
    if (others.of(parts) || !others.keeps(parts)) continue
    yield { kind, parts, sighting, change }
  }
}

/** The rarest first. */
export function seenIn(
  baseline: Baseline,
  kinds: readonly RarityKind[],
): Seen[] {
  return kinds.flatMap((kind) =>
    [...baseline.of[kind].each()]
      .map(([parts, sighting]): Seen => ({ kind, parts, sighting }))
      .sort(
        (a, b) =>
          a.sighting.events - b.sighting.events ||
          (keyOfParts(a.parts) < keyOfParts(b.parts) ? -1 : 1),
      ),
  )
}
