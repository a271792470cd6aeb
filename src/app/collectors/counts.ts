// The same client that does the same thing again and again is one finding with a count. Candidates are judged in order of time, whatever
// the order in which they came; a count begins with its first and ends ten minutes later.
import {
  type EvidencePart,
  type FindingPart,
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
}

export class CountsCollector implements Collector {
  readonly takes = 'counts'
  readonly #outlet: Outlet
  readonly #spool: Spool
  readonly #open = new Map<string, Count>()
  #reached = Number.NEGATIVE_INFINITY
  /** Of those that wait. */
  #waiting = 0

  constructor(outlet: Outlet, maxBytes?: number) {
    this.#outlet = outlet
    this.#spool = new Spool(
      {
        overflow: (all, why) => {
          outlet.note(`temporary file: ${why}; counts are counts of parts`)
          for (const next of all) this.#judge(candidateOf(textOf(next)))
        },
      },
      maxBytes,
    )
  }

  take({ candidates }: CountsPart): void {
    for (const c of candidates) {
      const time = c.time ?? Number.POSITIVE_INFINITY
      const bytes = Buffer.from(JSON.stringify(c))
      this.#spool.add({ time, record: c.record }, bytes)
      this.#waiting++
    }
  }

  advance(watermark: number): number {
    const isEnd = watermark === Number.POSITIVE_INFINITY
    if (watermark > this.#reached || isEnd) {
      this.#reached = watermark
      if (this.#waiting) this.#judgeBefore(watermark, isEnd)
      this.#closeBefore(isEnd ? watermark : watermark - countWindowMs)
    }
    // The map keeps the order in which counts began.
    for (const { from } of this.#open.values()) return Math.min(from, watermark)
    return watermark
  }

  #judgeBefore(watermark: number, isEnd: boolean): void {
    const later: CountCandidate[] = []
    for (const next of this.#spool.drain(true)) {
      const candidate = candidateOf(textOf(next))
      if (isEnd || next.time < watermark) this.#judge(candidate)
      else later.push(candidate)
    }
    this.#waiting = 0
    this.take({ kind: 'counts', candidates: later })
  }

  #judge({ rule, key, time, record, finding }: CountCandidate): void {
    const at = time ?? Number.POSITIVE_INFINITY
    this.#closeBefore(at - countWindowMs)
    const known = this.#open.get(key)
    const [evidence] = finding.evidence
    if (known && evidence) {
      add(known, evidence, at, record)
      return
    }
    this.#open.set(key, {
      rule,
      first: finding,
      from: at,
      evidence: [...finding.evidence],
      count: 1,
      last: at,
      lastRecord: record,
      lastEvidence: evidence,
    })
    if (this.#open.size > maxOpen) this.#closeFirst()
  }

  #closeBefore(time: number): void {
    for (const { from } of this.#open.values()) {
      if (from >= time) return
      this.#closeFirst()
    }
    // What has no time is told at the end.
    if (this.#reached === Number.POSITIVE_INFINITY && time === this.#reached)
      while (this.#open.size) this.#closeFirst()
  }

  #closeFirst(): void {
    for (const [key, { rule, first, evidence, count, last }] of this.#open) {
      this.#open.delete(key)
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
  if (count.evidence.length < maxEvidence) count.evidence.push(told)
  if (!both) count.count++
  count.last = time
  count.lastRecord = record
  count.lastEvidence = told
}
