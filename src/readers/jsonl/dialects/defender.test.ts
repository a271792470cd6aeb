import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { jsonl } from '../index.ts'

const row = {
  Timestamp: '2026-03-04T10:20:30.125Z',
  DeviceName: 'ws1.example.test',
  ActionType: 'ProcessCreated',
  FileName: 'serve.exe',
}

function read(object: unknown) {
  const got = collect(jsonl, `${JSON.stringify(object)}\n`)
  expect(got.shapes).toContain('Defender hunting JSON')
  expect(got.records).toHaveLength(1)
  return got.records[0]!
}

describe("Defender's hunting tables", () => {
  it('keep their columns', () => {
    const record = read(row)
    expect(record.fields).toEqual(row)
    expect(record.provenance).toMatchObject({
      family: 'defender',
      id: 'ProcessCreated',
    })
  })

  it('come out of the envelope of the streaming API', () => {
    const record = read({
      time: '2026-03-04T10:20:33Z',
      category: 'AdvancedHunting-DeviceProcessEvents',
      properties: row,
    })
    expect(record.fields).toMatchObject(row)
    expect(record.provenance.channel).toBe('DeviceProcessEvents')
  })

  it('are known in a Log Analytics export', () => {
    const { provenance } = read({
      TenantId: 'a',
      TimeGenerated: '2026-03-04T10:20:30Z',
      Type: 'DeviceEvents',
      ...row,
    })
    expect(provenance).toMatchObject({
      family: 'defender',
      channel: 'DeviceEvents',
    })
  })

  it('come as results of a query', () => {
    const record = read({ schema: [], results: [row] })
    expect(record.fields).toEqual(row)
  })
})
