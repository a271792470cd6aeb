// `ipcwatch rules coverage PATHS`: what would be seen in telemetry like this, why not, and what to switch on.
import { oneLine, plural, shownJson } from '../base/shown.ts'
import { isoTime } from '../base/time.ts'

import { layer } from '../findings/sinks/navigator.ts'
import type { Sight } from '../findings/sinks/sink.ts'

import { type Means, measures } from '../content/visibility.ts'

import {
  byComponent,
  byTechnique,
  type SightGroup,
  titlesOf,
} from '../app/visibility/groups.ts'
import type { SeenSource } from '../app/visibility/seen.ts'
import type { Silence } from '../app/visibility/silences.ts'
import {
  isForPlatforms,
  type Visibility,
} from '../app/visibility/visibility.ts'

export const coverageFormats = [
  'table',
  'ndjson',
  'json',
  'markdown',
  'navigator',
] as const

export type CoverageFormat = (typeof coverageFormats)[number]

export function printVisibility(
  all: Visibility,
  format: CoverageFormat,
): string {
  switch (format) {
    case 'table':
      return table(all).join('\n')
    case 'ndjson':
      return shownJson(
        Object.entries(plain(all))
          .flatMap(([kind, list]) =>
            list.map((one) => JSON.stringify({ kind: kinds[kind], ...one })),
          )
          .join('\n'),
      )
    case 'json':
      return shownJson(JSON.stringify(plain(all), null, 2))
    case 'markdown':
      return markdown(all).join('\n')
    case 'navigator':
      return shownJson(JSON.stringify(layerOf(byTechnique(all.rules)), null, 2))
  }
}

const kinds: Readonly<Record<string, string>> = {
  techniques: 'technique',
  components: 'component',
  rules: 'rule',
  sources: 'source',
  silences: 'silence',
  switchOn: 'measure',
}

function plain(all: Visibility) {
  return {
    techniques: byTechnique(all.rules).map((g) => plainGroup('technique', g)),
    components: byComponent(all.rules).map((g) => plainGroup('component', g)),
    rules: all.rules.map(({ rule, sight, why, switchOn, hosts }) => ({
      id: rule.meta.id,
      title: rule.meta.title,
      level: rule.meta.level,
      techniques: rule.meta.techniques,
      sight,
      ...(why !== undefined && { why, switchOn }),
      hosts: Object.fromEntries(hosts),
    })),
    sources: all.sources.map(plainSource),
    silences: all.silences.map(plainSilence),
    switchOn: toSwitchOn(all),
  }
}

function plainGroup(key: 'technique' | 'component', g: SightGroup) {
  return {
    [key]: g.id,
    ...(g.name !== undefined && { name: g.name }),
    sight: g.sight,
    saw: titlesOf(g, 'saw'),
    canSee: titlesOf(g, 'can see'),
    blind: g.rules
      .filter((r) => r.sight === 'blind')
      .map(({ rule, why = '', switchOn }) => ({
        rule: rule.meta.title,
        why,
        switchOn,
      })),
    hosts: Object.fromEntries(g.hosts),
  }
}

function plainSource({ logSource: _, filled, hours, ...s }: SeenSource) {
  const all = [...hours.keys()].sort((a, b) => a - b)
  const time = (hour: number | undefined) =>
    isoTime(hour === undefined ? undefined : hour * 3_600_000)
  return {
    ...s,
    fields: [...filled].sort(),
    first: time(all[0]),
    last: time(all.at(-1)),
    days: new Set(all.map((h) => Math.floor(h / 24))).size,
  }
}

function plainSilence({ from, to, ...s }: Silence) {
  return {
    ...s,
    from: isoTime(from),
    ...(to !== undefined && { to: isoTime(to) }),
  }
}

/** What would open the eyes of blind rules, the most first. */
function toSwitchOn(all: Visibility) {
  const { rules } = all
  const counts = new Map<string, number>()
  for (const r of rules)
    for (const id of r.switchOn) counts.set(id, (counts.get(id) ?? 0) + 1)
  return measures()
    .filter((m) => counts.has(m.id) && isForPlatforms(m, all))
    .map(({ id, what, platform, means, cost }) => ({
      id,
      what,
      platform,
      means,
      rules: counts.get(id)!,
      cost,
    }))
    .sort((a, b) => b.rules - a.rules)
}

/** Where what is told does not say by whom. */
const toldBy: Partial<Record<Means, string>> = {
  'audit-rules': 'Linux audit, ',
  eslogger: 'eslogger, ',
}

/** Rows of one kind in the table. */
const mostRows = 30

function table(all: Visibility): string[] {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['techniques', byTechnique(all.rules).map(groupRow)],
    ['data components', byComponent(all.rules).map(groupRow)],
    ['hosts', hostRows(all)],
    ['fell silent', all.silences.map(silenceText)],
    [
      'to switch on (--write DIR makes the files)',
      toSwitchOn(all).map(
        (m) =>
          `${plural(m.rules, 'rule').padEnd(9)} ${toldBy[m.means] ?? ''}${m.what}: ${m.cost}`,
      ),
    ],
  ]
  return sections
    .filter(([, rows]) => rows.length > 0)
    .flatMap(([title, rows], i) => {
      // Of techniques and components all are shown: there are so many as ATT&CK has.
      const most = i < 2 ? rows.length : mostRows
      const rest = rows.length - most
      return [
        ...(i ? [''] : []),
        `${title}:`,
        ...rows.slice(0, most).map((row) => `  ${oneLine(row)}`),
        ...(rest > 0 ? [`  ... and ${rest} more: --format json has all`] : []),
      ]
    })
}

function groupRow(g: SightGroup): string {
  const { id, name, sight } = g
  const counts = countsText(g)
  const blind = g.rules.find((r) => r.sight === 'blind')
  const why = sight === 'blind' ? `  ${blind?.why ?? ''}` : ''
  const called = name ? `  ${name}` : ''
  return `${sight.padEnd(8)} ${id.padEnd(10)} ${counts}${called}${why}`
}

function countsText(g: SightGroup): string {
  const count = (sight: Sight) => titlesOf(g, sight).length
  return `${count('saw')} fired, ${count('can see')} quiet, ${count('blind')} blind`
}

/** Of each host: what it writes, and how many rules see there. */
function hostRows({ sources, rules }: Visibility): string[] {
  const hosts = new Map<string, Set<string>>()
  for (const { host, source } of sources)
    hosts.set(host, (hosts.get(host) ?? new Set()).add(source))
  return [...hosts].map(([host, of]) => {
    const count = (sight: Sight) =>
      rules.filter((r) => r.hosts.get(host) === sight).length
    return `${hostName(host)}: ${count('saw')} fired, ${count('can see')} quiet, ${count('blind')} blind; ${[...of].join(', ')}`
  })
}

function hostName(host: string): string {
  return host || '(no host told)'
}

function silenceText(s: Silence): string {
  const { host, source, category, from, to, unit } = s
  const what = category ? `${source}, ${category}` : source
  const when = (time: number) => {
    const text = isoTime(time) ?? ''
    const day = new Date(time).toLocaleDateString('en', {
      weekday: 'long',
      timeZone: 'UTC',
    })
    return unit === 'day'
      ? `${day} ${text.slice(0, 10)}`
      : `${text.slice(0, 13)}:00Z`
  }
  const until = to === undefined ? 'to the end' : `to ${when(to)}`
  return `${hostName(host)}: ${what} fell silent from ${when(from)} ${to === from ? `for one ${unit}` : until}, while the host wrote on`
}

function cell(text: string): string {
  return oneLine(text).replace(/[\\|`*_[\]<>#]/g, (x) => `\\${x}`)
}

function rowsOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---|').join('')}`,
    ...rows.map((r) => `| ${r.map(cell).join(' | ')} |`),
    '',
  ]
}

function markdown(all: Visibility): string[] {
  const { rules, silences } = all
  const blind = rules.filter((r) => r.sight === 'blind')
  return [
    '# Visibility',
    '',
    ...groupRows('technique', byTechnique(rules)),
    ...groupRows('data component', byComponent(rules)),
    ...listed('Hosts', hostRows(all)),
    ...listed('Fell silent', silences.map(silenceText)),
    '## Blind rules',
    '',
    ...rowsOf(
      ['rule', 'why', 'what would let it see'],
      blind.map((r) => [r.rule.meta.title, r.why ?? '', r.switchOn.join(', ')]),
    ),
    '## To switch on',
    '',
    ...rowsOf(
      ['measure', 'what', 'rules', 'cost'],
      toSwitchOn(all).map((m) => [m.id, m.what, String(m.rules), m.cost]),
    ),
  ]
}

function groupRows(what: string, groups: readonly SightGroup[]): string[] {
  return rowsOf(
    [what, 'sight', 'fired', 'quiet', 'blind', 'what is missing, for one'],
    groups.map((g) => {
      const missing = g.rules.find((r) => r.sight === 'blind')
      return [
        g.name ? `${g.id} ${g.name}` : g.id,
        g.sight,
        ...(['saw', 'can see', 'blind'] as const).map((s) =>
          plural(titlesOf(g, s).length, 'rule'),
        ),
        missing ? `${missing.rule.meta.title}: ${missing.why}` : '',
      ]
    }),
  )
}

function listed(title: string, rows: readonly string[]): string[] {
  if (!rows.length) return []
  return [`## ${title}`, '', ...rows.map((r) => `- ${cell(r)}`), '']
}

const colours: Readonly<Record<Sight, string>> = {
  saw: '#d6604d',
  'can see': '#7fbf7b',
  blind: '#bdbdbd',
}

function layerOf(all: readonly SightGroup[]) {
  const techniques = all
    .filter(({ id }) => /^T\d/.test(id))
    .map((g) => ({
      techniqueID: g.id,
      score: g.rules.filter((r) => r.sight !== 'blind').length,
      color: colours[g.sight],
      comment: `${g.sight}: ${countsText(g)}`,
    }))
  const legend = (['saw', 'can see', 'blind'] as const).map((label) => ({
    label,
    color: colours[label],
  }))
  return layer(
    'ipcwatch visibility',
    'What rules could see',
    techniques,
    legend,
  )
}
