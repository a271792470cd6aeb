// Posture and visibility on one page: of each technique, is it stopped here, and would it be seen?
import type { Checked } from '../../posture/checks/judge.ts'

import type {
  CoverageRow,
  Sight,
  StoppedAndSeen,
} from '../../findings/sinks/sink.ts'

import { techniqueNames } from '../../content/attack.ts'

/** Of techniques that checks are about, where one of them applies. */
export function stoppedAndSeen(
  checked: readonly Checked[],
  coverage: readonly CoverageRow[],
): readonly StoppedAndSeen[] {
  const byTechnique = new Map<string, Checked[]>()
  for (const c of checked) {
    if (c.status === 'not applicable') continue
    for (const technique of c.check.techniques)
      byTechnique.set(technique, [...(byTechnique.get(technique) ?? []), c])
  }
  return [...byTechnique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([technique, own]) => row(technique, own, coverage))
}

function row(
  technique: string,
  own: readonly Checked[],
  coverage: readonly CoverageRow[],
): StoppedAndSeen {
  const of = (status: Checked['status']) =>
    own.filter((c) => c.status === status)
  const counts = {
    pass: of('pass').length,
    fail: of('fail').length,
    unknown: of('unknown').length,
  }
  const platforms = new Set(own.map((c) => c.check.platform as string))
  const sight = sightOf(technique, platforms, coverage)
  const name = techniqueNames().get(technique) ?? technique
  return {
    technique,
    name,
    ...counts,
    failing: of('fail').map((c) => c.check.title),
    sight,
    said: `${name}: ${stopped(counts)}, ${seen(counts, sight)}`,
  }
}

interface Counts {
  readonly pass: number
  readonly fail: number
  readonly unknown: number
}

function stopped({ pass, fail, unknown }: Counts): string {
  if (pass + fail === 0) return 'nothing given says whether it is stopped'
  if (fail === 0 && unknown > 0)
    return `disabled by policy as far as is told (${unknown} of ${pass + unknown} checks are not)`
  if (fail === 0) return 'disabled by policy'
  return pass === 0
    ? 'open'
    : `open in part (${fail} of ${pass + fail} checks fail)`
}

/** "And" where both are good or both are bad. */
function seen({ pass, fail }: Counts, sight: StoppedAndSeen['sight']): string {
  const isStopped = pass > 0 && fail === 0
  const isSeen = sight === 'saw' || sight === 'can see'
  const join = isStopped === isSeen ? 'and' : 'but'
  switch (sight) {
    case 'saw':
      return isStopped ? 'yet it was seen here' : 'and it was seen here'
    case 'can see':
      return `${join} you would see it`
    case 'blind':
      return `${join} you would not see it`
    case 'no rule':
      return `${join} no rule looks for it`
  }
}

/** The best that a rule on the checks' platforms can; of a technique without rules, that of its sub-techniques and of the one above. */
function sightOf(
  technique: string,
  platforms: ReadonlySet<string>,
  coverage: readonly CoverageRow[],
): StoppedAndSeen['sight'] {
  const exact = coverage.filter((r) => r.technique === technique)
  const near = coverage.filter(
    (r) =>
      r.technique.startsWith(`${technique}.`) ||
      technique.startsWith(`${r.technique}.`),
  )
  for (const rows of [exact, near]) {
    const counts = rows.flatMap((r) =>
      Object.entries(r.platforms)
        .filter(([p]) => p === 'any' || platforms.has(p))
        .map(([, c]) => c),
    )
    const best = (['saw', 'can see', 'blind'] as const).find((s: Sight) =>
      counts.some((c) => c[s] > 0),
    )
    if (best) return best
  }
  return 'no rule'
}
