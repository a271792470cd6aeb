// A finding on a process start that two providers write waits for its twin: both records are evidence of one finding.
import type { Twin } from '../../enrich/twins.ts'

import { type FindingPart, unitsOfFinding } from '../../findings/assemble.ts'
import { flat } from '../../base/flat.ts'

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

/** Candidates are handed on when there are so many, or so many UTF-16 units of their texts. */
const maxHeld = 1_024
const maxHeldUnits = 256 * 1024

export class Twins implements MatchStation {
  readonly #full: () => void
  #candidates: TwinCandidate[] = []
  #units = 0

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    if (!match.rule.emits || match.rule.meta.counted) return
    const twin = match.twin()
    if (!twin) return
    const { id } = match.rule.meta
    const candidate = {
      ...twin,
      rule: id,
      key: flat(`${id}\0${twin.key}`),
      finding: match.part(),
    }
    this.#units += unitsOfTexts(candidate)
    const count = this.#candidates.push(candidate)
    if (count >= maxHeld || this.#units >= maxHeldUnits) this.#full()
  }

  drain(): TwinsPart | undefined {
    if (!this.#candidates.length) return undefined
    const candidates = this.#candidates
    this.#candidates = []
    this.#units = 0
    return { kind: 'twins', candidates }
  }
}

export function unitsOfTexts({
  key,
  commandLine = '',
  finding,
}: TwinCandidate): number {
  return key.length + commandLine.length + unitsOfFinding(finding)
}
