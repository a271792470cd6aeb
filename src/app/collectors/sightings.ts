// What all threads saw, added up.
import type { Baseline } from '../../enrich/rarity/baseline.ts'

import type { SightingsPart } from '../stations/sightings.ts'
import type { Collector } from './collector.ts'

export class SightingsCollector implements Collector {
  readonly takes = 'sightings'
  readonly #baseline: Baseline

  constructor(baseline: Baseline) {
    this.#baseline = baseline
  }

  take({ of }: SightingsPart): void {
    for (const sightings of of) this.#baseline.add(sightings)
  }

  advance(watermark: number): number {
    return watermark
  }
}
