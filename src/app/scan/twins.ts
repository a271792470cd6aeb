// One process start, written by Sysmon (1) and by the Security log (4688), is one finding with two pieces of evidence.
import { type EvidencePart, withPlaces } from '../../findings/assemble.ts'

import type { TwinCandidate } from '../reading/batch.ts'

/** The two providers write the same start within this time. */
const maxTwinGapMs = 2_000

/**
 * The candidates, twins joined, in order of time. The result does not depend on the order in which the candidates came.
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
  const out: TwinCandidate[] = []
  for (const group of byKey.values()) {
    group.sort(byTime)
    for (const one of joinGroup(joinCopies(group))) out.push(one)
  }
  return out.sort(byTime)
}

/** A record that was read in several places is one candidate. */
function joinCopies(group: readonly TwinCandidate[]): TwinCandidate[] {
  const out: TwinCandidate[] = []
  for (const c of group) {
    const before = out.at(-1)
    const evidence = before && withPlaces(evidenceOf(before), evidenceOf(c))
    if (evidence) out[out.length - 1] = withEvidence(before, [evidence])
    else out.push(c)
  }
  return out
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
    const both = twin && [evidenceOf(leader), evidenceOf(twin)]
    out.push(both ? withEvidence(leader, both) : leader)
  }
  for (const alone of free) out.push(alone)
  return out
}

function byTime(a: TwinCandidate, b: TwinCandidate): number {
  const [x, y] = [evidenceOf(a), evidenceOf(b)]
  return (
    a.time - b.time ||
    x.record - y.record ||
    (x.places[0]! < y.places[0]! ? -1 : 1)
  )
}

function evidenceOf({ finding }: TwinCandidate): EvidencePart {
  return finding.evidence[0]!
}

function withEvidence(
  c: TwinCandidate,
  evidence: readonly EvidencePart[],
): TwinCandidate {
  return { ...c, finding: { ...c.finding, evidence } }
}
