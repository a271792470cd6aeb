// One process start, written by Sysmon (1) and by the Security log (4688), is one finding with two pieces of evidence.
import type { Finding } from '../../findings/finding.ts'

import type { TwinCandidate } from '../reading/batch.ts'

/** The two providers write the same start within this time. */
const maxTwinGapMs = 2_000

/**
 * Findings of the candidates, twins joined, in order of time. The result does not depend on the order in which the
 * candidates came.
 */
export function joinTwins(
  candidates: readonly TwinCandidate[],
): TwinCandidate[] {
  const byKey = new Map<string, TwinCandidate[]>()
  for (const c of candidates) {
    const group = byKey.get(c.key)
    if (group) group.push(c)
    else byKey.set(c.key, [c])
  }
  const joined: TwinCandidate[] = []
  for (const group of byKey.values()) {
    group.sort(byTime)
    joined.push(...joinGroup(group))
  }
  return joined.sort(byTime)
}

// A process id is used again, so a group can hold several starts: each leading record takes the nearest free other one.
function joinGroup(group: readonly TwinCandidate[]): TwinCandidate[] {
  const free = new Set(group.filter((c) => !c.leads))
  const out: TwinCandidate[] = []
  for (const leader of group) {
    if (!leader.leads) continue
    let twin: TwinCandidate | undefined
    for (const other of free) {
      const gap = Math.abs(other.time - leader.time)
      if (gap > maxTwinGapMs) continue
      if (!twin || gap < Math.abs(twin.time - leader.time)) twin = other
    }
    if (twin) free.delete(twin)
    out.push(
      twin ? { ...leader, line: withEvidence(leader.line, twin.line) } : leader,
    )
  }
  out.push(...free)
  return out
}

function byTime(a: TwinCandidate, b: TwinCandidate): number {
  return a.time - b.time || (a.line < b.line ? -1 : 1)
}

function withEvidence(line: string, other: string): string {
  const finding = JSON.parse(line) as Finding
  const twin = JSON.parse(other) as Finding
  const joined = {
    ...finding,
    evidence: [...finding.evidence, ...twin.evidence],
  }
  return `${JSON.stringify(joined)}\n`
}
