import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { recogniseFormat } from '../index.ts'
import { textBlocks } from './index.ts'

function read(text: string, name: string) {
  expect(recogniseFormat(Buffer.from(text), 'x.txt')?.name).toBe(name)
  const read = collect(textBlocks.find((f) => f.name === name)!, text)
  expect(read.damages).toEqual([])
  return read.records.map((r) => r.fields)
}

const start = {
  EventID: 1,
  Provider_Name: 'Microsoft-Windows-Sysmon',
  Computer: 'ws7',
  Image: 'C:\\My Tools\\a b.exe',
  CommandLine: '"a b.exe" --kind=x > \\\\.\\pipe\\q',
}

describe('pairs of CEF', () => {
  const line = (extension: string) =>
    `<134>Mar  4 10:20:30 ws7 CEF:0|Microsoft|Sysmon||Microsoft-Windows-Sysmon:1|start|Low|externalId=1 dvchost=ws7 ${extension}\n`

  it('have additional data under its own names, and what is escaped undone', () => {
    const own =
      'ad.Image=C:\\\\My Tools\\\\a b.exe ad.CommandLine="a b.exe" --kind\\=x > \\\\\\\\.\\\\pipe\\\\q ad.User=ws7\\\\ana'
    expect(read(line(own), 'cef')).toMatchObject([
      { ...start, User: 'ws7\\ana' },
    ])
  })

  it('end at a name, which no option of a command line is', () => {
    const own = 'ad.CommandLine=a.exe --type=b -c=d ad.a-b[0]=e'
    expect(read(line(own), 'cef')).toMatchObject([
      { CommandLine: 'a.exe --type=b -c=d', 'a-b[0]': 'e' },
    ])
  })

  it('of which one is empty leave the next whole', () => {
    const own = 'deviceProcessName= ad.Image=C:\\\\a.exe cs1Label=Rule cs1='
    const [fields] = read(line(own), 'cef')
    expect(fields).toMatchObject({
      Provider_Name: start.Provider_Name,
      Image: 'C:\\a.exe',
    })
    expect(fields).not.toHaveProperty('Rule')
  })
})

describe('pairs of LEEF', () => {
  const pairs = [
    'devTime=2026-03-04T10:20:30.125Z',
    'computer=ws7',
    'Channel=Microsoft-Windows-Sysmon/Operational',
    'EventID=1',
    'RuleName=',
    `Image=${start.Image}`,
    `CommandLine=${start.CommandLine}`,
  ]

  it.each([
    ['1.0', '', '\t'],
    ['1.0', '', '#011'],
    ['2.0', '', '\t'],
    ['2.0', '|', '\t'],
    ['2.0', '^|', '^'],
    ['2.0', 'x09|', '\t'],
    ['2.0', '0x09|', '\t'],
    ['2.0', 'x7c|', '|'],
  ])(
    'of version %s with the delimiter "%s" are whole',
    (version, told, separator) => {
      const head = `LEEF:${version}|Microsoft|Sysmon|10|1|${told}`
      const text = `${head}${pairs.join(separator)}\n`
      for (const prefix of ['', '<13>Mar  4 10:20:30 ws7 '])
        expect(read(prefix + text, 'wincollect')).toMatchObject([start])
    },
  )
})
