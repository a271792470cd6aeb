import { describe, expect, it } from 'vitest'

import type { Finding } from '../finding.ts'
import { FindingTable } from './table.ts'

const options = { colour: false, width: 100, examples: 2 }

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
    expect(new FindingTable(options).print()).toBe('')
  })

  it('puts the gravest rule first and counts what it does not show', () => {
    const table = new FindingTable(options)
    for (let i = 0; i < 5; i++) table.add(finding())
    table.add(
      finding({ rule: { id: 'r2', title: 'Worse', level: 'critical' } }),
    )
    const text = table.print()
    expect(text.indexOf('Worse')).toBeLessThan(text.indexOf('A pipe'))
    expect(text).toContain('5 findings, 1 host')
    expect(text).toContain('... and 3 more')
  })

  it('keeps every line within the width', () => {
    const table = new FindingTable(options)
    const long = 'x'.repeat(500)
    const [evidence] = finding().evidence
    table.add(
      finding({
        evidence: [{ ...evidence!, file: `${long}.evtx`, fields: { A: long } }],
      }),
    )
    for (const line of table.print().split('\n')) {
      expect(line.length).toBeLessThanOrEqual(100)
    }
  })

  it('lets no control character of a record reach the terminal', () => {
    const table = new FindingTable(options)
    const [evidence] = finding().evidence
    table.add(
      finding({
        host: '\u001b]0;owned\u0007',
        evidence: [{ ...evidence!, fields: { A: '\u001b[2J\u202eexe' } }],
      }),
    )
    expect(table.print()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })
})
