// Winlogbeat and Elastic Agent: version 6 has the header's fields at the top, from version 7 on they stand below `winlog`.
import { type Dialect, Names } from '../dialect.ts'
import { windowsMapping } from './windows-names.ts'

export const winlogbeat6: Dialect = {
  name: 'Winlogbeat 6 JSON',
  recognises: (names) =>
    names.hasAll('event_id', 'log_name', 'source_name') &&
    !hasMessageAlone(names, ''),
  plan: (names) =>
    windowsMapping(names, {
      system: {
        Provider_Name: 'source_name',
        Provider_Guid: 'provider_guid',
        EventID: 'event_id',
        Version: 'version',
        Level: 'level',
        Task: 'task',
        Opcode: 'opcode',
        Keywords: 'keywords',
        TimeCreated_SystemTime: '@timestamp',
        EventRecordID: 'record_number',
        Correlation_ActivityID: 'activity_id',
        Correlation_RelatedActivityID: 'related_activity_id',
        Execution_ProcessID: 'process_id',
        Execution_ThreadID: 'thread_id',
        Channel: 'log_name',
        Computer: 'computer_name',
        Security_UserID: 'user.identifier',
      },
      data: ['event_data.', 'user_data.'],
    }),
}

export const winlogbeat7: Dialect = {
  name: 'Winlogbeat JSON',
  recognises: (names) =>
    (names.has('winlog.event_id') ||
      (names.under('winlog.') && names.has('event.code'))) &&
    !hasMessageAlone(names, 'winlog.'),
  plan: (names) =>
    windowsMapping(names, {
      system: {
        Provider_Name: ['winlog.provider_name', 'event.provider'],
        Provider_Guid: 'winlog.provider_guid',
        EventID: ['winlog.event_id', 'event.code'],
        Version: 'winlog.version',
        Level: ['winlog.level', 'log.level'],
        Task: 'winlog.task',
        Opcode: 'winlog.opcode',
        Keywords: 'winlog.keywords',
        TimeCreated_SystemTime: ['winlog.time_created', '@timestamp'],
        EventRecordID: 'winlog.record_id',
        Correlation_ActivityID: 'winlog.activity_id',
        Correlation_RelatedActivityID: 'winlog.related_activity_id',
        Execution_ProcessID: 'winlog.process.pid',
        Execution_ThreadID: 'winlog.process.thread.id',
        Channel: 'winlog.channel',
        Computer: 'winlog.computer_name',
        Security_UserID: 'winlog.user.identifier',
      },
      data: ['winlog.event_data.', 'winlog.user_data.'],
    }),
}

/** Somebody dropped the data: what is left of them stands in the message. */
function hasMessageAlone(names: Names, prefix: string): boolean {
  return (
    names.has('message') &&
    !names.under(`${prefix}event_data.`) &&
    !names.under(`${prefix}user_data.`)
  )
}

/** Graylog keeps no dots in names: `winlogbeat_winlog_event_data_Image`. */
const underscored = /^(?:winlogbeat_|filebeat_)?winlog_/

export const winlogbeatInGraylog: Dialect = {
  name: 'Winlogbeat in Graylog',
  recognises: (names) =>
    names.list.some((name) => /^\w{0,16}winlog_event_id$/.test(name)),
  plan: (names) =>
    winlogbeat7.plan(new Names(withHost(names.list.map(dotted)))),
}

/** Its prefix is the name of the beat; version 6 has none of its own. */
const underscored6 = /^winlogbeat_/

export const winlogbeat6InGraylog: Dialect = {
  name: 'Winlogbeat 6 in Graylog',
  recognises: (names) =>
    names.hasAll('winlogbeat_event_id', 'winlogbeat_log_name'),
  plan: (names) => {
    const own = names.list.map((name) =>
      name
        .replace(underscored6, '')
        .replace(/^(event_data|user_data|user)_(?=[A-Za-z])/, '$1.'),
    )
    return winlogbeat6.plan(new Names(withHost(own, 'computer_name')))
  },
}

/** Graylog's own name of the sender. */
function withHost(
  names: readonly string[],
  own = 'winlog.computer_name',
): readonly string[] {
  return names.includes(own)
    ? names
    : names.map((name) => (name === 'source' ? own : name))
}

function dotted(name: string): string {
  if (!underscored.test(name)) return name
  const own = name.replace(underscored, '')
  const data = /^(event_data|user_data|process|user)_(.+)$/.exec(own)
  return data ? `winlog.${data[1]}.${data[2]}` : `winlog.${own}`
}
