// What is it doing, and what could it not see? The numbers of a watch while it runs: as JSON, and as Prometheus reads them.
import { isoTime } from '../../base/time.ts'

import { type SuppressedSummary, suppressedOf } from '../scan/summary.ts'
import type { Parts } from './parts.ts'
import type { Source } from './sources/source.ts'

export interface SourceStatus {
  readonly name: string
  readonly format: string | null
  readonly bytes: number
  readonly events: number
  readonly skipped: number
  readonly strange: number
  readonly damaged: number
  readonly lost: number
  readonly late: number
  /** Events that tell no time: what puts events in order does not judge them. */
  readonly untimed: number
  /** Bytes that are there and were not read. */
  readonly behind: number
  readonly lastEvent: string | null
}

export interface WatchStatus {
  readonly pid: number
  readonly upSeconds: number
  readonly rules: number
  readonly reloads: { readonly done: number; readonly refused: number }
  readonly events: number
  readonly late: number
  readonly findings: number
  /** Findings that suppressions silenced. */
  readonly suppressed: readonly SuppressedSummary[]
  /** Events before it have all come, as far as can be said. */
  readonly watermark: string | null
  readonly catchingUp: boolean
  readonly journalBytes: number
  readonly evictedBatches: number
  readonly outboxBytes: number
  readonly memoryBytes: number
  readonly sources: readonly SourceStatus[]
  /** Paths that could not be followed when they were looked for last. */
  readonly unusable: number
  readonly intakes: readonly {
    readonly name: string
    readonly waitingBytes: number
    readonly turnedAway: number
  }[]
  readonly outputs: readonly {
    readonly name: string
    readonly sent: number
    readonly filtered: number
    readonly refused: number
    readonly lost: number
    readonly failures: number
    readonly lastError: string | null
    readonly isDone: boolean
  }[]
}

/** What of a watch is asked. */
export interface Running {
  readonly started: number
  readonly reloads: { readonly done: number; readonly refused: number }
  readonly evicted: number
  readonly parts: Parts
  readonly sources: readonly Source[]
  readonly unusable: number
}

export function statusOf(watch: Running): WatchStatus {
  const { turns, watermark, journal, outbox, intakes, deliveries } = watch.parts
  return {
    pid: process.pid,
    upSeconds: Math.round((Date.now() - watch.started) / 1000),
    rules: turns.judge.verdicts().length,
    reloads: { ...watch.reloads },
    events: turns.events,
    late: watermark.late,
    findings: turns.findings,
    suppressed: turns.judge.suppressed.map(suppressedOf),
    watermark: isoTime(finite(watermark.value)),
    catchingUp: turns.isCatchingUp,
    journalBytes: journal.bytes,
    evictedBatches: watch.evicted,
    outboxBytes: outbox.bytes,
    memoryBytes: process.memoryUsage.rss(),
    sources: sourcesOf(watch),
    unusable: watch.unusable,
    intakes: intakes.all.map((i) => ({
      name: i.name,
      waitingBytes: i.waiting,
      turnedAway: i.turnedAway,
    })),
    outputs: deliveries.map(({ output, counts, isDone }) => ({
      name: output.name,
      ...counts,
      lastError: counts.lastError ?? null,
      isDone,
    })),
  }
}

function sourcesOf(watch: Running): SourceStatus[] {
  const { times } = watch.parts.turns
  return watch.sources.map(({ key, path, account, behind }) => {
    const { format, bytes, events, skipped, strange, damagedCount, lost } =
      account.report()
    const seen = times.get(key)
    return {
      name: path,
      format: format ?? null,
      bytes,
      events,
      skipped,
      strange,
      damaged: damagedCount,
      lost,
      late: seen?.late ?? 0,
      untimed: account.untimed,
      behind,
      lastEvent: isoTime(finite(seen?.lastEvent)),
    }
  })
}

function finite(n: number | undefined): number | undefined {
  return n !== undefined && Number.isFinite(n) ? n : undefined
}
