// Findings on their way out, in order of time, and how many there are of each rule.
import { type FindingPart, findingLine } from '../../findings/assemble.ts'

import { type FindingsPart, keysEach } from '../stations/findings.ts'
import type { Collector } from './collector.ts'
import { InOrder, type OrderListener } from './in-order.ts'
import { Restated, type Restatements } from './restated.ts'

export class FindingsCollector implements Collector {
  readonly takes = 'findings'
  /** By the id of a rule: how often it fired. */
  readonly counts = new Map<string, number>()
  /** The same without what another rule's finding says as well. */
  readonly told = new Map<string, number>()
  readonly #order: InOrder
  readonly #restated: Restated
  readonly #ids: string[] = []
  readonly #numbers = new Map<string, number>()
  /** By the number in a part: the number here, one for each id. */
  readonly #numberAt: readonly number[]
  /** Taken so far; copies of a record are among them. */
  total = 0

  /** `ids`: of the rules, as parts number them; several may be of one id. */
  constructor(
    ids: readonly string[],
    {
      finding,
      problem,
    }: Pick<OrderListener, 'problem'> & {
      readonly finding: (line: string) => void
    },
    restates: Restatements = new Map(),
  ) {
    this.#restated = new Restated(restates, (line, id) => {
      this.told.set(id, (this.told.get(id) ?? 0) + 1)
      finding(line)
    })
    this.#numberAt = ids.map((id) => this.#numberOf(id))
    this.#order = new InOrder({
      finding: (line, rule, time, record) => {
        const id = this.#ids[rule]!
        this.counts.set(id, (this.counts.get(id) ?? 0) + 1)
        this.#restated.take(line, id, time, record)
      },
      problem,
    })
  }

  take({ lines, keys }: FindingsPart): void {
    this.#order.addAll(lines, keys, this.#numberAt)
    this.total += keys.length / keysEach
  }

  add(rule: string, part: FindingPart): void {
    this.total++
    this.#order.add({
      rule: this.#numberOf(rule),
      time: part.time ?? Number.POSITIVE_INFINITY,
      record: part.evidence[0]?.record ?? 0,
      line: findingLine(part),
    })
  }

  advance(watermark: number): number {
    if (watermark === Number.POSITIVE_INFINITY) this.#order.finish()
    else this.#order.advance(watermark)
    this.#restated.flush()
    return watermark
  }

  #numberOf(rule: string): number {
    let number = this.#numbers.get(rule)
    if (number === undefined) {
      number = this.#ids.push(rule) - 1
      this.#numbers.set(rule, number)
    }
    return number
  }
}
