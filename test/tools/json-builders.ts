// One Windows event in the shapes in which collectors write it: for tests, examples and benches. All values are made up.

export interface WindowsSample {
  readonly provider: string
  readonly guid: string
  readonly channel: string
  readonly eventId: number
  readonly recordId: number
  readonly computer: string
  /** ISO 8601, UTC. */
  readonly time: string
  readonly userSid: string
  readonly processId: number
  readonly threadId: number
  readonly data: { readonly [name: string]: string }
}

export const pipeSample: WindowsSample = {
  provider: 'Microsoft-Windows-Sysmon',
  guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  eventId: 17,
  recordId: 4711,
  computer: 'ws1.example.test',
  time: '2026-03-04T10:20:30.125Z',
  userSid: 'S-1-5-18',
  processId: 2200,
  threadId: 3344,
  data: {
    RuleName: '-',
    EventType: 'CreatePipe',
    UtcTime: '2026-03-04 10:20:30.120',
    ProcessId: '5120',
    PipeName: '\\example_4f',
    Image: 'C:\\Tools\\serve.exe',
    User: 'EXAMPLE\\ana',
  },
}

export function xmlEvent(e: WindowsSample): string {
  const data = Object.entries(e.data)
    .map(([name, value]) => `<Data Name='${name}'>${escapeXml(value)}</Data>`)
    .join('')
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${e.provider}' Guid='${e.guid}'/><EventID>${e.eventId}</EventID><Version>1</Version><Level>4</Level><Task>${e.eventId}</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='${e.time}'/><EventRecordID>${e.recordId}</EventRecordID><Correlation/><Execution ProcessID='${e.processId}' ThreadID='${e.threadId}'/><Channel>${e.channel}</Channel><Computer>${e.computer}</Computer><Security UserID='${e.userSid}'/></System><EventData>${data}</EventData></Event>`
}

/** A line of syslog, as Sysmon for Linux writes it: no namespace, `UserId`. */
export function syslogXmlLine(e: WindowsSample): string {
  const event = xmlEvent({ ...e, userSid: '0' })
    .replace(/ xmlns='[^']*'/, '')
    .replace('UserID=', 'UserId=')
  return `Mar  4 10:20:30 ${e.computer} sysmon: ${event}`
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** NXLog's own fields beside the event's. `localTime` and `receivedLocal` have no zone. */
export function nxlogObject(
  e: WindowsSample,
  localTime: string,
  receivedLocal: string,
  arrived: string,
): object {
  const { EventType, ...data } = e.data
  return {
    ...data,
    ...(EventType !== undefined && { EventType: 'INFO' }),
    EventTime: localTime,
    EventReceivedTime: receivedLocal,
    '@timestamp': arrived,
    Hostname: e.computer,
    Keywords: -(2 ** 63),
    Severity: 'INFO',
    EventID: e.eventId,
    SourceName: e.provider,
    ProviderGuid: e.guid,
    Version: 1,
    Task: e.eventId,
    OpcodeValue: 0,
    Opcode: 'Info',
    RecordNumber: e.recordId,
    ExecutionProcessID: e.processId,
    ThreadID: e.threadId,
    Channel: e.channel,
    UserID: e.userSid,
    Message: 'Pipe Created:\r\nPipeName: {made up}',
    SourceModuleName: 'eventlog',
    SourceModuleType: 'im_msvistalog',
    tags: ['lab'],
  }
}

export function winlogbeat6Object(e: WindowsSample): object {
  return {
    '@timestamp': e.time,
    '@metadata': { beat: 'winlogbeat', type: 'doc', version: '6.7.0' },
    beat: { name: 'collector', hostname: 'collector' },
    host: { name: 'collector' },
    type: 'wineventlog',
    log_name: e.channel,
    source_name: e.provider,
    provider_guid: e.guid,
    event_id: e.eventId,
    version: 1,
    level: 'Information',
    record_number: String(e.recordId),
    computer_name: e.computer,
    process_id: e.processId,
    thread_id: e.threadId,
    user: { identifier: e.userSid, name: 'SYSTEM' },
    event_data: e.data,
  }
}

export function winlogbeat7Object(e: WindowsSample): object {
  return {
    '@timestamp': e.time,
    event: { code: String(e.eventId), provider: e.provider, kind: 'event' },
    ecs: { version: '8.11.0' },
    host: { name: 'collector' },
    log: { level: 'information' },
    winlog: {
      channel: e.channel,
      provider_name: e.provider,
      provider_guid: e.guid,
      event_id: String(e.eventId),
      record_id: String(e.recordId),
      version: 1,
      computer_name: e.computer,
      process: { pid: e.processId, thread: { id: e.threadId } },
      user: { identifier: e.userSid },
      event_data: e.data,
    },
  }
}

export function evtxDumpObject(e: WindowsSample): object {
  return {
    Event: {
      '#attributes': {
        xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event',
      },
      System: {
        Provider: {
          '#attributes': { Name: e.provider, Guid: e.guid.slice(1, -1) },
        },
        EventID: e.eventId,
        Version: 1,
        Level: 4,
        Task: e.eventId,
        Opcode: 0,
        Keywords: '0x8000000000000000',
        TimeCreated: { '#attributes': { SystemTime: e.time } },
        EventRecordID: e.recordId,
        Correlation: null,
        Execution: {
          '#attributes': { ProcessID: e.processId, ThreadID: e.threadId },
        },
        Channel: e.channel,
        Computer: e.computer,
        Security: { '#attributes': { UserID: e.userSid } },
      },
      EventData: e.data,
    },
  }
}

/** evtx_dump with `--separate-json-attributes`, chainsaw. */
export function evtxDumpSeparateObject(e: WindowsSample): object {
  return {
    Event_attributes: {
      xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event',
    },
    Event: {
      System: {
        Provider_attributes: { Name: e.provider, Guid: e.guid.slice(1, -1) },
        EventID: e.eventId,
        EventID_attributes: { Qualifiers: 0 },
        Version: 1,
        Level: 4,
        TimeCreated_attributes: { SystemTime: e.time },
        EventRecordID: e.recordId,
        Execution_attributes: { ProcessID: e.processId, ThreadID: e.threadId },
        Channel: e.channel,
        Computer: e.computer,
        Security_attributes: { UserID: e.userSid },
      },
      EventData: e.data,
    },
  }
}

export function powershellObject(e: WindowsSample): object {
  return {
    ...e.data,
    EventID: e.eventId,
    SourceName: e.provider,
    ProviderGuid: e.guid,
    Channel: e.channel,
    Hostname: e.computer,
    TimeCreated: e.time,
    Task: String(e.eventId),
    Level: '4',
  }
}

/** Sentinel's tables `WindowsEvent` (data as JSON text) and `SecurityEvent` (data as XML text). */
export function logAnalyticsObject(
  e: WindowsSample,
  table: 'WindowsEvent' | 'SecurityEvent',
): object {
  const isWindowsEvent = table === 'WindowsEvent'
  const xml = Object.entries(e.data)
    .map(([n, v]) => `  <Data Name="${n}">${escapeXml(v)}</Data>\r\n`)
    .join('')
  return {
    TenantId: 'redacted',
    TimeGenerated: e.time,
    SourceSystem: 'OpsManager',
    Type: table,
    [isWindowsEvent ? 'Provider' : 'EventSourceName']: e.provider,
    Channel: e.channel,
    Computer: e.computer,
    EventID: e.eventId,
    [isWindowsEvent ? 'EventLevel' : 'Level']: 4,
    EventData: isWindowsEvent
      ? JSON.stringify(e.data)
      : `<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\r\n${xml}</EventData>`,
    _ResourceId: '/subscriptions/redacted',
  }
}

export function splunkXmlObject(e: WindowsSample): object {
  return {
    preview: false,
    offset: 0,
    result: {
      _raw: xmlEvent(e),
      _time: e.time,
      host: 'forwarder',
      source: `XmlWinEventLog:${e.channel}`,
      sourcetype: 'XmlWinEventLog',
      EventID: String(e.eventId),
    },
  }
}

/** An `exec` as eslogger writes it, slashes escaped; `token` in any of its forms. */
export function esloggerLine(token: unknown): string {
  const image = { path: '/usr/bin/example', path_truncated: false }
  const line = JSON.stringify({
    schema_version: 1,
    version: 10,
    time: '2026-03-04T10:20:30.123456789Z',
    mach_time: 401374797834,
    event_type: 9,
    action_type: 1,
    global_seq_num: 12,
    process: { executable: image, audit_token: token, ppid: 1, tty: null },
    event: {
      exec: {
        target: { executable: image, audit_token: token },
        args: ['example', '--socket', '/tmp/x'],
        fds: [{ fd: 0, fdtype: 1 }],
      },
    },
  })
  return line.replaceAll('/', '\\/')
}
