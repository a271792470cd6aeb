// A finding of a rule that counts: those of one client and one thing wait for each other.
import { fieldOf } from '../../event/event.ts'

import type { DetectionRule } from '../../ir/rule.ts'

import type { FindingPart } from '../../findings/assemble.ts'
import { flat } from '../../base/flat.ts'

import type { Match, MatchConfig, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface CountCandidate {
  readonly rule: string
  /** Of rule, host and the fields that it counts by. */
  readonly key: string
  /** Milliseconds since 1970; null: none. */
  readonly time: number | null
  /** See `RecordIdentity`. */
  readonly record: number
  readonly finding: FindingPart
}

export interface CountsPart extends Part {
  readonly kind: 'counts'
  readonly candidates: readonly CountCandidate[]
}

/** Candidates are handed on when there are so many. */
const maxHeld = 1_024

class Counts implements MatchStation {
  readonly #full: () => void
  #candidates: CountCandidate[] = []

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    const { rule, event } = match
    const { counted, id } = rule.meta
    if (!counted || !rule.emits) return
    const by = counted.map((name) => fieldOf(event, name) ?? null)
    this.#candidates.push({
      rule: id,
      key: flat(JSON.stringify([id, event.host() ?? null, ...by])),
      time: match.time ?? null,
      record: match.record,
      finding: match.part(),
    })
    if (this.#candidates.length >= maxHeld) this.#full()
  }

  drain(): CountsPart | undefined {
    if (!this.#candidates.length) return undefined
    const candidates = this.#candidates
    this.#candidates = []
    return { kind: 'counts', candidates }
  }
}

export function openCounts(
  _config: MatchConfig,
  rules: readonly DetectionRule[],
  full: () => void,
): Counts | undefined {
  return rules.some((r) => r.meta.counted) ? new Counts(full) : undefined
}
