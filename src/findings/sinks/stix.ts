// Findings as a STIX 2.1 bundle: of each an observed-data with what was seen, and a sighting of the technique. Identifiers are the same in every run.
import { shownJson } from '../../base/shown.ts'

import type { Evidence, Finding } from '../finding.ts'
import { storyOf } from '../incidents/sentence.ts'
import type { SinkFormat } from './sink.ts'
import { uuidOf } from './uuid.ts'

/** STIX wants a time of everything. */
const noTime = '1970-01-01T00:00:00.000Z'

const author = `identity--${uuidOf('identity', 4)}`

type StixObject = { readonly type: string; readonly id: string } & Readonly<
  Record<string, unknown>
>

export const stix: SinkFormat = {
  what: 'a STIX 2.1 bundle: observed data and sightings of techniques',
  extensions: ['stix', 'json'],
  open({ write }) {
    const known = new Set<string>()
    let before = `{"type":"bundle","id":"bundle--${uuidOf('bundle')}","objects":[\n`
    const add = (object: StixObject) => {
      // Techniques and files are named once.
      const isShared =
        object.type === 'attack-pattern' || object.type === 'file'
      if (isShared && known.has(object.id)) return
      if (isShared) known.add(object.id)
      write(`${before}${shownJson(JSON.stringify(object))}`)
      before = ',\n'
    }
    add(identity())
    return {
      finding: (written) => tell(JSON.parse(written.text()) as Finding, add),
      end: () => write('\n]}\n'),
    }
  },
}

function common(type: string, name: string, time: string) {
  return {
    type,
    spec_version: '2.1',
    id: `${type}--${uuidOf(name, 4)}`,
    created_by_ref: author,
    created: time,
    modified: time,
  }
}

function identity(): StixObject {
  const { created_by_ref: _, ...own } = common('identity', 'identity', noTime)
  return { ...own, name: 'ipcwatch', identity_class: 'system' }
}

function tell(f: Finding, add: (object: StixObject) => void): void {
  const time = f.time ?? noTime
  const seen = f.evidence.flatMap((e, i) => observables(f, e, i))
  for (const object of seen) add(object)
  const observed = common('observed-data', `observed ${f.id}`, time)
  if (seen.length) {
    add({
      ...observed,
      first_observed: time,
      last_observed: time,
      number_observed:
        Math.min(f.explanation.matches ?? f.evidence.length, 999_999_999) || 1,
      object_refs: [...new Set(seen.map((o) => o.id))],
    })
  }
  for (const technique of f.techniques) {
    const pattern = techniqueOf(technique)
    add(pattern)
    const told = storyOf(f)
    add({
      ...common('sighting', `sighting ${f.id} ${technique}`, time),
      description: told ? `${f.rule.title}: ${told}` : f.rule.title,
      confidence: {
        informational: 10,
        low: 30,
        medium: 50,
        high: 75,
        critical: 90,
      }[f.rule.level],
      first_seen: time,
      last_seen: time,
      count: 1,
      sighting_of_ref: pattern.id,
      ...(seen.length && { observed_data_refs: [observed.id] }),
      where_sighted_refs: [author],
      external_references: [
        {
          source_name: 'ipcwatch',
          external_id: f.rule.id,
          description: f.rule.title,
        },
      ],
    })
  }
}

function techniqueOf(technique: string): StixObject {
  return {
    ...common('attack-pattern', `technique ${technique}`, noTime),
    name: technique,
    external_references: [
      {
        source_name: 'mitre-attack',
        external_id: technique,
        url: `https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`,
      },
    ],
  }
}

/** The file that the record lies in, and the process that it tells of. */
function observables(f: Finding, e: Evidence, index: number): StixObject[] {
  const file: StixObject = {
    type: 'file',
    spec_version: '2.1',
    id: `file--${uuidOf(`file ${e.file}`)}`,
    name: e.file || '-',
  }
  const { CommandLine, ProcessId } = e.fields
  if (typeof CommandLine !== 'string' || CommandLine === '') return [file]
  const pid = Number(ProcessId)
  return [
    file,
    {
      type: 'process',
      spec_version: '2.1',
      id: `process--${uuidOf(`process ${f.id} ${index}`, 4)}`,
      command_line: CommandLine,
      ...(Number.isSafeInteger(pid) && pid > 0 && { pid }),
    },
  ]
}
