import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { formatTime } from '../../base/time.ts'

import { notesOf } from './source-account.ts'
import { SourceReading } from './source-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'dates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const head = 'TimeCreated,Id,LogName,MachineName,ProviderName,Message'
const row = (time: string, message = 'x') =>
  `${time},7045,System,ws7,Service Control Manager,${message}`

/** The days of what is read of a table with these rows, and what is said of it. */
async function read(rows: readonly string[], padding = '') {
  const path = join(folder, 'x.csv')
  const text = `${[head, ...rows].join('\n')}\n${padding}`
  writeFileSync(path, text)
  const days: (string | undefined)[] = []
  const reading = new SourceReading({
    event: (event) => {
      const time = event.time()
      days.push(time === undefined ? undefined : formatTime(time).slice(0, 10))
    },
  })
  const report = await reading.run({ path, display: path, bytes: text.length })
  return { days, notes: report.sources.flatMap((s) => [...notesOf(s)]) }
}

describe('dates of numbers', () => {
  it.each([
    ['19/01/2019 12:57:09', ['2019-05-12', '2019-01-19']],
    ['01/19/2019 12:57:09 PM', ['2019-12-05', '2019-01-19']],
  ])('are read in the order that one of them tells: %s', async (told, days) => {
    expect(await read([row('12/05/2019 12:52:43'), row(told)])).toEqual({
      days,
      notes: [],
    })
  })

  it('begin with the day that others beside them name by year first', async () => {
    const given = [row('12/05/2019 12:52:43', 'UtcTime: 2019-05-12 10:52:43.1')]
    expect(await read(given)).toEqual({ days: ['2019-05-12'], notes: [] })
  })

  it.each([
    ['12/05/2019 12:52:43', '2019-12-05', 'month'],
    ['12-5-2019 12:52:43', '2019-05-12', 'day'],
  ])(
    'are said to be assumed where nothing tells: %s',
    async (date, day, first) => {
      const { days, notes } = await read([row(date)])
      expect(days).toEqual([day])
      expect(notes).toEqual([expect.stringContaining(`the ${first} was taken`)])
    },
  )

  it.each(['19-1-2019 12:57:09', '19.1.2019 12:57', '19/01/2019 12.57.09'])(
    'are read with what parts them: %s',
    async (date) => {
      expect((await read([row(date)])).days).toEqual(['2019-01-19'])
    },
  )

  it('of a large file are told by what stands far down in it', async () => {
    const many = Array.from({ length: 4000 }, () => row('05/06/2019 10:00:00'))
    const { days, notes } = await read([
      ...many,
      ...Array.from({ length: 400 }, () => row('25/06/2019 10:00:00')),
    ])
    expect(new Set(days)).toEqual(new Set(['2019-06-05', '2019-06-25']))
    expect(notes).toEqual([])
  })
})
