// The station where events meet rules. Behind it stand others that are told of each match: what becomes of a match is theirs to say.
import type { Event, EventShape } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'

import type { Gate } from '../../readers/reader.ts'

import { type Demand, demandsOf } from '../../ir/demand.ts'
import type { DetectionRule, Rule } from '../../ir/rule.ts'

import { StreamExecutor } from '../../executors/stream/executor.ts'
import type { HeldLeaf } from '../../executors/stream/held.ts'

import { type Twin, twinOf } from '../../enrich/twins.ts'

import type { EvidencePart, FindingPart } from '../../findings/assemble.ts'
import type { EventFindings } from '../../findings/event-findings.ts'
import { FindingWriter } from '../../findings/writer.ts'

import { gateOf } from '../reading/gate.ts'
import { detections } from '../rules/selection.ts'
import type { Met } from './met.ts'
import type { Part, Station } from './station.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface MatchConfig {
  readonly rules: readonly Rule[]
  readonly index: boolean
  readonly routing: boolean
  /** Ids of searches whose events are handed on whole. */
  readonly picking: readonly string[]
}

/** A rule that holds on an event. One object for all matches, valid during the call. */
export interface Match {
  /** Among the detections. */
  readonly index: number
  readonly rule: DetectionRule
  readonly event: Event
  /** Adds the finding. */
  write(to: EventFindings): void
  /** The same finding, for those who join it with others. */
  part(): FindingPart
  evidence(): EvidencePart
  /** Of the event, in milliseconds since 1970. */
  readonly time: number | undefined
  /** Of the event, whatever file it lies in: see `RecordIdentity`. */
  readonly record: number
  /** Of the event: it may be written by another provider too. */
  twin(): Twin | undefined
}

export interface MatchStation {
  matched(match: Match): void
  drain(): Part | undefined
}

/** undefined: with these rules it has nothing to do, and is not asked. */
export type OpenMatchStation = (
  config: MatchConfig,
  rules: readonly DetectionRule[],
  /** To be called when there is enough to be handed on. */
  full: () => void,
) => MatchStation | undefined

export class Matching implements Station {
  readonly gate: Gate
  readonly #routing: boolean
  readonly #rules: readonly DetectionRule[]
  readonly #executor: StreamExecutor
  readonly #match: CurrentMatch
  readonly #stations: readonly MatchStation[]
  readonly #passedBy = new Set<LogSource>()
  #linesPassedBy = false
  /** A search may come as several rules, one for each log source; it has one match for an event all the same. */
  readonly #repeated: readonly boolean[]
  readonly #metIds = new Set<string>()

  constructor(
    config: MatchConfig,
    open: readonly OpenMatchStation[],
    full: () => void,
    /** What stations beside this one ask of telemetry. */
    alsoAsked: readonly Demand[] = [],
  ) {
    this.#rules = detections(config.rules)
    this.#executor = new StreamExecutor(this.#rules, config)
    this.#match = new CurrentMatch(this.#rules, this.#executor)
    this.#routing = config.routing
    this.gate = this.gateWith(alsoAsked)
    const repeated = repeatedIds(this.#rules)
    this.#repeated = this.#rules.map((r) => repeated.has(r.meta.id))
    this.#stations = open.flatMap(
      (station) => station(config, this.#rules, full) ?? [],
    )
  }

  meet(event: Event): void {
    this.#match.show(event)
    if (this.#metIds.size) this.#metIds.clear()
    this.#executor.match(event, this.#matched)
  }

  ignores(shape: EventShape): boolean {
    return this.#executor.ignores(shape)
  }

  ignored(shape: EventShape, count: number): void {
    this.#executor.count(shape, count)
  }

  drain(): Part[] {
    return this.#stations.flatMap((s) => s.drain() ?? [])
  }

  met(): Omit<Met, 'outside' | 'inside'> {
    return {
      rules: this.#executor.account(),
      passedBy: [...this.#passedBy],
      linesPassedBy: this.#linesPassedBy,
      refused: this.#executor.refused,
    }
  }

  /** Called within `match`, so that what held is read from the frame that is loaded. */
  readonly #matched = (index: number): void => {
    if (this.#repeated[index] && this.#metBefore(index)) return
    const match = this.#match.of(index)
    const stations = this.#stations
    for (let i = 0; i < stations.length; i++) stations[i]!.matched(match)
  }

  #metBefore(index: number): boolean {
    const { id } = this.#rules[index]!.meta
    if (this.#metIds.has(id)) return true
    this.#metIds.add(id)
    return false
  }

  /** What the rules ask for, and this besides. */
  gateWith(alsoAsked: readonly Demand[]): Gate {
    const refused = new Set(this.#executor.refused.map((r) => r.rule))
    const runnable = this.#rules.filter((_, i) => !refused.has(i))
    // A rule on the System log that asks for another event id is quiet, not blind.
    const demands = [...demandsOf(runnable, this.#routing), ...alsoAsked]
    return gateOf(demands, (sources, _id, isLine) => {
      if (isLine) this.#linesPassedBy = true
      else for (const source of sources) this.#passedBy.add(source)
    })
  }
}

class CurrentMatch implements Match {
  index = 0
  rule!: DetectionRule
  event!: Event
  readonly #rules: readonly DetectionRule[]
  readonly #executor: StreamExecutor
  readonly #writer: FindingWriter
  /** The writer knows the event. */
  #begun = false
  #held: readonly HeldLeaf[] | undefined
  #twin: Twin | undefined | 'not asked' = 'not asked'

  constructor(rules: readonly DetectionRule[], executor: StreamExecutor) {
    this.#rules = rules
    this.#executor = executor
    this.#writer = new FindingWriter(rules)
  }

  show(event: Event): void {
    this.event = event
    this.#begun = false
    this.#twin = 'not asked'
  }

  of(index: number): this {
    if (!this.#begun) {
      this.#begun = true
      this.#writer.begin(this.event)
    }
    this.index = index
    this.rule = this.#rules[index]!
    this.#held = undefined
    return this
  }

  write(to: EventFindings): void {
    this.#writer.write(this.index, this.#whatHeld(), to)
  }

  part(): FindingPart {
    return this.#writer.part(this.index, this.#whatHeld())
  }

  evidence(): EvidencePart {
    return this.#writer.evidence(this.index, this.#whatHeld())
  }

  get time(): number | undefined {
    return this.#writer.time
  }

  get record(): number {
    return this.#writer.record
  }

  twin(): Twin | undefined {
    if (this.#twin === 'not asked') this.#twin = twinOf(this.event)
    return this.#twin
  }

  #whatHeld(): readonly HeldLeaf[] {
    this.#held ??= this.#executor.held(this.index, this.event)
    return this.#held
  }
}

function repeatedIds(rules: readonly DetectionRule[]): ReadonlySet<string> {
  const once = new Set<string>()
  const again = new Set<string>()
  for (const { meta } of rules) {
    if (once.has(meta.id)) again.add(meta.id)
    once.add(meta.id)
  }
  return again
}
