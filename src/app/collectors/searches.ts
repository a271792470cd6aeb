// Searches as rules: the part that picks events runs where the bytes are, like any rule; the operators behind it run here, on the
// events that were picked, in the order of the input.
import { madeEvent } from '../../event/made-event.ts'

import type { SearchRule } from '../../ir/search.ts'

import { parseCondition } from '../../languages/spl/index.ts'

import {
  Hunt,
  isInternal,
  type Row,
  textOfValue,
} from '../../executors/pipeline/index.ts'

import {
  commonHost,
  explain,
  type FindingPart,
  findingLine,
  rulePart,
} from '../../findings/assemble.ts'

import type { PickedEvent, PickedPart } from '../stations/picked.ts'
import type { Collector, Outlet } from './collector.ts'

/** Picked events that a search remembers as evidence; its rows are made of all of them. */
const maxRemembered = 2_000
const maxEvidence = 20

interface SearchInProgress {
  readonly rule: SearchRule
  readonly hunt: Hunt
  readonly remembered: PickedEvent[]
}

export class SearchesCollector implements Collector {
  readonly takes = 'picked'
  readonly #searches = new Map<string, SearchInProgress>()
  readonly #outlet: Outlet

  /** `now`: seconds since 1970. */
  constructor(searches: readonly SearchRule[], now: number, outlet: Outlet) {
    this.#outlet = outlet
    for (const rule of searches) {
      const hunt = new Hunt(rule.search, {
        now,
        lookups: new Map(),
        parseCondition,
      })
      this.#searches.set(rule.meta.id, { rule, hunt, remembered: [] })
    }
  }

  take({ events }: PickedPart): void {
    for (const picked of events) {
      const search = this.#searches.get(picked.rule)
      if (!search) continue
      search.hunt.event(madeEvent(picked.event))
      const { remembered } = search
      if (remembered.length < maxRemembered) remembered.push(picked)
    }
  }

  /** Rows are there when the last event is: a search has no window. */
  advance(watermark: number): number {
    if (watermark !== Number.POSITIVE_INFINITY) return watermark
    for (const search of this.#searches.values()) this.#finish(search)
    return watermark
  }

  #finish({ rule, hunt, remembered }: SearchInProgress): void {
    hunt.endPass()
    const { rows, columns, refusal } = hunt.result()
    if (refusal) {
      const { message, hint } = refusal
      this.#outlet.note(`${rule.meta.title}: ${message}; ${hint}`)
      return
    }
    for (const row of rows) {
      const finding = findingOf(rule, row, columns, remembered)
      this.#outlet.finding(rule.meta.id, findingLine(finding))
    }
  }
}

function findingOf(
  { meta }: SearchRule,
  row: Row,
  columns: readonly string[],
  remembered: readonly PickedEvent[],
): FindingPart {
  const rule = rulePart(meta)
  const shown = columns.filter((c) => c === '_time' || !isInternal(c))
  const values = Object.fromEntries(shown.map((c) => [c, row.get(c)]))
  const own = remembered.filter((e) => isOf(e, row, shown))
  const of = own.length ? own : remembered
  return {
    rule,
    time: timeOf(row, of),
    host: commonHost(of.map((e) => e.event)),
    evidence: of.slice(0, maxEvidence).map((e) => e.evidence),
    explanation: explain(rule, {
      held: shown.map((c) => `${c} is ${textOfValue(row.get(c) ?? '')}`),
      silence: [],
      row: values,
      matches: of.length,
    }),
    said: JSON.stringify(values),
  }
}

/** The row's own, else of its last event. */
function timeOf(row: Row, of: readonly PickedEvent[]): number | undefined {
  const at = row.get('_time')
  if (typeof at === 'number') return at * 1000
  const last = of.reduce(
    (latest, { event }) => Math.max(latest, event.time ?? latest),
    Number.NEGATIVE_INFINITY,
  )
  return Number.isFinite(last) ? last : undefined
}

/** Every column that the event has as a field is equal, or one of the row's values. */
function isOf(
  { event: { names, values } }: PickedEvent,
  row: Row,
  columns: readonly string[],
): boolean {
  let shared = 0
  for (const name of columns) {
    const i = names.indexOf(name)
    const own = i < 0 ? undefined : values[i]
    const of = row.get(name)
    if (own === undefined || own === null || of === null) continue
    shared++
    const all = Array.isArray(of) ? of : [of]
    if (!all.some((v) => String(v) === String(own))) return false
  }
  return shared > 0
}
