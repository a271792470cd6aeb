import { describe, expect, it } from 'vitest'

import {
  auditRecords,
  auditShapes,
  windowsShapes,
} from '../../../test/tools/carriers.ts'
import { collect } from '../../../test/tools/collect.ts'
import { pipeSample, xmlEvent } from '../../../test/tools/json-builders.ts'
import { recogniseFormat } from '../index.ts'
import { jsonl } from '../jsonl/index.ts'
import { readEventData } from './event-data.ts'

const lines = (objects: readonly unknown[]) =>
  objects.map((o) => `${JSON.stringify(o)}\n`).join('')

describe('a Windows event', () => {
  it.each(Object.entries(windowsShapes(pipeSample)))(
    'is read as %s',
    (_, object) => {
      for (const text of [lines([object]), JSON.stringify(object, null, 2)]) {
        const got = collect(jsonl, text)
        expect(got.damages).toEqual([])
        expect(got.records).toHaveLength(1)
        const [record] = got.records
        expect(record!.provenance).toMatchObject({
          family: 'windows',
          provider: 'Microsoft-Windows-Sysmon',
          channel: 'Microsoft-Windows-Sysmon/Operational',
          id: '17',
        })
        expect(record!.fields).toMatchObject({
          EventID: expect.toSatisfy((id) => String(id) === '17'),
          Computer: 'ws1.example.test',
          UtcTime: '2026-03-04 10:20:30.120',
          ProcessId: '5120',
          PipeName: '\\example_4f',
          Image: 'C:\\Tools\\serve.exe',
          User: 'EXAMPLE\\ana',
        })
      }
    },
  )

  const twice =
    '{"EventID":17,"Provider_Name":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","PipeName":"\\\\a","PipeName":"\\\\b"}'

  it.each([
    ['a line', `${twice}\n`],
    ['text in a member', lines([{ host: 'h', message: twice }])],
    ['text behind a header', lines([{ message: `Jan  1 h app: ${twice}` }])],
    ['text in a list', lines([{ records: [{ a: 1, body: twice }] }])],
    [
      'a column for data',
      lines([
        {
          ...{ TenantId: 't', TimeGenerated: '2026-01-02T03:04:05Z' },
          ...{ Type: 'WindowsEvent', EventID: 17, Channel: 'C', Provider: 'P' },
          EventData: '{"PipeName":"\\\\a","PipeName":"\\\\b"}',
        },
      ]),
    ],
    [
      'an element for data',
      lines([
        {
          ...{ EventID: 17, Channel: 'C', ProviderName: 'P' },
          EventData: '{"PipeName":"\\\\a","PipeName":"\\\\b"}',
        },
      ]),
    ],
  ])('keeps both values of a name that stands twice in %s', (_, text) => {
    const { records, damages } = collect(jsonl, text)
    expect(records.map((r) => r.fields.PipeName)).toEqual([['\\a', '\\b']])
    expect(damages).toEqual([])
  })

  it('in text with more names than any has is read from its beginning, and that is said', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`)
    const message = `${twice.slice(0, -1)},${many.join()}}`
    const { records, damages } = collect(jsonl, lines([{ message }]))
    expect(records[0]!.fields.PipeName).toEqual(['\\a', '\\b'])
    expect(damages.map((d) => d.message)).toEqual([
      'JSON in text: it holds more than 16384 names in one object; the first 16383 members kept',
    ])
  })

  it('keeps the fields of its carrier beside', () => {
    const carrier = {
      Tag: 'win',
      source: { file: 'a' },
      Image: 'x',
      xml: xmlEvent(pipeSample),
    }
    const { records } = collect(jsonl, lines([carrier]))
    expect(records[0]!.fields).toMatchObject({
      Image: 'C:\\Tools\\serve.exe',
      'Image.2': 'x',
      Tag: 'win',
      'source.file': 'a',
    })
    expect(records[0]!.fields.xml).toBeUndefined()
  })

  it('is one of several in a text, or in a list with others', () => {
    const two = xmlEvent(pipeSample) + xmlEvent({ ...pipeSample, eventId: 18 })
    const { records } = collect(
      jsonl,
      lines([{ x: two }, { items: [{ message: two }, { other: 1 }] }]),
    )
    expect(records.map((r) => r.fields.EventID ?? r.fields.other)).toEqual([
      17, 18, 17, 18, 1,
    ])
  })

  it('is a row of a table by its number, and one of lists of values', () => {
    const row = { EventID: 17, Channel: 'C', PipeName: '\\a' }
    const columns = {
      EventID: [17, 18],
      Channel: ['C', 'C'],
      PipeName: ['a', 'b'],
    }
    const { records } = collect(jsonl, lines([{ 0: row, 1: row }, columns]))
    expect(records.map((r) => [r.fields.EventID, r.fields.PipeName])).toEqual([
      [17, '\\a'],
      [17, '\\a'],
      [17, 'a'],
      [18, 'b'],
    ])
  })

  it('does not hide in what an attacker writes into a field of another', () => {
    const event = {
      product: 'windows',
      category: 'process_creation',
      CommandLine: xmlEvent(pipeSample),
    }
    const { records } = collect(jsonl, lines([event]))
    expect(records[0]!.provenance.family).toBe('hints')
    expect(records[0]!.fields).toEqual(event)
  })

  it('has a number where the tool states an id that is none', () => {
    const object = { eventID: '7f0c-11', eventSource: 'kms', providerName: 'x' }
    const { records } = collect(jsonl, lines([object]))
    expect(records[0]!.provenance.family).toBe('unknown')
  })
})

describe('what only looks like another shape is left as it is', () => {
  const flat = { product: 'windows', Image: 'C:\\a.exe' }

  it.each([
    ['one member with the name of a type', { Details: { S: 'a' } }],
    [
      'a type beside other members',
      { a: { S: 'x', n: 1 }, b: { N: '1', c: 2 } },
    ],
    [
      'values of other types than the names say',
      { a: { S: 1 }, b: { N: 'x' } },
    ],
    ['some members that name types', { a: { S: 'x' }, b: { N: '1' }, c: 'd' }],
    ['one value of protobuf', { Details: { stringValue: 'a' } }],
    ['one union of Avro', { Details: { string: 'a' } }],
    ['counters of bytes', { source: { bytes: 1 }, destination: { bytes: 2 } }],
    ['a value with its type among others', { r: { type: 'x', value: 'y' } }],
    [
      'pairs',
      {
        pairs: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
    ],
    ['a number beside an object', { at: [1767323045, { x: 1 }] }],
    ['text in quotes', { CommandLine: '"{1}" "[x]"' }],
    ['text with escaped quotes', { CommandLine: 'echo {\\"a\\":1}' }],
    ['a quoted string of JSON that is no event', { m: '"{\\"a\\":1}"' }],
  ])('%s', (_, members) => {
    const { records, damages } = collect(
      jsonl,
      lines([{ ...flat, ...members }]),
    )
    expect(damages).toEqual([])
    expect(records).toHaveLength(1)
    expect(records[0]!.provenance.family).toBe('hints')
    const unchanged = collect(jsonl, lines([{ ...flat, q: 1 }])).records[0]!
    expect(records[0]!.fields).toMatchObject({ Image: unchanged.fields.Image })
    const names = Object.keys(records[0]!.fields).slice(2)
    for (const [name, value] of Object.entries(members)) {
      const isScalar = typeof value !== 'object' || Array.isArray(value)
      expect(names).toContainEqual(
        isScalar ? name : expect.stringMatching(new RegExp(`^${name}\\.`)),
      )
    }
  })

  it.each([
    [
      'lists of numbers',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['a list of numbers', [1, 2, 3]],
    ['lists of unequal length', [['a', 'b'], [1]]],
  ])('%s are no events, which is said', (_, list) => {
    const { records, damages } = collect(jsonl, lines([list]))
    expect(records).toEqual([])
    expect(damages.length).toBeGreaterThan(0)
  })

  it('a script that begins with brackets', () => {
    for (const text of ['[[ "$1" = x ]] && echo {}\n', '[["a b"]]\nc = 1\n']) {
      expect(recogniseFormat(Buffer.from(text), 'x')?.name).not.toBe('jsonl')
    }
  })
})

describe('lists a line each', () => {
  const columns = ['EventID', 'Channel', 'Computer', 'PipeName']
  const row = (n: number) => [17, 'C', `ws${n}`, '\\\\a']

  it('are rows below the first, which names the columns', () => {
    const text = lines([columns, row(1), row(2)])
    expect(recogniseFormat(Buffer.from(text), 'x')?.name).toBe('jsonl')
    for (const blocks of [[text.length], [5]]) {
      const { records, damages } = collect(jsonl, text, { blocks })
      expect(damages).toEqual([])
      expect(records.map((r) => [r.number, r.fields.Computer])).toEqual([
        [2, 'ws1'],
        [3, 'ws2'],
      ])
    }
  })

  it('have the time, the tag and the metadata of what was forwarded', () => {
    const time = 1_767_323_045.5
    const record = { product: 'linux', Image: '/bin/a' }
    const { records, damages } = collect(
      jsonl,
      lines([
        ['in', [[time, record]]],
        [[time, { zone: 'z' }], record],
      ]),
    )
    expect(damages).toEqual([])
    expect(records.map((r) => r.fields)).toEqual([
      { ...record, time: '2026-01-02T03:04:05.500Z', tag: 'in' },
      { ...record, time: '2026-01-02T03:04:05.500Z', zone: 'z' },
    ])
  })

  it('that name columns and have no rows are said', () => {
    const { records, damages } = collect(jsonl, lines([columns]))
    expect(records).toEqual([])
    expect(damages).toMatchObject(columns.map(() => ({ lost: 1 })))
  })
})

describe('a line that is a string of JSON', () => {
  it('holds events beside lines that are objects', () => {
    const event = { product: 'linux', Image: '/bin/"a"' }
    const text = JSON.stringify(event)
    const twice = JSON.stringify(text)
    const all = [text, twice, JSON.stringify(twice), twice.slice(1, -1)]
    const { records, damages } = collect(jsonl, `${all.join('\n')}\n`)
    expect(damages).toEqual([])
    expect(records.map((r) => r.fields)).toEqual(all.map(() => event))
  })

  it('is opened to a bounded depth', () => {
    let text = JSON.stringify({ product: 'linux', Image: '/bin/a' })
    for (let n = 0; n < 8; n++) text = JSON.stringify(text)
    const { records, damages } = collect(jsonl, `${text}\n`)
    expect(records).toEqual([])
    expect(damages).toMatchObject([{ lost: 1 }])
  })

  it('of event XML has single backslashes', () => {
    const text = lines([xmlEvent(pipeSample)])
    expect(recogniseFormat(Buffer.from(text), 'x')?.name).toBe('jsonl')
    const { records } = collect(jsonl, text)
    expect(records[0]!.fields.PipeName).toBe('\\example_4f')
  })
})

describe('an audit event', () => {
  it.each(Object.entries(auditShapes()))(
    'is joined across what carries it: %s',
    (_, objects) => {
      const got = collect(jsonl, lines(objects))
      expect(got.damages).toEqual([])
      expect(got.records).toHaveLength(1)
      const { fields, provenance } = got.records[0]!
      expect(provenance).toMatchObject({
        family: 'linux-audit',
        id: 'SYSCALL+EXECVE',
      })
      expect(fields).toMatchObject({
        exe: '/usr/bin/tar',
        argv: ['tar', '-c'],
        serial: 7,
      })
      const isTold = JSON.stringify(objects).includes('web1')
      expect(fields.node).toBe(isTold ? 'web1' : undefined)
    },
  )

  it('of another host is another', () => {
    const { records } = collect(
      jsonl,
      lines(
        ['web1', 'web2'].map((host) => ({ host, message: auditRecords[0] })),
      ),
    )
    expect(records.map((r) => r.fields.node)).toEqual(['web1', 'web2'])
  })

  it('keeps the fields of its carrier beside', () => {
    const { records } = collect(
      jsonl,
      lines([
        { log: auditRecords[0], kubernetes: { pod: 'p' }, stream: 'stdout' },
      ]),
    )
    expect(records[0]!.fields).toMatchObject({
      'kubernetes.pod': 'p',
      stream: 'stdout',
    })
  })
})

describe('event data', () => {
  const fields = (value: unknown) => readEventData(value).fields

  it('without names are numbered', () => {
    const expected = { Data: 'a\nb', param1: 'a', param2: 'b' }
    expect(fields({ Data: ['a', 'b'] })).toEqual(expected)
    expect(fields({ Data: { '#text': ['a', 'b'] } })).toEqual(expected)
    expect(fields('<Data>a</Data><Data>b</Data>')).toEqual(expected)
  })

  it('of one element are no list', () => {
    expect(fields({ Data: { '@Name': 'Image', '#text': 'C:\\a' } })).toEqual({
      Image: 'C:\\a',
    })
    expect(fields({ Data: { '@Name': 'Image' } })).toEqual({ Image: '' })
  })

  it('of a user stand below an element that only wraps them', () => {
    const data = { EventXML: { '@xmlns': 'x', Param1: 'a', Param2: 'b' } }
    expect(fields({ UserData: data })).toEqual({ Param1: 'a', Param2: 'b' })
  })

  it('keep single backslashes where any is single', () => {
    expect(fields({ image: 'C:\\\\a', pipeName: '\\b' })).toEqual({
      Image: 'C:\\\\a',
      PipeName: '\\b',
    })
  })
})
