// Facts of all threads, in order of time, joined to edges; events that wait get what lineage says of them. Beyond a bound facts wait in
// a temporary file.
import { grouped } from '../../base/shown.ts'

import type { Event } from '../../event/event.ts'
import { WaitingEvents } from '../../event/waiting-events.ts'

import type { EdgeKind } from '../../enrich/edges/edge.ts'
import { type Fact, isCopy, readFact } from '../../enrich/facts/fact.ts'
import { Joiner } from '../../enrich/joiner.ts'
import type { Process } from '../../enrich/lineage/process.ts'
import type { Schedule } from '../../enrich/schedule/schedule.ts'

import { spareMemory, watchMemory } from '../reading/heap.ts'
import type { FactsPart } from '../stations/facts.ts'
import type { Collector, Outlet } from './collector.ts'
import type { RarityKind } from '../../enrich/rarity/kinds.ts'
import { type RarityOptions, RarityStage } from './rarity.ts'
import { Spool } from './spool.ts'
import { textOf, type Waiting, type WaitingKey } from './waiting.ts'

interface Last {
  readonly key: WaitingKey
  readonly line: string
  /** undefined: an event that waits. */
  readonly fact: Fact | undefined
}

export interface JoinerOptions {
  /** Held in memory before a file is used. */
  readonly maxBytes?: number | undefined
  /** Where rules ask what is rare. */
  readonly rarity?: RarityOptions | undefined
  /** Where rules ask what is out of cycle. */
  readonly schedule?: Schedule | undefined
  /** Later collectors take edges, and wait until they have ended; absent: yes. */
  readonly edgesAreAwaited?: boolean | undefined
}

type OfOutlet = Pick<Outlet, 'event' | 'edgeSoFar' | 'note'>

/** What is joined between two looks at how much memory is used. */
const betweenLooks = 16_384

export class JoinerCollector implements Collector {
  readonly takes = 'facts'
  readonly #outlet: OfOutlet
  readonly #joiner: Joiner
  readonly #rarity: RarityStage | undefined
  readonly #maxBytes: number | undefined
  readonly #edgesAreAwaited: boolean
  readonly #events = new WaitingEvents()
  #spool: Spool
  /** What waits on, when the other has given what it held. */
  #later: Spool
  #last: Last | undefined
  #said = false
  #reached = Number.NEGATIVE_INFINITY
  /** Of the last time that the watermark moved. */
  #given = Number.NEGATIVE_INFINITY

  constructor(
    kinds: readonly EdgeKind[],
    outlet: OfOutlet,
    { maxBytes, rarity, schedule, edgesAreAwaited = true }: JoinerOptions = {},
  ) {
    this.#outlet = outlet
    this.#rarity = rarity && new RarityStage(rarity, outlet)
    const { event, started } = throughRarity(this.#rarity, outlet)
    const { edgeSoFar } = outlet
    this.#joiner = new Joiner(
      kinds,
      {
        edge: event,
        enriched: event,
        started,
        ...(edgeSoFar && { edgeSoFar }),
      },
      schedule,
    )
    this.#maxBytes = maxBytes
    this.#edgesAreAwaited = edgesAreAwaited
    this.#spool = this.#newSpool()
    this.#later = this.#newSpool()
  }

  #newSpool(): Spool {
    return new Spool(
      {
        overflow: (all, why) => {
          this.#sayOnce(
            `temporary file: ${why}; edges are joined in parts only`,
          )
          for (const next of all) this.#join(next)
        },
      },
      this.#maxBytes,
    )
  }

  /** Fields of rarity that were asked for and always unknown, each with why. */
  get unknown(): ReadonlyMap<string, string> {
    return this.#rarity?.unknown ?? new Map()
  }

  /** Joins what has come; of which kinds of sightings something waits for a count. */
  awaited(): readonly RarityKind[] {
    this.advance(Number.MAX_VALUE)
    return this.#rarity?.awaited ?? []
  }

  take({ lines, keys, shapes }: FactsPart): void {
    if (shapes) this.#events.add(shapes)
    this.#spool.addAll(lines, keys)
  }

  advance(watermark: number): number {
    const isEnd = watermark === Number.POSITIVE_INFINITY
    // In a stream it is asked more often than the watermark moves; what waits would be sorted again for nothing.
    if (watermark === this.#reached && !isEnd) return this.#given
    this.#reached = watermark
    // All at once, and more than memory holds: what lives grows fast.
    if (watermark >= Number.MAX_VALUE && this.#spool.hasFile) spareMemory()
    const later = this.#later
    let joined = 0
    for (const next of this.#spool.drain(true)) {
      if (++joined % betweenLooks === 0) watchMemory()
      if (isEnd || next.time < watermark) this.#join(next)
      else later.add(next, bytesOf(next))
    }
    this.#later = this.#spool
    this.#spool = later
    if (!isEnd) {
      const { events, edges } = this.#joiner.advance(watermark)
      this.#given = this.#edgesAreAwaited ? edges : events
      return this.#given
    }
    this.#joiner.finish()
    this.#rarity?.finish()
    const { lost } = this.#joiner
    if (lost > 0)
      this.#outlet.note(
        `edges: ${grouped(lost)} processes or edges had no room to wait for what belongs to them`,
      )
    return watermark
  }

  #join(found: Waiting): void {
    const line = textOf(found)
    const { time, record } = found
    const fact = line.startsWith('[') ? readFact(line, time) : undefined
    const next: Last = { key: { time, record }, line, fact }
    if (this.#last && areCopies(this.#last, next)) return
    this.#last = next
    if (fact) this.#joiner.fact(fact)
    else this.#joiner.waiting(this.#events.read(line), time, line.length)
  }

  #sayOnce(message: string): void {
    if (this.#said) return
    this.#said = true
    this.#outlet.note(message)
  }
}

function throughRarity(
  rarity: RarityStage | undefined,
  outlet: Pick<Outlet, 'event'>,
) {
  const to = rarity ?? outlet
  return {
    event: (made: Event) => to.event(made),
    started: (process: Process, time: number) => rarity?.started(process, time),
  }
}

/** A record that lies in several places comes as neighbours. */
function areCopies(a: Last, b: Last): boolean {
  if (a.key.time !== b.key.time || a.key.record !== b.key.record) return false
  if (a.fact && b.fact) return isCopy(a.fact, b.fact)
  return a.line === b.line
}

/** What is drained is valid only until more is asked for. */
function bytesOf({ bytes, from, to }: Waiting): Uint8Array {
  return Uint8Array.prototype.slice.call(bytes, from, to)
}
