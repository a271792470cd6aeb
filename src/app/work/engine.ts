// The narrow road in one thread: bytes -> record -> event -> rules -> findings as text.
import type { Provenance, Value } from '../../base/record.ts'

import type { Event } from '../../event/event.ts'
import { fieldOf } from '../../event/event.ts'
import type { LogSource } from '../../event/log-source.ts'

import type { Gate } from '../../readers/reader.ts'

import { demandsOf } from '../../ir/demand.ts'
import type { CorrelationRule, DetectionRule, Rule } from '../../ir/rule.ts'

import { StreamExecutor } from '../../executors/stream/executor.ts'
import { baseFields } from '../../executors/correlation/correlation.ts'
import type { HeldLeaf } from '../../executors/stream/held.ts'

import { FindingWriter, flat } from '../../findings/writer.ts'

import type {
  BaseMatch,
  Batch,
  Piece,
  PieceReport,
  Reading,
  TwinCandidate,
} from '../reading/batch.ts'
import type { EngineAccount } from './account.ts'
import { detections } from '../rules/selection.ts'
import { type FedEvent, feedEvent } from '../reading/fed-event.ts'
import { gateOf } from '../reading/gate.ts'
import { SourceReading } from '../reading/source-reading.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface EngineConfig {
  readonly rules: readonly Rule[]
  readonly index: boolean
  readonly routing: boolean
  /** Ids of searches whose events are handed on whole. */
  readonly fed: readonly string[]
  /** Milliseconds since 1970; `until` is exclusive. */
  readonly since?: number
  readonly until?: number
  /** Lower case; empty: every host. */
  readonly hosts: readonly string[]
}

/** Findings are handed on when so many characters of them are there. */
const flushAt = 64 * 1024
const maxFed = 256

export class Engine {
  readonly #config: EngineConfig
  readonly #rules: readonly DetectionRule[]
  readonly #executor: StreamExecutor
  readonly #writer: FindingWriter
  /** For rules that a correlation reads: the fields it needs. */
  readonly #bases: readonly (readonly string[] | undefined)[]
  readonly #gate: Gate
  readonly #passedBy = new Set<LogSource>()
  #linesPassedBy = false
  #current: Event | undefined
  #begun = false
  #emit: (batch: Batch) => void = () => {}
  #lines = ''
  #counts = new Map<number, number>()
  #twins: TwinCandidate[] = []
  #baseMatches: BaseMatch[] = []
  #fed: FedEvent[] = []
  /** A search may come as several rules, one for each log source; it has one finding for an event all the same. */
  readonly #repeated: readonly boolean[]
  readonly #isFed: readonly boolean[]
  readonly #metIds = new Set<string>()

  constructor(config: EngineConfig) {
    this.#config = config
    this.#rules = detections(config.rules)
    this.#executor = new StreamExecutor(this.#rules, config)
    this.#writer = new FindingWriter(this.#rules)
    const needed = baseFields(
      config.rules.filter(
        (r): r is CorrelationRule => r.kind === 'correlation',
      ),
    )
    this.#gate = this.#makeGate()
    const fed = new Set(config.fed)
    const repeated = repeatedIds(this.#rules)
    this.#isFed = this.#rules.map((r) => fed.has(r.meta.id))
    this.#repeated = this.#rules.map((r) => repeated.has(r.meta.id))
    this.#bases = this.#rules.map((r) => needed.get(r.meta.id))
  }

  /** Reads one piece; findings go out through `emit` as they come. */
  async read(
    piece: Piece,
    emit: (batch: Batch) => void,
    signal?: AbortSignal,
  ): Promise<PieceReport> {
    this.#emit = emit
    const reading = new SourceReading({
      event: (event) => this.#meet(event),
      gate: this.#gate,
      progress: (reading) => this.#flush(reading),
      ...(signal && { signal }),
    })
    const report = await reading.run(piece)
    this.#flush()
    return report
  }

  account(): EngineAccount {
    return {
      rules: this.#executor.account(),
      passedBy: [...this.#passedBy],
      linesPassedBy: this.#linesPassedBy,
      refused: this.#executor.refused,
    }
  }

  #makeGate(): Gate {
    const refused = new Set(this.#executor.refused.map((r) => r.rule))
    const runnable = this.#rules.filter((_, i) => !refused.has(i))
    // A rule on the System log that asks for another event id is quiet, not blind.
    return gateOf(demandsOf(runnable, this.#config.routing), {
      source: (source) => this.#passedBy.add(source),
      line: () => {
        this.#linesPassedBy = true
      },
    })
  }

  #meet(event: Event): void {
    if (!this.#inScope(event)) return
    this.#current = event
    this.#begun = false
    if (this.#metIds.size) this.#metIds.clear()
    this.#executor.match(event, this.#found)
    if (this.#lines.length >= flushAt || this.#fed.length >= maxFed) {
      this.#flush()
    }
  }

  #inScope(event: Event): boolean {
    const { since, until, hosts } = this.#config
    if (since !== undefined || until !== undefined) {
      const time = event.time()
      if (time === undefined) return false
      if (since !== undefined && time < since) return false
      if (until !== undefined && time >= until) return false
    }
    return (
      hosts.length === 0 || isOneOf(hosts, event.host()?.toLowerCase() ?? '')
    )
  }

  /** Called within `match`, so that what held is read from the frame that is loaded. */
  readonly #found = (index: number): void => {
    const event = this.#current!
    if (!this.#begun) {
      this.#begun = true
      this.#writer.begin(event)
    }
    const rule = this.#rules[index]!
    const { id } = rule.meta
    if (this.#repeated[index]) {
      if (this.#metIds.has(id)) return
      this.#metIds.add(id)
    }
    const held = this.#executor.held(index, event)
    const needed = this.#bases[index]
    if (needed) this.#keepBase(index, event, needed, held)
    if (this.#isFed[index]) {
      this.#fed.push(feedEvent(id, event, this.#writer.evidence(index, held)))
    }
    if (!rule.emits) return
    const twin = twinKey(event)
    const time = twin === undefined ? undefined : event.time()
    if (twin !== undefined && time !== undefined) {
      const leads = event.shape.provenance.provider === sysmon
      const key = `${id}\0${twin}`
      this.#twins.push({
        rule: id,
        key: flat(key),
        time,
        leads,
        finding: this.#writer.part(index, held),
      })
      return
    }
    this.#lines += `${this.#writer.line(index, held)}\n`
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + 1)
  }

  #keepBase(
    index: number,
    event: Event,
    needed: readonly string[],
    held: readonly HeldLeaf[],
  ): void {
    const fields: Record<string, Value> = {}
    for (const name of needed) {
      const value = fieldOf(event, name)
      if (value !== undefined) fields[name] = value
    }
    this.#baseMatches.push({
      rule: this.#rules[index]!.meta.id,
      time: event.time(),
      host: event.host(),
      fields,
      evidence: this.#writer.evidence(index, held),
      order: orderOf(event, this.#writer.record),
    })
  }

  #flush(reading?: Reading): void {
    const counts: number[] = []
    for (const [rule, n] of this.#counts) counts.push(rule, n)
    const nothing =
      !this.#lines &&
      !this.#twins.length &&
      !this.#baseMatches.length &&
      !this.#fed.length
    if (nothing && !reading) return
    this.#emit({
      lines: this.#lines,
      counts,
      twins: this.#twins,
      bases: this.#baseMatches,
      fed: this.#fed,
      ...(reading && { reading }),
    })
    this.#lines = ''
    this.#counts = new Map()
    this.#twins = []
    this.#baseMatches = []
    this.#fed = []
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

/** By place in a file of whatever name and folder; what is left equal is the same record. */
function orderOf({ origin }: Event, record: number): string {
  const place = String(origin.offset).padStart(16, '0')
  return `${place}\0${origin.record}\0${record}`
}

const sysmon = 'Microsoft-Windows-Sysmon'
const security = 'Microsoft-Windows-Security-Auditing'

/** Host, process id and image of a process start that both Sysmon (1) and the Security log (4688) write; undefined for anything else. */
function twinKey(event: Event): string | undefined {
  const p: Provenance = event.shape.provenance
  if (p.family !== 'windows') return undefined
  let pid: Value | undefined
  if (p.id === '1' && p.provider === sysmon) pid = fieldOf(event, 'ProcessId')
  else if (p.id === '4688' && p.provider === security) {
    pid = fieldOf(event, 'NewProcessId')
  } else return undefined
  const image = fieldOf(event, 'Image')
  if (pid === undefined || typeof image !== 'string') return undefined
  return `${event.host()?.toLowerCase()}\0${Number(pid)}\0${image.toLowerCase()}`
}

/** A name without a domain stands for the host in whatever domain. */
function isOneOf(wanted: readonly string[], host: string): boolean {
  return wanted.some(
    (w) => host === w || (!w.includes('.') && host.startsWith(`${w}.`)),
  )
}
