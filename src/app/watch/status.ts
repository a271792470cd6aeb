// What is it doing, and what could it not see? The numbers of a watch while it runs: as JSON, and as Prometheus reads them.
import { isoTime } from '../../base/time.ts'

import type { Watch } from './watch.ts'

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
  /** Events before it have all come, as far as can be said. */
  readonly watermark: string | null
  readonly catchingUp: boolean
  readonly journalBytes: number
  readonly evictedBatches: number
  readonly outboxBytes: number
  readonly memoryBytes: number
  readonly sources: readonly SourceStatus[]
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

export function statusOf(watch: Watch): WatchStatus {
  const { turns, watermark, journal, outbox, intakes, deliveries } = watch.parts
  return {
    pid: process.pid,
    upSeconds: Math.round((Date.now() - watch.started) / 1000),
    rules: turns.judge.inForce.rules.length,
    reloads: { ...watch.reloads },
    events: turns.events,
    late: watermark.late,
    findings: turns.findings,
    watermark: isoTime(finite(watermark.value)),
    catchingUp: turns.isCatchingUp,
    journalBytes: journal.bytes,
    evictedBatches: watch.evicted,
    outboxBytes: outbox.bytes,
    memoryBytes: process.memoryUsage.rss(),
    sources: sourcesOf(watch),
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

function sourcesOf(watch: Watch): SourceStatus[] {
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
      behind,
      lastEvent: isoTime(finite(seen?.lastEvent)),
    }
  })
}

function finite(n: number | undefined): number | undefined {
  return n !== undefined && Number.isFinite(n) ? n : undefined
}

/** Prometheus, "Exposition formats": text, version 0.0.4. Sources are summed: files come and go. */
export function metricsOf(s: WatchStatus): string {
  const sum = (of: (x: SourceStatus) => number) =>
    s.sources.reduce((n, x) => n + of(x), 0)
  const lines = [
    metric('up_seconds', 'gauge', s.upSeconds),
    metric('rules', 'gauge', s.rules),
    metric('reloads_total', 'counter', s.reloads.done),
    metric('reloads_refused_total', 'counter', s.reloads.refused),
    metric('events_total', 'counter', s.events),
    metric('events_late_total', 'counter', s.late),
    metric('findings_total', 'counter', s.findings),
    metric('sources', 'gauge', s.sources.length),
    metric(
      'source_damaged_total',
      'counter',
      sum((x) => x.damaged),
    ),
    metric(
      'source_lost_total',
      'counter',
      sum((x) => x.lost),
    ),
    metric(
      'source_behind_bytes',
      'gauge',
      sum((x) => x.behind),
    ),
    metric('journal_bytes', 'gauge', s.journalBytes),
    metric('evicted_batches_total', 'counter', s.evictedBatches),
    metric('outbox_bytes', 'gauge', s.outboxBytes),
    metric('memory_bytes', 'gauge', s.memoryBytes),
    ...labelled(
      'intake_waiting_bytes',
      'gauge',
      s.intakes,
      (i) => i.waitingBytes,
    ),
    ...labelled(
      'intake_turned_away_total',
      'counter',
      s.intakes,
      (i) => i.turnedAway,
    ),
    ...labelled('output_sent_total', 'counter', s.outputs, (o) => o.sent),
    ...labelled(
      'output_failures_total',
      'counter',
      s.outputs,
      (o) => o.failures,
    ),
    ...labelled('output_refused_total', 'counter', s.outputs, (o) => o.refused),
    ...labelled('output_lost_total', 'counter', s.outputs, (o) => o.lost),
  ]
  return `${lines.join('\n')}\n`
}

type MetricType = 'gauge' | 'counter'

function metric(name: string, type: MetricType, value: number): string {
  return `# TYPE ipcwatch_${name} ${type}\nipcwatch_${name} ${value}`
}

function labelled<T extends { readonly name: string }>(
  metricName: string,
  type: MetricType,
  all: readonly T[],
  value: (one: T) => number,
): string[] {
  if (!all.length) return []
  return [
    `# TYPE ipcwatch_${metricName} ${type}`,
    ...all.map(
      (one) => `ipcwatch_${metricName}{name=${label(one.name)}} ${value(one)}`,
    ),
  ]
}

function label(text: string): string {
  const safe = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${safe.replaceAll('\n', '\\n')}"`
}
