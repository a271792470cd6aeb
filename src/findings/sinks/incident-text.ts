// An incident as text for people: a title, what happened, its steps, what differs, what to look at next, and what stops it.
import { oneLine, plural } from '../../base/shown.ts'
import { wrapped } from '../../base/wrapped.ts'

import type { Evidence, Finding } from '../finding.ts'
import type { Incident, Step } from '../incidents/incident-list.ts'
import { rareIn } from '../rare.ts'
import { draftInWords } from '../suppression/draft.ts'
import { storyOf } from '../incidents/sentence.ts'

/** Steps that are shown. */
const maxShown = 12

export interface IncidentLook {
  readonly width: number
  readonly time: (iso: string) => string
  readonly paint: (text: string) => string
}

export function incidentText(incident: Incident, look: IncidentLook): string {
  const { id, gravest, steps, findings, techniques } = incident
  const level = gravest.rule.level.toUpperCase().padEnd(8)
  const where = `${incident.host ?? '(no host)'}  ${whenOf(incident, look)}`
  const lines = [
    look.paint(level) + cut(gravest.rule.title, look.width - level.length),
    cut(`  ${where}`, look.width),
    ...wrapped(`${sentence(gravest, look)}.`, look.width, '  ', '    '),
    ...stepLines(steps, look),
    ...labelled('Differs:', differencesOf(steps), look),
    ...labelled('Rare here:', rareIn(gravest).join('; '), look),
    ...labelled('Look next:', nextOf(gravest), look),
    ...labelled('Evidence:', recordsOf(steps), look),
    ...labelled('Benign when:', benignOf(gravest), look),
    ...labelled('Stopped by:', mitigationsOf(gravest), look),
    ...labelled('Silenced by:', draftInWords(gravest), look),
    ...wrapped(
      `${techniques.join(' ')}  ${plural(findings, 'finding')}  incident ${id}`,
      look.width,
      '  ',
      '    ',
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** From the first to the last. */
function whenOf(incident: Incident, look: IncidentLook): string {
  const from = timeOf(incident, look)
  const last = incident.steps.at(-1)!.finding
  const to = last.explanation.last ?? last.time
  if (!to || to === incident.time) return from
  const until = look.time(to)
  const isSameDay = until.slice(0, 10) === from.slice(0, 10)
  return `${from} to ${isSameDay ? timeOfDay(until) : until}`
}

/** Records that are named. */
const maxRecords = 8

/** By their numbers, in files by their names. */
function recordsOf(steps: readonly Step[]): string {
  const byFile = new Map<string, Set<number>>()
  for (const { finding } of steps) {
    for (const { file, record } of finding.evidence) {
      const name = file.replace(/^.*[\\/!]/, '')
      byFile.set(name, (byFile.get(name) ?? new Set()).add(record))
    }
  }
  return [...byFile]
    .map(([file, records]) => {
      const all = [...records].sort((a, b) => a - b)
      const rest = all.length - maxRecords
      const more = rest > 0 ? ` and ${plural(rest, 'more record')}` : ''
      return `${file} ${all.slice(0, maxRecords).join(', ')}${more}`
    })
    .join('; ')
}

function benignOf({ explanation: { benign } }: Finding): string {
  const known = benign.filter((b) => !/^(?:unknown|none)\.?$/i.test(b))
  return known.join('; ') || (benign.length ? 'nothing honest is known' : '')
}

/** Of T1559 and what surrounds it. Source: ATT&CK, mitigations. */
const mitigationNames: Readonly<Record<string, string>> = {
  M1013: 'application developer guidance',
  M1026: 'privileged account management',
  M1030: 'network segmentation',
  M1040: 'behavior prevention on endpoint',
  M1042: 'disable or remove feature or program',
  M1048: 'application isolation and sandboxing',
  M1054: 'software configuration',
}

function mitigationsOf({ explanation }: Finding): string {
  return explanation.mitigations
    .map((id) => {
      const name = Object.hasOwn(mitigationNames, id)
        ? ` ${mitigationNames[id]}`
        : ''
      return id + name
    })
    .join(', ')
}

function stepLines(steps: readonly Step[], look: IncidentLook): string[] {
  if (steps.length === 1 && steps[0]!.count === 1) return []
  const shown = steps.slice(0, maxShown).flatMap(({ finding, count }) => {
    const times = count > 1 ? ` (${count} times)` : ''
    const { title, level } = finding.rule
    const lines = wrapped(
      `${clock(finding, look)} ${level}: ${title}${times}: ${shortened(sentence(finding, look))}`,
      look.width,
      '    ',
      '      ',
    )
    return firstOf(lines, look.width)
  })
  const rest = steps.length - maxShown
  return rest > 0 ? [...shown, `    and ${rest} more`] : shown
}

/** Lines of one step. */
const maxLines = 3

/** What is left out is marked. */
function firstOf(lines: readonly string[], width: number): readonly string[] {
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines)
  const mark = '...'
  const last = kept[maxLines - 1]!
  kept[maxLines - 1] =
    last.length + mark.length + 1 <= width
      ? `${last} ${mark}`
      : `${last.slice(0, width - mark.length)}${mark}`
  return kept
}

/** Programs of the system by their names; others without the folders in the middle. What happened says the whole path. */
function shortened(text: string): string {
  return text
    .replace(
      /[a-z]:\\windows\\(?:system32|syswow64)\\(?:wbem\\|windowspowershell\\v1\.0\\)?(?=[\w.-]+\.exe)/gi,
      '',
    )
    .replace(
      /([a-z]:\\)(?:[^\\/:*?"<>|\n]{1,80}\\){2,12}(?=[\w .-]+\.(?:exe|dll|ps1|vbs|js))/gi,
      '$1...\\',
    )
    .replace(/(?<![\w/])\/usr\/(?:local\/)?s?bin\/(?=[\w.-])/g, '')
}

function sentence(finding: Finding, look: IncidentLook): string {
  return oneLine(storyOf(finding, look.time) || 'no record of it is named')
}

const differences: readonly (readonly [string, string])[] = [
  ['UserDiffers', 'user'],
  ['IntegrityDiffers', 'integrity'],
  ['SignerDiffers', 'signer'],
  ['SessionDiffers', 'session'],
  ['HostDiffers', 'host'],
]

/** What differs across the edges among its records. */
function differencesOf(steps: readonly Step[]): string {
  const edges = steps
    .flatMap(({ finding }) => finding.evidence)
    .filter(({ logSource }) => logSource.category === 'ipc_edge')
  const found = new Set(edges.flatMap(({ fields }) => told(fields)))
  return [...found].join(', ')
}

function told(fields: Evidence['fields']): string[] {
  const named = differences.flatMap(([name, what]) =>
    fields[name] === 'yes' ? [what] : [],
  )
  const step = fields.PrivilegeStep
  return step === 'up' || step === 'down'
    ? [...named, `privilege (${step})`]
    : named
}

/** What the same process or session did besides. */
function nextOf({ evidence }: Finding): string {
  const [{ file, ties = [], fields } = noEvidence] = evidence
  // What came by standard input is gone.
  if (file === '-') return ''
  const path = file.includes(' ') ? `'${file}'` : file
  for (const [kind, field] of ways) {
    // A pipe may be named by a command alone: then no event has it as a field.
    if (kind === 'pipe' && !(field in fields)) continue
    const tie = ties.find((t) => t.startsWith(`${kind} `))
    const value = tie?.slice(kind.length + 1)
    // People copy it: nothing that evidence holds may become a command.
    if (value && plain.test(value) && plain.test(file)) {
      return `ipcwatch events ${path} --where '${field}=${value}'`
    }
  }
  return ''
}

const noEvidence = { file: '', ties: [], fields: {} }
const plain = /^[\w{}\-.\\/:@$ ]+$/

const ways: readonly (readonly [string, string])[] = [
  ['process', 'ProcessGuid'],
  ['session', 'LogonId'],
  ['pipe', 'PipeName'],
  ['pid', 'ProcessId'],
  ['service', 'ServiceName'],
]

function timeOf({ time }: Pick<Finding, 'time'>, look: IncidentLook): string {
  return time ? look.time(time) : '(no time)'
}

/** The time of day. */
function clock(finding: Finding, look: IncidentLook): string {
  return timeOfDay(timeOf(finding, look))
}

function timeOfDay(text: string): string {
  return text.replace(/^.*T/, '')
}

function labelled(label: string, text: string, look: IncidentLook): string[] {
  return text
    ? wrapped(`${label} ${oneLine(text)}`, look.width, '  ', '    ')
    : []
}

function cut(text: string, width: number): string {
  const clean = oneLine(text)
  return clean.length > width ? `${clean.slice(0, width - 3)}...` : clean
}
