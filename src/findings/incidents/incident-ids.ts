// Each finding on its way out is told which incident it is of.
import type { Level } from '../../ir/rule.ts'

import type { WrittenFinding } from '../written.ts'
import { Grouping } from './grouping.ts'
import type { Member } from './member.ts'
import type { TieKeys } from './tie-keys.ts'

/** Findings of level low that are looked at: they are steps of incidents, and where there are more they are noise. */
const maxLow = 20_000

export class IncidentIds {
  readonly #grouping = new Grouping()
  readonly #told = new OfIncident()
  #low = 0
  #lastTies: TieKeys | undefined

  /** The finding with the id of its incident, where it can be part of one. Valid during the call. */
  with(written: WrittenFinding, level: Level): WrittenFinding {
    if (level === 'informational') return written
    if (level === 'low' && ++this.#low > maxLow) return written
    const { member } = written
    // Findings of one event are of one incident.
    if (member.ties !== this.#lastTies) {
      this.#told.incident = this.#grouping.of(member).id
      this.#lastTies = member.ties
    }
    this.#told.finding = written
    return this.#told
  }
}

const begin = ',"incident":"'
const end = '"}'

class OfIncident implements WrittenFinding {
  finding!: WrittenFinding
  incident = ''

  get maxBytes(): number {
    return this.finding.maxBytes + this.#more.length
  }

  copy(to: Uint8Array, start: number): number {
    // In place of the brace that closes the finding.
    let at = this.finding.copy(to, start) - 1
    const more = this.#more
    for (let i = 0; i < more.length; i++) to[at++] = more.charCodeAt(i)
    return at
  }

  text(): string {
    return this.finding.text().slice(0, -1) + this.#more
  }

  get member(): Member {
    return this.finding.member
  }

  /** ASCII, as ids are. */
  get #more(): string {
    return begin + this.incident + end
  }
}
