// An incident as text for people: a title, what happened, its steps, what differs, what to look at next, and what stops it.
import { oneLine, plural } from '../../base/shown.ts'

import type { Evidence, Finding } from '../finding.ts'
import type { Incident, Step } from '../incidents/incident-list.ts'
import { rareIn } from '../rare.ts'
import { draftOf } from '../suppression/draft.ts'
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
  const where = `${incident.host ?? '(no host)'}  ${timeOf(incident, look)}`
  const lines = [
    look.paint(level) + cut(gravest.rule.title, look.width - level.length),
    cut(`  ${where}`, look.width),
    ...wrapped(`${sentence(gravest)}.`, look.width, '  '),
    ...stepLines(steps, look),
    ...labelled('Differs:', differencesOf(steps), look),
    ...labelled('Rare here:', rareIn(gravest).join('; '), look),
    ...labelled('Look next:', nextOf(gravest), look),
    ...labelled('Benign when:', gravest.explanation.benign.join('; '), look),
    ...labelled('Stopped by:', gravest.explanation.mitigations.join(' '), look),
    ...silencing(gravest, look.width),
    ...wrapped(
      `${techniques.join(' ')}  ${plural(findings, 'finding')}  incident ${id}`,
      look.width,
      '  ',
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** As it stands in a file of suppressions: it is copied, so it is not cut. */
function silencing(finding: Finding, width: number): string[] {
  const indent = '    '
  const draft = draftOf(finding, width - indent.length)
  const lines = draft.map((line) => indent + oneLine(line))
  return ['  Silenced by (say until when, who and why):', ...lines]
}

function stepLines(steps: readonly Step[], look: IncidentLook): string[] {
  if (steps.length === 1 && steps[0]!.count === 1) return []
  const shown = steps.slice(0, maxShown).flatMap(({ finding, count }) => {
    const times = count > 1 ? ` (${count} times)` : ''
    const { title, level } = finding.rule
    return wrapped(
      `${clock(finding, look)} ${level}: ${title}${times}: ${sentence(finding)}`,
      look.width,
      '    ',
    ).slice(0, maxLines)
  })
  const rest = steps.length - maxShown
  return rest > 0 ? [...shown, `    and ${rest} more`] : shown
}

/** Lines of one step. */
const maxLines = 2

function sentence(finding: Finding): string {
  return oneLine(storyOf(finding) || 'no record of it is named')
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
  const [{ file, ties = [] } = { file: '' }] = evidence
  for (const [kind, field] of ways) {
    const tie = ties.find((t) => t.startsWith(`${kind} `))
    const value = tie?.slice(kind.length + 1)
    // People copy it: nothing that evidence holds may become a command.
    if (value && plain.test(value) && plain.test(file)) {
      return `ipcwatch events ${file} --where '${field}=${value}'`
    }
  }
  return ''
}

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
  return timeOf(finding, look).replace(/^.*T/, '')
}

function labelled(label: string, text: string, look: IncidentLook): string[] {
  return text ? wrapped(`${label} ${oneLine(text)}`, look.width, '  ') : []
}

function cut(text: string, width: number): string {
  const clean = oneLine(text)
  return clean.length > width ? `${clean.slice(0, width - 3)}...` : clean
}

/** In lines of the width; the following are indented more. */
function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of oneLine(text).split(' ')) {
    if (line.length + word.length > width && line.trim()) {
      lines.push(line.trimEnd())
      line = `${indent}  `
    }
    const room = width - indent.length - 2
    line += `${word.length > room ? `${word.slice(0, room - 3)}...` : word} `
  }
  if (line.trim()) lines.push(line.trimEnd())
  return lines
}
