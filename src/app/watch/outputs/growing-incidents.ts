// Incidents for an output that wants them whole: one when it begins, and again when something is added, with the same id and a version.
import type { Level } from '../../../ir/rule.ts'

import type { Finding } from '../../../findings/finding.ts'
import {
  type Incident,
  IncidentList,
} from '../../../findings/incidents/incident-list.ts'
import { storyOf } from '../../../findings/incidents/sentence.ts'

export interface GrownIncident {
  /** Of the incident and its version: what is sent again has it again. */
  readonly id: string
  readonly incident: string
  /** Findings that it has: it only grows. */
  readonly version: number
  readonly title: string
  readonly level: Level
  readonly host: string | null
  readonly first: string | null
  readonly last: string | null
  readonly techniques: readonly string[]
  /** What happened, as a sentence. */
  readonly said: string
  readonly steps: readonly {
    readonly time: string | null
    readonly rule: string
    readonly level: Level
    readonly count: number
    readonly finding: string
  }[]
}

export class GrowingIncidents {
  #list = new IncidentList()
  #versions = new Map<string, number>()

  /** What grew by these findings, as lines; the gravest first. */
  take(lines: readonly string[]): string[] {
    for (const line of lines) this.#list.add(JSON.parse(line) as Finding)
    const grown: string[] = []
    for (const incident of this.#list.incidents()) {
      if (this.#versions.get(incident.id) === incident.findings) continue
      this.#versions.set(incident.id, incident.findings)
      grown.push(JSON.stringify(grownOf(incident)))
    }
    // It is full: what comes now begins anew.
    if (this.#list.left > 0) {
      this.#list = new IncidentList()
      this.#versions = new Map()
    }
    return grown
  }
}

function grownOf(incident: Incident): GrownIncident {
  const { id, gravest, steps, findings, techniques } = incident
  const said = storyOf(gravest) || undefined
  return {
    id: `${id}.${findings}`,
    incident: id,
    version: findings,
    title: gravest.rule.title,
    level: gravest.rule.level,
    host: incident.host,
    first: incident.time,
    last: steps.at(-1)!.finding.time,
    techniques,
    said: said ?? gravest.rule.title,
    steps: steps.map(({ finding: f, count }) => ({
      time: f.time,
      rule: f.rule.title,
      level: f.rule.level,
      count,
      finding: f.id,
    })),
  }
}
