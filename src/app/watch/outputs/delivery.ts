// Brings findings from the outbox to one output, at that output's pace: it waits and tries again while the other side does not take them,
// and notes how far it is only when it has them. Another output that stalls is none of its business.
import { renameSync } from 'node:fs'
import { join } from 'node:path'

import { type Level, levels } from '../../../ir/rule.ts'

import type { Finding } from '../../../findings/finding.ts'

import type { Cursor, Outbox } from '../outbox.ts'
import { readStateFile, writeStateFile } from '../state-file.ts'
import { GrowingIncidents } from './growing-incidents.ts'
import { NotNow, type Output, Refused } from './output.ts'

export interface Filter {
  readonly minLevel?: Level
  /** `T1559` takes its sub-techniques with it; empty or absent: all. */
  readonly techniques?: readonly string[]
  /** Incidents as they grow, in place of findings. */
  readonly incidents?: boolean
}

export interface DeliveryCounts {
  sent: number
  /** Left out by the filter. */
  filtered: number
  /** Never taken by the other side. */
  refused: number
  /** Gone from the outbox before they could be sent. */
  lost: number
  failures: number
  lastError: string | undefined
}

interface Chunk {
  readonly lines: readonly string[]
  readonly next: Cursor
}

interface Noted {
  readonly cursor: Cursor
  readonly state?: unknown
}

/** Milliseconds before another try: the first, and the longest. */
const firstWaitMs = 200
const longestWaitMs = 60_000
/** Findings that are sent at once. */
const maxAtOnce = 500

export class Delivery {
  readonly counts: DeliveryCounts = {
    sent: 0,
    filtered: 0,
    refused: 0,
    lost: 0,
    failures: 0,
    lastError: undefined,
  }
  readonly output: Output
  cursor: Cursor
  readonly #filter: Filter
  readonly #outbox: Outbox
  readonly #noteFile: string
  #wake: () => void = () => {}
  readonly #stopped = new AbortController()
  #isIdle = false
  #running: Promise<void> | undefined
  /** Lines behind the cursor that the output has from another run. */
  #alreadyThere: number | undefined

  constructor(
    output: Output,
    {
      filter,
      outbox,
      folder,
    }: { filter: Filter; outbox: Outbox; folder: string },
  ) {
    this.output = output
    this.#filter = filter
    this.#outbox = outbox
    const name = output.name.replaceAll(/[^\w.-]/g, '_').slice(-100)
    this.#noteFile = join(folder, `${name}.cursor`)
    const noted = readNote(this.#noteFile)
    this.cursor = noted?.cursor ?? { segment: 0, offset: 0 }
    this.#resumeFrom = noted?.state
    if (filter.incidents)
      this.#growing = this.#growAgain(new GrowingIncidents())
  }

  readonly #resumeFrom: unknown
  readonly #growing: GrowingIncidents | undefined
  /** What is being brought; it stays until the output has it. */
  #chunk: Chunk | undefined

  start(): void {
    this.#running = this.#run()
  }

  /** There may be something new. */
  wake(): void {
    this.#wake()
  }

  /** All that is in the outbox was brought. */
  get isDone(): boolean {
    const { segment, offset } = this.#outbox.end
    return (
      this.#isIdle &&
      this.cursor.segment === segment &&
      this.cursor.offset === offset
    )
  }

  async stop(): Promise<void> {
    if (this.#stopped.signal.aborted) return
    // What is not taken by now is not waited for, however slowly the other side takes it.
    this.#stopped.abort()
    this.#wake()
    await this.#running
    await this.output.close()
  }

  async #run(): Promise<void> {
    let waitMs = firstWaitMs
    while (!this.#stopped.signal.aborted) {
      this.#chunk ??= this.#nextChunk()
      if (!this.#chunk) {
        this.#isIdle = true
        await this.#sleep(undefined)
        continue
      }
      this.#isIdle = false
      try {
        await this.#bring(this.#chunk)
        this.#chunk = undefined
        waitMs = firstWaitMs
      } catch (error) {
        this.counts.failures++
        this.counts.lastError = (error as Error).message
        const asked = error instanceof NotNow ? error.afterMs : undefined
        // Half of it by chance: many that were turned away must not come back together.
        await this.#sleep(asked ?? waitMs * (0.5 + Math.random() / 2))
        waitMs = Math.min(longestWaitMs, waitMs * 2)
      }
    }
  }

  #nextChunk(): Chunk | undefined {
    const { lines, next, lost } = this.#outbox.read(this.cursor)
    this.counts.lost += lost
    if (!lines.length) {
      this.cursor = next
      return undefined
    }
    const wanted = lines.filter((line) => passes(line, this.#filter))
    this.counts.filtered += lines.length - wanted.length
    return { lines: this.#growing?.take(wanted) ?? wanted, next }
  }

  async #bring({ lines, next }: Chunk): Promise<void> {
    this.#alreadyThere ??= this.output.resume?.(this.#resumeFrom, lines) ?? 0
    const rest = lines.slice(this.#alreadyThere)
    for (let i = 0; i < rest.length; i += maxAtOnce) {
      await this.#send(rest.slice(i, i + maxAtOnce))
    }
    this.#alreadyThere = 0
    this.cursor = next
    this.#note()
  }

  /** Incidents go on growing where another run left them, as far as the outbox has their findings. */
  #growAgain(growing: GrowingIncidents): GrowingIncidents {
    let at: Cursor = { segment: 0, offset: 0 }
    for (;;) {
      const { lines, next } = this.#outbox.read(at, this.cursor)
      if (!lines.length) break
      growing.take(lines.filter((line) => passes(line, this.#filter)))
      at = next
    }
    return growing
  }

  /** What is refused is halved until it is known which finding it is. */
  async #send(lines: readonly string[]): Promise<void> {
    try {
      await this.output.send(lines, this.#stopped.signal)
      this.counts.sent += lines.length
      this.#alreadyThere = (this.#alreadyThere ?? 0) + lines.length
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (lines.length === 1) {
        this.counts.refused++
        this.counts.lastError = error.message
        this.#alreadyThere = (this.#alreadyThere ?? 0) + 1
        return
      }
      const middle = Math.ceil(lines.length / 2)
      await this.#send(lines.slice(0, middle))
      await this.#send(lines.slice(middle))
    }
  }

  #note(): void {
    const noted: Noted = { cursor: this.cursor, state: this.output.state?.() }
    writeStateFile(`${this.#noteFile}.new`, JSON.stringify(noted))
    renameSync(`${this.#noteFile}.new`, this.#noteFile)
  }

  #sleep(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms)
      this.#wake = () => {
        // Something new does not make the other side ready; the end does.
        if (ms !== undefined && !this.#stopped.signal.aborted) return
        clearTimeout(timer)
        resolve()
      }
      if (this.#stopped.signal.aborted) this.#wake()
    })
  }
}

/** How far an output is, in bytes of JSON. */
const maxNoteBytes = 64 * 1024

function readNote(file: string): Noted | undefined {
  try {
    const noted = JSON.parse(readStateFile(file, maxNoteBytes)) as Noted
    const { segment, offset } = noted.cursor
    return segment >= 0 && offset >= 0 ? noted : undefined
  } catch {
    // None yet; or of no use, and then everything that is kept is sent again: ids tell what was there.
    return undefined
  }
}

function passes(line: string, { minLevel, techniques }: Filter): boolean {
  if (!minLevel && !techniques?.length) return true
  const finding = JSON.parse(line) as Finding
  const { level } = finding.rule
  if (minLevel && levels.indexOf(level) < levels.indexOf(minLevel)) return false
  if (!techniques?.length) return true
  return finding.techniques.some((t) =>
    techniques.some((wanted) => t === wanted || t.startsWith(`${wanted}.`)),
  )
}
