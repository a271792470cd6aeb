// One process start in the texts of many tools: for tests. The forms are from the tools' own documentation; all values are made
// up.
import { xmlEvent, type WindowsSample } from './json-builders.ts'

export const startSample: WindowsSample = {
  provider: 'Microsoft-Windows-Security-Auditing',
  guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
  channel: 'Security',
  eventId: 4688,
  recordId: 77,
  computer: 'ws1',
  time: '2026-03-04T10:20:30.125Z',
  userSid: '',
  processId: 4,
  threadId: 8,
  data: {
    NewProcessName: 'C:\\t\\probe.exe',
    CommandLine: 'probe.exe -x',
    SubjectUserName: 'ana',
  },
}

/** The values of the event in the order in which Windows keeps them, without their names. */
export const startStrings = [
  'S-1-5-18',
  'ana',
  'CORP',
  '0x3e7',
  '0x384',
  'C:\\t\\probe.exe',
  '%%1936',
  '0x1f4',
  'probe.exe -x',
  'S-1-0-0',
  '-',
  '-',
  '0x0',
  'C:\\Windows\\explorer.exe',
  'S-1-16-16384',
]

const message =
  'A new process has been created.\n\nCreator Subject:\n\tSecurity ID:\t\tS-1-5-18\n\tAccount Name:\t\tana\n\nProcess Information:\n\tNew Process ID:\t\t0x384\n\tNew Process Name:\tC:\\t\\probe.exe\n\tProcess Command Line:\tprobe.exe -x\n'
const inOneLine = message.replaceAll('\n', '  ').replaceAll('\t', ' ')

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const event = xmlEvent(startSample)

const rubydebug = `{
    "@timestamp" => 2026-03-04T10:20:30.125Z,
      "@version" => "1",
        "winlog" => {
               "channel" => "Security",
              "event_id" => 4688,
         "provider_name" => "Microsoft-Windows-Security-Auditing",
         "computer_name" => "ws1",
            "event_data" => {
            "NewProcessName" => "C:\\\\t\\\\probe.exe",
               "CommandLine" => "probe.exe -x",
           "SubjectUserName" => "ana"
        },
              "keywords" => []
    },
          "tags" => [
        [0] "beats_input",
        [1] nil
    ]
}
`

const splunkResult = (fields: string) =>
  `\t<result offset='0'>\n\t\t<field k='_time'>\n\t\t\t<value><text>2026-03-04T10:20:30.125+00:00</text></value>\n\t\t</field>\n\t\t<field k='host'>\n\t\t\t<value h='1'><text>ws1</text></value>\n\t\t</field>\n${fields}\t</result>\n`
const splunk = (fields: string) =>
  `<?xml version='1.0' encoding='UTF-8'?>\n<results preview='0'>\n<meta>\n<fieldOrder>\n<field>_raw</field>\n</fieldOrder>\n</meta>\n${splunkResult(fields)}${splunkResult(fields)}</results>\n`
const classic = `03/04/2026 10:20:30 AM\nLogName=Security\nSourceName=Microsoft Windows security auditing.\nEventCode=4688\nComputerName=ws1\nRecordNumber=77\nMessage=${message}`

const telegrafTags =
  'Channel=Security,Computer=ws1,EventID=4688,Level=0,Source=Microsoft-Windows-Security-Auditing,TaskText=Process\\ Creation,host=collector'

const twice = (one: string) => one + one

/** The format that takes it, and a text with the event twice. */
const flatStart = {
  EventID: '4688',
  Channel: 'Security',
  Provider: 'Microsoft-Windows-Security-Auditing',
  Computer: 'ws1',
  TimeCreated: '2026-03-04T10:20:30.125Z',
  NewProcessName: 'C:\\t\\probe.exe',
  CommandLine: 'probe.exe -x',
  SubjectUserName: 'ana',
}
const printed = (before: string, behind: string) =>
  Object.entries(flatStart)
    .map(([n, v]) => `${before}${n}${behind}=>"${v}"`)
    .join(', ')
const yaml = (first: string, others: string) =>
  Object.entries(flatStart)
    .map(([n, v], i) => `${i === 0 ? first : others}${n}: '${v}'\n`)
    .join('')
const down = (line: (name: string, value: string) => string) =>
  Object.entries(flatStart)
    .map(([n, v]) => line(n, v))
    .join('')

/** The same in tables that are drawn as text. */
export function drawnTables(): Readonly<Record<string, string>> {
  const names = Object.keys(flatStart)
  const cells = Object.values(flatStart)
  const wide = names.map((n, i) => Math.max(n.length, cells[i]!.length))
  const padded = (row: readonly string[]) =>
    row.map((c, i) => c.padEnd(wide[i]!))
  const dashes = (by: string, more = 2) => wide.map((w) => by.repeat(w + more))
  const bars = (row: readonly string[], bar = '|') =>
    `${bar} ${padded(row).join(` ${bar} `)} ${bar}`
  const box = (by = '-') => `+${dashes(by).join('+')}+`
  const rows = [bars(cells), bars(cells)].join('\n')
  const drawnBox = (l: string, m: string, r: string) =>
    `${l}${dashes('─').join(m)}${r}`
  const drawnRow = bars(cells, '│')
  const marks = `|${names.map(() => '---').join('|')}|`
  return {
    'of Markdown': `# A ticket\n\nSeen on ws1:\n\n|${names.map((n) => `**${n}**`).join('|')}|\n${marks}\n${`|${cells.map((c) => `\`${c}\``).join('|')}|\n`.repeat(2)}\nThanks\n`,
    'of Markdown without bars at the ends': `${names.join(' | ')}\n${names.map(() => ':--').join(' | ')}\n${`${cells.join(' | ')}\n`.repeat(2)}`,
    'in a box': `mysql> select 1;\n${box()}\n${bars(names)}\n${box()}\n${rows}\n${box()}\n2 rows in set (0.01 sec)\n\nmysql> `,
    'in a box with a title': `${'-'.repeat(box().length)}\n|${'Title'.padEnd(box().length - 2)}|\n${box()}\n${bars(names)}\n${box()}\n${rows}\n${box()}\n`,
    'in a drawn box': `${drawnBox('┌', '┬', '┐')}\n${bars(names, '│')}\n${drawnBox('├', '┼', '┤')}\n${drawnRow}\n${drawnRow}\n${drawnBox('└', '┴', '┘')}\n`,
    'in a drawn box with types': `${drawnBox('┌', '┬', '┐')}\n${bars(names, '│')}\n${bars(
      names.map(() => 'varchar'),
      '│',
    )}\n${drawnBox('├', '┼', '┤')}\n${drawnRow}\n${drawnRow}\n${drawnBox('└', '┴', '┘')}\n`,
    'of psql': ` ${padded(names).join(' | ')} \n${dashes('-').join('+')}\n${` ${padded(cells).join(' | ')} \n`.repeat(2)}(2 rows)\n\n`,
    'of Org': `${bars(names)}\n|${dashes('-').join('+')}|\n${rows}\n`,
    'of reStructuredText': `${box()}\n${bars(names)}\n${box('=')}\n${`${bars(cells)}\n${box()}\n`.repeat(2)}`,
    'of a wiki': `||${names.join('||')}||\n${`|${cells.join('|')}|\n`.repeat(2)}`,
    'in columns above dashes': `${padded(names).join('  ')}\n${dashes('-', 0).join('  ')}\n${`${padded(cells).join('  ')}\n`.repeat(2)}`,
  }
}

export const startTexts: Readonly<Record<string, readonly [string, string]>> = {
  "Logstash's rubydebug": ['printed-objects', twice(rubydebug)],
  "Fluent Bit's console": [
    'printed-lines',
    `Fluent Bit v3.0.1\n[2026/03/04 10:20:30] [ info] [engine] started\n${twice(
      `[0] win: [[1772619630.125000000, {}], {${printed('"', '"')}, "Message"=>"first\nsecond "third", fourth", "Data"=>["a", "b "c", d"], "Qualifiers"=>nil}]\n`,
    )}[2026/03/04 10:20:31] [ info] [engine] ended\n`,
  ],
  "Fluent Bit's console in a container, of an earlier version": [
    'printed-lines',
    twice(`bit-1  | [0] win: [1772619630.125000000, {${printed('"', '"')}}]\n`),
  ],
  "Fluentd's console": [
    'printed-lines',
    twice(
      `2026-03-04 10:20:30.125000000 +0000 win: {${printed('"', '"').replaceAll('\\', '\\\\')}}\n`,
    ),
  ],
  "dictionaries of Python behind a log's head": [
    'printed-objects',
    twice(
      `2026-03-04 10:20:30,125 INFO root: {${printed("'", "'").replaceAll('=>"', ": '").replaceAll('"', "'").replaceAll('\\', '\\\\')}}\n`,
    ),
  ],
  'dumps of Perl': [
    'printed-objects',
    twice(
      `$VAR1 = {\n${printed("  '", "'").replaceAll('\\', '\\\\').replaceAll(', ', ',\n')}\n        };\n`,
    ),
  ],
  'maps of Elixir': [
    'printed-objects',
    twice(`%{${printed('"', '"').replaceAll('\\', '\\\\')}}\n`),
  ],
  'items of YAML': ['yaml-records', twice(yaml('- ', '  '))],
  'documents of YAML': ['yaml-records', twice(`---\n${yaml('', '')}`)],
  'hashes of Ruby in a list': [
    'printed-objects',
    `[{${printed(':', '').replaceAll('\\', '\\\\')}},\n {${printed(':', '').replaceAll('\\', '\\\\')}}]\n`,
  ],
  "psql's expanded rows": [
    'records-down',
    `-[ RECORD 1 ]---+---\n${down((n, v) => `${n.padEnd(15)} | ${v}\n`)}message         | a                +\n                | b\n-[ RECORD 2 ]---+---\n${down((n, v) => `${n.padEnd(15)} | ${v}\n`)}`,
  ],
  "MySQL's rows, one column a line": [
    'records-down',
    `mysql> select * from e\\G\n${twice(`${'*'.repeat(27)} 1. row ${'*'.repeat(27)}\n${down((n, v) => `${n.padStart(16)}: ${v}\n`)}         message: a\nImage: b\n`)}2 rows in set (0.00 sec)\n`,
  ],
  "osquery's lines": [
    'line-mode',
    twice(`${down((n, v) => `${n.padStart(16)} = ${v}\n`)}\n`),
  ],
  'dictionaries of Python': [
    'printed-objects',
    twice(
      `{'EventID': 4688, 'Channel': 'Security', 'Provider_Name': 'Microsoft-Windows-Security-Auditing', 'Computer': "ws1", 'TimeCreated': datetime.datetime(2026, 3, 4, 10, 20, 30, 125000), 'NewProcessName': 'C:\\\\t\\\\probe.exe', 'CommandLine': 'probe.exe -x', 'SubjectUserName': u'ana', 'Signed': None}\n`,
    ),
  ],
  "Splunk's results with the event's XML": [
    'splunk-results-xml',
    splunk(
      `\t\t<field k='_raw'><v xml:space='preserve' trunc='0'>${escaped(event).replace('probe', '<sg h="1">probe</sg>')}</v></field>\n`,
    ),
  ],
  "Splunk's results with the event's text": [
    'splunk-results-xml',
    splunk(
      `\t\t<field k='_raw'><v xml:space='preserve' trunc='0'>${escaped(classic)}</v></field>\n`,
    ),
  ],
  "PowerShell's ConvertTo-Xml": [
    'powershell-xml',
    `<?xml version="1.0" encoding="utf-8"?>\n<Objects>\n${twice(`  <Object Type="System.Diagnostics.Eventing.Reader.EventLogRecord">\n    <Property Name="Id" Type="System.Int32">4688</Property>\n    <Property Name="ProviderName" Type="System.String">Microsoft-Windows-Security-Auditing</Property>\n    <Property Name="LogName" Type="System.String">Security</Property>\n    <Property Name="MachineName" Type="System.String">ws1</Property>\n    <Property Name="TimeCreated" Type="System.DateTime">3/4/2026 10:20:30.125 AM</Property>\n    <Property Name="UserId" Type="x" />\n    <Property Name="Message" Type="System.String">${message}</Property>\n  </Object>\n`)}</Objects>\n`,
  ],
  psloglist: [
    'psloglist',
    `Security log on \\\\WS1:\n${twice(`[77] Microsoft-Windows-Security-Auditing\n   Type:     AUDIT SUCCESS\n   Computer: ws1\n   Time:     3/4/2026 10:20:30.125 AM   ID: 4688\n${message}\n`)}`,
  ],
  evtxexport: [
    'evtxexport',
    `evtxexport 1\n\n${twice(`Event number\t\t\t: 77\nWritten time\t\t\t: Mar 04, 2026 10:20:30.125000000 UTC\nEvent level\t\t\t: Information (0)\nComputer name\t\t\t: ws1\nSource name\t\t\t: Microsoft-Windows-Security-Auditing\nEvent identifier\t\t: 0x00001250 (4688)\nNumber of strings\t\t: 15\n${startStrings.map((s, i) => `String: ${i + 1}\t\t\t: ${s}\n`).join('')}\n`)}`,
  ],
  "wmic's list": [
    'wmic-list',
    `\r\n\r\n${twice(`Category=13312\r\nComputerName=ws1\r\nEventCode=4688\r\nEventIdentifier=4688\r\nInsertionStrings={"${startStrings.join('","')}"}\r\nLogfile=Security\r\nMessage=${message.replaceAll('\n', '\r\n')}\r\nRecordNumber=77\r\nSourceName=Microsoft-Windows-Security-Auditing\r\nTimeGenerated=20260304112030.125000+060\r\n\r\n`)}`,
  ],
  "chainsaw's YAML": [
    'event-yaml',
    twice(
      `---\nEvent_attributes:\n  xmlns: x\nEvent:\n  System:\n    Provider_attributes:\n      Name: Microsoft-Windows-Security-Auditing\n    EventID: 4688\n    TimeCreated_attributes:\n      SystemTime: 2026-03-04T10:20:30.125Z\n    EventRecordID: 77\n    Channel: Security\n    Computer: ws1\n  EventData:\n    NewProcessName: C:\\t\\probe.exe\n    CommandLine: "probe.exe -x"\n    SubjectUserName: ana\n`,
    ),
  ],
  WinCollect: [
    'wincollect',
    twice(
      `<13>Mar 04 10:20:30 ws1 AgentDevice=WindowsLog\tAgentLogFile=Security\tPluginVersion=7\tSource=Microsoft-Windows-Security-Auditing\tComputer=ws1\tUser=\tEventID=4688\tEventIDCode=4688\tRecordNumber=77\tTimeGenerated=1772619630.125\tMessage=${inOneLine}\n`,
    ),
  ],
  LEEF: [
    'wincollect',
    twice(
      `<13>Mar 04 10:20:30 ws1 LEEF:1.0|Microsoft|Windows|10|4688|devTime=2026-03-04T10:20:30.125Z\tsev=2\tresource=ws1\tAgentLogFile=Security\tmessage=${inOneLine}\n`,
    ),
  ],
  CEF: [
    'cef',
    twice(
      '<13>Mar  4 10:20:30 conn CEF:0|Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:4688|A new process|Low|externalId=4688 rt=1772619630125 cat=Security dhost=ws1 duser=ana dproc=C:\\\\t\\\\probe.exe cs4=probe.exe -x cs4Label=Process Command Line\n',
    ),
  ],
  "NXLog's pairs": [
    'key-value',
    twice(
      'EventTime="2026-03-04 10:20:30.125" Hostname="ws1" EventID="4688" SourceName="Microsoft-Windows-Security-Auditing" Channel="Security" NewProcessName="C:\\t\\probe.exe" CommandLine="probe.exe -x" SubjectUserName=ana\n',
    ),
  ],
  "InfluxDB's lines": [
    'influx-lines',
    twice(
      `win_eventlog,${telegrafTags} Data_NewProcessName="C:\\\\t\\\\probe.exe",Data_CommandLine="probe.exe -x",Data_SubjectUserName="ana",EventRecordID=77i,Message="a new\nprocess",TimeCreated="2026-03-04T10:20:30.125Z" 1772619630125000000\n`,
    ),
  ],
  'event XML with prefixes': [
    'windows-xml-carried',
    `<?xml version="1.0"?>\n<e:Events xmlns:e="x">\n${twice(`${event.replaceAll(/<(\/?)/g, '<$1e:').replaceAll('><', '>\n<')}\n`)}</e:Events>\n`,
  ],
  'event XML escaped in other XML': [
    'windows-xml-carried',
    twice(`<s:Body><w:Event Action="x">${escaped(event)}</w:Event></s:Body>\n`),
  ],
}
