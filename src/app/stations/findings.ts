// A match of a rule that emits is a finding, written where the event is; those that wait for a twin stand in twins.ts, those that are
// counted in counts.ts.
import {
  EventFindings,
  type WrittenEvents,
} from '../../findings/event-findings.ts'

import type { Match, MatchStation } from './match.ts'
import type { Part } from './station.ts'

/** Findings of rules by their place among the detections. */
export interface FindingsPart extends Part, WrittenEvents {
  readonly kind: 'findings'
}

/** Findings are handed on when they take so many bytes. */
const flushAt = 64 * 1024

export class Findings implements MatchStation {
  readonly #full: () => void
  readonly #events = new EventFindings()

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    const { emits, meta } = match.rule
    if (!emits || meta.counted || match.twin()) return
    match.write(this.#events)
    if (this.#events.bytes >= flushAt) this.#full()
  }

  drain(): FindingsPart | undefined {
    const written = this.#events.take()
    return written && { kind: 'findings', ...written }
  }
}
