// A timeline: one row a finding in order of time, with columns that stay.
import { csvLine } from '../../base/csv-line.ts'
import { inZone } from '../../base/zone.ts'

import type { Finding } from '../finding.ts'
import { storyOf } from '../incidents/sentence.ts'
import type { SinkFormat } from './sink.ts'

const columns = [
  'time',
  'host',
  'user',
  'level',
  'techniques',
  'rule',
  'what',
  'process',
  'command',
  'logSource',
  'file',
  'record',
  'offset',
  'incident',
  'finding',
] as const

export const timeline: SinkFormat = {
  what: 'a timeline as CSV: one row a finding in order of time, with columns that stay',
  extensions: ['csv'],
  open({ write, zone }) {
    let begun = false
    const begin = () => {
      if (!begun) write(csvLine(columns))
      begun = true
    }
    return {
      finding(written) {
        begin()
        const finding = JSON.parse(written.text()) as Finding
        const time = finding.time ?? ''
        write(csvLine(rowOf(finding, zone && time ? inZone(zone, time) : time)))
      },
      end: begin,
    }
  },
}

function rowOf(f: Finding, time: string): readonly string[] {
  const [e] = f.evidence
  const field = (...names: readonly string[]) => {
    const name = names.find((n) => e?.fields[n] !== undefined)
    const value = name && e?.fields[name]
    return value === undefined || value === null ? '' : String(value)
  }
  const { product, category, service } = e?.logSource ?? {}
  return [
    time,
    f.host ?? '',
    field('User', 'SubjectUserName', 'SourceUser', 'AccountName'),
    f.rule.level,
    f.techniques.join(' '),
    f.rule.title,
    storyOf(f),
    field('Image', 'SourceImage', 'ClientImage', 'ProcessName'),
    field('CommandLine', 'DdeCommand', 'ScriptBlockText'),
    [product, category, service].filter(Boolean).join('/'),
    e?.file ?? '',
    String(e?.record ?? ''),
    String(e?.offset ?? ''),
    f.incident ?? '',
    f.id,
  ]
}
