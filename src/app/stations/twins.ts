// A finding on a process start that two providers write waits for its twin: both records are evidence of one finding.
import type { Twin } from '../../enrich/twins.ts'

import type { FindingPart } from '../../findings/assemble.ts'
import { flat } from '../../findings/writer.ts'

import type { Match, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface TwinCandidate extends Twin {
  readonly rule: string
  /** Of the rule as well. */
  readonly key: string
  readonly finding: FindingPart
}

export interface TwinsPart extends Part {
  readonly kind: 'twins'
  readonly candidates: readonly TwinCandidate[]
}

/** Candidates are handed on when there are so many. */
const maxHeld = 1_024

export class Twins implements MatchStation {
  readonly #full: () => void
  #candidates: TwinCandidate[] = []

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    if (!match.rule.emits || match.rule.meta.counted) return
    const twin = match.twin()
    if (!twin) return
    const { id } = match.rule.meta
    this.#candidates.push({
      ...twin,
      rule: id,
      key: flat(`${id}\0${twin.key}`),
      finding: match.part(),
    })
    if (this.#candidates.length >= maxHeld) this.#full()
  }

  drain(): TwinsPart | undefined {
    if (!this.#candidates.length) return undefined
    const candidates = this.#candidates
    this.#candidates = []
    return { kind: 'twins', candidates }
  }
}
