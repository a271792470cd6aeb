// Microsoft Defender's hunting tables under Sigma's names. In DeviceProcessEvents the columns without a prefix are the
// process that was started and `InitiatingProcess…` is its parent; in every other table the initiator is who acted.
// Columns: Microsoft Learn, "Understand the advanced hunting schema" and the page of each table.
import { entryOf } from '../base/entry.ts'
import type { Value } from '../base/record.ts'

import { logSource } from '../event/log-source.ts'
import { defenderEvents } from '../event/sources/defender.ts'

import type { ProviderNormaliser } from './provider.ts'
import { textOf } from './read-first.ts'
import {
  additionsOf,
  alias,
  derived,
  fromText,
  ofAny,
  overriding,
  type Row,
} from './row.ts'
import { whenAndWhere } from './when-where.ts'
import { hashList } from './windows/hashes.ts'
import { pipeName, pipeTemplate } from './windows/pipe-name.ts'
import {
  classesKey,
  classesScope,
  clsidOfKey,
  guidsIn,
  registryKey,
} from './windows/registry-key.ts'

/** Family `defender`: the channel is the table where that is said, the id the `ActionType`. */
export const defender: ProviderNormaliser = {
  applies: (p) => p.family === 'defender',
  plan(shape, { id }) {
    const isStart = id === 'ProcessCreated'
    const rows = [...(isStart ? started : acting), ...(rowsOf(id) ?? [])]
    return {
      add: additionsOf(rows, shape),
      logSource: logSource(undefined, categoriesOf(id), []),
      ...whenAndWhere(shape, {
        time: ['Timestamp', 'TimeGenerated', 'time'],
        host: ['DeviceName'],
      }),
    }
  },
}

function categoriesOf(action: string): readonly string[] {
  return entryOf(defenderEvents, action)?.categories ?? []
}

/** `ProcessId` and `RegistryKey` are columns as well as canonical names, and mean something else as columns. */
const column = (name: string, from: string) => overriding(alias(name, from))

/** `domain\\user`, or the user alone. */
const account = (name: string, domain: string, user: string) =>
  overriding(
    derived(name, [user, domain], (own, of) => {
      const [account, realm] = [textOf(own), textOf(of)]
      return account && realm ? `${realm}\\${account}` : account
    }),
  )

/** The path of a file: tables differ in whether `FolderPath` ends with the file's name. */
const path = (name: string, folder: string, file: string) =>
  overriding(
    ofAny(name, [folder, file], (at, own) => fullPath(textOf(at), textOf(own))),
  )

function fullPath(
  folder: string | undefined,
  file: string | undefined,
): string | undefined {
  if (!folder || !file) return folder || file
  const slash = folder.includes('/') ? '/' : '\\'
  const isWhole = folder.toLowerCase().endsWith(slash + file.toLowerCase())
  if (isWhole) return folder
  return folder.endsWith(slash) ? folder + file : folder + slash + file
}

/** A member of `AdditionalFields`, which is an object in some exports and JSON text in others. */
function additional(
  name: string,
  member: string,
  make: (value: Value) => Value | undefined = (v) => v,
): Row {
  const of = [`AdditionalFields.${member}`, 'AdditionalFields']
  return ofAny(name, of, (own, packed) => {
    const isOwn = own !== undefined && own !== null && own !== ''
    const value = isOwn ? own : memberOf(textOf(packed), member)
    return value === undefined || value === null ? undefined : make(value)
  })
}

function memberOf(json: string | undefined, member: string): Value | undefined {
  if (!json?.startsWith('{')) return undefined
  try {
    const value = entryOf(JSON.parse(json) as Record<string, unknown>, member)
    return typeof value === 'object' ? undefined : (value as Value)
  } catch {
    return undefined
  }
}

/** As Sysmon writes them: `MD5=…,SHA256=…`. */
const hashes = ofAny('Hashes', ['MD5', 'SHA1', 'SHA256'], (md5, sha1, sha256) =>
  hashList({ MD5: md5, SHA1: sha1, SHA256: sha256 }),
)

const started: readonly Row[] = [
  path('Image', 'FolderPath', 'FileName'),
  column('CommandLine', 'ProcessCommandLine'),
  column('StartedProcessId', 'ProcessId'),
  fromText('Clsid', 'ProcessCommandLine', guidsIn),
  fromText('ParentClsid', 'InitiatingProcessCommandLine', guidsIn),
  account('User', 'AccountDomain', 'AccountName'),
  column('UserSid', 'AccountSid'),
  column('IntegrityLevel', 'ProcessIntegrityLevel'),
  column('OriginalFileName', 'ProcessVersionInfoOriginalFileName'),
  path(
    'ParentImage',
    'InitiatingProcessFolderPath',
    'InitiatingProcessFileName',
  ),
  column('ParentCommandLine', 'InitiatingProcessCommandLine'),
  column('ParentProcessId', 'InitiatingProcessId'),
  hashes,
]

const acting: readonly Row[] = [
  path('Image', 'InitiatingProcessFolderPath', 'InitiatingProcessFileName'),
  column('CommandLine', 'InitiatingProcessCommandLine'),
  column('ProcessId', 'InitiatingProcessId'),
  account(
    'User',
    'InitiatingProcessAccountDomain',
    'InitiatingProcessAccountName',
  ),
  column('UserSid', 'InitiatingProcessAccountSid'),
  column('IntegrityLevel', 'InitiatingProcessIntegrityLevel'),
  column('OriginalFileName', 'InitiatingProcessVersionInfoOriginalFileName'),
]

const file: readonly Row[] = [
  path('TargetFilename', 'FolderPath', 'FileName'),
  path('SourceFilename', 'PreviousFolderPath', 'PreviousFileName'),
  hashes,
]

/** Key and value in one path, as Sysmon writes it. */
const registryPath = (
  name: string,
  make: (path: string) => Value | undefined,
) =>
  overriding(
    ofAny(
      name,
      ['RegistryKey', 'PreviousRegistryKey', 'RegistryValueName'],
      (key, previous, value) => {
        const at = textOf(key) || textOf(previous)
        const under = textOf(value)
        if (!at) return undefined
        return make(under ? `${at}\\${under}` : at)
      },
    ),
  )

const registry: readonly Row[] = [
  registryPath('TargetObject', (path) => registryKey(path) ?? path),
  registryPath('RegistryKey', registryKey),
  registryPath('ClassesKey', classesKey),
  registryPath('ClassesScope', classesScope),
  registryPath('Clsid', clsidOfKey),
  column('Details', 'RegistryValueData'),
]

const outbound: readonly Row[] = [
  column('SourceIp', 'LocalIP'),
  column('SourcePort', 'LocalPort'),
  column('DestinationIp', 'RemoteIP'),
  column('DestinationPort', 'RemotePort'),
  column('DestinationHostname', 'RemoteUrl'),
]

const inbound: readonly Row[] = [
  column('SourceIp', 'RemoteIP'),
  column('SourcePort', 'RemotePort'),
  column('DestinationIp', 'LocalIP'),
  column('DestinationPort', 'LocalPort'),
]

const pipe: readonly Row[] = [
  additional('PipeName', 'PipeName', (v) => pipeName(String(v))),
  additional('PipeTemplate', 'PipeName', (v) => pipeTemplate(String(v))),
]

const otherProcess: readonly Row[] = [
  path(
    'SourceImage',
    'InitiatingProcessFolderPath',
    'InitiatingProcessFileName',
  ),
  column('SourceProcessId', 'InitiatingProcessId'),
  path('TargetImage', 'FolderPath', 'FileName'),
  column('TargetProcessId', 'ProcessId'),
  additional('GrantedAccess', 'DesiredAccess'),
]

/** What the categories have besides who acted. */
function rowsOf(action: string): readonly Row[] | undefined {
  switch (categoriesOf(action)[0]) {
    case 'image_load':
    case 'driver_load':
      return [path('ImageLoaded', 'FolderPath', 'FileName'), hashes]
    case 'file_event':
    case 'file_change':
    case 'file_rename':
    case 'file_delete':
      return file
    case 'registry_event':
      return registry
    case 'network_connection':
      return action === 'InboundConnectionAccepted' ? inbound : outbound
    case 'pipe_created':
      return pipe
    case 'process_access':
    case 'create_remote_thread':
      return otherProcess
    case 'dns_query':
      return [additional('QueryName', 'DnsQueryString')]
    default:
      return undefined
  }
}
