import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readEvtx } from '../../../test/tools/evtx-read.ts'
import {
  type EvtxEvent,
  type EvtxLayout,
  element,
  slot,
  typed,
  writeEvtx,
} from '../../../test/tools/evtx-writer.ts'
import { evtx, evtxChunks } from './index.ts'

const guid = '{0B364D7C-0000-4444-AAAA-00105D3D0000}'
const time = Date.UTC(2024, 0, 2, 3, 4, 5, 678)
const sysmon = {
  provider: 'Microsoft-Windows-Sysmon',
  guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  computer: 'ws1.example',
  time,
  userSid: 'S-1-5-18',
  processId: 4,
  threadId: 8,
} as const
const pipe = {
  UtcTime: '2024-01-02 03:04:05.678',
  ProcessGuid: typed('guid', guid),
  ProcessId: 42,
  PipeName: '\\msagent_1a',
  Image: 'C:\\a\\b.exe',
} as const
const layouts: readonly EvtxLayout[] = ['nested', 'flat', 'raw', 'nested-raw']

function readOne(event: EvtxEvent) {
  const { records, damages } = readEvtx(writeEvtx([event]))
  expect(damages).toEqual([])
  expect(records).toHaveLength(1)
  return records[0]!
}

describe('the System part', () => {
  it.each(layouts)('has the names of Sigma in layout %s', (layout) => {
    const { fields, provenance } = readOne({
      ...sysmon,
      eventId: 17,
      version: 1,
      task: 17,
      opcode: 2,
      qualifiers: 16_384,
      keywords: 0x8000_0000_0000_0000n,
      activityId: guid,
      recordId: 77,
      layout,
    })
    expect(fields).toEqual({
      Provider_Name: sysmon.provider,
      Provider_Guid: sysmon.guid,
      EventID: 17,
      Qualifiers: 16_384,
      Version: 1,
      Level: 4,
      Task: 17,
      Opcode: 2,
      Keywords: '0x8000000000000000',
      TimeCreated_SystemTime:
        layout === 'raw'
          ? '2024-01-02T03:04:05.678Z'
          : '2024-01-02T03:04:05.6780000Z',
      EventRecordID: 77,
      Correlation_ActivityID: guid,
      Execution_ProcessID: 4,
      Execution_ThreadID: 8,
      Channel: sysmon.channel,
      Computer: 'ws1.example',
      Security_UserID: 'S-1-5-18',
    })
    expect(provenance).toEqual({
      family: 'windows',
      provider: sysmon.provider,
      channel: sysmon.channel,
      id: '17',
    })
  })

  it('leaves out what the event does not say', () => {
    const { fields, provenance } = readOne({
      provider: 'P',
      computer: 'c',
      eventId: 1,
      time,
    })
    for (const name of [
      'Channel',
      'Security_UserID',
      'Correlation_ActivityID',
      'Provider_Guid',
      'Qualifiers',
    ]) {
      expect(fields).not.toHaveProperty(name)
    }
    expect(provenance.channel).toBe('')
  })

  it('takes the record number from EventRecordID, the time from the header', () => {
    const record = readOne({ ...sysmon, eventId: 1, recordId: 123_456 })
    expect(record.number).toBe(123_456)
    expect(record.writtenAt).toBe(time)
    expect(record.offset).toBe(4096 + 512)
  })

  it('reads provider, channel and id from slots', () => {
    const event = (provider: string, id: number): EvtxEvent => ({
      ...sysmon,
      eventId: 0,
      document: {
        kind: 'instance',
        root: element(
          'Event',
          {},
          element(
            'System',
            {},
            element('Provider', { Name: slot(0) }),
            element('EventID', {}, slot(1)),
            element('Channel', {}, slot(2)),
          ),
        ),
        slots: [provider, typed('uint16', id), 'Application'],
      },
    })
    const events = [event('A', 1), event('B', 1), event('A', 2), event('A', 1)]
    const { records } = readEvtx(writeEvtx(events))
    expect(records.map((r) => r.provenance.provider + r.provenance.id)).toEqual(
      ['A1', 'B1', 'A2', 'A1'],
    )
    expect(records[0]!.provenance).toBe(records[3]!.provenance)
  })
})

describe('event data', () => {
  it.each(layouts)(
    'go by the Name of a Data element in layout %s',
    (layout) => {
      const { fields } = readOne({ ...sysmon, eventId: 17, data: pipe, layout })
      expect(fields).toMatchObject({
        ...pipe,
        ProcessGuid: guid,
        ProcessId: fields.ProcessId,
      })
      expect(String(fields.ProcessId)).toBe('42')
    },
  )

  it('keep null, empty and a dash apart from absent', () => {
    const data = { A: null, B: '', C: '-' }
    const { fields } = readOne({ ...sysmon, eventId: 1, data })
    expect(fields).toMatchObject({ A: '', B: '', C: '-' })
    expect(fields).not.toHaveProperty('D')
  })

  it('lose the blanks in their names', () => {
    const data = { 'Threat Name': 'x' }
    const { fields } = readOne({ ...sysmon, eventId: 1, data })
    expect(fields.ThreatName).toBe('x')
  })

  it.each(layouts)(
    'without names are counted through in layout %s',
    (layout) => {
      const data = ['one', '', 'three']
      const { fields } = readOne({ ...sysmon, eventId: 800, data, layout })
      expect(fields).toMatchObject({
        Data: 'one\n\nthree',
        param1: 'one',
        param2: '',
        param3: 'three',
      })
    },
  )

  it.each(layouts)(
    'keep a single value without name in layout %s',
    (layout) => {
      const { fields } = readOne({
        ...sysmon,
        eventId: 1,
        data: ['it'],
        layout,
      })
      expect(fields).toMatchObject({ Data: 'it', param1: 'it' })
    },
  )

  it('unroll an array without name, of whatever length', () => {
    const lists = [['a', 'b'], ['a'], ['a', 'b', 'c'], ['d', 'e']]
    const { records } = readEvtx(
      writeEvtx(lists.map((l) => ({ ...sysmon, eventId: 800, data: [l] }))),
    )
    expect(records.map((r) => r.fields.Data)).toEqual(
      lists.map((l) => l.join('\n')),
    )
    expect(records[2]!.fields.param3).toBe('c')
    expect(records[1]!.fields).not.toHaveProperty('param2')
    expect(records[3]!.shape).toBe(records[0]!.shape)
  })

  it('keep the Binary of classic events', () => {
    const { fields } = readOne({
      ...sysmon,
      eventId: 1,
      data: ['x'],
      binary: Buffer.from('00ff', 'hex'),
    })
    expect(fields.Binary).toBe('00FF')
  })

  it('step aside for names of the System part', () => {
    const data = { Version: '6.10', Channel: 'Security' }
    const { fields } = readOne({ ...sysmon, eventId: 4, version: 3, data })
    expect(fields).toMatchObject({
      Version: 3,
      Channel: sysmon.channel,
      EventData_Version: '6.10',
      EventData_Channel: 'Security',
    })
  })
})

describe('user data', () => {
  const userData = {
    name: 'EventXML',
    namespace: 'Event_NS',
    fields: { Param1: 'ana', Param2: '', Channel: 'System' },
  }
  it.each(layouts)('go by their tags in layout %s', (layout) => {
    const { fields } = readOne({ ...sysmon, eventId: 1149, userData, layout })
    expect(fields).toMatchObject({
      Param1: 'ana',
      Param2: '',
      UserData_Channel: 'System',
    })
    expect(fields).not.toHaveProperty('EventXML')
    expect(fields).not.toHaveProperty('EventXML_xmlns')
  })

  it('list the values of a tag that comes again', () => {
    const { fields } = readOne({
      ...sysmon,
      eventId: 1,
      document: {
        kind: 'instance',
        root: element(
          'Event',
          {},
          element(
            'UserData',
            {},
            element(
              'Apps',
              { Count: slot(0) },
              element('App', {}, slot(1)),
              element('App', {}, slot(2)),
            ),
          ),
        ),
        slots: [typed('uint8', 2), 'a', 'b'],
      },
    })
    expect(fields).toMatchObject({ App: ['a', 'b'], Apps_Count: 2 })
  })
})

describe('binary XML', () => {
  const event = (...children: Parameters<typeof element>[2][]): EvtxEvent => ({
    ...sysmon,
    eventId: 1,
    document: {
      kind: 'fragment',
      root: element('Event', {}, element('EventData', {}, ...children)),
    },
  })

  it('joins texts, entities, characters and CDATA', () => {
    const { fields } = readOne(
      event(
        element(
          'Data',
          { Name: 'x' },
          'a',
          { kind: 'entity', name: 'lt' },
          { kind: 'char', code: 0x42 },
          { kind: 'cdata', text: '<c>' },
          { kind: 'instruction', target: 'pi', data: 'ignored' },
          { kind: 'entity', name: 'amp' },
        ),
      ),
    )
    expect(fields.x).toBe('a<B<c>&')
  })

  it('reads what ComplexData holds', () => {
    const { fields } = readOne(
      event(
        element('ComplexData', { Name: 'c' }, element('In', {}, 'deep')),
        element('ComplexData', { Name: 'd' }, 'text'),
      ),
    )
    expect(fields).toMatchObject({ In: 'deep', d: 'text' })
  })

  it('unfolds a template in a slot of a template in a slot', () => {
    const { fields } = readOne({
      ...sysmon,
      eventId: 1,
      document: {
        kind: 'instance',
        root: element('Event', {}, slot(0), slot(1)),
        slots: [
          {
            kind: 'instance',
            root: element('EventData', {}, slot(0)),
            slots: [
              {
                kind: 'instance',
                root: element('Data', { Name: 'inner' }, slot(1)),
                slots: ['unused', 'value'],
              },
            ],
          },
          {
            kind: 'fragment',
            root: element('UserData', {}, element('Leaf', {}, 'raw')),
          },
        ],
      },
    })
    expect(fields).toEqual({ inner: 'value', Leaf: 'raw' })
  })

  it('takes a field name from a slot', () => {
    const named = (name: string): EvtxEvent => ({
      ...sysmon,
      eventId: 1,
      document: {
        kind: 'instance',
        root: element(
          'Event',
          {},
          element('EventData', {}, element('Data', { Name: slot(0) }, slot(1))),
        ),
        slots: [name, 'v'],
      },
    })
    const { records } = readEvtx(writeEvtx([named('a'), named('b')]))
    expect(records.map((r) => r.fields)).toEqual([{ a: 'v' }, { b: 'v' }])
  })
})

describe('the gate', () => {
  const events = layouts.flatMap((layout) =>
    [1, 17, 18].map((eventId) => ({ ...sysmon, eventId, data: pipe, layout })),
  )

  it('is asked before a record is unfolded, whatever its layout', () => {
    const { records, skipped } = readEvtx(writeEvtx(events), {
      gate: { wants: (p) => p.id === '17' },
    })
    expect(records.map((r) => r.fields.EventID)).toEqual([17, 17, 17, 17])
    expect(skipped).toBe(8)
  })

  it('is asked anew by another reader of the same templates', () => {
    const file = writeEvtx(events)
    expect(readEvtx(file, { gate: { wants: () => false } }).skipped).toBe(12)
    expect(readEvtx(file, { gate: { wants: () => true } }).skipped).toBe(0)
  })
})

describe('shapes', () => {
  it('are one object for records of one template, in every chunk and file', () => {
    const events = Array.from({ length: 300 }, () => ({
      ...sysmon,
      eventId: 17,
      data: pipe,
    }))
    const a = readEvtx(writeEvtx(events, { recordsPerChunk: 50 }))
    const b = readEvtx(writeEvtx(events.slice(0, 3)))
    expect(a.records).toHaveLength(300)
    const shapes = new Set([...a.records, ...b.records].map((r) => r.shape))
    expect(shapes.size).toBe(1)
  })
})

describe('records without a template', () => {
  const raw = (data: EvtxEvent['data']): EvtxEvent => ({
    ...sysmon,
    eventId: 1,
    layout: 'raw',
    ...(data ? { data } : {}),
  })

  it('share a shape where their names are the same, and only there', () => {
    const { records } = readEvtx(
      writeEvtx([
        raw({ A: '1', B: '2' }),
        raw({ A: '3', B: '' }),
        raw({ B: '4', A: '5' }),
        raw({ A: '6', C: '7' }),
      ]),
    )
    expect(records.map((r) => [r.fields.A, r.fields.B])).toEqual([
      ['1', '2'],
      ['3', ''],
      ['5', '4'],
      ['6', undefined],
    ])
    expect(records[0]!.shape).toBe(records[1]!.shape)
    expect(new Set(records.map((r) => r.shape)).size).toBe(3)
  })

  it('have no field of the blanks between their elements', () => {
    const { fields } = readOne({
      ...sysmon,
      eventId: 1,
      document: {
        kind: 'fragment',
        root: element(
          'Event',
          {},
          '\n  ',
          element(
            'EventData',
            {},
            '\n  ',
            element('Data', { Name: 'a' }, ' '),
            '\n',
          ),
        ),
      },
    })
    expect(fields).toEqual({ a: ' ' })
  })

  it('may hold a template among their elements', () => {
    const holding = (value: string): EvtxEvent => ({
      ...sysmon,
      eventId: 1,
      document: {
        kind: 'fragment',
        root: element(
          'Event',
          {},
          element('UserData', {}, element('Before', {}, 'b')),
          {
            kind: 'instance',
            root: element(
              'EventData',
              {},
              element('Data', { Name: 'x' }, slot(0)),
              slot(1),
            ),
            slots: [
              value,
              {
                kind: 'instance',
                root: element('Data', { Name: 'y' }, slot(0)),
                slots: [typed('uint16', 5)],
              },
            ],
          },
          element('UserData', {}, element('After', {}, 'a')),
        ),
      },
    })
    const { records, damages } = readEvtx(
      writeEvtx([holding('one'), holding('two')]),
    )
    expect(damages).toEqual([])
    expect(records.map((r) => r.fields)).toEqual([
      { Before: 'b', x: 'one', y: 5, After: 'a' },
      { Before: 'b', x: 'two', y: 5, After: 'a' },
    ])
    expect(records[0]!.shape).toBe(records[1]!.shape)
  })

  it('may stand in a slot of a template', () => {
    const inner = (name: string): EvtxEvent => ({
      ...sysmon,
      eventId: 1,
      document: {
        kind: 'instance',
        root: element('Event', {}, slot(0)),
        slots: [
          {
            kind: 'fragment',
            root: element('EventData', {}, element(name, {}, `v ${name}`)),
          },
        ],
      },
    })
    const { records } = readEvtx(writeEvtx([inner('a'), inner('b')]))
    expect(records.map((r) => r.fields)).toEqual([{ a: 'v a' }, { b: 'v b' }])
  })
})

describe('blocks', () => {
  const events = Array.from({ length: 400 }, (_, i) => ({
    ...sysmon,
    eventId: 1 + (i % 3),
    recordId: 1000 + i,
    data: { ...pipe, [`k${i % 7}`]: `v${i}`.repeat(20) },
    layout: layouts[i % 4]!,
  }))
  const file = writeEvtx(events, { spareChunks: 1 })
  const whole = readEvtx(file)

  it('of any size give the same records', () => {
    expect(whole.records).toHaveLength(400)
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200_000 }), {
          minLength: 1,
          maxLength: 4,
        }),
        (blocks) => {
          const cut = readEvtx(file, { blocks })
          expect(cut.damages).toEqual([])
          expect(cut.records).toEqual(whole.records)
        },
      ),
      { seed: 1559, numRuns: 20 },
    )
  })

  it('of a range that begins at a chunk give the records of the range', () => {
    const start = 4096 + 65_536
    const first = readEvtx(file.subarray(0, start))
    const second = readEvtx(file.subarray(start), { start })
    expect([...first.records, ...second.records]).toEqual(whole.records)
    expect(second.damages).toEqual([])
  })
})

describe('the format', () => {
  const file = writeEvtx([{ ...sysmon, eventId: 1 }])

  it('knows itself by its magic, not by its name', () => {
    expect(evtx.detect(file, 'x.log')).toBe(3)
    expect(evtx.detect(Buffer.from('{"a":1}'), 'x.evtx')).toBe(0)
    expect(evtx.detect(Buffer.alloc(0), 'x.evtx')).toBe(1)
  })

  it('reads chunks without a file header', () => {
    const chunks = file.subarray(4096)
    expect(evtxChunks.detect(chunks, '')).toBe(3)
    const { records, damages } = readEvtx(chunks, { format: evtxChunks })
    expect(records).toHaveLength(1)
    expect(damages).toEqual([])
  })

  it('says what it is once', () => {
    expect(readEvtx(file).shapes).toEqual(['EVTX'])
  })
})
