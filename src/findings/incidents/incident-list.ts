// Incidents as people read them: findings of one incident, the gravest first, the same thing done many times as one step with a count.
// Memory is bounded: of each incident so many steps, of all so many incidents.
import { type Level, levels } from '../../ir/rule.ts'

import type { Finding } from '../finding.ts'
import { type Group, Grouping, rootOf } from './grouping.ts'
import { memberOf } from './member.ts'

export interface Step {
  readonly finding: Finding
  count: number
}

export interface Incident {
  readonly id: string
  /** In order of time, unlike each other. */
  readonly steps: readonly Step[]
  readonly gravest: Finding
  /** Of the gravest, else of the first that knows it: what a file holds has none. */
  readonly host: string | null
  /** Of the first that has one. */
  readonly time: string | null
  readonly findings: number
  readonly techniques: readonly string[]
}

interface Open {
  readonly steps: Map<string, Step>
  findings: number
}

const maxIncidents = 2_000
const maxSteps = 40

export class IncidentList {
  readonly #grouping = new Grouping()
  readonly #open = new Map<Group, Open>()
  /** Findings that found no room. */
  left = 0

  add(finding: Finding): void {
    const incident = this.#openFor(this.#grouping.of(memberOf(finding)))
    if (!incident) {
      this.left++
      return
    }
    incident.findings++
    const key = stepKey(finding)
    const step = incident.steps.get(key)
    if (step) step.count++
    else if (incident.steps.size < maxSteps)
      incident.steps.set(key, { finding, count: 1 })
  }

  /** With a finding of medium or above; the gravest first, then the one with most different steps. */
  incidents(): readonly Incident[] {
    this.#join()
    return [...this.#open]
      .map(([group, open]) => incidentOf(group, open))
      .filter(({ gravest }) => rank(gravest) >= levels.indexOf('medium'))
      .sort(
        (a, b) =>
          rank(b.gravest) - rank(a.gravest) ||
          b.steps.length - a.steps.length ||
          byTime(a.steps[0]!, b.steps[0]!),
      )
  }

  #openFor(group: Group): Open | undefined {
    const known = this.#open.get(group)
    if (known || this.#open.size >= maxIncidents) return known
    const made: Open = { steps: new Map(), findings: 0 }
    this.#open.set(group, made)
    return made
  }

  /** What turned out to be one incident. */
  #join(): void {
    for (const [group, part] of [...this.#open]) {
      const root = rootOf(group)
      if (root === group) continue
      const whole = this.#openFor(root)
      if (!whole) continue
      this.#open.delete(group)
      whole.findings += part.findings
      for (const [key, step] of part.steps) {
        const known = whole.steps.get(key)
        if (known) known.count += step.count
        else whole.steps.set(key, step)
      }
    }
  }
}

function incidentOf({ id }: Group, { steps: all, findings }: Open): Incident {
  const steps = [...all.values()].sort(byTime)
  const gravest = steps.reduce<Finding>(
    (best, { finding }) => (isTold(finding, best) ? finding : best),
    steps[0]!.finding,
  )
  const techniques = new Set(steps.flatMap((s) => s.finding.techniques))
  const first = (of: 'host' | 'time') =>
    steps.find((s) => s.finding[of] !== null)?.finding[of] ?? null
  return {
    id,
    steps,
    gravest,
    host: gravest.host ?? first('host'),
    time: first('time'),
    findings,
    techniques: [...techniques].sort(),
  }
}

/** The gravest; of those the one that says most of who reached whom, and with what result. */
function isTold(a: Finding, b: Finding): boolean {
  return (rank(a) - rank(b) || fullness(a) - fullness(b)) > 0
}

function fullness({ evidence }: Finding): number {
  const [first] = evidence
  if (first?.logSource.category !== 'ipc_edge') return 0
  const { OutcomeImage, OutcomeFile } = first.fields
  return OutcomeImage || OutcomeFile ? 2 : 1
}

function rank({ rule }: { readonly rule: { readonly level: Level } }): number {
  return levels.indexOf(rule.level)
}

function byTime(a: Step, b: Step): number {
  const [x, y] = [a.finding.time ?? '', b.finding.time ?? '']
  return x < y ? -1 : x > y ? 1 : 0
}

/** The same rule on the same doer and the same thing. */
function stepKey({ rule, host, evidence }: Finding): string {
  const fields = evidence[0]?.fields ?? {}
  const who = [
    'Image',
    'SourceImage',
    'ClientImage',
    'ClientAddress',
    'SourceIp',
    'EndpointTemplate',
    'TargetImage',
    'ImageLoaded',
  ]
  return [rule.id, host, ...who.map((name) => fields[name])].join('\0')
}
