// Findings as one HTML file that stands alone: no request, no server; read without script, searched with it. The gravest come first. So many findings
// are shown in full and so many more as a row each; what is beyond is counted. A policy in its head lets nothing run but its own script.
import { createHash } from 'node:crypto'

import { grouped, plural } from '../../../base/shown.ts'
import { inZone } from '../../../base/zone.ts'

import { type Level, levels } from '../../../ir/rule.ts'

import type { Finding } from '../../finding.ts'
import { IncidentList } from '../../incidents/incident-list.ts'
import type { WrittenFinding } from '../../written.ts'
import {
  eventKey,
  type RunReport,
  type Sink,
  type SinkFormat,
  type SinkOptions,
  type Wanted,
} from '../sink.ts'
import { type Counts, Tally } from '../tally.ts'
import { coverageHtml } from './coverage.ts'
import { html } from './escape.ts'
import { findingHtml, rowHtml, wholeHtml, wholeMark } from './finding.ts'
import { incidentHtml } from './incident.ts'
import { script, style } from './look.ts'
import { postureHtml } from './posture.ts'

export const htmlReport: SinkFormat = {
  what: 'a report: one HTML file that stands alone',
  extensions: ['html', 'htm'],
  open: (options) => new HtmlReport(options),
}

interface Group {
  readonly first: Finding
  readonly shown: string[]
  count: number
}

/** Findings in full: of one rule, of all (and UTF-16 units of them); findings as rows; incidents. */
const maxOfRule = 200
const maxFull = 4_000
const maxFullUnits = 48 * 1024 * 1024
const maxRows = 100_000
const maxIncidents = 200
/** Events shown whole. */
const maxWhole = 4_000

class HtmlReport implements Sink {
  readonly #options: SinkOptions
  readonly #tally = new Tally()
  readonly #incidents = new IncidentList()
  readonly #groups = new Map<string, Group>()
  readonly #rows: string[] = []
  /** By their keys as they are written. */
  readonly #wanted = new Map<string, Wanted>()
  #full = 0
  #units = 0
  #left = 0

  constructor(options: SinkOptions) {
    this.#options = options
  }

  finding(written: WrittenFinding): void {
    const finding = JSON.parse(written.text()) as Finding
    this.#tally.add(finding)
    if (finding.incident) this.#incidents.add(finding)
    const group = this.#groupOf(finding)
    group.count++
    const hasRoom =
      this.#full < maxFull &&
      this.#units < maxFullUnits &&
      group.shown.length < maxOfRule
    if (hasRoom) {
      const text = findingHtml(finding, this.#time)
      group.shown.push(text)
      for (const e of finding.evidence) this.#want(e)
      this.#full++
      this.#units += text.length
    } else if (this.#rows.length < maxRows) {
      this.#rows.push(rowHtml(finding, this.#time))
    } else this.#left++
  }

  #want({ file, record, offset }: Wanted): void {
    if (this.#wanted.size >= maxWhole) return
    const wanted = { file, record, offset }
    this.#wanted.set(html(eventKey(wanted)), wanted)
  }

  wanted(): readonly Wanted[] {
    return [...this.#wanted.values()]
  }

  readonly #time = (iso: string) => {
    const { zone } = this.#options
    return zone ? inZone(zone, iso) : iso
  }

  /** With the whole events that were read again. */
  #whole(text: string, run: RunReport | undefined): string {
    const parts = text.split(wholeMark)
    return parts
      .map((part, i) => {
        if (i % 2 === 0) return part
        const wanted = this.#wanted.get(part)
        return wholeHtml(wanted && run?.events?.get(eventKey(wanted)))
      })
      .join('')
  }

  #groupOf(finding: Finding): Group {
    const known = this.#groups.get(finding.rule.id)
    if (known) return known
    const made: Group = { first: finding, shown: [], count: 0 }
    this.#groups.set(finding.rule.id, made)
    return made
  }

  end(run?: RunReport): void {
    const { write } = this.#options
    write(head(partsOf(run, this.#incidents.incidents().length > 0)))
    write(this.#summary(run))
    this.#writeIncidents(run)
    this.#writeFindings(run)
    write(coverageHtml(run?.coverage, run?.names))
    write(postureHtml(run?.posture, run?.joined))
    write(runHtml(run))
    write(
      `</main><footer><p class="soft">Made by ipcwatch. This file makes no request.</p></footer><script>${script}</script></body></html>\n`,
    )
  }

  #summary(run: RunReport | undefined): string {
    const t = this.#tally
    const byLevel = t
      .byLevel()
      .filter(([, n]) => n > 0)
      .map(
        ([level, n]) =>
          `<span class="level ${level}">${grouped(n)} ${level}</span>`,
      )
    return `<main id="main"><h2 id="summary">Summary</h2><p>${plural(t.total, 'finding')} by ${plural(this.#groups.size, 'rule')} ${byLevel.join(' ')}</p><div class="grid">${[
      countsHtml('Host', t.hosts, 10),
      countsHtml('Technique', t.techniques, 15, run?.names),
      daysHtml(t.days),
      countsHtml('Who did most', t.doers, 10),
      countsHtml('Rule', t.rules, 10),
    ].join('')}</div>`
  }

  #writeIncidents(run: RunReport | undefined): void {
    const incidents = this.#incidents.incidents()
    if (!incidents.length) return
    const { write } = this.#options
    write(
      `<h2 id="incidents">Incidents</h2><p>${plural(incidents.length, 'incident')}: findings that share processes, sessions, endpoints or files.</p>`,
    )
    for (const incident of incidents.slice(0, maxIncidents)) {
      write(incidentHtml(incident, this.#time, run?.events))
    }
    const rest = incidents.length - maxIncidents
    if (rest > 0) write(`<p>and ${plural(rest, 'more incident')}</p>`)
  }

  #writeFindings(run: RunReport | undefined): void {
    const { write } = this.#options
    write('<h2 id="findings">Findings</h2>')
    if (!this.#groups.size) write('<p>Nothing was found.</p>')
    const rank = (level: Level) => levels.indexOf(level)
    const groups = [...this.#groups.values()].sort(
      (a, b) =>
        rank(b.first.rule.level) - rank(a.first.rule.level) ||
        b.count - a.count,
    )
    for (const group of groups) write(this.#whole(groupHtml(group), run))
    for (const part of rowParts(this.#rows)) write(part)
    if (this.#left) {
      write(
        `<p><strong>${plural(this.#left, 'finding')} more</strong> found no room here; NDJSON has them all.</p>`,
      )
    }
  }
}

/** The part that links lead to, and how it is called. */
type PartLink = readonly [id: string, name: string]

function partsOf(
  run: RunReport | undefined,
  hasIncidents: boolean,
): readonly PartLink[] {
  const all: readonly (PartLink | false | undefined)[] = [
    ['summary', 'Summary'],
    hasIncidents && ['incidents', 'Incidents'],
    ['findings', 'Findings'],
    run?.coverage?.length ? ['coverage', 'Coverage'] : undefined,
    run?.posture?.length ? ['posture', 'Posture'] : undefined,
    ['run', 'The run'],
  ]
  return all.filter((part) => Array.isArray(part)) as readonly PartLink[]
}

/** Rows of one table: what is folded costs no layout. */
const rowsOfTable = 1_000

function* rowParts(rows: readonly string[]): Generator<string> {
  if (!rows.length) return
  yield `<h2 id="rows">Further findings</h2><p>${plural(rows.length, 'finding')} in a row each; NDJSON has them in full.</p>`
  for (let from = 0; from < rows.length; from += rowsOfTable) {
    const part = rows.slice(from, from + rowsOfTable)
    const name = `${grouped(from + 1)} to ${grouped(from + part.length)}`
    yield `<details class="more"><summary>${name}</summary><table class="rows"><caption>Further findings ${name}</caption><thead><tr><th>level</th><th>time</th><th>host</th><th>rule</th><th>where</th></tr></thead><tbody>${part.join('')}</tbody></table></details>`
  }
}

function head(parts: readonly PartLink[]): string {
  const hash = (text: string) =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><title>ipcwatch: findings</title><style>${style}</style></head><body><header><a class="skip" href="#main">To the summary</a><h1>ipcwatch: findings</h1><nav aria-label="Parts">${parts.map(([id, name]) => `<a href="#${id}">${name}</a>`).join(' ')}</nav><div class="find" id="find" role="search" hidden><label for="words">Search</label><input id="words" type="search" autocomplete="off"><span id="told" role="status"></span></div></header>`
}

function groupHtml({ first, shown, count }: Group): string {
  const { rule, techniques, explanation } = first
  const rest = count - shown.length
  return `<section class="rule"><h3><span class="level ${rule.level}">${rule.level}</span>${html(rule.title)}</h3><p class="soft">${plural(count, 'finding')} ${html(techniques.join(' '))} rule ${html(rule.id)}${explanation.mitigations.length ? `; stopped by ${html(explanation.mitigations.join(' '))}` : ''}</p>${explanation.why ? `<p>${html(explanation.why)}</p>` : ''}${shown.join('\n')}${rest > 0 ? `<p class="soft">${plural(rest, 'more finding')} further below.</p>` : ''}</section>\n`
}

function countsHtml(
  title: string,
  counts: Counts,
  most: number,
  names?: ReadonlyMap<string, string>,
): string {
  const rows = counts.top(most).map(([name, n]) => {
    const called = names?.get(name)
    return [called ? `${name} ${called}` : name, n] as const
  })
  return rowsHtml(title, rows, counts.size - most)
}

/** Days shown, the last ones. */
const maxDays = 31

function daysHtml(days: Counts): string {
  const all = days.byName()
  return rowsHtml('Day', all.slice(-maxDays), all.length - maxDays)
}

function rowsHtml(
  title: string,
  rows: readonly (readonly [string, number])[],
  rest: number,
): string {
  if (!rows.length) return ''
  const most = rows.reduce((a, [, n]) => Math.max(a, n), 1)
  const lines = rows.map(
    ([name, n]) =>
      `<tr><td>${html(name)}<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(1, Math.round((100 * n) / most))}" height="4"/></svg></td><td class="n">${grouped(n)}</td></tr>`,
  )
  const more = rest > 0 ? `<p class="soft">and ${rest} more</p>` : ''
  return `<div><table><thead><tr><th>${title}</th><th class="n">findings</th></tr></thead><tbody>${lines.join('')}</tbody></table>${more}</div>`
}

function runHtml(run: RunReport | undefined): string {
  const sections = run?.sections ?? []
  const parts = sections.map(({ title, items }) => {
    const list = items.length
      ? `<ul>${items.map((i) => `<li>${html(i)}</li>`).join('')}</ul>`
      : '<p>None.</p>'
    return `<h3>${html(title)}</h3>${list}`
  })
  return `<h2 id="run">The run</h2>${parts.join('') || '<p>Nothing was told of it.</p>'}`
}
