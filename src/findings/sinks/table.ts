// Findings for people: grouped by rule, gravest first, cut to the width of the terminal. Memory is bounded: of each group a few
// examples are kept, the rest is counted.
import { styleText } from 'node:util'

import { oneLine, plural } from '../../base/shown.ts'
import { inZone } from '../../base/zone.ts'

import type { Level } from '../../ir/rule.ts'
import { levels } from '../../ir/rule.ts'

import { headOf } from '../assemble.ts'
import type { Finding } from '../finding.ts'
import type { WrittenFinding } from '../written.ts'
import { IncidentList } from '../incidents/incident-list.ts'
import { incidentText } from './incident-text.ts'
import type { Sink, SinkFormat, SinkOptions } from './sink.ts'

export const table: SinkFormat = {
  what: 'for people: grouped by rule, gravest first',
  extensions: ['txt'],
  open: (options) => new FindingTable(options),
}

interface Group {
  readonly first: Finding
  readonly examples: Finding[]
  readonly hosts: Set<string>
  count: number
}

/** Of the id of an incident with its name, at the end of a line. */
const maxIncidentUnits = 80
/** Sentences are read in lines of so many columns, however wide the screen is. */
const maxIncidentColumns = 120
/** Incidents that are shown. */
const maxIncidents = 25

/** A host name is remembered up to this many times for each rule; beyond, the count is a lower bound. */
const maxHostsPerRule = 10_000

export class FindingTable implements Sink {
  readonly #groups = new Map<string, Group>()
  readonly #incidents = new IncidentList()
  readonly #options: SinkOptions

  constructor(options: SinkOptions) {
    this.#options = options
  }

  finding(written: WrittenFinding): void {
    const line = written.text()
    const { rule, host } = headOf(line)
    // Its id stands last in a finding that can be part of one.
    if (line.lastIndexOf(',"incident":"') >= line.length - maxIncidentUnits)
      this.#incidents.add(JSON.parse(line) as Finding)
    let group = this.#groups.get(rule)
    if (!group) {
      group = {
        first: JSON.parse(line) as Finding,
        examples: [],
        hosts: new Set(),
        count: 0,
      }
      this.#groups.set(rule, group)
    }
    group.count++
    if (host !== 'null' && group.hosts.size < maxHostsPerRule) {
      group.hosts.add(host)
    }
    if (group.examples.length < this.#options.examples) {
      group.examples.push(JSON.parse(line) as Finding)
    }
  }

  end(): void {
    const groups = [...this.#groups.values()].sort(
      (a, b) =>
        levels.indexOf(b.first.rule.level) -
          levels.indexOf(a.first.rule.level) || b.count - a.count,
    )
    const incidents = this.#incidentTexts()
    const rules = groups.map((g) => this.#group(g))
    const text = incidents.length
      ? [...incidents, 'By rule\n', ...rules].join('\n')
      : rules.join('\n')
    if (text) this.#options.write(`${text}\n`)
  }

  #incidentTexts(): string[] {
    const { zone } = this.#options
    const all = this.#incidents.incidents()
    const texts = all.slice(0, maxIncidents).map((incident) => {
      const { level } = incident.gravest.rule
      return incidentText(incident, {
        width: Math.min(this.#options.width, maxIncidentColumns),
        time: (iso) => (zone ? inZone(zone, iso) : iso),
        paint: (text) => this.#paint(level, text),
      })
    })
    const rest = all.length - texts.length
    const more = plural(rest, 'more incident')
    return rest > 0
      ? [...texts, `... and ${more}: see the rules below\n`]
      : texts
  }

  #group(group: Group): string {
    const { rule, techniques, explanation } = group.first
    const { width } = this.#options
    const level = rule.level.toUpperCase().padEnd(13)
    const hosts = group.hosts.size
      ? `, ${plural(group.hosts.size, 'host')}`
      : ''
    const lines = [
      `${this.#paint(rule.level, level)} ${cut(`${rule.title}`, width - 15)}`,
      cut(
        `  ${[techniques.join(' '), `${plural(group.count, 'finding')}${hosts}`, `rule ${rule.id}`].filter(Boolean).join('  ')}`,
        width,
      ),
    ]
    for (const finding of group.examples)
      for (const line of this.#example(finding)) lines.push(line)
    const rest = group.count - group.examples.length
    if (rest > 0) lines.push(`    ... and ${rest} more`)
    const also = new Set(
      group.examples.flatMap((f) => (f.alsoRules ?? []).map((r) => r.title)),
    )
    if (also.size) {
      lines.push(cut(`  also said by: ${oneLine([...also].join('; '))}`, width))
    }
    if (explanation.benign.length) {
      lines.push(
        cut(`  benign when: ${oneLine(explanation.benign.join('; '))}`, width),
      )
    }
    if (explanation.mitigations.length) {
      lines.push(`  stopped by:  ${explanation.mitigations.join(' ')}`)
    }
    return `${lines.join('\n')}\n`
  }

  #example(finding: Finding): string[] {
    const { width, zone } = this.#options
    const time =
      finding.time && zone ? inZone(zone, finding.time) : finding.time
    const head = `    ${time ?? '(no time)'}  ${finding.host ?? '(no host)'}  `
    const [evidence] = finding.evidence
    const lines = placed(head, whereOf(finding), width)
    for (const place of evidence?.places?.slice(1, 1 + maxPlaces) ?? []) {
      const where = `${place.file} record ${place.record}`
      lines.push(cutLeft('      also in ', where, width))
    }
    const fields = finding.explanation.row ?? evidence?.fields ?? {}
    for (const [name, value] of Object.entries(fields).slice(0, maxFields)) {
      lines.push(cut(`      ${name}: ${oneLine(printValue(value))}`, width))
    }
    return lines
  }

  #paint(level: Level, text: string): string {
    if (!this.#options.colour) return text
    return styleText(colours[level], text, { validateStream: false })
  }
}

/** Fields of an example that are shown. */
const maxFields = 8
/** Other places of a record that are shown. */
const maxPlaces = 5

const colours = {
  informational: 'dim',
  low: 'cyan',
  medium: 'yellow',
  high: 'red',
  critical: 'magenta',
} as const satisfies Record<Level, string>

function whereOf({ evidence, explanation }: Finding): string {
  const [first] = evidence
  if (!first) return ''
  const where = `${first.file} record ${first.record}`
  const others = Math.max(explanation.matches ?? 0, evidence.length) - 1
  return others > 0 ? `${where} and ${plural(others, 'more record')}` : where
}

function printValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function cut(text: string, width: number): string {
  const clean = oneLine(text)
  return clean.length > width ? `${clean.slice(0, width - 3)}...` : clean
}

/** On one line, or where that has no room on two. */
function placed(head: string, where: string, width: number): string[] {
  return oneLine(head).length + leastWhere > width
    ? [cut(head.trimEnd(), width), cutLeft('      ', where, width)]
    : [cutLeft(head, where, width)]
}

/** Columns that a place has at least. */
const leastWhere = 24

/** Keeps the end of `where`, which tells files apart. */
function cutLeft(head: string, where: string, width: number): string {
  const h = oneLine(head)
  const w = oneLine(where)
  const room = Math.max(leastWhere, width - h.length)
  return h + (w.length > room ? `...${w.slice(w.length - room + 3)}` : w)
}
