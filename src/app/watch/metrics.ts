// The numbers of a watch as Prometheus reads them: "Exposition formats", text, version 0.0.4. Sources are summed: files come and go.
import type { SourceStatus, WatchStatus } from './status.ts'

type Kind = 'gauge' | 'counter'

interface Labelled {
  readonly name: string
  readonly value: number
}

const sum = (s: WatchStatus, of: (x: SourceStatus) => number) =>
  s.sources.reduce((n, x) => n + of(x), 0)

const numbers: readonly (readonly [
  name: string,
  kind: Kind,
  of: (s: WatchStatus) => number,
])[] = [
  ['up_seconds', 'gauge', (s) => s.upSeconds],
  ['rules', 'gauge', (s) => s.rules],
  ['reloads_total', 'counter', (s) => s.reloads.done],
  ['reloads_refused_total', 'counter', (s) => s.reloads.refused],
  ['events_total', 'counter', (s) => s.events],
  ['events_late_total', 'counter', (s) => s.late],
  ['events_untimed_total', 'counter', (s) => sum(s, (x) => x.untimed)],
  ['findings_total', 'counter', (s) => s.findings],
  ['sources', 'gauge', (s) => s.sources.length],
  ['source_damaged_total', 'counter', (s) => sum(s, (x) => x.damaged)],
  ['source_lost_total', 'counter', (s) => sum(s, (x) => x.lost)],
  ['source_behind_bytes', 'gauge', (s) => sum(s, (x) => x.behind)],
  ['journal_bytes', 'gauge', (s) => s.journalBytes],
  ['evicted_batches_total', 'counter', (s) => s.evictedBatches],
  ['outbox_bytes', 'gauge', (s) => s.outboxBytes],
  ['memory_bytes', 'gauge', (s) => s.memoryBytes],
]

const lists: readonly (readonly [
  name: string,
  kind: Kind,
  of: (s: WatchStatus) => readonly Labelled[],
])[] = [
  [
    'intake_waiting_bytes',
    'gauge',
    (s) => s.intakes.map((i) => ({ name: i.name, value: i.waitingBytes })),
  ],
  [
    'intake_turned_away_total',
    'counter',
    (s) => s.intakes.map((i) => ({ name: i.name, value: i.turnedAway })),
  ],
  [
    'output_sent_total',
    'counter',
    (s) => s.outputs.map((o) => ({ name: o.name, value: o.sent })),
  ],
  [
    'output_failures_total',
    'counter',
    (s) => s.outputs.map((o) => ({ name: o.name, value: o.failures })),
  ],
  [
    'output_refused_total',
    'counter',
    (s) => s.outputs.map((o) => ({ name: o.name, value: o.refused })),
  ],
  [
    'output_lost_total',
    'counter',
    (s) => s.outputs.map((o) => ({ name: o.name, value: o.lost })),
  ],
]

export function metricsOf(status: WatchStatus): string {
  const lines: string[] = []
  for (const [name, kind, of] of numbers) {
    lines.push(
      `# TYPE ipcwatch_${name} ${kind}`,
      `ipcwatch_${name} ${of(status)}`,
    )
  }
  for (const [name, kind, of] of lists) {
    const all = of(status)
    if (all.length) lines.push(`# TYPE ipcwatch_${name} ${kind}`)
    for (const one of all) {
      lines.push(`ipcwatch_${name}{name=${label(one.name)}} ${one.value}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function label(text: string): string {
  const safe = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${safe.replaceAll('\n', '\\n')}"`
}
