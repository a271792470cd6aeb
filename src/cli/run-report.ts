// What reports say of the run beside its findings: what was read, what was damaged or not understood, and which rules were blind.
import { plural } from '../base/shown.ts'

import type { RunReport } from '../findings/sinks/sink.ts'

import type { ScanSummary } from '../app/scan/summary.ts'

import { suppressedLines } from './print-summary.ts'
import { printBytes } from './progress.ts'

/** Lines of one section; `--stats` has them all. */
const most = 1000

export function runReport(
  s: ScanSummary,
  stopped?: Pick<RunReport, 'posture' | 'joined'>,
): RunReport {
  const sections = [
    { title: 'What was read', items: read(s) },
    { title: 'What was damaged or not understood', items: notRead(s) },
    {
      title: 'What suppressions silenced',
      items: suppressedLines(s.suppressed),
    },
    {
      title: 'Rules that were blind',
      items: s.rules.blind.map((b) => `${b.title} (${b.id}): ${b.why}`),
    },
    {
      title: 'Rules that could not be loaded',
      items: s.rules.refused.map((r) => `${r.rule}: ${r.why}`),
    },
  ]
  return {
    coverage: s.coverage,
    ...stopped,
    sections: sections.map(({ title, items }) => ({
      title,
      items: bounded(items),
    })),
  }
}

function read(s: ScanSummary): readonly string[] {
  const { loaded, fired, quiet, blind } = s.rules
  return [
    `${plural(s.files, 'file')}, ${printBytes(s.bytes)}, ${plural(s.events, 'event')} of ${plural(s.hosts, 'host')}${s.interrupted ? ' (interrupted)' : ''}`,
    ...Object.entries(s.formats).map(
      ([name, f]) =>
        `${name}: ${plural(f.events, 'event')} in ${plural(f.sources, 'source')}`,
    ),
    ...(s.earliest && s.latest ? [`${s.earliest} to ${s.latest}`] : []),
    `${plural(loaded, 'rule')}: ${fired} fired, ${quiet} quiet, ${blind.length} blind`,
  ]
}

function notRead(s: ScanSummary): readonly string[] {
  return [
    ...(s.damaged
      ? [
          `${plural(s.damaged, 'damaged place')}, ${plural(s.lost, 'record')} known to be lost`,
        ]
      : []),
    ...s.unknown.map((u) => `${u}: format not recognised`),
    ...s.unknownShapes.map(
      (u) => `${u.source} line ${u.line}: record shape not recognised`,
    ),
    ...s.problems,
  ]
}

function bounded(items: readonly string[]): readonly string[] {
  const rest = items.length - most
  return rest > 0 ? [...items.slice(0, most), `... and ${rest} more`] : items
}
