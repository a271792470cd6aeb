// Splunk's names for fields, and where an event has them. Three vocabularies: the Windows and Sysmon add-ons' own names,
// the Common Information Model's (CIM), and the names that the published analytics use and no source has.
// Sources: Splunk CIM 5 (Endpoint, Network Traffic and Network Resolution data models), field lists of
// splunk/security_content's data sources, the analytics of ATT&CK T1559 for the published names.
import type {
  DerivedCase,
  FieldSource,
  Resolution,
} from '../../ir/field-source.ts'
import type { Predicate } from '../../ir/predicate.ts'

/** A place in an event: a field's name, `basename(Field)`, `dirname(Field)`, or a text in quotes. */
export function parsePlace(text: string): FieldSource | undefined {
  const constant = /^"(.*)"$/s.exec(text)
  if (constant) return { kind: 'constant', value: constant[1]! }
  const part = /^(basename|dirname)\(([^()]+)\)$/.exec(text)
  if (part)
    return { kind: part[1] as 'basename' | 'dirname', name: part[2]!.trim() }
  return /^[^()"]+$/.test(text)
    ? { kind: 'field', name: text.trim() }
    : undefined
}

/** By name in lower-case-free spelling as Splunk has it; places in order of preference, parted by bars. */
const places: Readonly<Record<string, string>> = {
  // the event and its host
  EventCode: 'EventID',
  event_id: 'EventID',
  signature_id: 'EventID',
  ComputerName: 'Computer|Hostname|host.name',
  dest: 'Computer|Hostname|host.name|node',
  dvc: 'Computer|Hostname|host.name|node',
  host: 'Computer|Hostname|host.name|node',
  SourceName: 'Provider_Name',
  LogName: 'Channel',
  RecordNumber: 'EventRecordID',
  // users
  user: 'User|SourceUser|SubjectUserName|TargetUserName|UserId',
  user_name: 'User|SourceUser|SubjectUserName|TargetUserName',
  user_id: 'UserId|Security_UserID|SubjectUserSid',
  src_user: 'SourceUser|SubjectUserName|User',
  dest_user: 'TargetUser|TargetUserName',
  parent_user: 'ParentUser',
  Account_Name: 'SubjectUserName',
  Logon_ID: 'SubjectLogonId|LogonId',
  Logon_Type: 'LogonType',
  Security_ID: 'SubjectUserSid',
  // processes
  process: 'CommandLine',
  process_exec: 'basename(Image)|basename(SourceImage)',
  process_name:
    'basename(Image)|basename(SourceImage)|basename(NewProcessName)',
  process_path: 'Image|SourceImage|NewProcessName',
  process_id: 'ProcessId|SourceProcessId',
  process_guid: 'ProcessGuid|SourceProcessGUID|SourceProcessGuid',
  process_hash: 'Hashes',
  process_integrity_level: 'IntegrityLevel',
  process_current_directory: 'CurrentDirectory',
  original_file_name: 'OriginalFileName',
  parent_process: 'ParentCommandLine',
  parent_process_exec: 'basename(ParentImage)|basename(ParentProcessName)',
  parent_process_name: 'basename(ParentImage)|basename(ParentProcessName)',
  parent_process_path: 'ParentImage|ParentProcessName',
  parent_process_id: 'ParentProcessId',
  parent_process_guid: 'ParentProcessGuid',
  New_Process_Name: 'NewProcessName|Image',
  Creator_Process_Name: 'ParentProcessName|ParentImage',
  Process_Command_Line: 'CommandLine',
  New_Process_ID: 'NewProcessId',
  Creator_Process_ID: 'ProcessId',
  Token_Elevation_Type: 'TokenElevationType',
  Mandatory_Label: 'MandatoryLabel',
  // process access
  granted_access: 'GrantedAccess',
  target_process: 'TargetImage',
  target_process_name: 'basename(TargetImage)',
  target_process_path: 'TargetImage',
  target_process_id: 'TargetProcessId',
  target_process_guid: 'TargetProcessGUID|TargetProcessGuid',
  SourceProcessGuid: 'SourceProcessGuid|SourceProcessGUID',
  TargetProcessGuid: 'TargetProcessGuid|TargetProcessGUID',
  parent_process_call_trace: 'CallTrace',
  // modules and files
  module_path: 'ImageLoaded',
  module_name: 'basename(ImageLoaded)',
  loaded_file: 'basename(ImageLoaded)',
  loaded_file_path: 'ImageLoaded',
  service_dll_path: 'ImageLoaded',
  service_dll_signature_verified: 'Signed',
  service_dll_signature_exists: 'Signed',
  signature_status: 'SignatureStatus',
  file_path: 'TargetFilename|ObjectName|RelativeTargetName',
  file_name: 'basename(TargetFilename)|basename(RelativeTargetName)',
  file_hash: 'Hash|Hashes',
  file_create_time: 'CreationUtcTime',
  Share_Name: 'ShareName',
  Relative_Target_Name: 'RelativeTargetName',
  Object_Name: 'ObjectName',
  Access_Mask: 'AccessMask',
  // pipes
  pipe_name: 'PipeName',
  // registry
  registry_path: 'TargetObject|ObjectName',
  registry_key_name: 'dirname(TargetObject)|ObjectName',
  registry_value_name: 'basename(TargetObject)|ObjectValueName',
  registry_value_data: 'Details|NewValue',
  registry_value_type: 'NewValueType',
  // services and tasks
  Service_Name: 'ServiceName',
  Service_File_Name: 'ServiceFileName|ImagePath',
  service: 'ServiceName',
  service_path: 'ImagePath|ServiceFileName',
  Task_Name: 'TaskName',
  // network
  src: 'SourceIp|SourceHostname|IpAddress',
  src_ip: 'SourceIp|IpAddress|id.orig_h',
  src_host: 'SourceHostname|WorkstationName',
  src_port: 'SourcePort|IpPort|id.orig_p',
  dest_ip: 'DestinationIp|id.resp_h',
  dest_host: 'DestinationHostname',
  dest_port: 'DestinationPort|id.resp_p',
  transport: 'Protocol',
  query: 'QueryName',
  answer: 'QueryResults',
  Source_Network_Address: 'IpAddress|SourceIp',
  Workstation_Name: 'WorkstationName',
  // scripts
  script_block_text: 'ScriptBlockText',
  Script_Block_Text: 'ScriptBlockText',
}

/** Names of other things in other events: the fields of one data set are not those of another. */
const dataModelPlaces: Readonly<
  Record<string, Readonly<Record<string, string>>>
> = {
  All_Traffic: {
    dest: 'DestinationHostname|DestinationIp',
    src: 'SourceHostname|SourceIp',
    app: 'Image',
  },
  DNS: { src: 'Computer|Hostname' },
  Filesystem: { dest: 'Computer|Hostname|host.name|node' },
}

// A row's own name comes first, so that exported Splunk events are read as they are; but these are names of the event
// itself, which every rule asks for, and no Windows record has them under Splunk's name.
const neverOwn = new Set(['EventCode', 'event_id', 'signature_id'])

/** Which rights over a process let one process act within another: duplicate its handles, write its memory, start a thread. */
const actingRights = ['DUP_HANDLE', 'VM_OPERATION', 'VM_WRITE', 'CREATE_THREAD']

/** Documented derivations of names that the published analytics use and no source has. */
const derivations: Readonly<Record<string, readonly DerivedCase[]>> = {
  access_type: [
    { value: 'IPC', when: anyText('AccessRights', actingRights) },
    { value: 'other', when: present('AccessRights') },
  ],
  process_privilege: [
    {
      value: 'system',
      when: anyText('IntegrityLevel', ['System', 'Protected']),
    },
    { value: 'high', when: anyText('IntegrityLevel', ['High']) },
    {
      value: 'medium',
      when: anyText('IntegrityLevel', ['Medium', 'MediumPlus']),
    },
    {
      value: 'low',
      when: anyText('IntegrityLevel', ['Low', 'Untrusted', 'AppContainer']),
    },
    { value: 'system', when: serviceAccount('SourceUser') },
    {
      value: 'system',
      when: allAbsent(['SourceUser'], serviceAccount('User')),
    },
    { value: 'system', when: systemProcess('SourceImage') },
    { value: 'system', when: numberIs('EffectiveUserId', 0) },
    { value: 'medium', when: present('EffectiveUserId') },
    { value: 'medium', when: present('SourceUser') },
  ],
}

/** What a derived name means, for messages and documents. */
export const derivationNotes: Readonly<Record<string, string>> = {
  access_type:
    '"access_type" is in no source: derived from AccessRights, "IPC" where they hold DUP_HANDLE, VM_OPERATION, VM_WRITE or CREATE_THREAD',
  process_privilege:
    '"process_privilege" is in no source: derived from IntegrityLevel, else from the account (service accounts and uid 0 are system, others medium), else from the image (the system\'s own processes); absent where none of these is known',
}

function anyText(field: string, values: readonly string[]): Predicate {
  const of = values.map(
    (v): Predicate => ({
      kind: 'text',
      field,
      pattern: [v],
      cased: false,
    }),
  )
  return of.length === 1 ? of[0]! : { kind: 'or', of }
}

function present(field: string): Predicate {
  return { kind: 'not', of: { kind: 'null', field } }
}

function allAbsent(fields: readonly string[], then: Predicate): Predicate {
  return {
    kind: 'and',
    of: [...fields.map((field): Predicate => ({ kind: 'null', field })), then],
  }
}

function numberIs(field: string, value: number): Predicate {
  return { kind: 'number', field, op: 'eq', value }
}

// Well-known accounts of services: Microsoft Learn, "Service user accounts".
function serviceAccount(field: string): Predicate {
  return anyText(field, [
    'NT AUTHORITY\\SYSTEM',
    'NT AUTHORITY\\LOCAL SERVICE',
    'NT AUTHORITY\\NETWORK SERVICE',
    'SYSTEM',
    'LOCAL SERVICE',
    'NETWORK SERVICE',
    'S-1-5-18',
    'S-1-5-19',
    'S-1-5-20',
    'root',
  ])
}

// They run as LocalSystem and have no other form: Windows Internals, "System processes".
function systemProcess(field: string): Predicate {
  const names = ['smss', 'csrss', 'wininit', 'winlogon', 'services', 'lsass']
  return anyText(
    field,
    names.map((n) => `C:\\Windows\\System32\\${n}.exe`),
  )
}

/** `Processes.process_name` or `process_name`: the places, best first. undefined: the name is the event's own. */
export function resolveField(
  name: string,
  own: FieldMap,
): Resolution | undefined {
  const given = own.get(name)
  if (given) return given
  const cut = name.indexOf('.')
  const dataSet = cut > 0 ? name.slice(0, cut) : undefined
  if (dataSet !== undefined && dataSets.has(dataSet)) {
    return inDataModel(dataSet, name.slice(cut + 1), own)
  }
  return fromTable(name)
}

/** Names of the data sets whose fields carry them as a prefix. */
const dataSets = new Set([
  'Processes',
  'Registry',
  'Filesystem',
  'All_Traffic',
  'DNS',
])

// The model writes `unknown` where a source has no value, so that no row falls out of a `by`.
function inDataModel(dataSet: string, name: string, own: FieldMap): Resolution {
  const special = dataModelPlaces[dataSet]?.[name]
  const found = own.get(name) ??
    (special ? parsePlaces(special) : undefined) ??
    fromTable(name) ?? [{ kind: 'field', name } as const]
  return [...found, { kind: 'constant', value: 'unknown' }]
}

function fromTable(name: string): Resolution | undefined {
  const cases = Object.hasOwn(derivations, name) ? derivations[name] : undefined
  if (cases)
    return [
      { kind: 'field', name },
      { kind: 'cases', cases },
    ]
  const list = Object.hasOwn(places, name) ? places[name] : undefined
  if (!list) return undefined
  const found = parsePlaces(list)
  if (neverOwn.has(name)) return found
  return found.some((p) => p.kind === 'field' && p.name === name)
    ? found
    : [{ kind: 'field', name }, ...found]
}

function parsePlaces(list: string): Resolution {
  return list.split('|').flatMap((p) => parsePlace(p) ?? [])
}

/** The caller's own places for names (front matter's `fields`). */
export type FieldMap = ReadonlyMap<string, Resolution>

/** Every name that this vocabulary knows, for suggestions. */
export const knownNames: readonly string[] = [
  ...Object.keys(places),
  ...Object.keys(derivations),
]

/** The name that the vocabulary prefers for `process_name`-like fields: does it hold a path, or the last part of one? */
export function isPathField(r: Resolution): boolean {
  const [own] = r.filter((p) => p.kind === 'field' && pathFields.has(p.name))
  return own !== undefined && !r.some((p) => p.kind === 'basename')
}

const pathFields = new Set([
  'Image',
  'ParentImage',
  'SourceImage',
  'TargetImage',
  'ImageLoaded',
  'NewProcessName',
  'ParentProcessName',
  'TargetFilename',
])

export function isBasenameField(r: Resolution): boolean {
  return r.some((p) => p.kind === 'basename')
}
