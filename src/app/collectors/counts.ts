// The same client that does the same thing again and again is one finding with a count. Candidates are judged in order of time, whatever
// the order in which they came; a count begins with its first and ends ten minutes later.
import {
  type EvidencePart,
  type FindingPart,
  unitsOfEvidence,
  unitsOfFinding,
  withCount,
  withPlaces,
} from '../../findings/assemble.ts'

import type { CountCandidate, CountsPart } from '../stations/counts.ts'
import type { Collector, Outlet } from './collector.ts'
import { Spool } from './spool.ts'
import { textOf } from './waiting.ts'

/** Milliseconds: so long a finding that counts may wait. */
export const countWindowMs = 10 * 60_000
/** Records of one finding that are its evidence: the first. */
const maxEvidence = 100
/** Counts that are open at once; beyond, the oldest is told as far as it is. */
const maxOpen = 50_000
/** Of their texts, in UTF-16 units. */
const maxOpenUnits = 24 * 1024 * 1024

interface Count {
  readonly rule: string
  readonly first: FindingPart
  readonly from: number
  readonly evidence: EvidencePart[]
  count: number
  last: number
  /** The last: a record that lies in several places comes as neighbours. */
  lastRecord: number
  lastEvidence: EvidencePart | undefined
  /** Of its texts. */
  units: number
}

export class CountsCollector implements Collector {
  readonly takes = 'counts'
  readonly #outlet: Outlet
  readonly #maxBytes: number | undefined
  #spool: Spool
  readonly #open = new Map<string, Count>()
  #units = 0
  #reached = Number.NEGATIVE_INFINITY
  /** Of those that wait. */
  #waiting = 0

  constructor(outlet: Outlet, maxBytes?: number) {
    this.#outlet = outlet
    this.#maxBytes = maxBytes
    this.#spool = this.#newSpool()
  }

  #newSpool(): Spool {
    return new Spool(
      {
        overflow: (all, why) => {
          this.#outlet.note(
            `temporary file: ${why}; counts are counts of parts`,
          )
          for (const next of all) this.#judge(candidateOf(textOf(next)))
        },
      },
      this.#maxBytes,
    )
  }

  take({ candidates }: CountsPart): void {
    for (const c of candidates) {
      const time = c.time ?? Number.POSITIVE_INFINITY
      this.#spool.addText({ time, record: c.record }, JSON.stringify(c))
      this.#waiting++
    }
  }

  advance(watermark: number): number {
    const isEnd = watermark === Number.POSITIVE_INFINITY
    if (watermark > this.#reached || isEnd) {
      this.#reached = watermark
      if (this.#waiting) this.#judgeBefore(watermark, isEnd)
      this.#closeBefore(watermark - countWindowMs)
      // What has no time is one count, told at the end.
      if (isEnd) while (this.#open.size) this.#closeFirst()
    }
    // The map keeps the order in which counts began.
    for (const { from } of this.#open.values()) return Math.min(from, watermark)
    return watermark
  }

  #judgeBefore(watermark: number, isEnd: boolean): void {
    const spool = this.#spool
    this.#spool = this.#newSpool()
    this.#waiting = 0
    for (const next of spool.drain(true)) {
      const candidate = candidateOf(textOf(next))
      if (isEnd || next.time < watermark) this.#judge(candidate)
      else this.take({ kind: 'counts', candidates: [candidate] })
    }
  }

  #judge({ rule, key, time, record, finding }: CountCandidate): void {
    const at = time ?? Number.POSITIVE_INFINITY
    this.#closeBefore(at - countWindowMs)
    const known = this.#open.get(key)
    const [evidence] = finding.evidence
    if (known && evidence) {
      this.#units -= known.units
      add(known, evidence, at, record)
      this.#units += known.units
      this.#makeRoom()
      return
    }
    const units = key.length + unitsOfFinding(finding)
    this.#units += units
    this.#open.set(key, {
      rule,
      first: finding,
      from: at,
      evidence: [...finding.evidence],
      count: 1,
      last: at,
      lastRecord: record,
      lastEvidence: evidence,
      units,
    })
    this.#makeRoom()
  }

  #makeRoom(): void {
    while (this.#open.size > maxOpen || this.#units > maxOpenUnits)
      this.#closeFirst()
  }

  #closeBefore(time: number): void {
    for (const { from } of this.#open.values()) {
      if (from >= time) return
      this.#closeFirst()
    }
  }

  #closeFirst(): void {
    for (const [key, open] of this.#open) {
      const { rule, first, evidence, count, last } = open
      this.#open.delete(key)
      this.#units -= open.units
      const whole = { ...first, evidence }
      this.#outlet.finding(
        rule,
        count > 1 ? withCount(whole, count, last) : whole,
      )
      return
    }
  }
}

function candidateOf(text: string): CountCandidate {
  return JSON.parse(text) as CountCandidate
}

function add(
  count: Count,
  evidence: EvidencePart,
  time: number,
  record: number,
): void {
  const before = count.lastEvidence
  const isSame = time === count.last && record === count.lastRecord
  const both = isSame && before ? withPlaces(before, evidence) : undefined
  const told = both ?? evidence
  if (both && count.evidence.at(-1) === before) count.evidence.pop()
  if (count.evidence.length < maxEvidence) {
    count.evidence.push(told)
    count.units += unitsOfEvidence(evidence)
  }
  if (!both) count.count++
  count.last = time
  count.lastRecord = record
  count.lastEvidence = told
}
