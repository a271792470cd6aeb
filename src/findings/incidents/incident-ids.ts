// Each finding on its way out is told which incident it is of.
import { invariant } from '../../base/invariant.ts'

import type { Level } from '../../ir/rule.ts'

import { type WrittenFinding, WrittenText } from '../written.ts'
import { Grouping } from './grouping.ts'
import { memberOfLine } from './member.ts'

/** Findings of level low that are looked at: they are steps of incidents, and where there are more they are noise. */
const maxLow = 20_000

export class IncidentIds {
  readonly #grouping = new Grouping()
  #low = 0

  /** The finding with the id of its incident, where it can be part of one. */
  with(written: WrittenFinding, level: Level): WrittenFinding {
    if (level === 'informational') return written
    if (level === 'low' && ++this.#low > maxLow) return written
    const text = written.text()
    const member = memberOfLine(text)
    invariant(member, 'a finding begins as findingText writes it')
    const incident = this.#grouping.of(member)
    return new WrittenText(
      `${text.slice(0, -1)},"incident":${JSON.stringify(incident)}}`,
    )
  }
}
