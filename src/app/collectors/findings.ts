// Findings on their way out, in order of time, and how many there are of each rule.
import { invariant } from '../../base/invariant.ts'

import type { RuleMeta } from '../../ir/rule.ts'

import {
  type FindingPart,
  findingLine,
  type RulePart,
  rulePart,
} from '../../findings/assemble.ts'
import { type WrittenFinding, WrittenLine } from '../../findings/written.ts'

import { type FindingsPart, keysEach } from '../stations/findings.ts'
import type { Collector } from './collector.ts'
import type { FoundLine } from './found-line.ts'
import { InOrder, type OrderListener } from './in-order.ts'
import { Restated, type Restatements } from './restated.ts'

export class FindingsCollector implements Collector {
  readonly takes = 'findings'
  /** By the id of a rule: how often it fired. */
  readonly counts = new Map<string, number>()
  /** The same without what another rule's finding says as well. */
  readonly told = new Map<string, number>()
  readonly #order: InOrder
  readonly #written = new WrittenLine()
  readonly #waits: boolean
  readonly #restated: Restated
  /** One for each id. */
  readonly #rules: RuleMeta[] = []
  /** Made for those that fire. */
  readonly #parts: (RulePart | undefined)[] = []
  readonly #numbers = new Map<string, number>()
  /** By the number in a part: the number here, one for each id. */
  readonly #numberAt: readonly number[]
  /** Taken so far; copies of a record are among them. */
  total = 0

  /**
   * `rules`: as parts number them, then those whose findings come whole; several may be of one id. `waits`: until the watermark has passed
   * them; else they go out in order among those that came together.
   */
  constructor(
    rules: readonly RuleMeta[],
    {
      finding,
      problem,
    }: Pick<OrderListener, 'problem'> & {
      readonly finding: (finding: WrittenFinding) => void
    },
    restates: Restatements = new Map(),
    { waits }: { readonly waits: boolean } = { waits: true },
  ) {
    this.#waits = waits
    this.#restated = new Restated(restates, (written, id) => {
      this.told.set(id, (this.told.get(id) ?? 0) + 1)
      finding(written)
    })
    this.#numberAt = rules.map((meta) => this.#numberOf(meta))
    this.#order = new InOrder({
      finding: (found) => this.#inOrder(found),
      problem,
    })
  }

  #inOrder({ rule, time, record, text, from, to }: FoundLine): void {
    const meta = this.#rules[rule]!
    const { id } = meta
    this.counts.set(id, (this.counts.get(id) ?? 0) + 1)
    const part = (this.#parts[rule] ??= rulePart(meta))
    const written = this.#written.show(text, from, to, part)
    this.#restated.take(written, id, time, record)
  }

  take({ lines, keys }: FindingsPart): void {
    this.#order.addAll(lines, keys, this.#numberAt)
    this.total += keys.length / keysEach
  }

  add(rule: string, part: FindingPart): void {
    const number = this.#numbers.get(rule)
    invariant(number !== undefined, 'findings are of rules in force')
    this.total++
    this.#order.add({
      rule: number,
      time: part.time ?? Number.POSITIVE_INFINITY,
      record: part.evidence[0]?.record ?? 0,
      line: findingLine(part),
    })
  }

  advance(watermark: number): number {
    const isAll = !this.#waits || watermark === Number.POSITIVE_INFINITY
    if (isAll) this.#order.finish()
    else this.#order.advance(watermark)
    this.#restated.flush()
    return watermark
  }

  #numberOf(meta: RuleMeta): number {
    let number = this.#numbers.get(meta.id)
    if (number === undefined) {
      number = this.#rules.push(meta) - 1
      this.#parts.push(undefined)
      this.#numbers.set(meta.id, number)
    }
    return number
  }
}
