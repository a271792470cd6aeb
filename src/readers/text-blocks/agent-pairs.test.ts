import { describe, expect, it } from 'vitest'

import { collect } from '../../../test/tools/collect.ts'
import { recogniseFormat } from '../index.ts'
import { jsonl } from '../jsonl/index.ts'
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

describe('who acts, as CEF itself names it', () => {
  const of = (head: string, extension: string) =>
    read(
      `<13>Mar  4 10:20:30 ws7 CEF:0|Microsoft|${head}|x|Low|${extension}\n`,
      'cef',
    )[0]

  it('is the image of an event of Sysmon, not who wrote it', () => {
    const own =
      'externalId=17 cat=Microsoft-Windows-Sysmon/Operational deviceProcessName=C:\\\\a.exe cs1Label=PipeName cs1=\\\\p'
    expect(of('Microsoft-Windows-Sysmon|1|17', own)).toMatchObject({
      Provider_Name: 'Microsoft-Windows-Sysmon',
      Image: 'C:\\a.exe',
      PipeName: '\\p',
    })
  })

  it('is the parent of a start', () => {
    const own = 'sproc=C:\\\\b.exe dproc=C:\\\\a.exe suser=EX\\\\ana'
    expect(of('Sysmon||Microsoft-Windows-Sysmon:1', own)).toMatchObject({
      Image: 'C:\\a.exe',
      ParentImage: 'C:\\b.exe',
      User: 'EX\\ana',
    })
  })

  it.each([
    [
      'Microsoft-Windows-Sysmon:1',
      'dproc=C:\\\\a.exe dpid=77 spid=12 fileHash=SHA256=aa',
      { ProcessId: '77', ParentProcessId: '12', Hashes: 'SHA256=aa' },
    ],
    [
      'Microsoft-Windows-Sysmon:3',
      'dvchost=ws1 src=10.0.0.5 spt=50100 dst=192.0.2.7 dpt=443 proto=tcp dhost=x.example',
      {
        Computer: 'ws1',
        SourceIp: '10.0.0.5',
        DestinationIp: '192.0.2.7',
        DestinationPort: '443',
        DestinationHostname: 'x.example',
        Protocol: 'tcp',
      },
    ],
    [
      'Microsoft-Windows-Sysmon:7',
      'sproc=C:\\\\a.exe filePath=C:\\\\b.dll',
      { Image: 'C:\\a.exe', ImageLoaded: 'C:\\b.dll' },
    ],
    [
      'Microsoft-Windows-Sysmon:10',
      'sproc=C:\\\\a.exe spid=77 dproc=C:\\\\b.exe dpid=12',
      { SourceProcessId: '77', TargetProcessId: '12' },
    ],
    [
      'Microsoft-Windows-Sysmon:11',
      'sproc=C:\\\\a.exe filePath=C:\\\\x',
      { TargetFilename: 'C:\\x' },
    ],
    [
      'Microsoft-Windows-Security-Auditing:4624',
      'src=10.0.0.5 duser=ana suser=-',
      { IpAddress: '10.0.0.5', TargetUserName: 'ana' },
    ],
  ])('has the names of the event: %s', (id, own, fields) => {
    expect(of(`Microsoft Windows||${id}`, own)).toMatchObject(fields)
  })

  it('leaves the provider that the connector names', () => {
    const own =
      'externalId=7045 deviceProcessName=Service Control Manager cat=System'
    expect(of('Microsoft Windows||7045', own)).toMatchObject({
      Provider_Name: 'Service Control Manager',
    })
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

describe('pairs without quotes', () => {
  const names = [
    'TimeCreated=2026-03-04T10:20:30.125Z',
    'Computer=ws7',
    'SourceName=Microsoft-Windows-Sysmon',
    'EventID=1',
    `Image=${start.Image}`,
    'Hashes=MD5=00AA,SHA256=11BB',
    `CommandLine=${start.CommandLine} Shade=2 where Name='a'`,
    'Site=b c',
    'ParentImage=C:\\Windows\\explorer.exe',
  ]

  it.each([[' '], ['\t'], [', '], ['; '], [' | '], ['|']])(
    'have values with blanks between "%s"',
    (separator) => {
      const [fields] = read(`${names.join(separator)}\n`, 'key-value')
      expect(fields).toMatchObject({
        ...start,
        CommandLine: expect.stringContaining(`Shade=2 where Name='a'`),
        Hashes: 'MD5=00AA,SHA256=11BB',
        ParentImage: 'C:\\Windows\\explorer.exe',
      })
    },
  )

  it('are kept apart at any name where no person wrote the value before', () => {
    const own = ['EventID=1', ...names.slice(0, 3), 'Site=b c', 'Floor=2']
    expect(read(`${own.join(' ')}\n`, 'key-value')).toMatchObject([
      { Site: 'b c', Floor: '2' },
    ])
  })

  it('may have the names that Splunk gives to the header', () => {
    const own = [
      'EventCode=1',
      'LogName=Microsoft-Windows-Sysmon/Operational',
      ...names.filter((n) => !/^(?:EventID|SourceName)=/.test(n)),
    ]
    const line = own.join(' ')
    const told = { EventID: 1, Image: start.Image }
    expect(read(`${line}\n`, 'key-value')).toMatchObject([told])
    const carried = `${JSON.stringify({ _raw: line, sourcetype: 'x' })}\n`
    const { records } = collect(jsonl, carried)
    expect(records.map((r) => r.fields)).toMatchObject([told])
  })

  it('of an event whose writer is not named are told by their names', () => {
    const own = names.filter((n) => !n.startsWith('SourceName'))
    expect(read(`${own.join('\t')}\n`, 'key-value')).toMatchObject([
      { Provider_Name: start.Provider_Name, Image: start.Image },
    ])
  })
})

describe('the writer of an event that LEEF does not name', () => {
  const line = (product: string, id: number, ...pairs: string[]) =>
    `<13>Mar  4 10:20:30 ws7 LEEF:1.0|Microsoft|${product}|10|${id}|${pairs.join('\t')}\n`

  it.each([
    ['Windows', 4688, 'NewProcessName=C:\\a.exe', 'Security-Auditing'],
    ['Windows', 7045, 'ServiceName=a\tImagePath=b.exe', 'Service Control'],
    ['Sysmon', 17, 'PipeName=\\a', 'Sysmon'],
    ['Windows', 1, 'logSource=Sysmon\tImage=C:\\a.exe', 'Sysmon'],
    ['Windows', 4104, 'devType=PowerShell\tScriptBlockText=a', 'PowerShell'],
    [
      'Anything',
      5145,
      'SubjectUserName=ana\tShareName=\\\\*\\IPC$',
      'Security',
    ],
  ])(
    'is told by product, id and names: %s %i %s',
    (product, id, pairs, name) => {
      const [fields] = read(
        line(product, id, 'devTime=2026-03-04T10:20:30Z', pairs),
        'wincollect',
      )
      expect(fields!.Provider_Name).toContain(name)
      expect(fields!.Computer).toBe('ws7')
    },
  )

  it('stays unsaid where only the log is named', () => {
    const text = line('Windows', 9, 'devType=WinSystem', 'a=b')
    const [fields] = read(text, 'wincollect')
    expect(fields).toMatchObject({ Channel: 'System' })
    expect(fields).not.toHaveProperty('Provider_Name')
  })
})

describe('a name within a command line of CEF', () => {
  const line = (own: string) =>
    `CEF:0|Microsoft|Sysmon||Microsoft-Windows-Sysmon:1|start|Low|dvchost=ws7 ${own} ParentImage=C:\\b.exe\n`

  it.each([
    ["wmic process where Name='a' get b"],
    ['sc create a binPath= b type= own start= auto'],
    ['a.exe Kind=1 Color=2'],
  ])('belongs to it: %s', (command) => {
    expect(read(line(`CommandLine=${command}`), 'cef')).toMatchObject([
      { CommandLine: command, ParentImage: 'C:\\b.exe' },
    ])
  })

  it('begins another value where the writer escapes those that do not', () => {
    const own = 'CommandLine=a.exe b\\=1 Kind=1'
    expect(read(line(own), 'cef')).toMatchObject([
      { CommandLine: 'a.exe b=1', Kind: '1' },
    ])
  })
})
