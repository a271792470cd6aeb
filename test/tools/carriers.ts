// One Windows event, and one audit event, in the shapes of many tools: for tests. The shapes are from the tools' own
// documentation; all values are made up.
import { gzipSync } from 'node:zlib'

import { xmlEvent, type WindowsSample } from './json-builders.ts'

type Flat = { readonly [name: string]: string | number }

/** Lists in which rows or records stand as such. */
function listShapes(columns: readonly string[], row: readonly unknown[]) {
  const record = Object.fromEntries(columns.map((c, i) => [c, row[i]]))
  const time = 1_772_619_630.125
  return {
    'rows below a row of names': [columns, row],
    'a list of rows beside their names': [columns, [row]],
    'rows below a row of names in a member': { result: [columns, row] },
    'rows of named cells': [
      columns.map((Name, i) => ({ Name, Value: row[i] })),
    ],
    'values by the number of their row': Object.fromEntries(
      columns.map((c, i) => [c, { 0: row[i] }]),
    ),
    'rows of scalars with their types': {
      ColumnInfo: columns.map((Name) => ({ Name })),
      Rows: [{ Data: row.map((v) => ({ ScalarValue: String(v) })) }],
    },
    'a time and a record': [time, record],
    'a time with metadata and a record': [[time, {}], record],
    'a list of times with records': [[time, record]],
    'a list of times with metadata and records': [[[time, {}], record]],
    'a tag, a time and a record': ['win', time, record],
    'a tag, a time, a record and options': ['win', time, record, { size: 1 }],
    'a tag and a list of times with records': ['win', [[time, record]]],
  }
}

/** Objects whose values name their types. */
function typedShapes(flat: Flat) {
  const each = (by: (v: string | number) => unknown) =>
    Object.fromEntries(Object.entries(flat).map(([n, v]) => [n, by(v)]))
  const dynamo = each((v) =>
    typeof v === 'number' ? { N: String(v) } : { S: v },
  )
  const struct = each((v) =>
    typeof v === 'number' ? { numberValue: v } : { stringValue: v },
  )
  const { EventID, Channel, Computer, TimeGenerated, Provider } = dynamo
  const bound = each((v) => ({ type: 'literal', value: String(v) }))
  return {
    'an item of DynamoDB': { Item: dynamo },
    'items of DynamoDB': { Items: [dynamo], Count: 1 },
    'a nested item of DynamoDB': {
      pk: { S: 'x' },
      event: { M: { EventID, Channel, Computer, TimeGenerated, Provider } },
      EventData: { M: dynamo },
      seen: { BOOL: true },
      by: { NULL: true },
      tags: { L: [{ S: 'a' }] },
      more: { SS: ['b'] },
    },
    "a record of DynamoDB's stream": {
      Records: [
        {
          eventID: '7f0c',
          eventSource: 'aws:dynamodb',
          dynamodb: { Keys: { id: { S: '1' } }, NewImage: dynamo },
        },
      ],
    },
    'unions of Avro': each((v) =>
      typeof v === 'number' ? { int: v } : { string: v },
    ),
    'unions of Avro in a record': {
      'com.example.Event': each((v) =>
        typeof v === 'number' ? v : { string: v },
      ),
    },
    'a document of MongoDB': {
      _id: { $oid: '65e5a3d00000000000000000' },
      ...each((v) => (typeof v === 'number' ? { $numberLong: String(v) } : v)),
    },
    'a struct of protobuf': { structValue: { fields: struct } },
    'documents of Firestore': {
      documents: [
        {
          name: 'projects/p/databases/d/documents/e/1',
          fields: each((v) =>
            typeof v === 'number'
              ? { integerValue: String(v) }
              : { stringValue: v },
          ),
        },
      ],
    },
    'bindings with their types': {
      head: { vars: Object.keys(flat) },
      results: { bindings: [bound] },
    },
    'rows of typed cells': {
      columnMetadata: Object.keys(flat).map((name) => ({ name })),
      records: [
        Object.values(flat).map((v) =>
          typeof v === 'number' ? { longValue: v } : { stringValue: v },
        ),
      ],
    },
  }
}

/** JSON in strings of JSON. */
function encodedShapes(event: object) {
  const once = JSON.stringify(event)
  const twice = JSON.stringify(once)
  return {
    'JSON encoded twice in a member': { m: twice },
    'JSON encoded three times in a member': { m: JSON.stringify(twice) },
    'JSON whose quotes are escaped in a member': { m: twice.slice(1, -1) },
    'JSON in base64 in a member of an event of a cloud': {
      specversion: '1.0',
      data_base64: Buffer.from(once).toString('base64'),
    },
    'JSON in lines in a member': { m: `${once}\n` },
    'JSON encoded twice in a list': [twice],
    'a list encoded twice': JSON.stringify([event]),
    'an object encoded twice': once,
    'an object encoded three times': twice,
  }
}

/** The event as each tool gives it, by what is told of the tool's shape. */
export function windowsShapes(e: WindowsSample): {
  readonly [shape: string]: unknown
} {
  const xml = xmlEvent(e)
  const pairs = Object.entries(e.data)
  const dataXml = pairs
    .map(([n, v]) => `<Data Name='${n}'>${v}</Data>`)
    .join('')
  const message = `Pipe Created:\r\n${pairs.map(([n, v]) => `${n}: ${v}`).join('\r\n')}`
  const head = {
    EventID: e.eventId,
    Provider: e.provider,
    Channel: e.channel,
    Computer: e.computer,
    EventRecordID: e.recordId,
    EventTime: e.time,
  }
  const spelled = (key: string, value: string) =>
    pairs.map(([n, v]) => ({ [key]: n, [value]: v }))
  const xmltodict = (Data: unknown) => ({
    Event: {
      '@xmlns': 'http://schemas.microsoft.com/win/2004/08/events/event',
      System: {
        Provider: { '@Name': e.provider, '@Guid': e.guid },
        EventID: { '@Qualifiers': '', '#text': String(e.eventId) },
        TimeCreated: { '@SystemTime': e.time },
        EventRecordID: String(e.recordId),
        Channel: e.channel,
        Computer: e.computer,
      },
      EventData: { Data },
    },
  })
  const camel = Object.fromEntries(
    pairs.map(([n, v]) => [
      n[0]!.toLowerCase() + n.slice(1),
      v.replaceAll('\\', '\\\\'),
    ]),
  )
  const otlp = (value: unknown): unknown => {
    if (Array.isArray(value)) return { arrayValue: { values: value.map(otlp) } }
    if (typeof value !== 'object' || value === null) {
      return typeof value === 'number'
        ? { intValue: String(value) }
        : { stringValue: value }
    }
    const values = Object.entries(value).map(([key, v]) => ({
      key,
      value: otlp(v),
    }))
    return { kvlistValue: { values } }
  }
  const opentelemetry = {
    channel: e.channel,
    computer: e.computer,
    event_id: { id: e.eventId, qualifiers: 0 },
    provider: { guid: e.guid, name: e.provider },
    record_id: e.recordId,
    system_time: e.time,
    event_data: { data: pairs.map(([n, v]) => ({ [n]: v })) },
  }
  const columns = [
    'TimeGenerated',
    'EventID',
    'Channel',
    'Provider',
    'Computer',
    'RecordID',
    ...pairs.map(([n]) => n),
  ]
  const row = [
    e.time,
    e.eventId,
    e.channel,
    e.provider,
    e.computer,
    e.recordId,
    ...pairs.map(([, v]) => v),
  ]
  const osqueryRow = {
    data: JSON.stringify({ EventData: e.data }),
    datetime: e.time,
    eventid: String(e.eventId),
    provider_name: e.provider,
    source: e.channel,
  }
  const osquery = { name: 'events', hostIdentifier: e.computer, unixTime: 1 }
  return {
    'XML in a member': { System: xml, Tag: 'win' },
    'XML in a member of a member': { a: { b: { xml_string: xml } } },
    'XML in text that is escaped': {
      text: xml.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    },
    'XML in a list of texts': { results: [xml] },
    'XML in JSON in a member': { log: `${JSON.stringify({ raw: xml })}\n` },
    'XML behind a syslog header in a member': {
      message: `<13>Mar  4 10:20:30 ws1 win: ${xml}`,
    },
    'XML beside what a tool made of it': {
      ...head,
      computer_name: 'x',
      xml_string: xml,
    },
    'an item of a list beside many members': {
      preview: false,
      init_offset: 0,
      messages: [],
      a: 1,
      b: 2,
      fields: [{ name: '_raw' }],
      results: [{ _time: e.time, _raw: xml }],
    },
    'rows of a table': {
      tables: [
        {
          name: 'T',
          columns: columns.map((name) => ({ name, type: 'string' })),
          rows: [row],
        },
      ],
    },
    'rows of a table of other names': { fields: columns, rows: [row] },
    'rows by columns': { fields: columns, columns: row.map((cell) => [cell]) },
    'rows of cells with names': {
      schema: { fields: columns.map((name) => ({ name })) },
      rows: [{ f: row.map((v) => ({ v })) }],
    },
    'a row of named cells': {
      results: [columns.map((field, i) => ({ field, value: row[i] }))],
    },
    'lists of one item': {
      _index: 'w',
      _id: '1',
      fields: Object.fromEntries(columns.map((c, i) => [c, [row[i]]])),
    },
    'lists of one item in a hit without a name': {
      hits: {
        hits: [
          {
            fields: Object.fromEntries(columns.map((c, i) => [c, [row[i]]])),
          },
        ],
      },
    },
    'a list for each column': Object.fromEntries(
      columns.map((c, i) => [c === 'Provider' ? 'Provider_Name' : c, [row[i]]]),
    ),
    'data as lists of two': { ...head, EventData: pairs },
    'data as text in one line': {
      ...head,
      EventData: pairs.map(([n, v]) => `${n}=${v}`).join('; '),
    },
    'data in camel case beside the header': {
      eventId: e.eventId,
      providerName: e.provider,
      channel: e.channel,
      computer: e.computer,
      timeCreated: e.time,
      ...Object.fromEntries(
        pairs.map(([n, v]) => [n[0]!.toLowerCase() + n.slice(1), v]),
      ),
    },
    'a message of Graylog, of the sixth Winlogbeat': {
      messages: [
        {
          message: {
            gl2_source_input: 'i',
            source: e.computer,
            winlogbeat_event_id: e.eventId,
            winlogbeat_log_name: e.channel,
            winlogbeat_source_name: e.provider,
            ...Object.fromEntries(
              pairs.map(([n, v]) => [`winlogbeat_event_data_${n}`, v]),
            ),
          },
        },
      ],
    },
    'a row of WMI': {
      EventCode: e.eventId,
      Logfile: e.channel,
      SourceName: e.provider,
      ComputerName: e.computer,
      InsertionStrings: ['-', 'CreatePipe', ...pairs.map(([, v]) => v)],
      ...e.data,
    },
    'XML of two bytes a letter in base64': {
      raw: Buffer.from(xml, 'utf16le').toString('base64'),
    },
    'a notification whose message is JSON': {
      Type: 'Notification',
      Message: JSON.stringify({ default: xml }),
    },
    'a row of Kusto': [
      { FrameType: 'DataSetHeader' },
      {
        FrameType: 'DataTable',
        Columns: columns.map((ColumnName) => ({ ColumnName })),
        Rows: [row],
      },
    ][1],
    'values with their types': {
      ...head,
      EventID: { $numberInt: String(e.eventId) },
      EventData: e.data,
    },
    'data as an object beside the header': {
      ...head,
      EventData: e.data,
      Message: 'Pipe',
    },
    'data as JSON text': { ...head, EventData: JSON.stringify(e.data) },
    'data as XML text': { ...head, event_data: dataXml },
    'data as lines of text': {
      ...head,
      EventData: message.slice(message.indexOf('\n') + 1),
    },
    'data as pairs': { ...head, EventData: spelled('Name', 'Value') },
    'data as one pair among elements': {
      ...head,
      EventData: { Data: spelled('@Name', '#text') },
    },
    'data as attributes of elements': {
      ...head,
      EventData: { Data: pairs.map(([Name, _]) => ({ $: { Name }, _ })) },
    },
    'data as objects of one member': opentelemetry,
    'data in a payload': {
      ...head,
      EventId: e.eventId,
      Payload: JSON.stringify({
        EventData: { Data: spelled('@Name', '#text') },
      }),
      PayloadData1: 'Pipe',
    },
    'data in the message alone': {
      Id: e.eventId,
      ProviderName: e.provider,
      LogName: e.channel,
      MachineName: e.computer,
      RecordId: e.recordId,
      Level: 4,
      TimeCreated: `/Date(${Date.parse(e.time)})/`,
      Message: message,
      Properties: pairs.map(([, Value]) => ({ Value })),
    },
    'data in the message of GELF': {
      version: '1.1',
      host: e.computer,
      short_message: 'Pipe Created',
      full_message: message,
      _EventID: e.eventId,
      _Channel: e.channel,
      _SourceName: e.provider,
      _RecordNumber: e.recordId,
      timestamp: Date.parse(e.time) / 1000,
    },
    'names in camel case, backslashes doubled': {
      agent: { name: 'ws1' },
      data: {
        win: {
          system: {
            providerName: e.provider,
            eventID: String(e.eventId),
            systemTime: e.time,
            eventRecordID: String(e.recordId),
            channel: e.channel,
            computer: e.computer,
          },
          eventdata: camel,
        },
      },
    },
    'elements with their names inside': xmltodict(spelled('@Name', '#text')),
    'elements with their names behind @_': xmltodict(
      spelled('@_Name', '#text'),
    ),
    'elements with their names behind a dash': xmltodict(
      spelled('-Name', '$t'),
    ),
    'elements whose text is a dollar': xmltodict(spelled('@Name', '$')),
    'a list for every element': {
      Event: {
        $: { xmlns: 'x' },
        System: [
          {
            Provider: [{ $: { Name: e.provider } }],
            EventID: [String(e.eventId)],
            TimeCreated: [{ $: { SystemTime: e.time } }],
            EventRecordID: [String(e.recordId)],
            Channel: [e.channel],
            Computer: [e.computer],
          },
        ],
        EventData: [{ Data: pairs.map(([Name, _]) => ({ _, $: { Name } })) }],
      },
    },
    'XML among texts in a list': [xml],
    ...listShapes(columns, row),
    ...typedShapes(Object.fromEntries(columns.map((c, i) => [c, row[i]!]))),
    ...encodedShapes({ ...head, EventData: e.data }),
    'XML in base64 in a record of a stream': {
      Records: [
        {
          eventSource: 'aws:kinesis',
          kinesis: { data: Buffer.from(xml).toString('base64') },
        },
      ],
    },
    'XML in packed base64 of a subscription': {
      awslogs: {
        data: gzipSync(
          JSON.stringify({ logEvents: [{ id: '1', message: xml }] }),
        ).toString('base64'),
      },
    },
    'JSON in base64 of a pushed message': {
      message: {
        data: Buffer.from(
          JSON.stringify({ ...head, EventData: e.data }),
        ).toString('base64'),
        messageId: '1',
      },
      subscription: 's',
    },
    'XML beside a category': {
      records: [
        {
          time: e.time,
          category: 'WindowsEventLogsTable',
          properties: { EventId: e.eventId, RawXml: xml },
        },
      ],
    },
    'names of Winlogbeat without dots': {
      source: e.computer,
      winlogbeat_winlog_channel: e.channel,
      winlogbeat_winlog_event_id: String(e.eventId),
      winlogbeat_winlog_provider_name: e.provider,
      winlogbeat_winlog_computer_name: e.computer,
      ...Object.fromEntries(
        pairs.map(([n, v]) => [`winlogbeat_winlog_event_data_${n}`, v]),
      ),
    },
    'a message in one line': {
      EventID: e.eventId,
      SourceName: e.provider,
      EventLog: e.channel,
      ComputerName: e.computer,
      Message: message.replaceAll('\r\n', '  '),
    },
    'a header and data of their own': {
      System: {
        Provider: { Name: e.provider },
        EventID: { Value: e.eventId },
        TimeCreated: { SystemTime: Date.parse(e.time) / 1000 },
        Channel: e.channel,
        Computer: e.computer,
        EventRecordID: e.recordId,
      },
      EventData: e.data,
    },
    'a body of OpenTelemetry': {
      resourceLogs: [
        {
          resource: {
            attributes: [{ key: 'host.name', value: { stringValue: 'x' } }],
          },
          scopeLogs: [
            { logRecords: [{ timeUnixNano: '1', body: otlp(opentelemetry) }] },
          ],
        },
      ],
    },
    'a body of OpenTelemetry as text': {
      resourceLogs: [
        {
          scopeLogs: [
            { logRecords: [{ timeUnixNano: '1', body: { stringValue: xml } }] },
          ],
        },
      ],
    },
    "Telegraf's tags and fields": {
      name: 'win_eventlog',
      tags: {
        Channel: e.channel,
        Computer: e.computer,
        EventID: String(e.eventId),
        Source: e.provider,
      },
      fields: {
        ...Object.fromEntries(pairs.map(([n, v]) => [`Data_${n}`, v])),
        EventRecordID: e.recordId,
        Message: 'Pipe',
        ProcessName: 'sysmon.exe',
        TimeCreated: e.time,
      },
      timestamp: Date.parse(e.time) / 1000,
    },
    'values that name their type': {
      _id: { $oid: '65e5a1000000000000000001' },
      EventID: { $numberInt: String(e.eventId) },
      Provider: e.provider,
      Channel: e.channel,
      Computer: e.computer,
      TimeCreated: { $date: { $numberLong: String(Date.parse(e.time)) } },
      EventData: e.data,
    },
    'an item of a bulk request': [
      { index: { _index: 'w', _id: '1' } },
      { ...head, EventData: e.data },
    ],
    'rows below one that names the columns': {
      ResultSet: {
        Rows: [columns.map((c) => c.toLowerCase()), row.map(String)].map(
          (cells) => ({
            Data: cells.map((VarCharValue) => ({ VarCharValue })),
          }),
        ),
      },
    },
    'a list of values for each name': Object.fromEntries(
      columns.map((c, i) => [c, [row[i]]]),
    ),
    'data as pairs of keys': { ...head, Properties: spelled('Key', 'Value') },
    'data as one object among elements': xmltodict(e.data),
    'elements whose text is their content': xmltodict(
      spelled('-Name', '#content'),
    ),
    'data in snake case': {
      event_id: e.eventId,
      log_name: e.channel,
      provider: e.provider,
      computer_name: e.computer,
      event_data: Object.fromEntries(
        pairs.map(([n, v]) => [
          n.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase(),
          v,
        ]),
      ),
    },
    'a message of Winlogbeat without its data': {
      '@timestamp': e.time,
      message,
      winlog: {
        channel: e.channel,
        event_id: String(e.eventId),
        provider_name: e.provider,
        computer_name: e.computer,
      },
    },
    'a message of NXLog without its data': {
      EventTime: '2026-03-04 10:20:30',
      Hostname: e.computer,
      EventID: e.eventId,
      SourceName: e.provider,
      Channel: e.channel,
      SourceModuleType: 'im_msvistalog',
      Message: message,
    },
    'members of a record of a hub, which has a category': {
      records: [
        {
          time: e.time,
          category: 'WindowsEvent',
          properties: { ...head, ...e.data },
        },
      ],
    },
    'a column of osquery': { ...osquery, columns: osqueryRow },
    'a row of a snapshot of osquery': {
      ...osquery,
      action: 'snapshot',
      snapshot: [osqueryRow],
    },
    'a batch of osquery': {
      node_key: 'k',
      log_type: 'result',
      data: [{ ...osquery, action: 'added', columns: osqueryRow }],
    },
  }
}

const call =
  'arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 uid=0 comm="tar" exe="/usr/bin/tar" key=(null)'
const args = 'argc=2 a0="tar" a1="-c"'
const stamp = 'msg=audit(1700000000.250:7):'

export const auditRecords = [
  `type=SYSCALL ${stamp} ${call}`,
  `type=EXECVE ${stamp} ${args}`,
] as const

/** The records of one event, an object each or all in one, as each tool gives them; the host is `web1` wherever one is told. */
export function auditShapes(): {
  readonly [shape: string]: readonly unknown[]
} {
  const each = (make: (record: string, i: number) => unknown) =>
    auditRecords.map(make)
  const [first, second] = auditRecords
  const beat = {
    '@timestamp': '2023-11-14T22:13:21Z',
    'ecs.version': '8.0.0',
    host: { name: 'web1' },
    agent: { type: 'filebeat' },
  }
  return {
    'a container': each((r) => ({
      log: `${r}\n`,
      stream: 'stdout',
      time: '2023-11-14T22:13:21Z',
    })),
    Filebeat: each((r) => ({ ...beat, message: r })),
    'Elastic Agent': each((r) => ({ ...beat, event: { original: r } })),
    'Auditbeat that could not parse': [
      {
        ...beat,
        error: { message: 'x' },
        event: { original: [...auditRecords] },
      },
    ],
    Graylog: each((message) => ({
      message: { gl2_source_input: 'i', source: 'web1', message },
    })),
    'syslog-ng': each((MESSAGE) => ({ HOST: 'web1', MESSAGE })),
    "Logstash's syslog": each((message) => ({ logsource: 'web1', message })),
    'Cloud Logging of a machine': each((textPayload) => ({
      labels: { 'compute.googleapis.com/resource_name': 'web1' },
      textPayload,
    })),
    'CloudWatch events': [
      {
        events: each((message) => ({ timestamp: 1, message })),
        searchedLogStreams: [],
      },
    ],
    'CloudWatch subscription': [
      {
        owner: '1',
        logGroup: 'g',
        logStream: 's',
        logEvents: each((message, i) => ({
          id: `${i}`,
          timestamp: 1,
          message,
        })),
      },
    ],
    Loki: [
      {
        status: 'success',
        data: {
          resultType: 'streams',
          result: [{ stream: { host: 'web1' }, values: each((r) => ['1', r]) }],
        },
      },
    ],
    'Loki push': [
      {
        streams: [{ stream: { host: 'web1' }, values: each((r) => ['1', r]) }],
      },
    ],
    'Fluent Bit': each((log) => ({ date: 1.5, log, host: 'web1' })),
    'Wazuh archives': [
      {
        agent: { name: 'web1' },
        manager: { name: 'm' },
        full_log: auditRecords.join(' '),
        location: '/var/log/audit/audit.log',
      },
    ],
    plaso: each((body) => ({
      __container_type__: 'event',
      data_type: 'selinux:line',
      hostname: 'web1',
      body,
    })),
    journald: each((_, i) => ({
      _HOSTNAME: 'web1',
      _AUDIT_ID: '7',
      _AUDIT_TYPE_NAME: ['SYSCALL', 'EXECVE'][i],
      MESSAGE: [`SYSCALL ${call}`, `EXECVE ${args}`][i],
      _SOURCE_REALTIME_TIMESTAMP: '1700000000250000',
    })),
    'journald without names of types': each((_, i) => ({
      _HOSTNAME: 'web1',
      _AUDIT_ID: '7',
      _AUDIT_TYPE: ['1300', '1309'][i],
      MESSAGE: [...Buffer.from([`SYSCALL ${call}`, `EXECVE ${args}`][i]!)],
      _SOURCE_REALTIME_TIMESTAMP: '1700000000250000',
    })),
    "the kernel's lines in journald": each((r) => ({
      _HOSTNAME: 'web1',
      _TRANSPORT: 'kernel',
      MESSAGE: `audit: ${r.replace('msg=', '')}`,
    })),
    Splunk: each((_raw) => ({ _raw, host: 'web1', sourcetype: 'linux_audit' })),
    'hints beside': each((message) => ({
      product: 'linux',
      service: 'auditd',
      host: 'web1',
      message,
    })),
    OpenTelemetry: [
      {
        resourceLogs: [
          {
            resource: {
              attributes: [
                { key: 'host.name', value: { stringValue: 'web1' } },
              ],
            },
            scopeLogs: [
              {
                logRecords: each((r) => ({
                  timeUnixNano: '1',
                  body: { stringValue: r },
                })),
              },
            ],
          },
        ],
      },
    ],
    aushape: [
      {
        serial: 7,
        time: '2023-11-14T22:13:20.250+00:00',
        node: 'web1',
        data: {
          syscall: {
            arch: ['x86_64', 'c000003e'],
            syscall: ['execve', '59'],
            success: ['yes'],
            uid: ['root', '0'],
            comm: ['tar'],
            exe: ['/usr/bin/tar'],
          },
          execve: ['tar', '-c'],
        },
      },
    ],
    'Sumo Logic': each((_raw) => ({ map: { _raw, _sourcehost: 'web1' } })),
    'go-audit': [
      {
        sequence: 7,
        timestamp: '1700000000.250',
        messages: [
          { type: 1300, data: call },
          { type: 1309, data: args },
        ],
        uid_map: { 0: 'root' },
      },
    ],
    'pieces of lines of a container': auditRecords.flatMap((r) =>
      [r.slice(0, 40), r.slice(40, 60), `${r.slice(60)}\n`].map((log) => ({
        log,
        stream: 'stdout',
        time: '2023-11-14T22:13:21Z',
      })),
    ),
    'pieces of lines in journald': auditRecords.flatMap((r) =>
      [r.slice(0, 40), r.slice(40)].map((MESSAGE, i) => ({
        _HOSTNAME: 'web1',
        CONTAINER_ID: 'c',
        ...(i === 0 && { CONTAINER_PARTIAL_MESSAGE: 'true' }),
        MESSAGE,
      })),
    ),
    "pieces of lines of Docker's fluentd driver": auditRecords.flatMap((r, n) =>
      [r.slice(0, 40), r.slice(40)].map((log, i) => ({
        container_id: 'c',
        partial_message: 'true',
        partial_id: `p${n}`,
        partial_last: String(i === 1),
        log,
      })),
    ),
    'lines in one text': [{ host: 'web1', text: auditRecords.join('\n') }],
    'JSON in a text': each((r) => ({
      line: JSON.stringify({ host: 'web1', msg: r }),
    })),
    'syslog in a text': [
      { payload: `<13>Nov 14 22:13:20 web1 audispd: ${first}` },
      { payload: `<13>Nov 14 22:13:20 web1 audispd: ${second}` },
    ],
  }
}
