// Findings as Elastic Common Schema, one document a line: names of the schema where our fields have one there, the rest below `ipcwatch`.
import { readAddress } from '../../base/address.ts'
import type { Value } from '../../base/record.ts'

import { type FieldRow, namesIn } from '../../event/schema/field.ts'
import { schema } from '../../event/schema/index.ts'

import type { Finding } from '../finding.ts'
import { storyOf } from '../incidents/sentence.ts'
import { jsonLines } from './lines.ts'
import { riskScore } from './severity.ts'

type Document = Map<string, Value | Document>

const names = new Map(
  Object.entries<FieldRow>(schema).flatMap(([name, row]) => {
    const first = namesIn(row.ecs).find((n) => isPublished(n))
    return first ? [[name, first] as const] : []
  }),
)

/** Agents add fields of their own, which are none of Elastic's table. */
function isPublished(name: string): boolean {
  return (
    /^[a-z][\w.]*$/.test(name) &&
    !/^(winlog|auditd|osquery|event_data|powershell)\b|\.Ext\b/.test(name)
  )
}

/** An index refuses a document in which one value is not of its field's type; undefined: this is none. */
function fitting(name: string, value: Value): Value | undefined {
  const list = Array.isArray(value) ? value : [value]
  if (/\.(?:port|pid|exit_code)$/.test(name)) {
    const isNumber = /^-?\d{1,15}$/.test(String(value))
    return isNumber ? Number(value) : undefined
  }
  if (list.some((v) => typeof v === 'object')) return undefined
  if (/\.ip$/.test(name))
    return list.every((v) => readAddress(String(v))) ? value : undefined
  if (name === 'event.outcome')
    return list.every((v) => outcomes.has(String(v))) ? value : undefined
  return value
}

const outcomes = new Set(['success', 'failure', 'unknown'])

export function ecsDocument(f: Finding): unknown {
  const document: Document = new Map()
  const { evidence } = f
  for (const [name, value] of Object.entries(evidence[0]?.fields ?? {})) {
    const known = names.get(name)
    const fit = known === undefined ? undefined : fitting(known, value)
    if (fit === undefined || !put(document, known!.split('.'), fit)) {
      put(document, ['ipcwatch', 'fields', name.replaceAll('.', '_')], value)
    }
  }
  for (const [name, value] of ownMembers(f)) {
    if (value !== undefined) put(document, name.split('.'), value, true)
  }
  return plain(document)
}

export const ecs = jsonLines(
  'Elastic Common Schema, one document a line',
  ecsDocument,
)

/** What every finding has. */
function ownMembers(
  f: Finding,
): readonly (readonly [string, Value | undefined])[] {
  const { rule, evidence, techniques } = f
  const told = storyOf(f)
  return [
    ['@timestamp', f.time ?? undefined],
    ['message', told ? `${rule.title}: ${told}` : rule.title],
    ['ecs.version', '8.17.0'],
    ['event.kind', 'alert'],
    ['event.category', ['intrusion_detection']],
    ['event.type', ['info']],
    ['event.module', 'ipcwatch'],
    ['event.dataset', 'ipcwatch.finding'],
    ['event.id', f.id],
    ['event.risk_score', riskScore[rule.level]],
    ['event.reason', f.explanation.held.join('; ')],
    ['rule.id', rule.id],
    ['rule.name', rule.title],
    ['rule.description', f.explanation.why],
    ['rule.ruleset', 'ipcwatch'],
    ['threat.framework', 'MITRE ATT&CK'],
    [
      'threat.technique.id',
      [...new Set(techniques.map((t) => t.split('.')[0]!))],
    ],
    [
      'threat.technique.subtechnique.id',
      techniques.filter((t) => t.includes('.')),
    ],
    ['host.name', f.host ?? undefined],
    ['related.hosts', f.host === null ? undefined : [f.host]],
    ['log.file.path', evidence[0]?.file],
    ['log.level', rule.level],
    ['ipcwatch.count', f.explanation.matches],
    ['event.end', f.explanation.last],
    ['ipcwatch.record', evidence[0]?.record],
    ['ipcwatch.offset', evidence[0]?.offset],
    ['ipcwatch.incident', f.incident],
  ]
}

/** False where something else stands there. */
function put(
  document: Document,
  path: readonly string[],
  value: Value,
  over = false,
): boolean {
  let at = document
  for (const part of path.slice(0, -1)) {
    const next = at.get(part)
    if (next instanceof Map) at = next
    else if (next === undefined || over) {
      const made: Document = new Map()
      at.set(part, made)
      at = made
    } else return false
  }
  const last = path.at(-1)!
  if (at.has(last) && !over) return false
  at.set(last, value)
  return true
}

function plain(document: Document): object {
  return Object.fromEntries(
    [...document].map(([name, value]) => [
      name,
      value instanceof Map ? plain(value) : value,
    ]),
  )
}
