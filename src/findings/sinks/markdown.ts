// Findings as Markdown, for tickets and wikis: a summary, incidents, and of each rule some findings.
import { grouped, oneLine, plural, shownLines } from '../../base/shown.ts'
import { inZone } from '../../base/zone.ts'

import { levels } from '../../ir/rule.ts'

import type { Finding } from '../finding.ts'
import { IncidentList } from '../incidents/incident-list.ts'
import { storyOf } from '../incidents/sentence.ts'
import { incidentText } from './incident-text.ts'
import type { RunReport, Sink, SinkFormat, SinkOptions } from './sink.ts'
import { Tally } from './tally.ts'

export const markdown: SinkFormat = {
  what: 'Markdown: a summary, incidents, and some findings of each rule',
  extensions: ['md'],
  open: (options) => new MarkdownReport(options),
}

interface Group {
  readonly first: Finding
  readonly examples: Finding[]
  count: number
}

/** Rules, incidents, and lines of one list. */
const maxGroups = 500
const maxIncidents = 50
const maxLines = 20

class MarkdownReport implements Sink {
  readonly #options: SinkOptions
  readonly #tally = new Tally()
  readonly #incidents = new IncidentList()
  readonly #groups = new Map<string, Group>()

  constructor(options: SinkOptions) {
    this.#options = options
  }

  finding(written: { text(): string }): void {
    const finding = JSON.parse(written.text()) as Finding
    this.#tally.add(finding)
    if (finding.incident) this.#incidents.add(finding)
    const group = this.#groups.get(finding.rule.id)
    if (group) {
      group.count++
      if (group.examples.length < this.#options.examples)
        group.examples.push(finding)
    } else if (this.#groups.size < maxGroups) {
      const made = { first: finding, examples: [finding], count: 1 }
      this.#groups.set(finding.rule.id, made)
    }
  }

  end(run?: RunReport): void {
    const parts = [
      ...this.#summary(),
      ...this.#incidentParts(),
      ...this.#groupParts(),
      ...runParts(run),
    ]
    this.#options.write(`${parts.join('\n')}\n`)
  }

  #summary(): string[] {
    const t = this.#tally
    return [
      '# ipcwatch: findings',
      '',
      `${plural(t.total, 'finding')}: ${t
        .byLevel()
        .map(([level, n]) => `${n} ${level}`)
        .join(', ')}.`,
      ...countsPart('Host', t.hosts.top(maxLines)),
      ...countsPart('Technique', t.techniques.top(maxLines)),
      ...countsPart('Day', t.days.byName().slice(0, maxLines * 5)),
      ...countsPart('Who did most', t.doers.top(maxLines)),
    ]
  }

  #incidentParts(): string[] {
    const incidents = this.#incidents.incidents()
    if (!incidents.length) return []
    const { zone } = this.#options
    const look = {
      width: 100,
      time: (iso: string) => (zone ? inZone(zone, iso) : iso),
      paint: (text: string) => text,
    }
    const shown = incidents
      .slice(0, maxIncidents)
      .flatMap((i) => [fenced(incidentText(i, look)), ''])
    const rest = incidents.length - maxIncidents
    return [
      '',
      '## Incidents',
      '',
      ...shown,
      ...(rest > 0 ? [`and ${plural(rest, 'more incident')}`] : []),
    ]
  }

  #groupParts(): string[] {
    const groups = [...this.#groups.values()].sort(
      (a, b) =>
        levels.indexOf(b.first.rule.level) -
          levels.indexOf(a.first.rule.level) || b.count - a.count,
    )
    return ['', '## Findings', ...groups.flatMap((g) => this.#group(g))]
  }

  #group({ first, examples, count }: Group): string[] {
    const { rule, techniques, explanation } = first
    const rest = count - examples.length
    return [
      '',
      `### ${cell(rule.level)}: ${cell(rule.title)}`,
      '',
      `${plural(count, 'finding')}. ${techniques.map(cell).join(' ')}`,
      ...(explanation.why ? ['', cell(explanation.why)] : []),
      ...(explanation.benign.length
        ? ['', `Benign when: ${explanation.benign.map(cell).join('; ')}`]
        : []),
      ...(explanation.mitigations.length
        ? ['', `Stopped by: ${explanation.mitigations.map(cell).join(' ')}`]
        : []),
      '',
      '| time | host | what | where |',
      '|---|---|---|---|',
      ...examples.map((f) => this.#row(f)),
      ...(rest > 0 ? ['', `and ${grouped(rest)} more`] : []),
    ]
  }

  #row(f: Finding): string {
    const { zone } = this.#options
    const [e] = f.evidence
    const shown = (iso: string) => (zone ? inZone(zone, iso) : iso)
    const time = f.time && shown(f.time)
    const where = e ? `${e.file} record ${e.record} at ${e.offset}` : ''
    const what = storyOf(f, shown) || JSON.stringify(f.explanation.row ?? {})
    return `| ${[time ?? '', f.host ?? '', what, where].map(cell).join(' | ')} |`
  }
}

function countsPart(
  title: string,
  counts: readonly (readonly [string, number])[],
): string[] {
  const rows = counts.map(([name, n]) => `| ${cell(name)} | ${n} |`)
  return rows.length
    ? ['', `| ${title} | findings |`, '|---|---:|', ...rows]
    : []
}

function runParts(run: RunReport | undefined): string[] {
  const sections = run?.sections.filter((s) => s.items.length) ?? []
  const joined = run?.joined?.length
    ? [{ title: 'Stopped, and seen', items: run.joined.map((j) => j.said) }]
    : []
  return [...joined, ...sections].flatMap(({ title, items }) => [
    '',
    `## ${title}`,
    '',
    ...items.slice(0, maxLines * 5).map((item) => `- ${cell(item)}`),
    ...(items.length > maxLines * 5
      ? [`- and ${items.length - maxLines * 5} more`]
      : []),
  ])
}

/** Nothing in it begins something else: markup of Markdown, of HTML, a cell, a mention. */
function cell(text: string): string {
  const short = text.length > 500 ? `${text.slice(0, 500)}...` : text
  return oneLine(short).replace(/[\\|`*_[\]<>#~@!&]/g, (c) => `\\${c}`)
}

/** A fence longer than any in it. */
function fenced(text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce(
    (n, [m]) => Math.max(n, m.length),
    2,
  )
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${shownLines(text).trimEnd()}\n${fence}`
}
