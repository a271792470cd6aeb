// What a scan read, found, and could not see: the numbers behind the closing lines and `--stats`.
import { printDiagnostic } from '../../base/diagnostic.ts'

import type { RefusedRule } from '../../rule-text/loaded.ts'

import type { PieceReport, SourceReport } from '../reading/batch.ts'

export interface ScanSummary {
  readonly files: number
  readonly sources: number
  readonly bytes: number
  readonly events: number
  /** Of them: not decoded, since no rule in force could want them. */
  readonly skipped: number
  readonly formats: Readonly<
    Record<string, { sources: number; events: number; bytes: number }>
  >
  readonly shapes: readonly string[]
  readonly earliest: string | null
  readonly latest: string | null
  readonly hosts: number
  readonly damaged: number
  readonly lost: number
  /** Sources whose format nobody recognised. */
  readonly unknown: readonly string[]
  readonly unknownShapes: readonly {
    readonly source: string
    readonly keys: readonly string[]
    readonly line: number
  }[]
  readonly problems: readonly string[]
  /** Paths that could not be opened, or held nothing. */
  readonly unusable: number
  readonly rules: {
    readonly loaded: number
    readonly refused: readonly { readonly rule: string; readonly why: string }[]
    readonly fired: number
    readonly quiet: number
    readonly blind: readonly {
      readonly id: string
      readonly title: string
      readonly why: string
    }[]
  }
  readonly findings: Readonly<Record<string, number>>
  readonly interrupted: boolean
  readonly seconds: {
    readonly load: number
    readonly scan: number
    readonly total: number
  }
  readonly peakMemoryBytes: number
}

/** Host names are remembered up to this many. */
const maxHosts = 100_000
const maxListed = 1_000

/** Gathers reports of pieces. A large file comes in several pieces and counts once. */
export class Totals {
  readonly files = new Set<string>()
  readonly #sources = new Map<string, SourceReport>()
  readonly #formats = new Map<
    string,
    { sources: number; events: number; bytes: number }
  >()
  readonly #shapes = new Set<string>()
  readonly #hosts = new Set<string>()
  readonly unknown: string[] = []
  readonly problems: string[] = []
  readonly unknownShapes: {
    source: string
    keys: readonly string[]
    line: number
  }[] = []
  #sourceCount = 0
  bytes = 0
  events = 0
  skipped = 0
  damaged = 0
  lost = 0
  earliest = Number.POSITIVE_INFINITY
  latest = Number.NEGATIVE_INFINITY

  add(path: string, report: PieceReport): void {
    this.files.add(path)
    if (report.earliest !== undefined && report.earliest < this.earliest)
      this.earliest = report.earliest
    if (report.latest !== undefined && report.latest > this.latest)
      this.latest = report.latest
    for (const host of report.hosts) {
      if (this.#hosts.size < maxHosts) this.#hosts.add(host)
    }
    for (const source of report.sources) this.#add(source)
  }

  #add(source: SourceReport): void {
    const again = this.#sources.has(source.name)
    // Only a file cut in pieces comes twice, and then soon after: a bounded memory is enough.
    if (this.#sources.size > maxListed) this.#sources.clear()
    this.#sources.set(source.name, source)
    if (!again && source.opened) this.#sourceCount++
    this.bytes += source.bytes
    this.events += source.events + source.skipped
    this.skipped += source.skipped
    this.damaged += source.damagedCount
    this.lost += source.lost
    for (const shape of source.shapes) this.#shapes.add(shape)
    const list = (into: string[], what: string) => {
      if (into.length < maxListed) into.push(what)
    }
    for (const p of source.problems) list(this.problems, `${source.name}: ${p}`)
    if (source.format === undefined) {
      if (source.opened) list(this.unknown, source.name)
      return
    }
    for (const u of source.unknownShapes) {
      if (this.unknownShapes.length < maxListed)
        this.unknownShapes.push({ source: source.name, ...u })
    }
    const format = this.#formats.get(source.format) ?? {
      sources: 0,
      events: 0,
      bytes: 0,
    }
    if (!again) format.sources++
    format.events += source.events + source.skipped
    format.bytes += source.bytes
    this.#formats.set(source.format, format)
  }

  get sources(): number {
    return this.#sourceCount
  }
  get hosts(): number {
    return this.#hosts.size
  }
  get shapes(): readonly string[] {
    return [...this.#shapes].sort()
  }
  get formats(): Record<
    string,
    { sources: number; events: number; bytes: number }
  > {
    return Object.fromEntries([...this.#formats].sort())
  }
}

export function refusalText(r: RefusedRule): { rule: string; why: string } {
  return {
    rule: r.title ?? r.id ?? r.file,
    why: r.diagnostics
      .map((d) => printDiagnostic(d).replace('\n', ''))
      .join('; '),
  }
}
