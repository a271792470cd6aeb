// Searches with operators run where findings are put together, on the events that their rules picked: those are handed on whole.
import { plainEvent, type PlainEvent } from '../../event/made-event.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import type { EvidencePart } from '../../findings/assemble.ts'

import type { Match, MatchConfig, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface PickedEvent {
  /** Of the search. */
  readonly rule: string
  readonly event: PlainEvent
  readonly evidence: EvidencePart
}

export interface PickedPart extends Part {
  readonly kind: 'picked'
  readonly events: readonly PickedEvent[]
}

/** Events are handed on when there are so many: they are whole, and heavy. */
const maxHeld = 256

class Picked implements MatchStation {
  /** By rule: does it pick events? */
  readonly #picks: readonly boolean[]
  readonly #full: () => void
  #events: PickedEvent[] = []

  constructor(picks: readonly boolean[], full: () => void) {
    this.#picks = picks
    this.#full = full
  }

  matched(match: Match): void {
    if (!this.#picks[match.index]) return
    this.#events.push({
      rule: match.rule.meta.id,
      event: plainEvent(match.event),
      evidence: match.evidence(),
    })
    if (this.#events.length >= maxHeld) this.#full()
  }

  drain(): PickedPart | undefined {
    if (!this.#events.length) return undefined
    const events = this.#events
    this.#events = []
    return { kind: 'picked', events }
  }
}

export function openPicked(
  { picking }: MatchConfig,
  rules: readonly DetectionRule[],
  full: () => void,
): Picked | undefined {
  if (!picking.length) return undefined
  const ids = new Set(picking)
  return new Picked(
    rules.map((r) => ids.has(r.meta.id)),
    full,
  )
}
