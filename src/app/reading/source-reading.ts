// Reads one piece: opens what is inside it, gives each member to the reader of its format, shows each record as an event, and keeps the
// account.
import { watchMemory } from './heap.ts'
import { type DateOrder, Dates, readDatesOf } from '../../base/date-order.ts'
import { readTimesAs } from '../../base/local-time.ts'
import type { Damage, SourceRecord } from '../../base/record.ts'
import { utcName } from '../../base/time-names.ts'

import type { Event, EventShape } from '../../event/event.ts'

import { nameContent } from '../../readers/detect/index.ts'
import {
  openReader,
  recogniseFormat,
  recognisePackage,
  recogniseTelemetry,
  streamFormat,
} from '../../readers/index.ts'
import type {
  Gate,
  Inside,
  ReaderOptions,
  RecordSink,
} from '../../readers/reader.ts'
import {
  readSource,
  type SourceMember,
  type SourceProblem,
  type SourceVisitor,
} from '../../readers/source.ts'

import { describeClocks } from '../../normalise/clocks.ts'
import { Normaliser } from '../../normalise/normaliser.ts'
import type { Clocks } from '../../normalise/provider.ts'

import {
  clocksOf,
  clocksOfPiece,
  isLookedThrough,
  mayTellClocks,
} from './clock-probe.ts'
import { dateOrderOfPiece, datesOf, withDates } from './date-probe.ts'
import { HeldBeginning } from './held-beginning.ts'
import type { Piece, PieceReport, Reading } from './report.ts'
import { Marker, numberField } from './event-marks.ts'
import { SourceAccount } from './source-account.ts'
import { isUntimed } from './untimed.ts'
import { SourceDigest } from './source-digest.ts'

export interface ReadingOptions {
  /** The event is valid during the call. */
  event(event: Event): void
  readonly gate?: Gate
  /** Nothing is asked of any event of the shape but that it is there. Absent: something is. */
  ignores?(shape: EventShape): boolean
  /** So many events of a shape that is ignored. */
  ignored?(shape: EventShape, count: number): void
  readonly signal?: AbortSignal
  /** Called now and then while a piece is read. */
  progress?(reading: Reading): void
}

/** Input between two words on how far it is. */
const bytesBetweenWords = 4 * 1024 * 1024
/** Host names kept of one piece. */
const maxHosts = 10_000

export class SourceReading {
  readonly #options: ReadingOptions
  readonly #normaliser = new Normaliser()
  readonly #marker = new Marker()
  #isMarked = false
  #accounts: SourceAccount[] = []
  #unsaid = 0
  #hosts = new Set<string>()
  #lastHost: string | undefined
  /** Of the piece as a plain file. */
  #clocks: Clocks | undefined
  #dateOrder: DateOrder | undefined
  #earliest = Number.POSITIVE_INFINITY
  #latest = Number.NEGATIVE_INFINITY

  constructor(options: ReadingOptions) {
    this.#options = options
  }

  async run(piece: Piece): Promise<PieceReport> {
    readTimesAs(piece.localTimes)
    this.#accounts = []
    this.#isMarked = piece.isMarked ?? false
    this.#hosts = new Set()
    this.#lastHost = undefined
    this.#earliest = Number.POSITIVE_INFINITY
    this.#latest = Number.NEGATIVE_INFINITY
    this.#clocks = await clocksOfPiece(piece)
    this.#dateOrder = await dateOrderOfPiece(piece)
    await readSource(piece, this.#visitor(piece), this.#options.signal)
    return {
      sources: this.#accounts.map((a) => a.report()),
      earliest: finite(this.#earliest),
      latest: finite(this.#latest),
      hosts: [...this.#hosts],
    }
  }

  #visitor(piece: Piece): SourceVisitor {
    let account: SourceAccount | undefined
    return {
      open: (member, head, inside) => {
        const { isSpare, name } = member
        if (isSpare && !recogniseTelemetry(head, name)) return undefined
        account = this.#accountOf(member.file)
        return this.#open(piece, member, { head, inside }, account)
      },
      openPackage: (member, members, inside) => {
        const format = recognisePackage(new Set(members.map((m) => m.name)))
        if (!format) return undefined
        account = this.#accountOf(member.file)
        account.format = format.name
        account.opened = true
        const options = this.#readerOptions(member, account, {
          inside,
          ...passwordsOf(piece),
        })
        return (opened) => format.take(opened, options)
      },
      problem: (p) => {
        if (p.kind === 'damaged' && this.#options.signal?.aborted) return
        const of = account?.name === p.file ? account : this.#accountOf(p.file)
        of.problem(problemText(p))
        if (p.kind === 'unreadable') of.isUnreadable = true
      },
      progress: (bytes) => {
        account ??= this.#accountOf(piece.display)
        account.bytes += bytes
        this.#unsaid += bytes
        if (this.#unsaid >= bytesBetweenWords) this.#say()
      },
    }
  }

  #accountOf(name: string): SourceAccount {
    const known = this.#accounts.at(-1)
    if (known?.name === name) return known
    const account = new SourceAccount(name)
    this.#accounts.push(account)
    return account
  }

  #open(
    piece: Piece,
    member: SourceMember,
    { head, inside }: { readonly head: Buffer; readonly inside: Inside },
    account: SourceAccount,
  ) {
    const format = piece.format
      ? streamFormat(piece.format)
      : recogniseFormat(head, member.name)
    account.format = format?.name
    account.opened = true
    if (!format) {
      account.content = nameContent(head)
      return undefined
    }
    const isPlain = member.file === piece.display
    // What is looked at before is not what is read.
    readDatesOf(new Dates())
    const known = (isPlain && this.#clocks) || clocksOf(format, head)
    const isAsked = isPlain && isLookedThrough(piece)
    const readerWith = (clocks: Clocks | undefined) => {
      account.clocks = clocks && describeClocks(clocks)
      const options = {
        inside,
        ...passwordsOf(piece),
        ...(clocks && { clocks }),
      }
      return openReader(format, this.#readerOptions(member, account, options))
    }
    const reader =
      known || isAsked || !mayTellClocks(format, head)
        ? readerWith(known)
        : new HeldBeginning(utcName, (more) =>
            readerWith(clocksOf(format, more)),
          )
    account.digest = new SourceDigest(member.start)
    account.dates = datesOf(head, isPlain ? this.#dateOrder : undefined)
    return withDates(account.digest.watch(reader), account.dates)
  }

  #readerOptions(
    member: SourceMember,
    account: SourceAccount,
    {
      clocks,
      ...more
    }: Pick<ReaderOptions, 'passwords'> & {
      readonly inside: Inside
      readonly clocks?: Clocks
    },
  ): ReaderOptions {
    return {
      sink: this.#sink(member.file, account, clocks),
      file: member.file,
      ...more,
      notInspected: (why) => account.problem(why),
      start: member.start,
      linesBefore: member.linesBefore,
      ...(member.isSpare && { isSpare: true }),
      ...(this.#options.gate && { gate: this.#options.gate }),
    }
  }

  #say(): void {
    watchMemory()
    this.#unsaid = 0
    let bytes = 0
    let events = 0
    for (const a of this.#accounts) {
      bytes += a.bytes
      events += a.events + a.skipped
    }
    this.#options.progress?.({ bytes, events })
  }

  #sink(
    file: string,
    account: SourceAccount,
    clocks: Clocks | undefined,
  ): RecordSink {
    let alike: EventShape | undefined
    return {
      record: (record: SourceRecord) => {
        account.events++
        if (record.provenance.family === 'unknown') account.strange++
        try {
          this.#normaliser.clocks = clocks
          this.#meet(record, file, account)
        } catch (error) {
          account.damage(damageOf(record, error))
        }
      },
      areCounted: (like) => {
        alike = this.#ignored(like, file)
        return alike !== undefined
      },
      counted: (count) => {
        account.events += count
        account.strange += count
        this.#options.ignored?.(alike!, count)
      },
      skipped: (count, writtenAt, of) => {
        account.skipped += count
        if (typeof of !== 'object') {
          this.#span(writtenAt)
          this.#metHost(of)
          if (this.#isMarked) this.#markSkipped(account, count, writtenAt)
        } else {
          this.#normaliser.clocks = clocks
          this.#passBy(of, file, account, writtenAt)
        }
      },
      // What an interruption cut off is not the data's fault.
      damaged: (damage) => {
        if (!this.#options.signal?.aborted) account.damage(damage)
      },
      unknownShape: (keys, line) => account.unknownShape(keys, line),
      shapeSeen: (name) => account.shape(name),
    }
  }

  /** A record that nobody wants and that says when and where it was. */
  #passBy(
    record: SourceRecord,
    file: string,
    account: SourceAccount,
    writtenAt: number | undefined,
  ) {
    const seen = this.#normaliser.event(record, file)
    this.#span(writtenAt ?? seen.time())
    this.#metHost(seen.host())
    if (this.#isMarked) this.#marker.event(account.marks, seen, record)
  }

  /** The shape of its event, if nothing that those like it hold goes into what is said: no time, no host, no number of their own. */
  #ignored(like: SourceRecord, file: string): EventShape | undefined {
    if (like.provenance.family !== 'unknown') return undefined
    if (this.#normaliser.tellsWhenOrWhere(like)) return undefined
    const { shape } = this.#normaliser.event(like, file)
    const isNumbered = shape.indexOf(numberField) >= 0
    return !isNumbered && this.#options.ignores?.(shape) ? shape : undefined
  }

  #markSkipped(
    account: SourceAccount,
    count: number,
    writtenAt: number | undefined,
  ): void {
    if (writtenAt === undefined) account.unmarked += count
    else this.#marker.written(account.marks, this.#lastHost, writtenAt)
  }

  #meet(record: SourceRecord, file: string, account: SourceAccount): void {
    const seen = this.#normaliser.event(record, file)
    // What the container says is as good for the span, and costs nothing.
    const time = record.writtenAt ?? seen.time()
    this.#span(time)
    if (isUntimed(record.provenance.family, time)) account.untimed++
    this.#metHost(seen.host())
    if (this.#isMarked) this.#marker.event(account.marks, seen, record)
    this.#options.event(seen)
  }

  #metHost(host: string | undefined): void {
    if (host === undefined || host === '' || host === this.#lastHost) return
    this.#lastHost = host
    if (this.#hosts.size < maxHosts) this.#hosts.add(host)
  }

  #span(time: number | undefined): void {
    if (time === undefined) return
    if (time < this.#earliest) this.#earliest = time
    if (time > this.#latest) this.#latest = time
  }
}

function passwordsOf({ passwords }: Piece) {
  return passwords && { passwords }
}

function finite(n: number): number | undefined {
  return Number.isFinite(n) ? n : undefined
}

function problemText(p: SourceProblem): string {
  switch (p.kind) {
    case 'unreadable':
    case 'damaged':
      return `${p.kind}: ${p.message}`
    case 'not-inspected':
      return `${p.message}, not inspected`
    default:
      return p.message
  }
}

/** Text that no string can hold, nesting that no stack can: the record's fault, not the source's. */
function damageOf({ offset, number }: SourceRecord, error: unknown): Damage {
  if (!(error instanceof RangeError)) throw error
  const message = `record ${number}: ${error.message}`
  return { what: 'record', offset, message, lost: 1 }
}
