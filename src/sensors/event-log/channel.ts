// One channel of the event log, followed: from where another run was, through logs that roll over, are cleared or go away, and past events
// that cannot be read.
import type { HealthKind } from '../raw-event.ts'
import {
  codes,
  type EventLog,
  EventLogError,
  type From,
  type Pulled,
  type Subscription,
} from './wevtapi.ts'

/** How far a channel was told. */
export interface Position {
  /** XML of a bookmark. */
  readonly bookmark?: string
  /** EventRecordID of the last one. */
  readonly number?: number
}

/** Who hears of it. */
export interface ChannelListener {
  event(xml: string): void
  /** What was told until here need not come again. */
  reached(channel: string, position: Position): void
  health(kind: HealthKind, count: number, detail: string): void
  /** For a person. */
  problem(message: string): void
}

/** Milliseconds before it is tried again: at first, and at most. */
const firstPauseMs = 500
const longestPauseMs = 60_000
/** Batches that are pulled before others have their turn. */
const batchesInTurn = 16

export class Channel {
  readonly name: string
  readonly #log: EventLog
  readonly #listener: ChannelListener
  readonly #numbers: RecordNumbers
  #subscription: Subscription | undefined
  #from: From
  #pauseMs = firstPauseMs
  #notBefore = 0
  #lastTrouble = ''
  /** Events that came. */
  seen = 0

  constructor(
    name: string,
    log: EventLog,
    listener: ChannelListener,
    { bookmark, number }: Position = {},
  ) {
    this.name = name
    this.#log = log
    this.#listener = listener
    this.#numbers = new RecordNumbers(name, listener, number)
    this.#from =
      bookmark === undefined ? { kind: 'now' } : { kind: 'after', bookmark }
  }

  get isOpen(): boolean {
    return this.#subscription !== undefined
  }

  get lost(): number {
    return this.#numbers.lost
  }

  /** Takes what has come. `now`: milliseconds since 1970. */
  poll(now: number): void {
    if (!this.#subscription && now < this.#notBefore) return
    try {
      this.#subscription ??= this.#open()
      this.#pull(this.#subscription)
      this.#pauseMs = firstPauseMs
      this.#lastTrouble = ''
    } catch (error) {
      if (!(error instanceof EventLogError)) throw error
      this.#failed(error, now)
    }
  }

  close(): void {
    this.#subscription?.close()
    this.#subscription = undefined
  }

  #open(): Subscription {
    try {
      return this.#log.subscribe(this.name, this.#from)
    } catch (error) {
      const isGone =
        error instanceof EventLogError && error.code === codes.notFound
      if (!isGone || this.#from.kind !== 'after') throw error
      this.#listener.health(
        'dropped',
        0,
        `${this.name}: the log does not hold what was told last any more; it is read from its oldest record on`,
      )
      this.#numbers.forget()
      this.#from = { kind: 'oldest' }
      return this.#log.subscribe(this.name, this.#from)
    }
  }

  #pull(subscription: Subscription): void {
    for (let i = 0; i < batchesInTurn; i++) {
      const pulled = subscription.next()
      if (!pulled.length) return
      for (const one of pulled) this.#take(one)
      const bookmark = subscription.bookmark()
      if (bookmark === undefined) continue
      this.#from = { kind: 'after', bookmark }
      const number = this.#numbers.last
      this.#listener.reached(this.name, {
        bookmark,
        ...(number !== undefined && { number }),
      })
    }
  }

  #take(pulled: Pulled): void {
    this.seen++
    if ('xml' in pulled) {
      this.#numbers.met(recordNumber(pulled.xml))
      this.#listener.event(pulled.xml)
      return
    }
    this.#numbers.skip()
    const detail = `${this.name}: an event could not be read: ${pulled.why}`
    this.#listener.health('dropped', 1, detail)
  }

  /** A log that rolled over or was cleared makes results stale: what is behind the last bookmark is asked for anew. */
  #failed(error: EventLogError, now: number): void {
    this.close()
    const isStale = error.code === codes.queryResultStale
    this.#notBefore = now + this.#pauseMs
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2)
    const { message } = error
    if (isStale || message === this.#lastTrouble) return
    this.#lastTrouble = message
    this.#listener.problem(`${this.name}: ${hint(error)}`)
  }
}

function hint({ code, message }: EventLogError): string {
  switch (code) {
    case codes.accessDenied:
      return `${message}: it needs an administrator or the group Event Log Readers`
    case codes.channelNotFound:
      return `${message}: this Windows has no such channel; it is looked for again`
    default:
      return message
  }
}

/** Records of a channel are numbered without gaps: what is missing was lost, and where numbers begin again somebody cleared the log. */
export class RecordNumbers {
  readonly #channel: string
  readonly #listener: Pick<ChannelListener, 'health'>
  last: number | undefined
  lost = 0

  constructor(
    channel: string,
    listener: Pick<ChannelListener, 'health'>,
    last?: number,
  ) {
    this.#channel = channel
    this.#listener = listener
    this.last = last
  }

  forget(): void {
    this.last = undefined
  }

  /** One came whose number is not known. */
  skip(): void {
    if (this.last !== undefined) this.last++
  }

  met(number: number | undefined): void {
    if (number === undefined) {
      this.skip()
      return
    }
    const { last } = this
    this.last = number
    if (last === undefined || number === last + 1) return
    if (number <= last) {
      const detail = `${this.#channel}: record ${number} comes behind record ${last}: the log was cleared or set back`
      this.#listener.health('log cleared', 1, detail)
      return
    }
    const gap = number - last - 1
    this.lost += gap
    const detail = `${this.#channel}: records ${last + 1} to ${number - 1} never came`
    this.#listener.health('dropped', gap, detail)
  }
}

/** EventRecordID stands in the header, before all that others may have written. */
export function recordNumber(xml: string): number | undefined {
  const header = xml.slice(0, headerUnits)
  const [, digits] = /<EventRecordID>(\d{1,15})</.exec(header) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** UTF-16 units. */
const headerUnits = 4_096
