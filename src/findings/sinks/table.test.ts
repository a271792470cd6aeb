import { describe, expect, it } from 'vitest'

import type { Finding } from '../finding.ts'
import { WrittenText } from '../written.ts'
import { FindingTable } from './table.ts'

function print(findings: readonly Finding[], width = 100): string {
  let text = ''
  const sink = new FindingTable({
    write(part) {
      text += Buffer.from(part).toString()
    },
    colour: false,
    width,
    examples: 2,
  })
  for (const f of findings) sink.finding(new WrittenText(JSON.stringify(f)))
  sink.end()
  return text
}

function finding(over: Partial<Finding> = {}): Finding {
  return {
    id: '0',
    time: '2026-01-01T00:00:00.000Z',
    host: 'WS1',
    rule: { id: 'r1', title: 'A pipe of a known tool', level: 'high' },
    techniques: ['T1559'],
    evidence: [
      {
        file: 'logs/sysmon.evtx',
        record: 7,
        offset: 4096,
        time: '2026-01-01T00:00:00.000Z',
        logSource: { product: 'windows' },
        fields: { PipeName: '\\evil' },
      },
    ],
    explanation: {
      held: [],
      missing: [],
      benign: ['tests'],
      mitigations: ['M1040'],
      silence: [],
    },
    ...over,
  }
}

describe('FindingTable', () => {
  it('prints nothing where nothing was found', () => {
    expect(print([])).toBe('')
  })

  it('has places on lines of their own where they have no room', () => {
    const text = print([finding()], 50)
    expect(text).toContain('Z  WS1\n      logs/sysmon.evtx record 7\n')
    for (const line of text.split('\n'))
      expect(line.length).toBeLessThanOrEqual(50)
  })

  it('puts the gravest rule first and counts what it does not show', () => {
    const text = print([
      ...Array.from({ length: 5 }, () => finding()),
      finding({ rule: { id: 'r2', title: 'Worse', level: 'critical' } }),
    ])
    expect(text.indexOf('Worse')).toBeLessThan(text.indexOf('A pipe'))
    expect(text).toContain('5 findings, 1 host')
    expect(text).toContain('... and 3 more')
  })

  it('keeps every line within the width', () => {
    const long = 'x'.repeat(500)
    const [evidence] = finding().evidence
    const text = print([
      finding({
        evidence: [{ ...evidence!, file: `${long}.evtx`, fields: { A: long } }],
      }),
    ])
    for (const line of text.split('\n')) {
      expect(line.length).toBeLessThanOrEqual(100)
    }
  })

  it('names every place of a record that lies in several', () => {
    const [evidence] = finding().evidence
    const { file, record, offset } = evidence!
    const places = [
      { file, record, offset },
      { file: 'copy/b.evtx', record, offset },
    ]
    const text = print([finding({ evidence: [{ ...evidence!, places }] })])
    expect(text).toContain('also in copy/b.evtx record 7')
  })

  it('shows the row that a search gave', () => {
    const { explanation } = finding()
    const row = { PipeName: '\\evil', count: 3 }
    const text = print([
      finding({ explanation: { ...explanation, row }, evidence: [] }),
    ])
    expect(text).toMatch(/PipeName: \\evil\n +count: 3/)
  })

  it('lets no control character of a record reach the terminal', () => {
    const [evidence] = finding().evidence
    const text = print([
      finding({
        host: '\u001b]0;owned\u0007',
        evidence: [
          { ...evidence!, fields: { 'A\u009b': '\u001b[2J\u202eexe' } },
        ],
      }),
    ])
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f\u202e]/)
  })
})
