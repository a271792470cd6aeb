// One process start, written by two providers, is one finding with two pieces of evidence.
import { isTwin, maxTwinGapMs } from '../../enrich/twins.ts'

import { type EvidencePart, withPlaces } from '../../findings/assemble.ts'

import {
  type TwinCandidate,
  type TwinsPart,
  unitsOfTexts,
} from '../stations/twins.ts'
import type { Collector, Outlet } from './collector.ts'
import { Spool } from './spool.ts'
import { textOf, type Waiting } from './waiting.ts'

/** Texts of candidates that wait as they are, in UTF-16 units: some thousands. Beyond, they wait in a spool. */
const maxWaitingUnits = 2 * 1024 * 1024
/** What a candidate counts for besides its texts. */
const unitsOfCandidate = 512
/** Candidates taken from the spool between two looks at what is ready. */
const step = 1_000

export class TwinsCollector implements Collector {
  readonly takes = 'twins'
  readonly #outlet: Outlet
  readonly #maxUnits: number
  #waiting: TwinCandidate[] = []
  #units = 0
  #reached = Number.NEGATIVE_INFINITY
  #spool: Spool | undefined
  /** Of those in the spool. */
  #earliest = Number.POSITIVE_INFINITY

  constructor(outlet: Outlet, maxUnits = maxWaitingUnits) {
    this.#outlet = outlet
    this.#maxUnits = maxUnits
  }

  take({ candidates }: TwinsPart): void {
    for (const c of candidates) this.#wait(c)
    if (this.#units >= this.#maxUnits) this.#makeRoom()
  }

  #wait(candidate: TwinCandidate): void {
    this.#waiting.push(candidate)
    this.#units += unitsOf(candidate)
  }

  advance(watermark: number): number {
    if (this.#spool) {
      // What is in a file is read again when something of it can go.
      if (watermark - maxTwinGapMs <= this.#earliest) {
        return Math.min(watermark, this.#earliest)
      }
      this.#makeRoom()
      this.#readAgain(this.#spool)
    }
    // Asked again before the watermark moved: nothing more can go.
    if (watermark !== this.#reached) this.#release(watermark)
    this.#reached = watermark
    return this.#waiting.reduce(
      (least, c) => Math.min(least, c.time),
      watermark,
    )
  }

  #makeRoom(): void {
    this.#spool ??= new Spool({
      overflow: (all, why) => {
        this.#outlet.note(
          `temporary file: ${why}; not every process start that two logs tell of is one finding`,
        )
        this.#tell(Array.from(all, candidateOf))
      },
    })
    for (const c of this.#waiting) {
      this.#earliest = Math.min(this.#earliest, c.time)
      const { record } = evidenceOf(c)
      this.#spool.addText({ time: c.time, record }, JSON.stringify(c))
    }
    this.#waiting = []
    this.#units = 0
  }

  #readAgain(spool: Spool): void {
    let read = 0
    for (const found of spool.drain(true)) {
      this.#wait(candidateOf(found))
      if (++read % step === 0) this.#release(found.time)
      if (this.#units < this.#maxUnits) continue
      this.#release(found.time)
      // A process that starts again and again, without a pause: nobody can tell which start is whose.
      if (this.#units >= this.#maxUnits / 2)
        this.#release(Number.POSITIVE_INFINITY)
    }
    this.#spool = undefined
    this.#earliest = Number.POSITIVE_INFINITY
  }

  // Starts that follow each other within the gap are judged together, when no other can come that belongs to them.
  #release(watermark: number): void {
    const ready: TwinCandidate[] = []
    const waiting: TwinCandidate[] = []
    for (const near of neighbours(this.#waiting)) {
      const over = near.at(-1)!.time < watermark - maxTwinGapMs
      for (const c of near) (over ? ready : waiting).push(c)
    }
    this.#waiting = waiting
    this.#units = waiting.reduce((sum, c) => sum + unitsOf(c), 0)
    this.#tell(ready)
  }

  #tell(candidates: readonly TwinCandidate[]): void {
    for (const { rule, finding } of joinTwins(candidates)) {
      this.#outlet.finding(rule, finding)
    }
  }
}

function unitsOf(candidate: TwinCandidate): number {
  return unitsOfCandidate + unitsOfTexts(candidate)
}

function candidateOf(waiting: Waiting): TwinCandidate {
  return JSON.parse(textOf(waiting)) as TwinCandidate
}

/** Candidates of one key, each within the gap of the one before it. */
function* neighbours(
  candidates: readonly TwinCandidate[],
): Generator<TwinCandidate[]> {
  for (const group of byKey(candidates)) {
    group.sort((a, b) => a.time - b.time)
    let from = 0
    for (let i = 1; i <= group.length; i++) {
      const next = group[i]
      if (next && next.time - group[i - 1]!.time <= maxTwinGapMs) continue
      yield group.slice(from, i)
      from = i
    }
  }
}

/**
 * The candidates, twins joined, in order of time. The result does not depend on the order in which the candidates came.
 */
export function joinTwins(
  candidates: readonly TwinCandidate[],
): TwinCandidate[] {
  const out: TwinCandidate[] = []
  for (const group of byKey(candidates)) {
    group.sort(byTime)
    for (const one of joinGroup(joinCopies(group))) out.push(one)
  }
  return out.sort(byTime)
}

function byKey(
  candidates: readonly TwinCandidate[],
): Iterable<TwinCandidate[]> {
  const groups = new Map<string, TwinCandidate[]>()
  for (const c of candidates) {
    const group = groups.get(c.key)
    if (group) group.push(c)
    else groups.set(c.key, [c])
  }
  return groups.values()
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
  const others = group.filter((c) => !c.leads)
  const taken = new Set<TwinCandidate>()
  const out: TwinCandidate[] = []
  let from = 0
  for (const leader of group) {
    if (!leader.leads) continue
    while (from < others.length && isBefore(others[from]!, leader)) from++
    let twin: TwinCandidate | undefined
    for (let i = from; i < others.length; i++) {
      const other = others[i]!
      if (isBefore(leader, other)) break
      if (taken.has(other) || !isTwin(leader, other)) continue
      if (!twin || fits(leader, other) < fits(leader, twin)) twin = other
    }
    if (twin) taken.add(twin)
    const both = twin && [evidenceOf(leader), evidenceOf(twin)]
    out.push(both ? withEvidence(leader, both) : leader)
  }
  for (const other of others) if (!taken.has(other)) out.push(other)
  return out
}

/** So far that they are no twins, nor is anything farther. */
function isBefore(a: TwinCandidate, b: TwinCandidate): boolean {
  return a.time < b.time - maxTwinGapMs
}

/** Less is better: a process id that is known before one that is not, then the nearest in time. */
function fits(leader: TwinCandidate, other: TwinCandidate): number {
  const isKnown = leader.pid !== undefined && leader.pid === other.pid
  const gap = Math.abs(other.time - leader.time)
  return isKnown ? gap : gap + maxTwinGapMs
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
