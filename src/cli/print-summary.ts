// The closing lines of a scan: what was read, what was not, and what each rule could say about it.
import { grouped, plural } from '../base/shown.ts'
import { lastDayBefore } from '../base/time.ts'
import { wrapped } from '../base/wrapped.ts'
import { inZone, type Zone } from '../base/zone.ts'

import type { ScanSummary } from '../app/scan/summary.ts'

import { printBytes } from './progress.ts'

/** Lines listed of each kind; `--stats` has them all. */
const most = 8

/** `width`: in columns; whole lines where nobody looks at columns. */
export function printSummary(
  s: ScanSummary,
  zone?: Zone,
  width = Number.POSITIVE_INFINITY,
): string {
  const lines = new Lines(width)
  tellRead(s, lines, zone)
  tellNotRead(s, lines)
  // Of nothing that was read no rule can say anything.
  if (s.events > 0) tellFound(s, lines)
  else tellRefused(s.rules, lines)
  return lines.text
}

/** Columns. */
const labelWidth = 9

class Lines {
  readonly #lines: string[] = []
  readonly #width: number

  constructor(width: number) {
    this.#width = width
  }

  get text(): string {
    return this.#lines.join('\n')
  }

  add(label: string, text: string): void {
    const first = `${label.padEnd(labelWidth)} `
    const rest = ' '.repeat(first.length)
    for (const line of wrapped(text, this.#width, first, rest))
      this.#lines.push(line)
  }

  list(label: string, items: readonly string[]): void {
    for (const [i, item] of items.slice(0, most).entries()) {
      this.add(i ? '' : label, item)
    }
    const more = items.length - most
    if (more > 0) this.add('', `... and ${more} more (--stats FILE lists all)`)
  }
}

function tellRead(s: ScanSummary, lines: Lines, zone?: Zone): void {
  const events = `${plural(s.events, 'event')} in ${s.seconds.total.toFixed(1)} s`
  const broken = s.interrupted ? ' (interrupted)' : ''
  lines.add(
    'read',
    `${plural(s.files, 'file')}, ${printBytes(s.bytes)}, ${events}${broken}`,
  )
  lines.list('copies', [
    ...s.copies.map(
      (c) =>
        `${c.source} is ${c.of} again: ${plural(c.events, 'event')}, counted once`,
    ),
    ...s.shared.map(
      (c) =>
        `${c.source} has ${plural(c.events, 'event')} of ${c.with}, counted once`,
    ),
    ...s.notCompared.map(
      ([first, ...others]) =>
        `${first} and ${others.length === 1 ? others[0] : plural(others.length, 'other source')} have events in common that are counted in each: they are too large to be compared`,
    ),
  ])
  lines.list(
    'formats',
    Object.entries(s.formats).map(
      ([name, f]) =>
        `${name} ${plural(f.events, 'event')} in ${plural(f.sources, 'source')}`,
    ),
  )
  if (s.shapes.length) lines.add('shapes', s.shapes.join(', '))
  tellTime(s, lines, zone)
}

/** `4 without a time` */
function tellTime(s: ScanSummary, lines: Lines, zone?: Zone): void {
  const at = (iso: string) => (zone ? inZone(zone, iso) : iso)
  const told: string[] = []
  if (s.earliest && s.latest) {
    const hosts = plural(s.hosts, 'host')
    told.push(`${at(s.earliest)} to ${at(s.latest)}, ${hosts}`)
  }
  if (s.untimed.events)
    told.push(`${plural(s.untimed.events, 'event')} without one`)
  if (told.length) lines.add('time', told.join(', '))
}

function tellNotRead(s: ScanSummary, lines: Lines): void {
  if (s.damaged) {
    const lost = `${plural(s.lost, 'record')} known to be lost`
    lines.add('damaged', `${plural(s.damaged, 'place')}, ${lost}`)
  }
  lines.list(
    'unknown',
    s.unknown.map((u) => `${u}: format not recognised`),
  )
  lines.list(
    s.unknown.length ? '' : 'unknown',
    s.unknownShapes.map(
      (u) =>
        `${u.source} line ${u.line}: record shape not recognised (${u.keys.join(', ')}); rules met it under its own names`,
    ),
  )
  if (s.problems.length) {
    const messages = plural(s.problems.length, 'message')
    lines.add('problems', `${messages}, printed above`)
  }
}

function tellFound(
  { findings, suppressed, rules }: ScanSummary,
  lines: Lines,
): void {
  const found = Object.entries(findings)
    .filter(([, n]) => n > 0)
    .map(([level, n]) => `${grouped(n)} ${level}`)
  lines.add('findings', found.join(', ') || 'none')
  lines.list('silenced', suppressedLines(suppressed))
  const { loaded, fired, quiet, blind, refused } = rules
  lines.add(
    'rules',
    `${loaded} loaded: ${fired} fired, ${quiet} quiet, ${blind.length} blind; ${refused.length} refused`,
  )
  tellRefused(rules, lines)
  const isOfRarity = ({ why }: { why: string }) => rarityUnknown.test(why)
  lines.list('rare', blindByReason(blind.filter(isOfRarity)))
  lines.list('blind', blindByReason(blind.filter((b) => !isOfRarity(b))))
}

/** Nobody knew whether it is rare: too little was counted, mostly. */
const rarityUnknown = /^(?:Rare|First)\w+ is unknown: /

function tellRefused({ refused }: ScanSummary['rules'], lines: Lines): void {
  lines.list(
    'refused',
    refused.map((r) => `${r.rule}: ${r.why}`),
  )
}

/** What silenced something, then what is over; entries that silenced nothing are one line. */
export function suppressedLines(
  suppressed: ScanSummary['suppressed'],
): string[] {
  const acting = suppressed.filter((s) => s.findings > 0)
  const over = suppressed.filter((s) => s.isOver)
  const idle = suppressed.filter((s) => !s.findings && !s.isOver).length
  return [
    ...acting
      .toSorted((a, b) => b.findings - a.findings)
      .map(
        (s) =>
          `${plural(s.findings, 'finding')} by "${s.name}" of ${s.owner} until ${day(s)}: ${s.reason}`,
      ),
    ...over.map((s) => `"${s.name}" of ${s.owner} is over since ${day(s)}`),
    ...(idle ? [`${plural(idle, 'more suppression')} silenced nothing`] : []),
  ]
}

/** The last day. */
function day({ until }: ScanSummary['suppressed'][number]): string {
  return lastDayBefore(until === null ? 1 : Date.parse(until))
}

/** What many lack first. */
export function blindByReason(blind: ScanSummary['rules']['blind']): string[] {
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
