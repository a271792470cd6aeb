// Which providers, channels and event ids did records of one form have, and does the gate want them? Kept with a
// template, or with the layout of records that have none.
import type { Provenance, Value } from '../../base/record.ts'

import type { Gate } from '../reader.ts'
import { limits } from './layout.ts'
import type { HeadSources } from './system-part.ts'

/** One provider, channel and event id that records of a template had, and what the gate said of it. */
export interface Head {
  readonly eventId: Value | undefined
  /** The bytes in the slot; undefined where the template itself says it. */
  readonly provider: Buffer | undefined
  readonly channel: Buffer | undefined
  readonly provenance: Provenance
  gate: Gate | undefined
  wanted: boolean
}

/** Remembered by all caches since all was forgotten last. */
let remembered = 0
let generation = 0

export class HeadCache {
  readonly sources: HeadSources
  #heads: Head[] = []
  #generation = generation

  constructor(sources: HeadSources) {
    this.sources = sources
  }

  get heads(): readonly Head[] {
    if (this.#generation !== generation) {
      this.#generation = generation
      this.#heads = []
    }
    return this.#heads
  }

  remember(head: Head): void {
    if (
      (head.provider?.length ?? 0) > limits.headBytes ||
      (head.channel?.length ?? 0) > limits.headBytes
    ) {
      return
    }
    if (this.#heads.length >= limits.headsPerTemplate) this.#heads.shift()
    this.#heads.push(head)
    if (++remembered < limits.heads) return
    generation++
    remembered = 0
  }
}
