// A match on an event that was made of others: its finding has their records as evidence too.
import { evidenceOfMade } from '../../findings/made-evidence.ts'
import type { FindingPart } from '../../findings/assemble.ts'

import type { Match, MatchStation } from './match.ts'
import type { Part } from './station.ts'

export interface MadeFindingsPart extends Part {
  readonly kind: 'made-findings'
  readonly findings: readonly {
    readonly rule: string
    readonly finding: FindingPart
  }[]
}

/** Findings are handed on when there are so many. */
const maxHeld = 256

export class MadeFindings implements MatchStation {
  readonly #full: () => void
  #findings: MadeFindingsPart['findings'][number][] = []

  constructor(full: () => void) {
    this.#full = full
  }

  matched(match: Match): void {
    const { emits, meta } = match.rule
    if (!emits || meta.counted || match.twin()) return
    const finding = match.part()
    // The first is the record that the event bears itself.
    const others = (match.event.madeOf ?? []).slice(1).map(evidenceOfMade)
    this.#findings.push({
      rule: match.rule.meta.id,
      finding: { ...finding, evidence: [...finding.evidence, ...others] },
    })
    if (this.#findings.length >= maxHeld) this.#full()
  }

  drain(): MadeFindingsPart | undefined {
    if (!this.#findings.length) return undefined
    const findings = this.#findings
    this.#findings = []
    return { kind: 'made-findings', findings }
  }
}
