// A baseline: what is usual, on which hosts. One of each kind of sightings; those of two baselines are added in any order.
import { type RarityKind, rarityKinds } from './kinds.ts'
import { type PlainSightings, Sightings } from './sightings.ts'

export class Baseline {
  /** How findings call it. */
  readonly name: string
  readonly of: Readonly<Record<RarityKind, Sightings>>

  constructor(name: string) {
    this.name = name
    this.of = Object.fromEntries(
      rarityKinds.map((kind) => [kind, new Sightings(kind)]),
    ) as Record<RarityKind, Sightings>
  }

  add(sightings: PlainSightings): void {
    this.of[sightings.kind].add(sightings)
  }

  /** In the order of the kinds. */
  plain(): readonly PlainSightings[] {
    return rarityKinds.map((kind) => this.of[kind].plain())
  }
}
