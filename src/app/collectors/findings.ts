// Findings on their way out, and how many there are of each rule.
import type { FindingsPart } from '../stations/findings.ts'
import type { Collector } from './collector.ts'

export class FindingsCollector implements Collector {
  readonly takes = 'findings'
  readonly counts = new Map<string, number>()
  readonly #ids: readonly string[]
  readonly #write: (lines: string) => void
  total = 0

  /** `ids`: of the rules, as parts number them. `write` takes whole lines. */
  constructor(ids: readonly string[], write: (lines: string) => void) {
    this.#ids = ids
    this.#write = write
  }

  take({ lines, counts }: FindingsPart): void {
    for (let i = 0; i < counts.length; i += 2) {
      this.#count(this.#ids[counts[i]!]!, counts[i + 1]!)
    }
    this.#write(lines)
  }

  add(rule: string, line: string): void {
    this.#count(rule, 1)
    this.#write(`${line}\n`)
  }

  advance(watermark: number): number {
    return watermark
  }

  #count(rule: string, n: number): void {
    this.total += n
    this.counts.set(rule, (this.counts.get(rule) ?? 0) + n)
  }
}
