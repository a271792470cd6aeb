// Facts in order of time in; edges, and events with what lineage says of them, out. What is said depends on the facts alone: not on
// how they came, nor on how often somebody asks.
import type { Event } from '../event/event.ts'

import type { EdgeKind } from './edges/edge.ts'
import { isByKernelClock, kernelSlackMs } from '../event/sources/clocks.ts'
import { edgeEvent } from './edges/edge-event.ts'
import type { EdgeContext, EdgeMaker } from './edges/maker.ts'
import { makers } from './edges/makers.ts'
import { edgeWindowMs, type OpenEdge, OpenEdges } from './edges/open-edges.ts'
import { Sessions } from './edges/sessions.ts'
import { enriched, type Known } from './enriched.ts'
import type { Fact, FactName } from './facts/fact.ts'
import type { Process } from './lineage/process.ts'
import type { Schedule } from './schedule/schedule.ts'
import { clockSlackMs, Processes } from './lineage/processes.ts'
import { Services } from './lineage/services.ts'

/** What waits for its neighbours in time, at most, in bytes as they are charged; beyond, the oldest go without them. */
const maxPendingBytes = 24 * 1024 * 1024
/** Of each besides its text: its objects, and where its process lies. */
const bytesOfPending = 768
/** Places of what is done, kept before they are let go of. */
const maxDone = 4_096

/** A fact, or an event that waits. */
interface Pending {
  readonly time: number
  /** As they are charged. */
  readonly bytes: number
  readonly fact: Fact | undefined
  /** Who acted. */
  readonly process: Process | undefined
  readonly event: Event | undefined
}

/** Which facts do edges of these kinds ask for? */
export function factsForEdges(kinds: readonly EdgeKind[]): readonly FactName[] {
  const wanted = openMakers(noContext, kinds)
  if (!wanted.length) return []
  return [
    ...new Set<FactName>(['start', 'end', ...wanted.flatMap((m) => m.needs)]),
  ]
}

export interface JoinerOutlet {
  /** In order of time; valid during the call. */
  edge(event: Event): void
  /**
   * An edge as far as it is known: when it opens, when something came of it, and when it ends; `of` is one object for all of that. Not in
   * order of time.
   */
  edgeSoFar?(event: Event, of: object): void
  /** An event that waited, with what it asked for; valid during the call. */
  enriched(event: Event): void
  /** A process, once, when what its neighbours say of it is known. */
  started?(process: Process, time: number): void
}

export class Joiner {
  readonly #outlet: JoinerOutlet
  readonly #processes = new Processes()
  readonly #sessions = new Sessions()
  readonly #services = new Services()
  readonly #makers: readonly EdgeMaker[]
  readonly #open: OpenEdges
  readonly #schedule: Schedule | undefined
  readonly #known: Known
  /** How far the clocks of what came may be apart, in milliseconds: as little as they allow is waited for. */
  #slackMs = kernelSlackMs
  #pending: Pending[] = []
  #from = 0
  /** Of those from `#from` on. */
  #pendingBytes = 0
  /** What went out before its neighbours in time were known. */
  hurried = 0

  /** `schedule`: where rules ask what is out of cycle. */
  constructor(
    kinds: readonly EdgeKind[],
    outlet: JoinerOutlet,
    schedule?: Schedule,
  ) {
    this.#outlet = outlet
    this.#schedule = schedule
    this.#known = {
      processes: this.#processes,
      sessions: this.#sessions,
      services: this.#services,
      schedule,
    }
    const wanted = new Set<EdgeKind>(kinds)
    const tell = (edge: OpenEdge) =>
      outlet.edgeSoFar?.(edgeEvent(edge), edge.parts)
    this.#open = new OpenEdges({
      ...(outlet.edgeSoFar && { changed: tell }),
      closed: (edge) => {
        tell(edge)
        outlet.edge(edgeEvent(edge))
      },
    })
    const context: EdgeContext = {
      processes: this.#processes,
      sessions: this.#sessions,
      edge: (parts) => {
        if (wanted.has(parts.kind)) this.#open.add(parts)
      },
    }
    this.#makers = openMakers(context, kinds)
  }

  /** What was forgotten or went early for want of room. */
  get lost(): number {
    return this.#processes.forgotten + this.#open.early + this.hurried
  }

  fact(fact: Fact): void {
    this.#allowFor(fact.service)
    this.#moveTo(fact.time)
    const process = this.#noteProcess(fact)
    for (const maker of this.#makers) maker.note?.(fact, process)
    const { time, units } = fact
    const bytes = bytesOfPending + units
    this.#wait({ time, bytes, fact, process, event: undefined })
  }

  /** An event that stays valid; `units`: of its text, in UTF-16. */
  waiting(event: Event, time: number, units: number): void {
    this.#allowFor(event.shape.logSource.service)
    this.#moveTo(time)
    const bytes = bytesOfPending + units
    this.#wait({ time, bytes, fact: undefined, process: undefined, event })
  }

  #allowFor(service: string | readonly string[] | undefined): void {
    if (this.#slackMs === clockSlackMs) return
    if (!service || !isByKernelClock(service)) this.#slackMs = clockSlackMs
  }

  #act({ time, fact, process, event }: Pending): void {
    if (event) this.#outlet.enriched(enriched(event, time, this.#known))
    if (!fact || isTold(fact, process)) return
    if (fact.kind === 'start' && process) {
      this.#open.started(process, time)
      this.#outlet.started?.(process, time)
      this.#schedule?.started(process, time)
    }
    if (fact.kind === 'file' && process) this.#open.wrote(process, fact)
    for (const maker of this.#makers) maker.act?.(fact, process)
  }

  /** Nothing before this time will come: gives the times before which no events go out any more, and no edges. */
  advance(time: number): { readonly events: number; readonly edges: number } {
    this.#moveTo(time)
    const events = time - this.#slackMs
    this.#open.closeBefore(events - edgeWindowMs)
    return { events, edges: Math.min(this.#open.first, events) }
  }

  /** Nothing more will come. */
  finish(): void {
    this.#actBefore(Number.POSITIVE_INFINITY)
    this.#open.closeBefore(Number.POSITIVE_INFINITY)
  }

  #noteProcess(fact: Fact): Process | undefined {
    switch (fact.kind) {
      case 'start':
        return this.#processes.start(fact)
      case 'end':
        this.#processes.end(fact)
        return undefined
      case 'logon':
        this.#sessions.note(fact)
        return undefined
      case 'service':
        this.#services.note(fact)
        return undefined
      case 'share':
        return undefined
      default:
        return this.#processes.of(fact)
    }
  }

  #wait(pending: Pending): void {
    this.#pending.push(pending)
    this.#pendingBytes += pending.bytes
    while (this.#pendingBytes > maxPendingBytes) {
      this.hurried++
      this.#actFirst()
    }
    this.#forgetDone()
  }

  #actFirst(): void {
    const first = this.#pending[this.#from]!
    this.#pending[this.#from++] = done
    this.#pendingBytes -= first.bytes
    this.#act(first)
  }

  #moveTo(time: number): void {
    this.#actBefore(time - this.#slackMs)
  }

  #actBefore(time: number): void {
    const pending = this.#pending
    while (this.#from < pending.length && pending[this.#from]!.time < time) {
      this.#actFirst()
    }
    this.#forgetDone()
  }

  /** Now and then, not each time: half of the list at least. */
  #forgetDone(): void {
    const { length } = this.#pending
    if (this.#from < length && this.#from < Math.max(maxDone, length / 2))
      return
    this.#pending = this.#pending.slice(this.#from)
    this.#from = 0
  }
}

/** In the place of what is done. */
const done: Pending = {
  time: Number.NEGATIVE_INFINITY,
  bytes: 0,
  fact: undefined,
  process: undefined,
  event: undefined,
}

/** A start of which another provider told before: by now both have said what they know, and it acts once. */
function isTold({ kind, origin }: Fact, process: Process | undefined): boolean {
  return kind === 'start' && process?.origin !== origin
}

/** Who acts as if he wanted no more than to say what he needs. */
const noContext: EdgeContext = {
  processes: new Processes(1),
  sessions: new Sessions(),
  edge: () => {},
}

function openMakers(
  context: EdgeContext,
  kinds: readonly EdgeKind[],
): readonly EdgeMaker[] {
  return makers
    .map((open) => open(context))
    .filter((maker) => maker.kinds.some((kind) => kinds.includes(kind)))
}
