// What the formats of others ask of every finding.
import { describe, expect, it } from 'vitest'

import type { Finding } from '../finding.ts'
import { WrittenText } from '../written.ts'
import { type SinkName, sinks } from './index.ts'

const finding: Finding = {
  id: '0123456789abcdef',
  time: '2026-01-01T00:00:00.000Z',
  host: 'ws1',
  rule: { id: 'not-a-guid', title: 'A pipe', level: 'critical' },
  techniques: ['T1559.001', 'T1559'],
  evidence: [
    {
      file: 'C:\\logs\\a #1?.evtx',
      record: 7,
      offset: 4096,
      time: null,
      logSource: { product: 'windows', category: 'process_creation' },
      fields: {
        CommandLine: 'cmd /c x',
        Image: 'C:\\cmd.exe',
        ProcessId: 12,
        Odd: 'y',
      },
    },
  ],
  explanation: {
    held: ['a'],
    missing: [],
    benign: [],
    mitigations: ['M1040'],
    silence: [],
  },
}

const timeless: Finding = {
  ...finding,
  id: 'ffff',
  time: null,
  host: null,
  evidence: [],
  techniques: [],
}

function write(name: SinkName, findings: readonly Finding[]): string {
  let text = ''
  const sink = sinks[name].open({
    write(part) {
      text += Buffer.from(part).toString()
    },
    colour: false,
    width: Number.POSITIVE_INFINITY,
    examples: 3,
  })
  for (const f of findings) sink.finding(new WrittenText(JSON.stringify(f)))
  sink.end()
  return text
}

const lines = (name: SinkName) =>
  write(name, [finding, timeless])
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('formats of others', () => {
  it('writes SARIF whose results name rules that are there, and paths as references', () => {
    for (const findings of [[], [finding, timeless]]) {
      const { version, runs } = JSON.parse(write('sarif', findings))
      expect(version).toBe('2.1.0')
      const rules = runs[0].tool.driver.rules.map((r: { id: string }) => r.id)
      for (const result of runs[0].results) {
        expect(rules).toContain(result.ruleId)
        expect(['none', 'note', 'warning', 'error']).toContain(result.level)
        expect(result.message.text).toBeTruthy()
      }
    }
    const [result] = JSON.parse(write('sarif', [finding])).runs[0].results
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'C%3A/logs/a%20%231%3F.evtx' },
      region: { byteOffset: 4096, byteLength: 0 },
    })
  })

  it('writes a layer of format 4.5, of techniques only', () => {
    const layer = JSON.parse(
      write('navigator', [finding, { ...finding, techniques: ['x'] }]),
    )
    expect(layer.versions.layer).toBe('4.5')
    expect(layer.domain).toBe('enterprise-attack')
    expect(layer.techniques).toHaveLength(2)
    expect(layer.techniques[1]).toMatchObject({
      techniqueID: 'T1559.001',
      score: 1,
      enabled: true,
    })
  })

  it('writes OCSF with what class 2004 requires', () => {
    for (const event of lines('ocsf')) {
      expect(event).toMatchObject({
        class_uid: 2004,
        category_uid: 2,
        activity_id: 1,
        type_uid: 200401,
      })
      for (const name of [
        'time',
        'severity_id',
        'metadata',
        'finding_info',
        'status_id',
      ]) {
        expect(event[name]).toBeDefined()
      }
    }
  })

  it('writes ECS under names of its table, and the rest below its own', () => {
    const [event] = lines('ecs')
    expect(event).toMatchObject({
      '@timestamp': finding.time,
      ecs: { version: expect.any(String) },
      event: { kind: 'alert', id: finding.id },
      process: { executable: 'C:\\cmd.exe', command_line: 'cmd /c x', pid: 12 },
      threat: {
        technique: { id: ['T1559'], subtechnique: { id: ['T1559.001'] } },
      },
      ipcwatch: { fields: { Odd: 'y' } },
    })
  })

  it('writes STIX whose references are there, the same in every run', () => {
    const text = write('stix', [finding, timeless])
    expect(write('stix', [finding, timeless])).toBe(text)
    const { type, objects } = JSON.parse(text) as {
      type: string
      objects: Record<string, string>[]
    }
    expect(type).toBe('bundle')
    const ids = new Set(objects.map((o) => o.id))
    expect(ids.size).toBe(objects.length)
    for (const object of objects) {
      expect(object.spec_version).toBe('2.1')
      const named = JSON.stringify(object).match(/[a-z-]+--[\da-f-]{36}/g)
      for (const id of named ?? []) expect(ids).toContain(id)
    }
  })

  it('writes lines for Splunk and Timesketch, also of what tells no time', () => {
    expect(lines('splunk')[0]).toMatchObject({
      time: 1767225600,
      host: 'ws1',
      event: { id: finding.id },
    })
    expect(lines('splunk')[1]).not.toHaveProperty('time')
    for (const line of lines('timesketch')) {
      expect(line).toMatchObject({
        message: expect.any(String),
        datetime: expect.any(String),
        timestamp_desc: expect.any(String),
      })
    }
  })

  it('writes Markdown in which evidence begins nothing', () => {
    const bad = { ...finding, host: '[x](http://a) <img> | ``` @all' }
    const text = write('markdown', [bad])
    expect(text).not.toMatch(/(?<!\\)(<img|\[x\]\(|@all)/)
  })
})

describe('a finding that stands for many records', () => {
  const counted: Finding = {
    ...finding,
    incident: 'abcd',
    explanation: {
      ...finding.explanation,
      matches: 246,
      last: '2026-01-01T00:06:00.000Z',
    },
  }
  // A layer of Navigator scores findings, not records.
  const all = (Object.keys(sinks) as SinkName[]).filter(
    (n) => n !== 'navigator',
  )

  it.each(all)('says in %s how many', (name) => {
    const text = write(name, [counted])
    expect(text).toMatch(/\b246\b|\b245 more records\b/)
  })
})
