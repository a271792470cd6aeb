// Searches as rules: the part that picks events runs where the bytes are, like any rule; the operators behind it run here, on the
// events that were picked, in the order of the input.
import { provenance } from '../../base/record.ts'

import { type Event, EventShape } from '../../event/event.ts'
import { logSource } from '../../event/log-source.ts'

import { detectionsOf } from '../../ir/condition.ts'
import type { DetectionRule } from '../../ir/rule.ts'
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

import type { FedEvent } from '../reading/fed-event.ts'

/** Picked events that a search remembers as evidence; its rows are made of all of them. */
const maxRemembered = 2_000
const maxEvidence = 20

export interface SplitSearches {
  /** Searches that are conditions on single events, as rules; and for the others the rules that pick their events. */
  readonly rules: readonly DetectionRule[]
  /** Searches with operators. */
  readonly fed: readonly SearchRule[]
  /** Searches that need more than one reading of the events. */
  readonly unfit: readonly SearchRule[]
}

export function splitSearches(searches: readonly SearchRule[]): SplitSearches {
  const rules: DetectionRule[] = []
  const fed: SearchRule[] = []
  const unfit: SearchRule[] = []
  for (const rule of searches) {
    const { search } = rule
    const nested =
      search.subsearches.length > 0 ||
      search.operators.some((op) => 'search' in op) ||
      search.from.kind !== 'events'
    if (nested) {
      unfit.push(rule)
      continue
    }
    const emits = search.operators.length === 0
    if (!emits) fed.push(rule)
    rules.push(...detectionsOf(rule).map((r) => ({ ...r, emits })))
  }
  return { rules, fed, unfit }
}

interface Run {
  readonly rule: SearchRule
  readonly hunt: Hunt
  readonly remembered: FedEvent[]
}

export class SearchFeed {
  readonly #runs = new Map<string, Run>()
  readonly #shapes = new Map<string, EventShape>()

  /** `now`: seconds since 1970. */
  constructor(searches: readonly SearchRule[], now: number) {
    for (const rule of searches) {
      const hunt = new Hunt(rule.search, {
        now,
        lookups: new Map(),
        parseCondition,
      })
      this.#runs.set(rule.meta.id, { rule, hunt, remembered: [] })
    }
  }

  get ids(): ReadonlySet<string> {
    return new Set(this.#runs.keys())
  }

  add(fed: FedEvent): void {
    const run = this.#runs.get(fed.rule)
    if (!run) return
    run.hunt.event(this.#eventOf(fed))
    if (run.remembered.length < maxRemembered) run.remembered.push(fed)
  }

  finish(): { lines: string; counts: Map<string, number>; notes: string[] } {
    const counts = new Map<string, number>()
    const notes: string[] = []
    let lines = ''
    for (const { rule, hunt, remembered } of this.#runs.values()) {
      hunt.endPass()
      const { rows, columns, refusal } = hunt.result()
      if (refusal) {
        notes.push(`${rule.meta.title}: ${refusal.message}; ${refusal.hint}`)
        continue
      }
      for (const row of rows)
        lines += `${findingLine(findingOf(rule, row, columns, remembered))}\n`
      if (rows.length) counts.set(rule.meta.id, rows.length)
    }
    return { lines, counts, notes }
  }

  #eventOf(fed: FedEvent): Event {
    const key = JSON.stringify([
      fed.names,
      fed.product,
      fed.category,
      fed.service,
    ])
    let shape = this.#shapes.get(key)
    if (!shape) {
      const { family, provider, channel, id } = fed.provenance
      shape = new EventShape(
        fed.names,
        logSource(fed.product, fed.category, fed.service),
        provenance(family, provider, channel, id),
      )
      this.#shapes.set(key, shape)
    }
    return {
      shape,
      origin: fed.origin,
      value: (i) => fed.values[i],
      time: () => fed.time,
      host: () => fed.host,
    }
  }
}

function findingOf(
  { meta }: SearchRule,
  row: Row,
  columns: readonly string[],
  remembered: readonly FedEvent[],
): FindingPart {
  const rule = rulePart(meta)
  const shown = columns.filter((c) => c === '_time' || !isInternal(c))
  const values = Object.fromEntries(shown.map((c) => [c, row.get(c)]))
  const own = remembered.filter((e) => isOf(e, row, shown))
  const of = own.length ? own : remembered
  return {
    rule,
    time: timeOf(row, of),
    host: commonHost(of),
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
function timeOf(row: Row, of: readonly FedEvent[]): number | undefined {
  const at = row.get('_time')
  if (typeof at === 'number') return at * 1000
  const last = of.reduce(
    (latest, e) => Math.max(latest, e.time ?? latest),
    Number.NEGATIVE_INFINITY,
  )
  return Number.isFinite(last) ? last : undefined
}

/** Every column that the event has as a field is equal, or one of the row's values. */
function isOf(e: FedEvent, row: Row, columns: readonly string[]): boolean {
  let shared = 0
  for (const name of columns) {
    const i = e.names.indexOf(name)
    const own = i < 0 ? undefined : e.values[i]
    const of = row.get(name)
    if (own === undefined || own === null || of === null) continue
    shared++
    const all = Array.isArray(of) ? of : [of]
    if (!all.some((v) => String(v) === String(own))) return false
  }
  return shared > 0
}
