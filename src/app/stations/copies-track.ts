// The station of a second reading, which tells copies of events apart that lie in several sources in part.
import type { Event } from '../../event/event.ts'

import { CopyMarker, type CopyMarks } from './copy-marks.ts'
import type { Part, Station } from './station.ts'
import { Track } from './track.ts'

export interface CopiesPart extends Part, CopyMarks {
  readonly kind: 'copies'
}

/** Marks are handed on when there are so many. */
const flushAt = 16_384

class Copies implements Station {
  readonly wantsAll = true
  readonly #full: () => void
  readonly #marker = new CopyMarker()
  #events = 0

  constructor(full: () => void) {
    this.#full = full
  }

  meet(event: Event): void {
    this.#marker.add(event)
    if (++this.#events >= flushAt) this.#full()
  }

  drain(): CopiesPart[] | undefined {
    if (!this.#events) return undefined
    this.#events = 0
    return [{ kind: 'copies', ...this.#marker.drain() }]
  }
}

export function copiesTrack(): Track {
  return new Track((full) => ({ stations: [new Copies(full)] }))
}
