// Searches as rules: the part that picks events runs where the bytes are, like any rule; the operators behind it run here, on the
// events that were picked, in the order of the input.
import { digest } from '../../base/digest.ts'

import type { Event } from '../../event/event.ts'
import { madeEvent } from '../../event/made-event.ts'

import { conditionsOf, type SearchRule } from '../../ir/search.ts'

import { parseCondition, parseValue } from '../../languages/spl/index.ts'

import {
  Budget,
  Hunt,
  isInternal,
  type NamedEvent,
  type PipelineContext,
  type Refusal,
  type Row,
} from '../../executors/pipeline/index.ts'

import {
  explain,
  type EvidencePart,
  type FindingPart,
  withPlaces,
} from '../../findings/assemble.ts'

import { recordKey } from '../../findings/identity.ts'

import type { PickedPart } from '../stations/picked.ts'
import type { Collector, Outlet } from './collector.ts'

interface SearchInProgress {
  readonly rule: SearchRule
  readonly hunt: Hunt
  /** Of the events that it met. */
  readonly records: Set<number>
}

/** Outside of the heap, as text: there may be many, and few are told. */
interface PickedRecord extends NamedEvent {
  readonly evidence: Buffer
  /** See `recordKey`. */
  readonly key: number
}

/** Bytes that all searches of a scan hold together, as far as they can be told. */
const maxHeldBytes = 32 * 1024 * 1024
/** Of a record besides its evidence: its objects. */
const bytesOfRecord = 320

/** Records of which other places are named. */
const maxCopies = 100_000
/** Records remembered, of all searches; of later ones copies count. */
const maxRemembered = 1_000_000

export class SearchesCollector implements Collector {
  readonly takes = 'picked'
  readonly #searches = new Map<string, SearchInProgress>()
  readonly #outlet: Outlet
  readonly #failed: (rule: SearchRule, refusal: Refusal) => void
  #remembered = 0
  readonly #together = new Budget(maxHeldBytes)
  /** Of the event that is shown. */
  #shown: PickedRecord | undefined
  /** By record: where else it lies. */
  readonly #copies = new Map<number, EvidencePart>()

  constructor(
    searches: readonly SearchRule[],
    context: PipelineContext,
    outlet: Outlet,
    failed: (rule: SearchRule, refusal: Refusal) => void = () => {},
  ) {
    this.#outlet = outlet
    this.#failed = failed
    for (const rule of searches) {
      const hunt = new Hunt(rule.search, {
        ...context,
        parseCondition,
        parseValue,
        named: () => this.#shown!,
        together: this.#together,
      })
      this.#searches.set(rule.meta.id, { rule, hunt, records: new Set() })
    }
  }

  take({ events }: PickedPart): void {
    for (const picked of events) {
      const search = this.#searches.get(picked.rule)
      const { evidence } = picked
      const key = recordKey(evidence, picked.event.values)
      if (!search || this.#isCopy(search, key, evidence)) continue
      const event = madeEvent(picked.event)
      this.#shown = recordOf(event, evidence, key)
      search.hunt.event(event)
      if (search.hunt.refusal) this.#end(search, search.hunt.refusal)
    }
  }

  /** It gives no rows, and what it held is for the others. */
  #end({ rule, hunt }: SearchInProgress, refusal: Refusal): void {
    hunt.close()
    this.#searches.delete(rule.meta.id)
    const { message, hint } = refusal
    this.#failed(rule, refusal)
    this.#outlet.note(`${rule.meta.title}: ${message}; ${hint}`)
  }

  /** A record that lies in several places is one event. */
  #isCopy(
    { records }: SearchInProgress,
    key: number,
    evidence: EvidencePart,
  ): boolean {
    if (records.has(key)) {
      const before = this.#copies.get(key)
      const both = before ? withPlaces(before, evidence) : evidence
      if (both && (before || this.#copies.size < maxCopies)) {
        this.#copies.set(key, both)
      }
      return true
    }
    if (this.#remembered < maxRemembered) {
      records.add(key)
      this.#remembered++
    }
    return false
  }

  #evidenceOf({ evidence, key }: PickedRecord): EvidencePart {
    const own = JSON.parse(evidence.toString()) as EvidencePart
    const copies = this.#copies.get(key)
    return (copies && withPlaces(own, copies)) ?? own
  }

  /** Rows are there when the last event is: a search has no window. */
  advance(watermark: number): number {
    if (watermark !== Number.POSITIVE_INFINITY) return watermark
    for (const search of this.#searches.values()) this.#finish(search)
    return watermark
  }

  #finish(search: SearchInProgress): void {
    const { rule, hunt } = search
    hunt.endPass()
    const { rows, columns, refusal } = hunt.result()
    if (refusal) {
      this.#end(search, refusal)
      return
    }
    const shown = columns.filter((c) => c === '_time' || !isInternal(c))
    for (const row of rows) {
      this.#outlet.finding(rule.meta.id, this.#findingOf(rule, row, shown))
    }
    hunt.close()
  }

  /** The row's own events, their host and their time. */
  #findingOf(
    { meta, search }: SearchRule,
    row: Row,
    columns: readonly string[],
  ): FindingPart {
    const rule = digest(meta.id)
    const values = Object.fromEntries(columns.map((c) => [c, row.get(c)]))
    const { lineage } = row
    const at = row.get('_time')
    return {
      rule,
      time: typeof at === 'number' ? at * 1000 : lineage?.last,
      host: lineage?.host,
      evidence: (lineage?.events ?? [])
        .toSorted(byTime)
        .map((event) => this.#evidenceOf(event as PickedRecord)),
      explanation: explain({
        held: conditionsOf(search),
        silence: [],
        row: values,
        matches: lineage?.count ?? 0,
      }),
      said: JSON.stringify(values),
    }
  }
}

function recordOf(event: Event, part: EvidencePart, key: number): PickedRecord {
  const evidence = Buffer.from(JSON.stringify(part))
  const bytes = bytesOfRecord + evidence.length
  return { time: event.time(), host: event.host(), bytes, evidence, key }
}

function byTime(a: NamedEvent, b: NamedEvent): number {
  const last = Number.MAX_VALUE
  return (a.time ?? last) - (b.time ?? last)
}
