import { describe, expect, it } from 'vitest'

import { auditRecords } from '../../../test/tools/carriers.ts'
import { pipeSample, xmlEvent } from '../../../test/tools/json-builders.ts'
import {
  difTable,
  excel2003Table,
  flatOdsTable,
  odsTable,
  sylkTable,
  type Table,
  xlsbTable,
  xlsTable,
  xlsxTable,
} from '../../../test/documents/sheets.ts'
import { readWith } from '../../../test/tools/read-source.ts'
import { formats } from '../index.ts'

/** What a workbook gives beside the items of the document. */
async function eventsOf(bytes: Buffer) {
  const events: { readonly [field: string]: unknown }[] = []
  const damages: string[] = []
  await readWith(formats, bytes, {
    record: (record) => {
      const { provenance, shape } = record
      if (provenance.family === 'document') return
      const named = shape.names.map((name, i) => [name, record.value(i)])
      events.push(Object.fromEntries(named))
    },
    skipped: () => {},
    damaged: (d) => damages.push(d.message),
    unknownShape: () => {},
    shapeSeen: () => {},
  })
  expect(damages).toEqual([])
  return events
}

// 2026-01-02 03:04:05.250
const day = 46_024.127838541666
const heading = ['TimeCreated', 'EventID', 'Channel', 'Computer', 'CommandLine']
const sysmon = 'Microsoft-Windows-Sysmon/Operational'
const rows: Table = [
  heading,
  [{ day }, 1, sysmon, 'ws7', 'a "b", c; d'],
  [{ day }, 5, sysmon, 'ws7', undefined],
]
const texts = (table: Table): Table =>
  table.map((row) => row.map((c) => (typeof c === 'number' ? String(c) : c)))

const writers = [
  ['xlsx', xlsxTable],
  ['xlsb', xlsbTable],
  ['xls', xlsTable],
  ['ods', odsTable],
  ['a flat ods', flatOdsTable],
  ['XML of 2003', excel2003Table],
  ['SYLK', sylkTable],
  ['DIF', difTable],
] as const

describe.each(writers)('a sheet of %s', (_, write) => {
  it('whose rows are events gives them, days as times', async () => {
    const events = await eventsOf(write(rows))
    expect(events).toMatchObject([
      { EventID: '1', Computer: 'ws7', CommandLine: 'a "b", c; d' },
      { EventID: '5', Computer: 'ws7' },
    ])
    for (const { TimeCreated } of events) {
      expect(TimeCreated).toMatch(/^2026-01-02[ T]03:04:05\.250$/)
    }
    expect(events[1]).not.toHaveProperty('CommandLine')
  })

  it('may have a title and empty columns around them', async () => {
    const titled: Table = [
      ['Suspicious starts'],
      ...rows.map((row, i) => [i === 0 ? undefined : i, ...row]),
    ]
    expect(await eventsOf(write(titled))).toMatchObject([
      { EventID: '1' },
      { EventID: '5' },
    ])
  })

  it('may name its columns again and again', async () => {
    const [first, second] = rows.slice(1)
    const printed: Table = [heading, first!, heading, second!]
    expect(await eventsOf(write(printed))).toMatchObject([
      { EventID: '1' },
      { EventID: '5' },
    ])
  })

  it('may have the names in a column, and an event in each of the others', async () => {
    const down: Table = heading.map((name, i) => [
      name,
      rows[1]![i],
      rows[2]![i],
    ])
    expect(await eventsOf(write(down))).toMatchObject([
      { EventID: '1', Computer: 'ws7', CommandLine: 'a "b", c; d' },
      { EventID: '5', Computer: 'ws7' },
    ])
  })

  it('may have a name and its value in each row, event below event', async () => {
    const pairs = rows
      .slice(1)
      .flatMap((row) => heading.map((name, i): Table[number] => [name, row[i]]))
    expect(await eventsOf(write([['Case 7'], ...pairs]))).toMatchObject([
      { EventID: '1', CommandLine: 'a "b", c; d' },
      { EventID: '5', Channel: sysmon },
    ])
  })

  it('of other things gives none', async () => {
    const cities: Table = [
      ['city', 'people', 'since'],
      ['Bern', 130_000, { day }],
      ['Basel', 170_000, { day }],
    ]
    expect(await eventsOf(write(cities))).toEqual([])
  })

  it('gives rows far below its beginning', async () => {
    const many = Array.from({ length: 300 }, (_, i): Table[number] => [
      { day },
      5,
      sysmon,
      'ws7',
      `p${i}.exe`,
    ])
    const events = await eventsOf(write([heading, ...many]))
    expect(events).toHaveLength(300)
    expect(events.at(-1)).toMatchObject({ CommandLine: 'p299.exe' })
  })
})

describe('a sheet of one column', () => {
  it.each([
    ['audit lines', auditRecords.map((r) => [r]), 'SYSCALL'],
    ['event XML', [['Event'], [xmlEvent(pipeSample)]], 'Channel'],
  ])('with %s gives their events', async (_, table) => {
    expect(await eventsOf(xlsxTable(table))).toHaveLength(1)
  })
})

it.each([
  ['xlsx', xlsxTable],
  ['xlsb', xlsbTable],
  ['xls', xlsTable],
] as const)(
  'a day and its clock in two columns of %s are one time',
  async (_, write) => {
    const [date, clock] = [Math.floor(day), day - Math.floor(day)]
    const table: Table = [
      ['Date', 'Time', 'EventID', 'Channel', 'Computer', 'Image'],
      [{ day: date }, { day: clock }, 1, sysmon, 'ws7', 'C:\\a.exe'],
    ]
    expect(await eventsOf(write(table))).toMatchObject([
      { Time: expect.stringMatching(/^03:04:05\.2[45]\d$/) as unknown },
    ])
  },
)

describe('the message of an event', () => {
  it('in a cell tells its data; its line breaks are written by number or as they are', async () => {
    const message =
      'Process Create:_x000D_\nUtcTime: 2026-01-02 03:04:05.250_x000D_\nProcessId: 77_x000D_\nImage: C:\\a.exe_x000D_\nCommandLine: a.exe -x'
    const table: Table = [
      ['TimeCreated', 'Id', 'ProviderName', 'Message'],
      [{ day }, 1, 'Microsoft-Windows-Sysmon', message],
    ]
    expect(await eventsOf(xlsxTable(table))).toMatchObject([
      { ProcessId: '77', Image: 'C:\\a.exe', CommandLine: 'a.exe -x' },
    ])
    const plain = texts(table).map((row) =>
      row.map((c) => (typeof c === 'string' ? c.replaceAll('_x000D_', '') : c)),
    )
    expect(await eventsOf(odsTable(plain))).toMatchObject([
      { ProcessId: '77', CommandLine: 'a.exe -x' },
    ])
  })
})
