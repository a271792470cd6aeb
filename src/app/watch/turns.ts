// One turn after the other: some bytes of every source that has any, what the stations made of them into the journal, then to the
// collectors, and what they found into the outbox. Only when a turn is over is the next begun.
import type { Event } from '../../event/event.ts'

import { troublesOf } from '../reading/source-account.ts'
import { isUntimed } from '../reading/untimed.ts'
import { untimedNotes } from '../scan/summary.ts'
import type { Outbox } from './outbox.ts'
import type { Journal } from './journal.ts'
import type { Judge } from './judge.ts'
import { Moved } from './sources/growing.ts'
import type { Source, SourceState } from './sources/source.ts'
import type { Watermark } from './watermark.ts'

/** In bytes: of one source, and of all, in one turn. */
const sourceBytes = 1024 * 1024
const turnBytes = 8 * 1024 * 1024
/** Milliseconds after which a source that gave nothing is quiet. */
const quietAfterMs = 1_000
/** Milliseconds between two looks at a source that is quiet, at most. */
const longestPauseMs = 2_000
const shortestPauseMs = 100

interface Pace {
  /** By this machine's clock, in milliseconds. */
  lastGave: number
  nextLook: number
  pauseMs: number
}

export interface SourceTimes {
  late: number
  lastEvent: number
}

export interface TurnsOptions {
  readonly journal: Journal
  readonly outbox: Outbox
  readonly watermark: Watermark
  readonly problem: (message: string) => void
  /** Findings that are made now; they go to the outbox when the turn is over. */
  readonly found: string[]
}

export class Turns {
  judge: Judge
  readonly #options: TurnsOptions
  readonly #paces = new Map<number, Pace>()
  readonly times = new Map<number, SourceTimes>()
  /** Sources that were read to their end once. */
  readonly #caughtUp = new Set<number>()
  readonly #told = new Map<number, string>()
  /** Of each source of which it was said: events without a time until then. */
  readonly #untimed = new Map<number, number>()
  #next = 0
  /** Of the turn. */
  #latest = Number.NEGATIVE_INFINITY
  /** Events of the run. */
  events = 0
  findings = 0
  /** What was there when the run began is read without order of time between files: nothing is late until then. */
  isCatchingUp = true

  constructor(judge: Judge, options: TurnsOptions) {
    this.judge = judge
    this.#options = options
  }

  event(event: Event, source: Source): void {
    this.events++
    const time = event.time()
    let times = this.times.get(source.key)
    if (!times) {
      times = { late: 0, lastEvent: Number.NEGATIVE_INFINITY }
      this.times.set(source.key, times)
    }
    if (isUntimed(event.shape.provenance.family, time)) source.account.untimed++
    if (time !== undefined) {
      if (time > times.lastEvent) times.lastEvent = time
      if (time > this.#latest) this.#latest = time
      const { watermark } = this.#options
      if (watermark.event(source.key, time, Date.now())) times.late++
    }
    this.judge.meet(event)
  }

  /** Gives the states that were kept, and how many bytes were read. */
  async turn(
    sources: readonly Source[],
    orphans: readonly SourceState[],
  ): Promise<{ states: readonly SourceState[]; bytes: number }> {
    const now = Date.now()
    const { read, bytes } = await this.#readSome(sources, now)
    const states: SourceState[] = [...orphans]
    for (const source of read) {
      const time = this.times.get(source.key)?.lastEvent
      states.push({
        ...(await source.state()),
        ...(time !== undefined && { time }),
      })
    }
    this.#judge(states, now)
    if (this.isCatchingUp) {
      this.isCatchingUp = sources.some((s) => !this.#caughtUp.has(s.key))
    }
    return { states, bytes }
  }

  /** No more will come; what could not be read until then is said. */
  async end(sources: readonly Source[], patienceMs: number): Promise<void> {
    const until = Date.now() + patienceMs
    for (const source of sources) {
      await this.#try(source, async () => {
        while (Date.now() < until && (await source.read(sourceBytes)) > 0);
        await source.end()
      })
      if (source.behind > 0) {
        this.#options.problem(
          `${source.path}: ${source.behind} bytes were not read before the end`,
        )
      }
      this.#tellTroubles(source)
      this.#tellUntimed(source)
    }
    this.judge.take(this.judge.drain(), Number.POSITIVE_INFINITY)
    this.tell()
  }

  #judge(states: readonly SourceState[], now: number): void {
    const { journal, watermark } = this.#options
    const parts = this.judge.drain()
    const reached = this.isCatchingUp ? watermark.value : watermark.advance(now)
    if (states.length || parts.length) {
      const latest = this.#latest
      journal.append({
        kind: 'batch',
        sources: states,
        parts,
        watermark: reached,
        latest,
      })
      this.#latest = Number.NEGATIVE_INFINITY
    }
    this.judge.take(parts, reached)
    this.tell()
  }

  /** What was found goes on its way. */
  tell(): void {
    const { found, outbox } = this.#options
    if (!found.length) return
    this.findings += outbox.append(found)
    found.length = 0
  }

  async #readSome(sources: readonly Source[], now: number) {
    const read: Source[] = []
    let bytes = 0
    const first = this.#next % Math.max(1, sources.length)
    for (let i = 0; i < sources.length && bytes < turnBytes; i++) {
      const source = sources[(first + i) % sources.length]!
      this.#next = first + i + 1
      const pace = this.#paceOf(source, now)
      if (now < pace.nextLook && source.behind === 0) continue
      const before = source.behind
      const n = await this.#try(source, () => source.read(sourceBytes))
      this.#step(source, pace, n, now)
      if (source.behind === 0) this.#caughtUp.add(source.key)
      bytes += n
      if (n > 0 || before !== source.behind) read.push(source)
    }
    return { read, bytes }
  }

  #paceOf(source: Source, now: number): Pace {
    let pace = this.#paces.get(source.key)
    if (!pace) {
      pace = {
        lastGave: now,
        nextLook: 0,
        pauseMs: shortestPauseMs,
      }
      this.#paces.set(source.key, pace)
    }
    return pace
  }

  /** Of what could not be read, once. */
  #tellTroubles(source: Source): void {
    const { damagedCount, problems, format, opened } = source.account.report()
    const state = `${damagedCount} ${problems.length} ${format} ${opened}`
    if (this.#told.get(source.key) === state) return
    this.#told.set(source.key, state)
    for (const trouble of troublesOf(source.account.report())) {
      this.#options.problem(trouble)
    }
  }

  /** Of events without a time, once they are there, and how many they were in the end. */
  #tellUntimed({ key, path, account }: Source): void {
    const { untimed: events } = account
    if (!events || this.#untimed.get(key) === events) return
    const rules = this.judge.askingTime()
    if (!rules.length) return
    this.#untimed.set(key, events)
    const sources = [{ source: path, events }]
    for (const note of untimedNotes({ events, sources, rules }))
      this.#options.problem(note)
  }

  #step(source: Source, pace: Pace, bytes: number, now: number): void {
    if (bytes > 0) {
      pace.lastGave = now
      pace.pauseMs = shortestPauseMs
    } else if (now - pace.lastGave > quietAfterMs) {
      pace.pauseMs = Math.min(longestPauseMs, pace.pauseMs * 1.5)
      source.settle()
      this.#tellTroubles(source)
      if (!this.#untimed.has(source.key)) this.#tellUntimed(source)
    }
    pace.nextLook = bytes > 0 ? 0 : now + pace.pauseMs
  }

  async #try<T>(source: Source, work: () => Promise<T>): Promise<T | 0> {
    try {
      return await work()
    } catch (error) {
      await source.close()
      const isGone =
        error instanceof Moved ||
        (error as NodeJS.ErrnoException).code === 'ENOENT'
      if (!isGone)
        this.#options.problem(`${source.path}: ${(error as Error).message}`)
      return 0
    }
  }
}
