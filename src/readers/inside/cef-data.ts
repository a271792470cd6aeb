// What CEF's own keys mean in an event of Windows: of the addresses, processes and files that CEF has names for, which of the event's data
// each is. Source: ArcSight, "Common Event Format" (Implementation Standard), its dictionary of extensions; the names of the data by id:
// Sysinternals, "Sysmon"; Microsoft Learn, the page of each audit event.
import { entryOf } from '../../base/entry.ts'

type Keys = Readonly<Record<string, string>>

const addresses: Keys = {
  src: 'SourceIp',
  spt: 'SourcePort',
  shost: 'SourceHostname',
  dst: 'DestinationIp',
  dpt: 'DestinationPort',
  dhost: 'DestinationHostname',
  proto: 'Protocol',
}
const reached: Keys = { spid: 'SourceProcessId', dpid: 'TargetProcessId' }
const acting: Keys = { dpid: 'ProcessId', spid: 'ProcessId' }
const file: Keys = { ...acting, filePath: 'TargetFilename', fileHash: 'Hashes' }
const module_: Keys = { ...acting, filePath: 'ImageLoaded', fileHash: 'Hashes' }

const sysmon: Readonly<Record<string, Keys>> = {
  1: { dpid: 'ProcessId', spid: 'ParentProcessId', fileHash: 'Hashes' },
  2: file,
  3: { ...acting, ...addresses },
  6: module_,
  7: module_,
  8: reached,
  10: reached,
  11: file,
  15: file,
  23: file,
  26: file,
}

const client: Keys = { src: 'IpAddress', spt: 'IpPort' }
const logon: Keys = {
  ...client,
  shost: 'WorkstationName',
  suser: 'SubjectUserName',
  duser: 'TargetUserName',
}
const security: Readonly<Record<string, Keys>> = {
  4624: logon,
  4625: logon,
  4648: logon,
  4688: { dpid: 'NewProcessId', spid: 'ProcessId' },
  5140: client,
  5145: client,
}

/** By the event's writer and id; `writer`: '' where it is not known. */
export function keysOfEvent(writer: string, id: string): Keys {
  if (/sysmon/i.test(writer)) return entryOf(sysmon, id) ?? acting
  return entryOf(security, id) ?? {}
}
