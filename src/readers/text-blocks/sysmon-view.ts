// Sysmon for Linux as its own viewer `sysmonLogView` prints it: the event's name, then a field a line.
// Source: microsoft/SysmonForLinux, README and sysmonLogView; ids: Sysinternals, "Sysmon".
import { entryOf } from '../../base/entry.ts'

import type { JsonObject } from '../flat/json-value.ts'
import type { TextForm } from './block-reader.ts'

const head = /^Event SYSMONEVENT_([A-Z_]{1,64})\s*$/

export const sysmonViewForm: TextForm = {
  name: 'sysmon-view',
  looksLike: (text) => /^Event SYSMONEVENT_[A-Z_]+\s*$/m.test(text),
  begins: (line) => head.test(line),
  object,
  isAround: (line) => !head.test(line),
}

const ids: Readonly<Record<string, number>> = {
  CREATE_PROCESS: 1,
  FILE_TIME: 2,
  NETWORK_CONNECT: 3,
  SERVICE_STATE_CHANGE: 4,
  PROCESS_TERMINATE: 5,
  RAWACCESS_READ: 9,
  ACCESS_PROCESS: 10,
  PROCESS_ACCESS: 10,
  FILE_CREATE: 11,
  SERVICE_CONFIGURATION_CHANGE: 16,
  FILE_DELETE: 23,
  ERROR: 255,
}

function object(lines: readonly string[]): JsonObject | undefined {
  const name = head.exec(lines[0]!)?.[1]
  const id = name === undefined ? undefined : entryOf(ids, name)
  if (id === undefined) return undefined
  const data: { [name: string]: string } = {}
  for (const line of lines) {
    const pair = /^\s{1,8}([A-Z]\w{0,63}): ?(.*)$/.exec(line)
    if (pair && !Object.hasOwn(data, pair[1]!)) data[pair[1]!] = pair[2]!
  }
  return {
    EventID: id,
    ProviderName: 'Linux-Sysmon',
    Channel: 'Linux-Sysmon/Operational',
    EventData: data,
  }
}
