// `watch`: the stream that does not end. Sources that are followed, rules in force, findings on their way out, and what of it all must
// survive; moved turn by turn until somebody stops it, or nothing has come for as long as was asked.
import { readTimesAs } from '../../base/local-time.ts'

import { madeEvent } from '../../event/made-event.ts'

import { giveFreedMemoryBack } from '../reading/freed-memory.ts'
import { keepMemorySteady } from '../reading/heap.ts'
import { Compactor } from './compact.ts'
import { Health, healthEveryMs } from './health.ts'
import { Judge } from './judge.ts'
import { openParts, type Parts } from './parts.ts'
import type { WatchListener, WatchRequest } from './request.ts'
import type { Source } from './sources/source.ts'
import { statusOf } from './status.ts'

/** Milliseconds between two turns where nothing is there. */
const restMs = 100
/** Milliseconds that outputs have at the end; less where another run goes on with what is left. */
const lastDeliveryMs = 15_000
const shortDeliveryMs = 2_000
/** Milliseconds that sources have, which may grow faster than they are read, once somebody stopped it. */
const lastReadMs = 5_000
/** Milliseconds between two times that freed memory is given back; each takes some. */
const trimEveryMs = 30_000
/** Looking for files takes at most one part of the time in so many. */
const lookShare = 10
const leastBetweenLooksMs = 500

export class Watch {
  readonly started = Date.now()
  readonly parts: Parts
  readonly reloads = { done: 0, refused: 0 }
  /** Batches that had to go from the journal before they could not matter any more. */
  evicted = 0
  readonly #request: WatchRequest
  readonly #listener: WatchListener
  readonly #compactor = new Compactor()
  readonly #health = new Health()
  #nextHealth = 0
  #nextTrim = 0
  #nextLook = 0
  #lastGave = Date.now()
  #wantsReload = false
  #wake: () => void = () => {}

  private constructor(
    request: WatchRequest,
    listener: WatchListener,
    parts: Parts,
  ) {
    this.#request = request
    this.#listener = listener
    this.parts = parts
  }

  /** Throws where the state is of no use, or in use. */
  static async open(
    request: WatchRequest,
    listener: WatchListener,
  ): Promise<Watch> {
    let wake = () => {}
    const parts = await openParts(request, listener, () => wake())
    const watch = new Watch(request, listener, parts)
    wake = () => watch.#wake()
    return watch
  }

  /** Until the signal, or until nothing comes any more. Rejects where one cannot listen, and leaves nothing open then. */
  async run(signal: AbortSignal): Promise<void> {
    keepMemorySteady()
    try {
      await this.#follow(signal)
      await this.#end(signal.aborted)
    } finally {
      await this.close()
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { intakes, deliveries } = this.parts
    signal.addEventListener('abort', () => this.#wake(), { once: true })
    for (const delivery of deliveries) delivery.start()
    await intakes.listen()
    this.#lastGave = Date.now()
    while (!signal.aborted && !this.#isIdle()) {
      await this.#look()
      if (this.#wantsReload) await this.#reload()
      this.#checkHealth()
      this.#trim()
      const bytes = await this.#turn()
      if (!bytes) await this.#rest()
    }
  }

  /** Rules and the baseline are read anew before the next turn. */
  reload(): void {
    this.#wantsReload = true
    this.#wake()
  }

  get unusable(): number {
    return this.parts.files.unusable
  }

  get sources(): readonly Source[] {
    const { files, intakes } = this.parts
    return [...files.sources, ...intakes.sources]
  }

  async #turn(): Promise<number> {
    const { files, intakes, turns, journal, watermark, outbox } = this.parts
    readTimesAs(this.#request.localTimes?.())
    const orphans = files.takeOrphans()
    const { states, bytes } = await turns.turn(this.sources, orphans)
    files.kept(states)
    intakes.kept(states)
    if (bytes) this.#lastGave = Date.now()
    this.#wakeDeliveries()
    const { horizonMs } = turns.judge
    this.evicted += this.#compactor.run(journal, watermark.value, horizonMs)
    outbox.trim(this.parts.deliveries.map((d) => d.cursor))
    return bytes
  }

  /** What it could not see meets the rules in the next turn. */
  #checkHealth(): void {
    const now = Date.now()
    if (now < this.#nextHealth) return
    this.#nextHealth = now + healthEveryMs
    for (const made of this.#health.check(statusOf(this), now)) {
      this.parts.turns.judge.meet(madeEvent(made))
    }
  }

  #trim(): void {
    const now = Date.now()
    if (now < this.#nextTrim) return
    this.#nextTrim = now + trimEveryMs
    giveFreedMemoryBack()
  }

  async #look(): Promise<void> {
    const began = Date.now()
    if (began < this.#nextLook) return
    await this.parts.files.look()
    const took = Date.now() - began
    this.#nextLook = began + Math.max(leastBetweenLooksMs, took * lookShare)
  }

  /** A rule set that is not whole is not taken: the one in force stays. */
  async #reload(): Promise<void> {
    this.#wantsReload = false
    const { turns, journal } = this.parts
    let errors = 0
    try {
      const judge = await Judge.open(this.#request, {
        ...this.parts.judgeListener,
        diagnostic: (d) => {
          if (d.severity === 'error') errors++
          this.#listener.diagnostic(d)
        },
      })
      if (errors) throw new Error(`${errors} rules are refused`)
      judge.replay(journal.entries())
      judge.follows(turns.judge)
      journal.append({ kind: 'rules', ids: judge.ids })
      turns.judge = judge
      this.reloads.done++
      const { length } = judge.verdicts()
      this.#listener.problem(`rules: ${length} in force`)
    } catch (error) {
      this.reloads.refused++
      this.#listener.problem(
        `rules: ${(error as Error).message}; those that were in force stay`,
      )
    }
  }

  #isIdle(): boolean {
    const { untilIdleMs } = this.#request
    if (untilIdleMs === undefined) return false
    return Date.now() - this.#lastGave >= untilIdleMs
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, restMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #wakeDeliveries(): void {
    for (const delivery of this.parts.deliveries) delivery.wake()
  }

  async #end(wasStopped: boolean): Promise<void> {
    const { intakes, turns, deliveries } = this.parts
    await intakes.stopSensors()
    // Where state is kept another run goes on, and nothing ends here.
    const goesOn = wasStopped && this.#request.state !== undefined
    if (!goesOn) {
      const patienceMs = wasStopped ? lastReadMs : Number.POSITIVE_INFINITY
      await turns.end(this.sources, patienceMs)
    }
    this.#wakeDeliveries()
    const until = Date.now() + (goesOn ? shortDeliveryMs : lastDeliveryMs)
    while (deliveries.some((d) => !d.isDone) && Date.now() < until) {
      await new Promise((done) => setTimeout(done, 20))
      this.#wakeDeliveries()
    }
  }

  /** Nothing is open any more. */
  async close(): Promise<void> {
    const { files, intakes, deliveries, close } = this.parts
    await Promise.all(deliveries.map((d) => d.stop()))
    await files.close()
    await intakes.close()
    close()
  }
}
