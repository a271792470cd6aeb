// Would I see it? Of telemetry that is there: which techniques were seen, could have been, or could not, because a log source or a field is missing.
import type { Finding } from '../../findings/finding.ts'

import { type ScanRequest, scan } from '../scan/scan.ts'
import type { AnyRule } from './coverage.ts'

export type Sight = 'saw' | 'can see' | 'blind'

export interface TechniqueVisibility {
  readonly technique: string
  readonly sight: Sight
  /** Rules of each kind, by title. */
  readonly saw: readonly string[]
  readonly canSee: readonly string[]
  readonly blind: readonly { readonly rule: string; readonly why: string }[]
}

export interface Visibility {
  readonly techniques: readonly TechniqueVisibility[]
  readonly events: number
  readonly problems: number
}

export async function visibility(
  rules: readonly AnyRule[],
  request: ScanRequest,
  problem: (message: string) => void,
  signal: AbortSignal,
): Promise<Visibility> {
  const fired = new Set<string>()
  const summary = await scan(
    request,
    {
      finding: (f) => {
        const { rule, alsoRules } = JSON.parse(f.text()) as Finding
        for (const { id } of [rule, ...(alsoRules ?? [])]) fired.add(id)
      },
      diagnostic() {},
      problem,
      listed() {},
      progress() {},
    },
    signal,
  )
  const blind = new Map(summary.rules.blind.map((b) => [b.id, b.why]))
  return {
    techniques: byTechnique(rules, fired, blind),
    events: summary.events,
    problems:
      summary.problems.length + summary.unknown.length + summary.damaged,
  }
}

function byTechnique(
  rules: readonly AnyRule[],
  fired: ReadonlySet<string>,
  blind: ReadonlyMap<string, string>,
): readonly TechniqueVisibility[] {
  const groups = new Map<string, AnyRule[]>()
  for (const rule of rules) {
    for (const technique of rule.meta.techniques) {
      const known = groups.get(technique)
      if (known) known.push(rule)
      else groups.set(technique, [rule])
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([technique, all]) => {
      const titles = (is: (id: string) => boolean) =>
        all.filter((r) => is(r.meta.id)).map((r) => r.meta.title)
      const saw = titles((id) => fired.has(id))
      const canSee = titles((id) => !fired.has(id) && !blind.has(id))
      const sight = saw.length ? 'saw' : canSee.length ? 'can see' : 'blind'
      return {
        technique,
        sight,
        saw,
        canSee,
        blind: all.flatMap(({ meta: { id, title } }) =>
          blind.has(id) && !fired.has(id)
            ? [{ rule: title, why: blind.get(id)! }]
            : [],
        ),
      }
    })
}
