// Findings for spreadsheets: one row each, with the first piece of evidence.
import { csvLine } from '../../base/csv-line.ts'
import { inZone } from '../../base/zone.ts'

import type { Finding } from '../finding.ts'
import type { SinkFormat } from './sink.ts'

const columns: readonly (readonly [string, (finding: Finding) => string])[] = [
  ['time', (f) => f.time ?? ''],
  ['level', (f) => f.rule.level],
  ['title', (f) => f.rule.title],
  ['host', (f) => f.host ?? ''],
  ['techniques', (f) => f.techniques.join(' ')],
  [
    'fields',
    (f) => fieldsText(f.explanation.row ?? f.evidence[0]?.fields ?? {}),
  ],
  ['held', (f) => f.explanation.held.join('\n')],
  ['file', (f) => f.evidence[0]?.file ?? ''],
  ['record', (f) => String(f.evidence[0]?.record ?? '')],
  ['offset', (f) => String(f.evidence[0]?.offset ?? '')],
  ['evidence', (f) => String(f.evidence.length)],
  ['records', (f) => String(f.explanation.matches ?? f.evidence.length)],
  ['rule', (f) => f.rule.id],
  ['alsoRules', (f) => (f.alsoRules ?? []).map((r) => r.title).join('\n')],
  ['incident', (f) => f.incident ?? ''],
  ['id', (f) => f.id],
]

export const csv: SinkFormat = {
  what: 'one row a finding, for spreadsheets',
  extensions: ['csv'],
  open({ write, zone }) {
    let begun = false
    const at = (iso: string) => (zone ? inZone(zone, iso) : iso)
    const begin = () => {
      if (!begun) write(csvLine(columns.map(([name]) => name)))
      begun = true
    }
    return {
      finding(written) {
        begin()
        const read = JSON.parse(written.text()) as Finding
        const finding = { ...read, time: read.time && at(read.time) }
        write(csvLine(columns.map(([, cell]) => cell(finding))))
      },
      end: begin,
    }
  },
}

function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      return `${name}: ${text}`
    })
    .join('\n')
}
