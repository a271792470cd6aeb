// Microsoft Defender's hunting tables under Sigma's names. In DeviceProcessEvents the columns without a prefix are the
// process that was started and `InitiatingProcess…` is its parent; in every other table the initiator is who acted.
// Columns: Microsoft Learn, "Understand the advanced hunting schema" and the page of each table.
import { entryOf } from '../base/entry.ts'
import type { Shape, SourceRecord, Value } from '../base/record.ts'

import { logSource } from '../event/log-source.ts'
import { defenderEvents } from '../event/sources/defender.ts'

import type { Addition, Derive, ProviderNormaliser } from './provider.ts'
import { firstText, firstTime, firstValue } from './read-first.ts'
import { pipeName, pipeTemplate } from './windows/pipe-name.ts'
import {
  classesKey,
  classesScope,
  clsidOfKey,
  guidsIn,
  registryKey,
} from './windows/registry-key.ts'

export const defender: ProviderNormaliser = {
  applies: (p) => p.family === 'defender',
  plan(shape, { id }) {
    const time = firstTime(shape, ['Timestamp', 'TimeGenerated', 'time'])
    const host = firstText(shape, ['DeviceName'])
    const isStart = id === 'ProcessCreated'
    const rows = [...(isStart ? started : acting), ...(rowsOf(id) ?? [])]
    return {
      add: rows.flatMap((row) => row(shape) ?? []),
      logSource: logSource(undefined, categoriesOf(id), []),
      ...(time && { time }),
      ...(host && { host }),
    }
  },
}

function categoriesOf(action: string): readonly string[] {
  return entryOf(defenderEvents, action)?.categories ?? []
}

/** What a shape can fill; undefined where it lacks the columns. */
type Row = (shape: Shape) => Addition | undefined

function alias(name: string, ...from: string[]): Row {
  return (shape) => {
    const known = from.find((f) => shape.indexOf(f) >= 0)
    return known === undefined ? undefined : { name, from: known, overrides }
  }
}

// `ProcessId` and `RegistryKey` are columns as well as canonical names, and mean something else as columns.
const overrides = true

/** `domain\user`, or the user alone. */
function account(name: string, domain: string, user: string): Row {
  return (shape) => {
    const readDomain = firstText(shape, [domain])
    const readUser = firstText(shape, [user])
    if (!readUser) return undefined
    const value: Derive = (r) => {
      const own = readUser(r)
      const of = readDomain?.(r)
      return own && of ? `${of}\\${own}` : own
    }
    return { name, from: value, overrides }
  }
}

/** The path of a file: tables differ in whether `FolderPath` ends with the file's name. */
function path(name: string, folder: string, file: string): Row {
  return (shape) => {
    const readFolder = firstText(shape, [folder])
    const readFile = firstText(shape, [file])
    if (!readFolder && !readFile) return undefined
    const value: Derive = (r) => fullPath(readFolder?.(r), readFile?.(r))
    return { name, from: value, overrides }
  }
}

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

function commandClsid(name: string, from: string): Row {
  return (shape) => {
    const read = firstText(shape, [from])
    if (!read) return undefined
    const value: Derive = (r) => {
      const command = read(r)
      return command ? guidsIn(command) : undefined
    }
    return { name, from: value }
  }
}

/** A member of `AdditionalFields`, which is an object in some exports and JSON text in others. */
function additional(
  name: string,
  member: string,
  make: (value: Value) => Value | undefined = (v) => v,
): Row {
  return (shape) => {
    const read = firstValue(shape, [`AdditionalFields.${member}`])
    const packed = firstText(shape, ['AdditionalFields'])
    if (!read && !packed) return undefined
    const value: Derive = (r) => {
      const own = read?.(r) ?? memberOf(packed?.(r), member)
      return own === undefined || own === null ? undefined : make(own)
    }
    return { name, from: value }
  }
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

const started: readonly Row[] = [
  path('Image', 'FolderPath', 'FileName'),
  alias('CommandLine', 'ProcessCommandLine'),
  alias('StartedProcessId', 'ProcessId'),
  commandClsid('Clsid', 'ProcessCommandLine'),
  commandClsid('ParentClsid', 'InitiatingProcessCommandLine'),
  account('User', 'AccountDomain', 'AccountName'),
  alias('UserSid', 'AccountSid'),
  alias('IntegrityLevel', 'ProcessIntegrityLevel'),
  alias('OriginalFileName', 'ProcessVersionInfoOriginalFileName'),
  path(
    'ParentImage',
    'InitiatingProcessFolderPath',
    'InitiatingProcessFileName',
  ),
  alias('ParentCommandLine', 'InitiatingProcessCommandLine'),
  alias('ParentProcessId', 'InitiatingProcessId'),
  hashes(),
]

const acting: readonly Row[] = [
  path('Image', 'InitiatingProcessFolderPath', 'InitiatingProcessFileName'),
  alias('CommandLine', 'InitiatingProcessCommandLine'),
  alias('ProcessId', 'InitiatingProcessId'),
  account(
    'User',
    'InitiatingProcessAccountDomain',
    'InitiatingProcessAccountName',
  ),
  alias('UserSid', 'InitiatingProcessAccountSid'),
  alias('IntegrityLevel', 'InitiatingProcessIntegrityLevel'),
  alias('OriginalFileName', 'InitiatingProcessVersionInfoOriginalFileName'),
]

const file: readonly Row[] = [
  path('TargetFilename', 'FolderPath', 'FileName'),
  path('SourceFilename', 'PreviousFolderPath', 'PreviousFileName'),
  hashes(),
]

/** Key and value in one path, as Sysmon writes it. */
function registryPath(
  name: string,
  make: (path: string) => Value | undefined,
): Row {
  return (shape) => {
    const key = firstText(shape, ['RegistryKey', 'PreviousRegistryKey'])
    const value = firstText(shape, ['RegistryValueName'])
    if (!key) return undefined
    const path: Derive = (r) => {
      const at = key(r)
      const under = value?.(r)
      if (!at) return undefined
      return make(under ? `${at}\\${under}` : at)
    }
    return { name, from: path, overrides }
  }
}

const registry: readonly Row[] = [
  registryPath('TargetObject', (path) => registryKey(path) ?? path),
  registryPath('RegistryKey', registryKey),
  registryPath('ClassesKey', classesKey),
  registryPath('ClassesScope', classesScope),
  registryPath('Clsid', clsidOfKey),
  alias('Details', 'RegistryValueData'),
]

const outbound: readonly Row[] = [
  alias('SourceIp', 'LocalIP'),
  alias('SourcePort', 'LocalPort'),
  alias('DestinationIp', 'RemoteIP'),
  alias('DestinationPort', 'RemotePort'),
  alias('DestinationHostname', 'RemoteUrl'),
]

const inbound: readonly Row[] = [
  alias('SourceIp', 'RemoteIP'),
  alias('SourcePort', 'RemotePort'),
  alias('DestinationIp', 'LocalIP'),
  alias('DestinationPort', 'LocalPort'),
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
  alias('SourceProcessId', 'InitiatingProcessId'),
  path('TargetImage', 'FolderPath', 'FileName'),
  alias('TargetProcessId', 'ProcessId'),
  additional('GrantedAccess', 'DesiredAccess'),
]

/** What the categories have besides who acted. */
function rowsOf(action: string): readonly Row[] | undefined {
  switch (categoriesOf(action)[0]) {
    case 'image_load':
    case 'driver_load':
      return [path('ImageLoaded', 'FolderPath', 'FileName'), hashes()]
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

/** As Sysmon writes them: `MD5=…,SHA256=…`. */
function hashes(): Row {
  return (shape) => {
    const parts = ['MD5', 'SHA1', 'SHA256'].flatMap((kind) => {
      const read = firstText(shape, [kind])
      return read ? [{ kind, read }] : []
    })
    if (!parts.length) return undefined
    const value = (r: SourceRecord) => {
      const known = parts.flatMap(({ kind, read }) => {
        const hash = read(r)
        return hash ? [`${kind}=${hash}`] : []
      })
      return known.length ? known.join(',') : undefined
    }
    return { name: 'Hashes', from: value }
  }
}
