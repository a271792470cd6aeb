// One small whole source of every kind that the readers know, all made here.
import { gzipSync } from 'node:zlib'

import { BlobReader, BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js'
import { pack } from 'tar-stream'

import { documentSeeds } from '../documents/seeds.ts'
import { auditRecords, auditShapes, windowsShapes } from '../tools/carriers.ts'
import { agentLines } from '../tools/agent-lines.ts'
import { cabinetOf } from '../tools/cabinet.ts'
import { discOf } from '../tools/disc.ts'
import { udfOf } from '../tools/udf.ts'
import { escapes } from '../tools/escapes.ts'
import { coloured, entries } from '../tools/jq.ts'
import { drawnTables, startTexts } from '../tools/text-shapes.ts'
import { type EvtxEvent, typed, writeEvtx } from '../tools/evtx-writer.ts'
import { pipeSample } from '../tools/json-builders.ts'

export interface Seed {
  readonly name: string
  readonly bytes: Buffer
}

const time = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const computer = 'WS1.example.test'

const sysmon = {
  provider: 'Microsoft-Windows-Sysmon',
  guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  computer,
  time,
}

const processStart = {
  RuleName: '-',
  UtcTime: '2026-01-02 03:04:05.678',
  ProcessGuid: '{01234567-89AB-CDEF-0123-456789ABCDEF}',
  ProcessId: 4242,
  Image: 'C:\\Windows\\System32\\cmd.exe',
  CommandLine: 'cmd.exe /c echo x > \\\\.\\pipe\\abc',
  ParentImage: 'C:\\Windows\\System32\\mmc.exe',
  Hashes: 'SHA1=00,MD5=11',
}

const pipeMade = {
  EventType: 'CreatePipe',
  UtcTime: '2026-01-02 03:04:06.000',
  ProcessId: 4243,
  PipeName: '\\msagent_1a',
  Image: 'C:\\Users\\a\\b.exe',
}

const evtxEvents: readonly EvtxEvent[] = [
  { ...sysmon, eventId: 1, data: processStart },
  { ...sysmon, eventId: 17, data: pipeMade },
  { ...sysmon, eventId: 1, data: processStart, layout: 'raw' },
  { ...sysmon, eventId: 17, data: pipeMade, layout: 'nested-raw' },
  {
    provider: 'Service Control Manager',
    eventSourceName: 'Service Control Manager',
    channel: 'System',
    computer,
    time,
    eventId: 7045,
    qualifiers: 16384,
    data: { ServiceName: 'x', ImagePath: '%COMSPEC% /c echo y' },
  },
  {
    provider: 'PowerShell',
    channel: 'Windows PowerShell',
    computer,
    time,
    eventId: 800,
    data: ['one', 'two', 'three'],
    binary: Buffer.from([1, 2, 3]),
  },
  {
    provider: 'Microsoft-Windows-WMI-Activity',
    channel: 'Microsoft-Windows-WMI-Activity/Operational',
    computer,
    time,
    eventId: 5857,
    userData: {
      name: 'Operation_StartedOperational',
      fields: { ProviderName: 'p', Code: typed('hex32', 0x80041002) },
    },
  },
]

const header = {
  Provider_Name: sysmon.provider,
  Channel: sysmon.channel,
  Computer: computer,
}

function xmlEvent(data: Record<string, unknown>, id: number): string {
  const items = Object.entries(data).map(
    ([k, v]) =>
      `<Data Name="${k}">${String(v).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</Data>`,
  )
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${sysmon.provider}" Guid="${sysmon.guid}"/><EventID>${id}</EventID><Version>5</Version><TimeCreated SystemTime="2026-01-02T03:04:05.678Z"/><EventRecordID>${id}</EventRecordID><Channel>${sysmon.channel}</Channel><Computer>${computer}</Computer><Security UserID="S-1-5-18"/></System><EventData>${items.join('')}</EventData></Event>`
}

const jsonShapes: Record<string, readonly unknown[]> = {
  "journal of a bus's daemon": [
    {
      __REALTIME_TIMESTAMP: '1767323045678000',
      _HOSTNAME: computer,
      SYSLOG_IDENTIFIER: 'dbus-daemon',
      MESSAGE:
        '[system] Rejected send message, 2 matched rules; type="method_call", sender=":1.23" (uid=1000 pid=1234 comm="gdbus call" label="unconfined") interface="org.freedesktop.systemd1.Manager" member="StartUnit" error name="(unset)" requested_reply="0" destination="org.freedesktop.systemd1" (uid=0 pid=1 comm="/sbin/init" label="unconfined")',
    },
  ],
  udm: [
    {
      events: [
        {
          udm: {
            metadata: {
              eventTimestamp: '2026-01-02T03:04:05.678Z',
              eventType: 'PROCESS_UNCATEGORIZED',
              logType: 'WINDOWS_SYSMON',
            },
            principal: {
              hostname: computer,
              process: { pid: '4243', file: { fullPath: pipeMade.Image } },
            },
            target: {
              resource: { name: pipeMade.PipeName, resourceType: 'PIPE' },
            },
            additional: {
              fields: [{ key: 'RuleName', value: { stringValue: '-' } }],
            },
          },
          rawLog: Buffer.from(xmlEvent(pipeMade, 17)).toString('base64'),
        },
      ],
    },
  ],
  hints: [
    {
      ...processStart,
      EventID: 1,
      product: 'windows',
      category: 'process_creation',
    },
  ],
  flat: [{ ...header, EventID: 1, ...processStart }],
  nxlog: [
    {
      EventTime: '2026-01-02 04:04:05',
      Hostname: computer,
      SourceName: sysmon.provider,
      Channel: sysmon.channel,
      EventID: 17,
      RecordNumber: 9,
      SourceModuleType: 'im_msvistalog',
      EventReceivedTime: '2026-01-02 04:04:06',
      '@timestamp': '2026-01-02T03:04:06.000Z',
      Keywords: Number('-9223372036854775808'),
      ...pipeMade,
    },
  ],
  winlogbeat: [
    {
      '@timestamp': '2026-01-02T03:04:05.678Z',
      '@metadata': { beat: 'winlogbeat' },
      type: 'wineventlog',
      event_id: 17,
      log_name: sysmon.channel,
      source_name: sysmon.provider,
      computer_name: computer,
      record_number: '9',
      event_data: pipeMade,
    },
  ],
  evtxDump: [
    {
      Event: {
        '#attributes': { xmlns: 'x' },
        System: {
          Provider: { '#attributes': { Name: sysmon.provider } },
          EventID: 1,
          Channel: sysmon.channel,
          Computer: computer,
          EventRecordID: 7,
          TimeCreated: {
            '#attributes': { SystemTime: '2026-01-02T03:04:05.678Z' },
          },
        },
        EventData: processStart,
      },
    },
  ],
  logAnalytics: [
    {
      TenantId: 't',
      TimeGenerated: '2026-01-02T03:04:05Z',
      Computer: 'WS1',
      Channel: sysmon.channel,
      Provider: sysmon.provider,
      EventID: 17,
      EventData: JSON.stringify(pipeMade),
      Type: 'WindowsEvent',
      _ResourceId: '/x',
    },
    {
      TenantId: 't',
      TimeGenerated: '2026-01-02T03:04:05Z',
      Type: 'Syslog',
      ProcessName: 'sysmon',
      SyslogMessage: xmlEvent(processStart, 1),
    },
  ],
  splunk: [
    {
      preview: false,
      result: {
        _raw: xmlEvent(processStart, 1),
        _time: '2026-01-02T03:04:05.678+00:00',
        sourcetype: 'XmlWinEventLog',
      },
    },
  ],
  eslogger: [
    {
      schema_version: 1,
      version: 10,
      event_type: 0,
      time: '2026-01-02T03:04:05.678901234Z',
      seq_num: 1,
      global_seq_num: 1,
      process: {
        executable: { path: '/bin/zsh' },
        audit_token: [501, 501, 20, 501, 20, 700, 100, 1700],
        ppid: 1,
        signing_id: 'a',
        team_id: null,
      },
      event: {
        xpc_connect: {
          service_name: 'com.example.helper',
          service_domain_type: 1,
        },
      },
    },
  ],
  endpoint: [
    {
      _index: 'i',
      _id: '1',
      _source: {
        '@timestamp': '2026-01-02T03:04:05.678Z',
        event: { action: 'exec', category: ['process'] },
        process: { executable: '/bin/sh', args: ['sh', '-c', 'x'] },
        host: { name: 'mac' },
      },
    },
  ],
  laurel: [
    {
      ID: '1767323045.678:42',
      SYSCALL: {
        arch: '0xc000003e',
        syscall: 42,
        success: 'yes',
        pid: 9,
        uid: 1000,
        comm: 'nc',
        exe: '/usr/bin/nc',
        ARGV: ['0x3', '0x0'],
      },
      SOCKADDR: [{ saddr: '%01%00/run/docker.sock%00' }],
    },
  ],
  aushape: [
    {
      serial: 42,
      time: '2026-01-02T03:04:05.678+00:00',
      data: { syscall: { syscall: ['connect', '42'] }, execve: ['nc', '-U'] },
    },
  ],
  auditbeat: [
    {
      '@timestamp': '2026-01-02T03:04:05.678Z',
      event: { module: 'auditd', category: ['network'] },
      process: { pid: 9, executable: '/usr/bin/nc', args: ['nc', '-U'] },
      user: { id: '1000', audit: { id: 'unset' } },
      auditd: {
        sequence: 42,
        result: 'success',
        data: {
          syscall: 'connect',
          arch: 'x86_64',
          socket: { family: 'unix', path: '/run/docker.sock' },
        },
        paths: [{ item: '0', name: '/run/docker.sock', nametype: 'NORMAL' }],
      },
    },
  ],
  'nxlog-audit': [
    {
      type: 'SYSCALL',
      time: '2026-01-02 03:04:05.678000',
      seq: 42,
      syscall: 'connect',
      a2: 'O_WRONLY|O_CREAT',
      exit: 'EACCES(Permission denied)',
      uid: 'unknown(1559)',
      comm: 'nc',
      SourceModuleType: 'im_linuxaudit',
    },
  ],
  'filebeat-audit': [
    {
      '@timestamp': '2026-01-02T03:04:05.678Z',
      auditd: { log: { sequence: 42, proctitle: 'nc^@-U' } },
      event: { module: 'auditd', action: 'proctitle' },
      host: { name: 'web1' },
    },
    {
      '@timestamp': '2026-01-02T03:04:05.678Z',
      auditd: { log: { sequence: 42 } },
      event: { module: 'auditd', action: 'execve' },
      process: {
        args: ['[... 1 truncated arguments ...]', 'a "b"'],
        executable: 'nc',
      },
    },
  ],
  asim: [
    {
      TimeGenerated: '2026-01-02T03:04:05.678Z',
      EventType: 'RegistryValueSet',
      EventProduct: 'Sysmon',
      EventOriginalType: '13',
      DvcOs: 'Windows',
      RegistryKey: 'HKEY_USERS\\S-1-5-21-1_Classes\\CLSID',
      RegistryValue: '',
    },
  ],
  'wazuh-audit': [
    {
      timestamp: '2026-01-02T03:04:05.678+0000',
      agent: { name: 'web1' },
      data: {
        audit: {
          type: 'SYSCALL',
          id: '42',
          syscall: '59',
          execve: { a0: 'nc', a1: '-U' },
        },
      },
    },
  ],
  unknown: [{ a: 1, b: { c: [1, 2, { d: 'x' }] } }],
}

const audit = [
  'type=SYSCALL msg=audit(1767323045.678:42): arch=c000003e syscall=42 success=yes exit=0 a0=3 a1=7ffd a2=6e a3=0 items=1 ppid=1 pid=900 auid=4294967295 uid=1000 gid=1000 euid=1000 tty=pts0 ses=1 comm="nc" exe="/usr/bin/nc" key="ipc"\u001dARCH=x86_64 SYSCALL=connect',
  'type=SOCKADDR msg=audit(1767323045.678:42): saddr=01002F72756E2F646F636B65722E736F636B00',
  'type=PATH msg=audit(1767323045.678:42): item=0 name="/run/docker.sock" inode=1 mode=0140660 nametype=NORMAL',
  'type=EXECVE msg=audit(1767323045.700:43): argc=3 a0="sh" a1="-c" a2=6563686F2078',
  'type=PROCTITLE msg=audit(1767323045.678:42): proctitle=6E63002D55',
  'node=h2 type=USER_CMD msg=audit(1767323046.000:44): pid=1 uid=0 msg=\'cwd="/" cmd=6C73 terminal=pts/0 res=success\'',
  'type=EOE msg=audit(1767323045.700:43): ',
].join('\n')

/** Deterministic: archives carry a fixed time. */
export async function makeSeeds(): Promise<Seed[]> {
  const json = Object.entries(jsonShapes).map(
    ([name, objects]): Seed => ({
      name: `${name}.jsonl`,
      bytes: Buffer.from(
        objects
          .flatMap((o) => [o, o])
          .map((o) => `${JSON.stringify(o)}\n`)
          .join(''),
      ),
    }),
  )
  const lines = json[0]!.bytes
  const xml = `<?xml version="1.0" encoding="utf-8"?>\n<Events>${xmlEvent(processStart, 1)}\n${xmlEvent(pipeMade, 17)}</Events>`
  return [
    { name: 'events.evtx', bytes: writeEvtx(evtxEvents) },
    {
      name: 'dirty.evtx',
      bytes: writeEvtx(evtxEvents, {
        dirty: true,
        recordsPerChunk: 3,
        spareChunks: 1,
      }),
    },
    ...json,
    {
      name: 'array.json',
      bytes: Buffer.from(
        JSON.stringify(Object.values(jsonShapes).flat(), null, 2),
      ),
    },
    { name: 'events.xml', bytes: Buffer.from(xml) },
    { name: 'utf16.xml', bytes: Buffer.from(`\ufeff${xml}`, 'utf16le') },
    {
      name: 'sysmon-linux.log',
      bytes: Buffer.from(
        `Jan  2 03:04:05 h sysmon: ${xmlEvent(processStart, 1)}\n`,
      ),
    },
    { name: 'audit.log', bytes: Buffer.from(`${audit}\n`) },
    {
      name: 'carried-windows.json',
      bytes: jsonLines(Object.values(windowsShapes(pipeSample))),
    },
    {
      name: 'carried-audit.json',
      bytes: jsonLines(Object.values(auditShapes()).flat()),
    },
    ...Object.entries(startTexts).map(([name, [, text]]) => ({
      name: `text of ${name}`,
      bytes: Buffer.from(text),
    })),
    ...Object.entries(drawnTables()).map(([name, text]) => ({
      name: `table ${name}`,
      bytes: Buffer.from(text),
    })),
    ...agentLines.map(([name, line]) => ({
      name: `lines of ${name}`,
      bytes: Buffer.from(`${line}\n${line}\n`),
    })),
    ...escapes.map(([name, put]) => ({
      name: `escaped ${name}`,
      bytes: Buffer.from(`${put(xmlEvent(processStart, 1))}\n`.repeat(2)),
    })),
    {
      name: 'coloured.json',
      bytes: Buffer.from(`${coloured(pipeMade, 2)}\n`.repeat(2)),
    },
    {
      name: 'entries.json',
      bytes: Buffer.from(JSON.stringify(entries({ EventID: 17, ...pipeMade }))),
    },
    {
      name: 'table.csv',
      bytes: Buffer.from(
        `_time,_raw,host\r\n1,"${xmlEvent(processStart, 1).replaceAll('"', '""')}",h\r\n2,"${auditRecords[0].replaceAll('"', '""')}",h\r\n`,
      ),
    },
    { name: 'lines.jsonl.gz', bytes: gzipSync(lines) },
    { name: 'lines.zip', bytes: await zipOf('in.jsonl', lines) },
    { name: 'locked.zip', bytes: await zipOf('in.jsonl', lines, 'infected') },
    {
      name: 'lines.iso',
      bytes: discOf({ files: [{ name: 'in.jsonl', content: lines }] }),
    },
    {
      name: 'lines-udf.img',
      bytes: udfOf({
        files: [{ name: 'in.jsonl', content: lines }],
        blockBytes: 512,
        way: 'chained',
      }),
    },
    {
      name: 'lines.cab',
      bytes: cabinetOf({ files: [{ name: 'in.jsonl', content: lines }] }),
    },
    { name: 'lines.tar.gz', bytes: gzipSync(await tarOf('in.jsonl', lines)) },
    ...documentSeeds(),
  ]
}

async function zipOf(
  name: string,
  bytes: Buffer,
  password?: string,
): Promise<Buffer> {
  const zip = new ZipWriter(new BlobWriter(), {
    useWebWorkers: false,
    lastModDate: new Date(time),
  })
  await zip.add(
    name,
    password
      ? new TextReader(bytes.toString('utf8'))
      : new BlobReader(new Blob([new Uint8Array(bytes)])),
    password ? { password, zipCrypto: true } : {},
  )
  return Buffer.from(await (await zip.close()).arrayBuffer())
}

async function tarOf(name: string, bytes: Buffer): Promise<Buffer> {
  const tar = pack()
  tar.entry({ name, mtime: new Date(time) }, bytes)
  tar.finalize()
  const parts: Buffer[] = []
  for await (const part of tar) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function jsonLines(objects: readonly unknown[]): Buffer {
  return Buffer.from(objects.map((o) => `${JSON.stringify(o)}\n`).join(''))
}
