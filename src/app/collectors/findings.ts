// Findings on their way out, in order of time, and how many there are of each rule.
import { invariant } from '../../base/invariant.ts'

import type { Level, RuleMeta } from '../../ir/rule.ts'

import {
  type FindingPart,
  findingLine,
  type RulePart,
  rulePart,
} from '../../findings/assemble.ts'
import { eventsOf } from '../../findings/event-findings.ts'
import { IncidentIds } from '../../findings/incidents/incident-ids.ts'
import { ReadEvent, renumber, tailOf } from '../../findings/read-event.ts'
import type { Suppressor } from '../../findings/suppression/suppressor.ts'
import type { WrittenFinding } from '../../findings/written.ts'

import type { FindingsPart } from '../stations/findings.ts'
import type { Collector } from './collector.ts'
import { InOrder, type OrderListener } from './in-order.ts'
import { Restated, type Restatements } from './restated.ts'
import { Tails } from './tails.ts'

export interface FindingsOptions {
  /** See the constructor. */
  readonly waits?: boolean
  readonly suppressor?: Suppressor | undefined
}

export class FindingsCollector implements Collector {
  readonly takes = 'findings'
  /** By the id of a rule: how often it fired. */
  readonly counts = new Map<string, number>()
  /** The same without what another rule's finding says as well, and without what is silenced. */
  readonly told = new Map<string, number>()
  readonly #order: InOrder
  readonly #waits: boolean
  readonly #restated: Restated
  readonly #incidents = new IncidentIds()
  readonly #tails = new Tails()
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
    { waits = true, suppressor }: FindingsOptions = {},
  ) {
    this.#waits = waits
    this.#restated = new Restated(restates, (written, id) => {
      if (suppressor?.silences(id, written)) return
      this.told.set(id, (this.told.get(id) ?? 0) + 1)
      finding(this.#incidents.with(written, this.#levelOf(id)))
    })
    this.#numberAt = rules.map((meta) => this.#numberOf(meta))
    const said = {
      head: (rule: number) => this.#partOf(rule).headBytes,
      tail: (end: number) => this.#tails.of(end),
    }
    const listener: OrderListener = {
      finding: (written, rule, { time, record }) => {
        const { id } = this.#rules[rule]!
        this.counts.set(id, (this.counts.get(id) ?? 0) + 1)
        this.#restated.take(written, id, time, record)
      },
      problem,
    }
    this.#order = new InOrder(listener, said)
  }

  take(part: FindingsPart): void {
    this.total += part.findings
    const tails = this.#tails.numbersOf(part.ends, (rule) =>
      this.#partOf(this.#numberAt[rule]!),
    )
    if (tails) {
      renumber(part, this.#numberAt, tails)
      this.#order.addAll(part.bytes, part.keys)
    } else this.#takeLines(part)
  }

  /** With ends of their own, each as a whole. */
  #takeLines(part: FindingsPart): void {
    const partOf = (rule: number) => this.#partOf(this.#numberAt[rule]!)
    const event = new ReadEvent({
      head: (rule) => partOf(rule).headBytes,
      tail: (end) => tailOf(partOf(part.ends[end]!.rule), part.ends[end]!.text),
    })
    for (const place of eventsOf(part)) {
      event.open(part.bytes, place.start, place.time)
      for (let i = 0; i < event.count; i++) {
        const text = event.show(i).text()
        this.#order.add(place, this.#numberAt[event.rule]!, text)
      }
    }
  }

  add(rule: string, part: FindingPart): void {
    const number = this.#numbers.get(rule)
    invariant(number !== undefined, 'findings are of rules in force')
    this.total++
    const time = part.time ?? Number.POSITIVE_INFINITY
    const record = part.evidence[0]?.record ?? 0
    const line = findingLine(part, this.#partOf(number))
    this.#order.add({ time, record }, number, line)
  }

  advance(watermark: number): number {
    const isAll = !this.#waits || watermark === Number.POSITIVE_INFINITY
    if (isAll) this.#order.finish()
    else this.#order.advance(watermark)
    this.#restated.flush()
    return watermark
  }

  #partOf(rule: number): RulePart {
    return (this.#parts[rule] ??= rulePart(this.#rules[rule]!))
  }

  #levelOf(id: string): Level {
    return this.#rules[this.#numbers.get(id)!]!.level
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
