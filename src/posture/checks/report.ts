// The result of checks for people and programs: a table, a list of JSON, lines of it, CSV, and Markdown.
import { csvLine } from '../../base/csv-line.ts'
import { oneLine, plural, shownJson } from '../../base/shown.ts'

import { mitigationNames, type Status, statuses } from './check.ts'
import { commandAt } from './command.ts'
import { type Checked, type CheckedPlace, remedyFor } from './judge.ts'
import { scores } from './score.ts'

export interface ReportOptions {
  /** Also those that pass, and those that do not apply. */
  readonly all: boolean
  /** Whether each technique is stopped and seen; absent: no telemetry was given. */
  readonly joined?: readonly Joined[]
}

/** Of a technique, in words and numbers. */
interface Joined {
  readonly technique: string
  readonly said: string
}

export const postureFormats = {
  table: printTable,
  json: printJson,
  ndjson: (all: readonly Checked[], { joined = [] }: ReportOptions) =>
    shownJson(
      [...all.map(plain), ...joined]
        .map((c) => `${JSON.stringify(c)}\n`)
        .join(''),
    ),
  csv: printCsv,
  markdown: printMarkdown,
} as const satisfies Record<
  string,
  (all: readonly Checked[], options: ReportOptions) => string
>

export type PostureFormat = keyof typeof postureFormats

export const postureFormatNames = Object.keys(postureFormats)

export function isPostureFormat(name: string): name is PostureFormat {
  return Object.hasOwn(postureFormats, name)
}

/** A list of checks; with telemetry an object, in which they are one member. */
function printJson(all: readonly Checked[], { joined }: ReportOptions): string {
  const list = `[\n${all.map((c) => JSON.stringify(plain(c))).join(',\n')}\n]`
  return shownJson(
    joined
      ? `{"checks":${list},\n"techniques":${JSON.stringify(joined)}}\n`
      : `${list}\n`,
  )
}

/** What programs get of one check. */
function plain({ check, status, expected, places, more }: Checked) {
  return {
    id: check.id,
    title: check.title,
    platform: check.platform,
    mitigation: check.mitigations[0],
    mitigations: check.mitigations,
    techniques: check.techniques,
    status,
    source: check.source,
    expected,
    evidence: places.map(({ fact, ...place }) => ({
      ...place,
      ...(fact?.type && { type: fact.type }),
    })),
    ...(more > 0 && { moreEvidence: more }),
    why: check.why,
    ...remedyOf(check, places[0]),
    reference: check.reference,
  }
}

function remedyOf(
  check: Checked['check'],
  place: CheckedPlace | undefined,
): ReturnType<typeof remedyFor> {
  const { remedy, undo } = remedyFor(check, place)
  const { command } = remedy
  if (!command || !place) return { remedy, undo }
  const { about } = place
  return {
    remedy: { ...remedy, command: commandAt(command, about) },
    undo: commandAt(undo, about),
  }
}

const gravest = (all: readonly Checked[]) =>
  [...all].sort(
    (a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status),
  )

function printTable(
  all: readonly Checked[],
  { all: whole, joined }: ReportOptions,
) {
  const shown = gravest(all).filter(
    ({ status }) => whole || status === 'fail' || status === 'unknown',
  )
  // What nobody looked at is a long list: one line each.
  const lines = shown.flatMap((c) =>
    c.status === 'unknown' && !whole
      ? [headLine(c)]
      : [headLine(c), ...detailLines(c)],
  )
  const told = joined?.map((j) =>
    oneLine(`${j.technique.padEnd(10)} ${j.said}`),
  )
  return `${[
    ...lines,
    ...(lines.length ? [''] : []),
    ...(told?.length ? ['stopped, and seen:', ...told, ''] : []),
    ...scoreLines(all),
  ].join('\n')}\n`
}

function headLine({ check, status, places }: Checked): string {
  const why = status === 'unknown' ? ` (${places[0]!.actual})` : ''
  return oneLine(
    `${status.toUpperCase().padEnd(14)} ${check.mitigations[0]}  ${check.title}  [${check.id}]${why}`,
  )
}

function detailLines({ check, status, expected, places, more }: Checked) {
  const lines = places
    .slice(0, maxShown)
    .map((p) => `    ${oneLine(placeText(p))}`)
  const rest = places.length - maxShown + more
  if (rest > 0) lines.push(`    ... and ${plural(rest, 'more place')}`)
  lines.push(`    expected: ${oneLine(expected)}`)
  if (status !== 'fail') return lines
  const first = places.find((p) => p.status === 'fail')
  const { command, policy } = remedyFor(check, first).remedy
  lines.push(`    why: ${oneLine(check.why)}`)
  if (command) {
    lines.push(`    remedy: ${oneLine(commandAt(command, first?.about ?? {}))}`)
  }
  if (policy) lines.push(`    policy: ${oneLine(policy)}`)
  return lines
}

const maxShown = 5

function placeText(p: CheckedPlace): string {
  const at = p.key ? `${p.key}${p.name ? `!${p.name}` : ''}: ` : ''
  const meaning = p.meaning ? `, ${p.meaning}` : ''
  const line = p.line === undefined ? '' : `:${p.line}`
  const offset = p.offset === undefined ? '' : ` at ${p.offset}`
  const from = p.file ? ` (${p.file}${line}${offset})` : ''
  return `${p.status}: ${at}${p.actual}${meaning}${from}`
}

function scoreLines(all: readonly Checked[]): string[] {
  return scores(all).map(({ mitigation, name, counts, percent }) => {
    const score = percent === undefined ? 'not judged' : `${percent} %`
    return `${mitigation}  ${name.padEnd(38)} ${score.padStart(10)}  ${countsText(counts)}`
  })
}

function countsText(counts: Readonly<Record<Status, number>>): string {
  return `${counts.pass} pass, ${counts.fail} fail, ${counts.unknown} unknown, ${counts['not applicable']} not applicable`
}

function printCsv(all: readonly Checked[]): string {
  const head = [
    'id',
    'title',
    'platform',
    'mitigation',
    'status',
    'expected',
    'actual',
    'key',
    'name',
    'file',
    'offset',
    'remedy',
  ]
  const rows = gravest(all).map((c) => {
    const p = c.places[0]
    const { command, policy } = remedyFor(c.check, p).remedy
    return [
      c.check.id,
      c.check.title,
      c.check.platform,
      c.check.mitigations[0]!,
      c.status,
      c.expected,
      p?.actual ?? '',
      p?.key ?? '',
      p?.name ?? '',
      p?.file ?? '',
      String(p?.offset ?? p?.line ?? ''),
      command ?? policy ?? '',
    ]
  })
  return [head, ...rows].map((row) => csvLine(row)).join('')
}

/** Of Markdown what would begin something else; `<` too, as pages of it become HTML. */
function cell(text: string): string {
  return oneLine(text).replace(/[\\|`*_[\]<>#]/g, (c) => `\\${c}`)
}

function printMarkdown(
  all: readonly Checked[],
  { joined = [] }: ReportOptions,
): string {
  const lines = [
    '# Posture',
    '',
    ...joinedPart(joined),
    '| mitigation | score | pass | fail | unknown | not applicable |',
    '|---|---|---|---|---|---|',
  ]
  for (const s of scores(all)) {
    const score = s.percent === undefined ? 'not judged' : `${s.percent} %`
    lines.push(
      `| ${s.mitigation} ${s.name} | ${score} | ${columnsOfStatus.map((k) => s.counts[k]).join(' | ')} |`,
    )
  }
  for (const mitigation of Object.keys(mitigationNames)) {
    const own = gravest(all).filter(
      (c) =>
        c.check.mitigations[0] === mitigation && c.status !== 'not applicable',
    )
    if (!own.length) continue
    lines.push(
      '',
      `## ${mitigation} ${mitigationNames[mitigation]}`,
      '',
      '| status | check | what is set | expected | remedy |',
      '|---|---|---|---|---|',
    )
    for (const c of own) {
      const { command, policy } = remedyFor(c.check, c.places[0]).remedy
      const cells = [
        c.status,
        c.check.title,
        c.places[0] ? placeText(c.places[0]) : '',
        c.expected,
        command ?? policy ?? '',
      ]
      lines.push(`| ${cells.map(cell).join(' | ')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

function joinedPart(joined: readonly Joined[]): string[] {
  if (!joined.length) return []
  const rows = joined.map((j) => `- ${cell(j.said)}`)
  return ['## Stopped, and seen', '', ...rows, '']
}

const columnsOfStatus: readonly Status[] = [
  'pass',
  'fail',
  'unknown',
  'not applicable',
]
