import { describe, expect, it } from 'vitest'

import { collect } from '../../../../test/tools/collect.ts'
import { jsonl } from '../index.ts'

const read = (object: unknown) => collect(jsonl, `${JSON.stringify(object)}\n`)

const place = { file: 'a.evtx', record: 7, offset: 4096 }

describe('what this program printed', () => {
  it('is an event again, under its names and with its own log source', () => {
    const { records } = read({
      ...place,
      time: '2026-03-04T10:20:30.125Z',
      host: 'ws1',
      logSource: { product: 'windows', category: 'process_creation' },
      fields: { EventID: 4688, Channel: 'Security', Image: 'C:\\a.exe' },
    })
    expect(records.map((r) => r.provenance)).toMatchObject([
      { family: 'hinted-windows', channel: 'Security', id: '4688' },
    ])
    expect(records[0]!.fields).toMatchObject({
      Image: 'C:\\a.exe',
      host: 'ws1',
      time: '2026-03-04T10:20:30.125Z',
    })
  })

  it('has the time that was set right', () => {
    const { records } = read({
      ...place,
      time: '2026-03-04T10:20:30.125Z',
      host: null,
      logSource: {},
      fields: {
        EventID: 1,
        Channel: 'System',
        EventTime: '2026-03-04 06:20:30',
      },
    })
    expect(records[0]!.fields.EventTime).toBe('2026-03-04T10:20:30.125Z')
  })

  it('as findings is no telemetry', () => {
    const { records, damages, shapes } = read({
      id: '01f7f25c011f9386',
      time: null,
      host: 'ws1',
      rule: { id: 'r', title: 't', level: 'high' },
      techniques: [],
      evidence: [{ ...place, fields: { EventID: 17, Channel: 'x' } }],
      explanation: { held: ['a'] },
    })
    expect({ records, damages }).toEqual({ records: [], damages: [] })
    expect(shapes).toEqual(['findings of ipcwatch, passed over'])
  })
})
