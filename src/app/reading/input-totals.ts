// What was read of all pieces together. A large file comes in several pieces and counts once.
import { type Overlapping, Overlaps } from './overlaps.ts'
import type { Piece, PieceReport, SourceReport } from './report.ts'

export interface FormatTotals {
  sources: number
  events: number
  bytes: number
}

export interface UnknownShape {
  readonly source: string
  readonly keys: readonly string[]
  readonly line: number
}

export interface CopiedSource {
  readonly source: string
  readonly of: string
  readonly events: number
}

/** Some of its events are those of another. */
export interface SharedSource {
  readonly source: string
  readonly with: string
  readonly events: number
}

/** Some of its events tell no time. */
export interface UntimedSource {
  readonly source: string
  readonly events: number
}

/** Sources are compared with so many others. */
const maxDigests = 100_000
/** Host names are remembered up to this many. */
const maxHosts = 100_000
const maxListed = 1_000

export class InputTotals {
  readonly files = new Set<string>()
  readonly #sources = new Map<string, SourceReport>()
  readonly #formats = new Map<string, FormatTotals>()
  readonly #shapes = new Set<string>()
  readonly #hosts = new Set<string>()
  readonly #digests = new Map<string, string>()
  readonly unknown: string[] = []
  readonly problems: string[] = []
  readonly unknownShapes: UnknownShape[] = []
  sources = 0
  bytes = 0
  events = 0
  /** Of them: not decoded. */
  skipped = 0
  /** Of them: of a shape that nobody recognises. */
  strange = 0
  /** Of them: they tell no time. */
  untimed = 0
  readonly #untimed = new Map<string, number>()
  damaged = 0
  lost = 0
  /** Of what is damaged: records that are there, but not whole. */
  cut = 0
  /** Sources, or parts of them, whose bytes are those of another: their events count there. */
  readonly copies: CopiedSource[] = []
  /** Their events. */
  copied = 0
  /** Sources that hold some events of others, which count there. */
  readonly shared: SharedSource[] = []
  /** Groups of sources that share events and were not compared. */
  notCompared: readonly (readonly string[])[] = []
  readonly #overlaps = new Overlaps()
  /** Pieces whose thread was lost. */
  broken = 0
  #earliest = Number.POSITIVE_INFINITY
  #latest = Number.NEGATIVE_INFINITY

  add(piece: Piece, report: PieceReport): void {
    this.files.add(piece.path)
    const { earliest, latest, hosts, sources, broken } = report
    if (earliest !== undefined) {
      this.#earliest = Math.min(this.#earliest, earliest)
    }
    if (latest !== undefined) this.#latest = Math.max(this.#latest, latest)
    for (const host of hosts) {
      if (this.#hosts.size < maxHosts) this.#hosts.add(host)
    }
    if (broken) this.broken++
    for (const source of sources) {
      if (this.#add(source)) this.#overlaps.add(piece, source, hosts)
    }
  }

  /** Which sources seem to hold events of each other; asked when all is read. */
  overlaps(): Overlapping {
    return this.#overlaps.found()
  }

  /** So many events of the one were counted of the other. */
  share(shared: SharedSource, format: string): void {
    list(this.shared, shared)
    this.events -= shared.events
    this.#formats.get(format)!.events -= shared.events
  }

  /** false: it is a copy. */
  #add(source: SourceReport): boolean {
    const again = this.#sources.has(source.name)
    // Only a file cut in pieces comes twice, and then soon after: a bounded memory is enough.
    if (this.#sources.size > maxListed) this.#sources.clear()
    this.#sources.set(source.name, source)
    if (!again && source.opened) this.sources++
    this.bytes += source.bytes
    const events = source.events + source.skipped
    if (this.#isCopy(source, events)) return false
    this.events += events
    this.skipped += source.skipped
    this.strange += source.strange
    this.#addUntimed(source)
    this.damaged += source.damagedCount
    this.lost += source.lost
    this.cut += source.cutCount
    for (const shape of source.shapes) this.#shapes.add(shape)
    for (const p of source.problems) {
      list(this.problems, `${source.name}: ${p}`)
    }
    if (source.format === undefined) {
      if (source.opened) list(this.unknown, source.name)
      return true
    }
    for (const u of source.unknownShapes) {
      list(this.unknownShapes, { source: source.name, ...u })
    }
    this.#addFormat(source.format, source, again)
    return true
  }

  #addUntimed({ name, untimed }: SourceReport): void {
    if (!untimed) return
    this.untimed += untimed
    const before = this.#untimed.get(name)
    if (before !== undefined || this.#untimed.size < maxListed)
      this.#untimed.set(name, (before ?? 0) + untimed)
  }

  /** Its events were counted of another source. */
  #isCopy({ name, format, digest }: SourceReport, events: number): boolean {
    if (digest === undefined || events === 0) return false
    const key = `${format}:${digest}:${events}`
    const of = this.#digests.get(key)
    if (of === undefined) {
      if (this.#digests.size < maxDigests) this.#digests.set(key, name)
      return false
    }
    if (of === name) return false
    list(this.copies, { source: name, of, events })
    this.copied += events
    return true
  }

  #addFormat(name: string, source: SourceReport, again: boolean): void {
    const format = this.#formats.get(name) ?? {
      sources: 0,
      events: 0,
      bytes: 0,
    }
    if (!again) format.sources++
    format.events += source.events + source.skipped
    format.bytes += source.bytes
    this.#formats.set(name, format)
  }

  /** Some of the input was not inspected, or not whole. */
  get isPartial(): boolean {
    return this.problems.length + this.unknown.length + this.damaged > 0
  }
  /** Records are missing, or may be. */
  get lacksRecords(): boolean {
    const { problems, unknown, damaged, cut } = this
    return problems.length + unknown.length + damaged - cut > 0
  }
  /** Milliseconds since 1970. */
  get earliest(): number | undefined {
    return Number.isFinite(this.#earliest) ? this.#earliest : undefined
  }
  get latest(): number | undefined {
    return Number.isFinite(this.#latest) ? this.#latest : undefined
  }
  /** Sources with events that tell no time. */
  get untimedSources(): readonly UntimedSource[] {
    return [...this.#untimed].map(([source, events]) => ({ source, events }))
  }
  get hosts(): number {
    return this.#hosts.size
  }
  get hostNames(): ReadonlySet<string> {
    return this.#hosts
  }
  get shapes(): readonly string[] {
    return [...this.#shapes].sort()
  }
  get formats(): Readonly<Record<string, FormatTotals>> {
    return Object.fromEntries([...this.#formats].sort())
  }
}

function list<T>(into: T[], what: T): void {
  if (into.length < maxListed) into.push(what)
}
