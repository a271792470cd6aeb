// Events on their way from the joiner to the rules get what rarity says of them: at once by a baseline, or when all has been counted by
// what the input itself holds. Until then they wait, in order of time.
import type { Event } from '../../event/event.ts'
import { WaitingEvents } from '../../event/waiting-events.ts'

import { edgeCategory } from '../../enrich/edges/edge-event.ts'
import type { Process } from '../../enrich/lineage/process.ts'
import type { Baseline } from '../../enrich/rarity/baseline.ts'
import {
  hourParts,
  interpreterParts,
  lineageOf,
} from '../../enrich/rarity/interpreters.ts'
import type { Rarity, JudgeOfRarity } from '../../enrich/rarity/judge.ts'
import { keyOfParts, type RarityKind } from '../../enrich/rarity/kinds.ts'
import { startedServer } from '../../enrich/rarity/sighted.ts'
import {
  sightingsIn,
  judgedOf,
  withRarity,
} from '../../enrich/rarity/with-rarity.ts'

import { hostPart } from '../../enrich/rarity/template.ts'

import type { Outlet } from './collector.ts'
import { Spool } from './spool.ts'
import { textOf } from './waiting.ts'

export interface RarityOptions {
  /** Of all that is asked. */
  readonly kinds: readonly RarityKind[]
  readonly ofEvents: readonly RarityKind[]
  readonly ofEdges: readonly RarityKind[]
  readonly judge: JudgeOfRarity
  /** Where the input itself is counted: events wait until it is. */
  readonly counted?: Baseline
}

export class RarityStage {
  readonly #ofEvents: ReadonlySet<RarityKind>
  readonly #ofEdges: ReadonlySet<RarityKind>
  readonly #judge: JudgeOfRarity
  readonly #counted: Baseline | undefined
  readonly #outlet: Pick<Outlet, 'event' | 'note'>
  readonly #spool: Spool
  readonly #events = new WaitingEvents()
  readonly #awaited = new Set<RarityKind>()
  #isFull = false
  /** By field: why it could not be judged, where it never could; undefined: it could. */
  readonly #why = new Map<string, string | undefined>()

  constructor(
    { ofEvents, ofEdges, judge, counted }: RarityOptions,
    outlet: Pick<Outlet, 'event' | 'note'>,
  ) {
    this.#ofEvents = new Set(ofEvents)
    this.#ofEdges = new Set(ofEdges)
    this.#judge = judge
    this.#counted = counted
    this.#outlet = outlet
    this.#spool = new Spool({
      overflow: (all, why) => {
        if (!this.#isFull)
          outlet.note(
            `temporary file: ${why}; what is rare is judged by what was counted until then`,
          )
        this.#isFull = true
        for (const next of all) this.#tell(this.#events.read(textOf(next)))
      },
    })
  }

  /** Fields that were asked for and always unknown, each with why. */
  get unknown(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#why].flatMap(([field, why]) =>
        why === undefined ? [] : [[field, why] as const],
      ),
    )
  }

  /** Of what waits. */
  get awaited(): readonly RarityKind[] {
    return [...this.#awaited].sort()
  }

  /** A process started. */
  started(process: Process, time: number): void {
    if (this.#counted) countStart(this.#counted, process, time)
  }

  event(made: Event): void {
    const kinds = this.#counted ? sightingsIn(made, this.#kindsOf(made)) : []
    if (!kinds.length) this.#tell(made)
    else {
      for (const kind of kinds) this.#awaited.add(kind)
      const time = made.time() ?? Number.POSITIVE_INFINITY
      const key = { time, record: made.origin.record }
      this.#spool.addText(key, this.#events.write(made))
    }
  }

  /** All has been counted. */
  finish(): void {
    for (const next of this.#spool.drain(true))
      this.#tell(this.#events.read(textOf(next)))
  }

  #tell(made: Event): void {
    const judged = judgedOf(made, this.#kindsOf(made), this.#judge)
    for (const { field, rarity } of judged) this.#note(field, rarity)
    this.#outlet.event(withRarity(made, judged))
  }

  #kindsOf({ shape }: Event): ReadonlySet<RarityKind> {
    return shape.logSource.category?.includes(edgeCategory)
      ? this.#ofEdges
      : this.#ofEvents
  }

  #note(field: string, rarity: Rarity): void {
    if (rarity.rare !== 'unknown') this.#why.set(field, undefined)
    else if (!this.#why.has(field)) this.#why.set(field, rarity.reason)
  }
}

function countStart({ of }: Baseline, process: Process, time: number): void {
  const { image, commandLine, product } = process
  const host = hostPart(process.host)
  const interpreter = interpreterParts(image, lineageOf(process))
  if (!interpreter) of.interpreter.out(time, host)
  else of.interpreter.see(keyOfParts([...interpreter, host]), time, host)
  const hour = hourParts(image, time)
  if (!hour) of.hour.out(time, host)
  else of.hour.see(keyOfParts([...hour, host]), time, host)
  const server =
    product === 'windows' ? startedServer(image, commandLine) : undefined
  if (server) of.com.see(keyOfParts(server), time, host)
}
