// Some tools keep the data of a Windows event as a bare list (insertion strings): which name has the first, which the second?
// Sources: the templates of the providers' manifests as they stand in EVTX files of Windows 10 and Windows Server 2016 to 2022;
// Microsoft Learn, the page of each audit event; Sysinternals, "Sysmon", its schema.
import { entryOf } from '../../base/entry.ts'
import type { Value } from '../../base/record.ts'
import { addField, type Fields } from '../flat/fields.ts'
import { parseLiteralList } from '../flat/literals.ts'
import { textOrEmpty } from '../flat/written-by.ts'

const subject =
  'SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId'
const target = 'TargetUserSid TargetUserName TargetDomainName TargetLogonId'
const process = 'RuleName UtcTime ProcessGuid ProcessId'

type Names = Readonly<Record<string, string>>

// Later versions of an event append names.
const security: Names = {
  4624: `${subject} ${target} LogonType LogonProcessName AuthenticationPackageName WorkstationName LogonGuid TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort ImpersonationLevel RestrictedAdminMode TargetOutboundUserName TargetOutboundDomainName VirtualAccount TargetLinkedLogonId ElevatedToken`,
  4625: `${subject} TargetUserSid TargetUserName TargetDomainName Status FailureReason SubStatus LogonType LogonProcessName AuthenticationPackageName WorkstationName TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort`,
  4634: `${target} LogonType`,
  4648: `${subject} LogonGuid TargetUserName TargetDomainName TargetLogonGuid TargetServerName TargetInfo ProcessId ProcessName IpAddress IpPort`,
  4656: `${subject} ObjectServer ObjectType ObjectName HandleId TransactionId AccessList AccessReason AccessMask PrivilegeList RestrictedSidCount ProcessId ProcessName ResourceAttributes`,
  4657: `${subject} ObjectName ObjectValueName HandleId OperationType OldValueType OldValue NewValueType NewValue ProcessId ProcessName`,
  4658: `${subject} ObjectServer HandleId ProcessId ProcessName`,
  4663: `${subject} ObjectServer ObjectType ObjectName HandleId AccessList AccessMask ProcessId ProcessName ResourceAttributes`,
  4672: `${subject} PrivilegeList`,
  4673: `${subject} ObjectServer Service PrivilegeList ProcessId ProcessName`,
  4674: `${subject} ObjectServer ObjectType ObjectName HandleId AccessMask PrivilegeList ProcessId ProcessName`,
  4688: `${subject} NewProcessId NewProcessName TokenElevationType ProcessId CommandLine ${target} ParentProcessName MandatoryLabel`,
  4689: `${subject} Status ProcessId ProcessName`,
  4690: `${subject} SourceHandleId SourceProcessId TargetHandleId TargetProcessId`,
  4697: `${subject} ServiceName ServiceFileName ServiceType ServiceStartType ServiceAccount`,
  4698: `${subject} TaskName TaskContent`,
  4699: `${subject} TaskName TaskContent`,
  4702: `${subject} TaskName TaskContentNew`,
  4703: `${subject} ${target} ProcessName ProcessId EnabledPrivilegeList DisabledPrivilegeList`,
  5140: `${subject} ObjectType IpAddress IpPort ShareName ShareLocalPath AccessMask AccessList`,
  5145: `${subject} ObjectType IpAddress IpPort ShareName ShareLocalPath RelativeTargetName AccessMask AccessList AccessReason`,
  5156: 'ProcessID Application Direction SourceAddress SourcePort DestAddress DestPort Protocol FilterRTID LayerName LayerRTID RemoteUserID RemoteMachineID',
}

const image = `${process} Image`
const module_ = 'FileVersion Description Product Company OriginalFileName'
const sysmon: Names = {
  1: `${image} ${module_} CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser`,
  2: `${image} TargetFilename CreationUtcTime PreviousCreationUtcTime User`,
  3: `${image} User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName`,
  5: `${image} User`,
  6: 'RuleName UtcTime ImageLoaded Hashes Signed Signature SignatureStatus',
  7: `${image} ImageLoaded ${module_} Hashes Signed Signature SignatureStatus User`,
  8: 'RuleName UtcTime SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser',
  9: `${image} Device User`,
  10: 'RuleName UtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser',
  11: `${image} TargetFilename CreationUtcTime User`,
  12: 'RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject User',
  13: 'RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User',
  14: 'RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject NewName User',
  15: `${image} TargetFilename CreationUtcTime Hash Contents User`,
  17: 'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User',
  18: 'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User',
  19: 'RuleName EventType UtcTime Operation User EventNamespace Name Query',
  20: 'RuleName EventType UtcTime Operation User Name Type Destination',
  21: 'RuleName EventType UtcTime Operation User Consumer Filter',
  22: `${process} QueryName QueryStatus QueryResults Image User`,
  23: `${process} User Image TargetFilename Hashes IsExecutable Archived`,
  25: `${image} Type User`,
  26: `${process} User Image TargetFilename Hashes IsExecutable`,
}

const byProvider: Readonly<Record<string, Names>> = {
  'microsoft-windows-security-auditing': security,
  'microsoft-windows-sysmon': sysmon,
  'microsoft-windows-powershell': {
    4104: 'MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path',
  },
  'service control manager': {
    7045: 'ServiceName ImagePath ServiceType StartType AccountName',
  },
}

/** Names that every version of the event has; of fewer strings it is not known which they are. */
const least: Readonly<Record<string, number>> = {
  4624: 20,
  4688: 8,
  4656: 15,
  4663: 12,
}

/** The strings under their names. undefined: it is not known what this provider's event puts where. */
export function namedByPlace(
  provider: string,
  id: string,
  strings: readonly Value[],
): Fields | undefined {
  const names = namesByCount(provider.toLowerCase(), id, strings.length)
  if (!names) return undefined
  if (!strings.every((value, i) => fits(names[i]!, value))) return undefined
  const fields: Fields = {}
  strings.forEach((value, i) => {
    addField(fields, names[i]!, value)
  })
  return fields
}

/** Of so many strings; undefined: no version of the event has them. */
function namesByCount(
  provider: string,
  id: string,
  count: number,
): readonly string[] | undefined {
  const known = entryOf(byProvider, provider)
  const names = known && entryOf(known, id)?.split(' ')
  if (!names || count > names.length) return undefined
  if (known === sysmon) return earlierNames(id, names, count)
  return count < (entryOf(least, id) ?? names.length - 1) ? undefined : names
}

/** What Sysmon gave its events in later versions, wherever it stands, the newest first: users (13.30), contents (11), the file's own name (10), the kind of a pipe's event (10), what the file says of itself (8), the rule (8). */
const later: readonly (readonly string[])[] = [
  ['User', 'ParentUser', 'SourceUser', 'TargetUser'],
  ['Contents'],
  ['OriginalFileName'],
  ['EventType'],
  ['FileVersion', 'Description', 'Product', 'Company'],
  ['RuleName'],
]

/** Not in these, which always had it. */
const alwaysHad: Readonly<Record<string, readonly string[]>> = {
  User: ['1', '3', '19', '20', '21', '23', '26'],
  EventType: ['12', '13', '14', '19', '20', '21'],
}

function earlierNames(
  id: string,
  newest: readonly string[],
  count: number,
): readonly string[] | undefined {
  let names = newest
  for (const group of later) {
    if (names.length <= count) break
    names = names.filter(
      (n) => !group.includes(n) || entryOf(alwaysHad, n)?.includes(id),
    )
  }
  return names.length === count ? names : undefined
}

/** The names of the data of each provider's event of this id, as far as they are known. */
export function namesOfEvent(
  id: string,
): readonly { readonly provider: string; readonly names: readonly string[] }[] {
  return Object.entries(byProvider).flatMap(([provider, events]) => {
    const names = entryOf(events, id)?.split(' ')
    return names ? [{ provider, names }] : []
  })
}

/** All names that data of these events have. */
const dataNames: ReadonlySet<string> = new Set(
  Object.values(byProvider).flatMap((events) =>
    Object.values(events).flatMap((names) => names.split(' ')),
  ),
)

/** Shared names that make it an event's: of fewer any object may have some. */
const minShared = 2

/** Can these names be of data of an event that is known here? */
export function mayBeData(names: readonly string[]): boolean {
  let shared = 0
  for (const name of names) if (dataNames.has(name)) shared++
  return shared >= minShared
}

/** Databases fold the case of their columns: the own names of an event's data by those without case and underscores. */
export function ownSpellings(
  writer: string,
  id: string,
): ReadonlyMap<string, string> {
  const key = `${writer}\0${id}`
  const known = spellings.get(key)
  if (known) return known
  const provider = Object.keys(byProvider).find((name) => {
    const [last] = name.split('-').slice(2)
    return writer.toLowerCase().includes(last ?? name)
  })
  const names = provider && entryOf(byProvider[provider]!, id)?.split(' ')
  const made = new Map((names || []).map((n) => [n.toLowerCase(), n]))
  if (spellings.size < maxSpellings) spellings.set(key, made)
  return made
}

/** Kinds of events that are remembered. */
const maxSpellings = 1_024
const spellings = new Map<string, ReadonlyMap<string, string>>()

const shapes: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/UtcTime$/, /^(?:\d{4}-\d\d-\d\d |-?$)/],
  [/Guid$|GUID$/, /^(?:\{[\dA-Fa-f-]{36}\}|[\dA-Fa-f-]{36}|-?)$/],
  [/(?:Process|Thread)I[dD]$/, /^(?:0x[\dA-Fa-f]{1,16}|\d{1,10}|-?)$/],
]

/** Values of these names have a shape of their own: where one has another, the places are not those of this version. */
function fits(name: string, value: Value): boolean {
  const shape = shapes.find(([mark]) => mark.test(name))
  return !shape || shape[1].test(textOrEmpty(value))
}

/** What tools call such a list, in lower case. */
const listNames = new Set([
  'stringinserts',
  'insertionstrings',
  'replacementstrings',
  'strings',
  'properties',
])

export function isStringList(name: string): boolean {
  return listNames.has(name.toLowerCase())
}

/** Strings of one event. */
const maxStrings = 256

/**
 * A list of strings as tools write it: a list, `a|b` of Log Parser, `{"a","b"}` and `{a;b}` of wmic, `['a', 'b']` of plaso.
 * undefined: it is none.
 */
export function listedStrings(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value))
    return value.some((item) => isNamed(item) || isTypeName(item))
      ? undefined
      : value.map((item) => propertyValue(item))
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (text.startsWith('[')) return parseLiteralList(text)
  const inBraces = /^\{(.*)\}$/s.exec(text)?.[1]
  if (inBraces?.startsWith('"'))
    return inBraces.slice(1, -1).split('","', maxStrings)
  const parts = (inBraces ?? text).split(
    inBraces === undefined ? '|' : ';',
    maxStrings,
  )
  return parts.length > 1 ? parts : undefined
}

/** What PowerShell writes where it went no deeper: the name of the value's type. */
function isTypeName(item: unknown): boolean {
  return typeof item === 'string' && /^System(?:\.[A-Za-z]\w*)+$/.test(item)
}

/** `{"Key": "Image", "Value": "…"}` is no string of a list. */
function isNamed(item: unknown): boolean {
  const isObject = typeof item === 'object' && item !== null
  return isObject && ('Key' in item || 'Name' in item || 'key' in item)
}

/** PowerShell's `Properties`: `{"Value": "x"}`, of an identity `{"Value": {"Value": "S-1-5-18", …}}`. */
function propertyValue(item: unknown, depth = 0): unknown {
  const isObject = typeof item === 'object' && item !== null && depth < 3
  return isObject && 'Value' in item
    ? propertyValue(item.Value, depth + 1)
    : item
}
