// The closing lines of a scan: what was read, what was not, and what each rule could say about it.
import { oneLine, plural } from '../base/shown.ts'
import { inZone, type Zone } from '../base/zone.ts'

import type { ScanSummary } from '../app/scan/summary.ts'

import { printBytes } from './progress.ts'

/** Lines listed of each kind; `--stats` has them all. */
const most = 8

export function printSummary(s: ScanSummary, zone?: Zone): string {
  const at = (iso: string) => (zone ? inZone(zone, iso) : iso)
  const lines: string[] = []
  const add = (label: string, text: string) =>
    lines.push(`${label.padEnd(9)} ${oneLine(text)}`)
  const more = (n: number) => {
    if (n > most)
      lines.push(
        `${' '.repeat(10)}... and ${n - most} more (--stats FILE lists all)`,
      )
  }
  const list = (label: string, items: readonly string[]) => {
    for (const [i, item] of items.slice(0, most).entries()) {
      add(i ? '' : label, item)
    }
    more(items.length)
  }
  const formats = Object.entries(s.formats).map(
    ([name, f]) =>
      `${name} ${plural(f.events, 'event')} in ${plural(f.sources, 'source')}`,
  )
  add(
    'read',
    `${plural(s.files, 'file')}, ${printBytes(s.bytes)}, ${plural(s.events, 'event')} in ${s.seconds.total.toFixed(1)} s${s.interrupted ? ' (interrupted)' : ''}`,
  )
  list('formats', formats)
  if (s.shapes.length) add('shapes', s.shapes.join(', '))
  if (s.earliest && s.latest) {
    const hosts = plural(s.hosts, 'host')
    add('time', `${at(s.earliest)} to ${at(s.latest)}, ${hosts}`)
  }
  if (s.damaged)
    add(
      'damaged',
      `${plural(s.damaged, 'place')}, ${plural(s.lost, 'record')} known to be lost`,
    )
  list(
    'unknown',
    s.unknown.map((u) => `${u}: format not recognised`),
  )
  list(
    '',
    s.unknownShapes.map(
      (u) =>
        `${u.source} line ${u.line}: record shape not recognised (${u.keys.join(', ')}); rules met it under its own names`,
    ),
  )
  if (s.problems.length) {
    add('problems', `${plural(s.problems.length, 'message')}, printed above`)
  }
  const found = Object.entries(s.findings).filter(([, n]) => n > 0)
  add(
    'findings',
    found.length
      ? found
          .map(([level, n]) => `${n.toLocaleString('en')} ${level}`)
          .join(', ')
      : 'none',
  )
  const { rules } = s
  add(
    'rules',
    `${rules.loaded} loaded: ${rules.fired} fired, ${rules.quiet} quiet, ${rules.blind.length} blind; ${rules.refused.length} refused`,
  )
  list(
    'refused',
    rules.refused.map((r) => `${r.rule}: ${r.why}`),
  )
  list('blind', blindByReason(rules.blind))
  return lines.join('\n')
}

function blindByReason(blind: ScanSummary['rules']['blind']): string[] {
  const byReason = new Map<string, string[]>()
  for (const { title, why } of blind) {
    const titles = byReason.get(why)
    if (titles) titles.push(title)
    else byReason.set(why, [title])
  }
  return [...byReason]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([why, titles]) =>
      titles.length === 1
        ? `${why}: ${titles[0]}`
        : `${why}: ${titles.length} rules`,
    )
}
