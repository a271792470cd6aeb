// `datamodel=` says which events are meant, and under which names their fields are asked. Here that is log sources, kinds of
// their events, and places in them. Names: Splunk's Common Information Model 5.
import type { DerivedCase } from '../../ir/field-source.ts'
import type { Predicate } from '../../ir/predicate.ts'
import type { RuleLogSource } from '../../ir/rule.ts'
import type { Condition } from '../../ir/search.ts'

export interface DataModel {
  /** The data set's name, which its fields carry as a prefix. */
  readonly dataSet: string
  readonly events: Condition
  /** Names that mean other things here than elsewhere: places as in fields.ts, parted by bars, or what is derived. */
  readonly fields?: Readonly<Record<string, string | readonly DerivedCase[]>>
}

const category = (...names: readonly string[]): RuleLogSource[] =>
  names.map((name) => ({ category: name }))

function of(...selectors: readonly RuleLogSource[]): Condition {
  return { kind: 'source', selectors }
}

function withIds(service: string, ids: readonly number[]): Condition {
  return {
    kind: 'and',
    of: [of({ product: 'windows', service }), eventIs(ids)],
  }
}

function withTypes(types: readonly string[]): Condition {
  const linux = { product: 'linux', service: 'auditd' }
  return { kind: 'and', of: [of(linux), typeIs(types)] }
}

function any(...conditions: readonly Condition[]): Condition {
  return { kind: 'or', of: conditions }
}

function eventIs(ids: readonly number[]): Predicate {
  return {
    kind: 'or',
    of: ids.map((value) => ({
      kind: 'number',
      field: 'EventID',
      op: 'eq',
      value,
    })),
  }
}

function typeIs(types: readonly string[]): Predicate {
  return { kind: 'or', of: types.map((t) => text('type', t)) }
}

function text(field: string, value: string): Predicate {
  return { kind: 'text', field, pattern: [value], cased: false }
}

// Microsoft Learn, "Audit logon events" and "Audit account logon events"; the audit system's record types.
const logonIds = [4624, 4625, 4648, 4768, 4769, 4771, 4776]
const logonTypes = ['USER_AUTH', 'USER_LOGIN', 'USER_ERR']

const failedLogon: Predicate = {
  kind: 'or',
  of: [
    eventIs([4625, 4771]),
    text('Result', 'failed'),
    {
      kind: 'and',
      of: [
        eventIs([4768, 4769, 4776]),
        { kind: 'not', of: { kind: 'null', field: 'Status' } },
        { kind: 'not', of: text('Status', '0x0') },
      ],
    },
  ],
}

// Microsoft Learn, "Audit account management" and "Audit policy change".
const changes = {
  created: [4720, 4727, 4731, 4741, 4744, 4749, 4754, 4759],
  deleted: [4726, 4730, 4734, 4743, 4748, 4753, 4758, 4763],
  modified: [
    4719, 4722, 4723, 4724, 4725, 4728, 4729, 4732, 4733, 4735, 4737, 4738,
    4739, 4742, 4755, 4756, 4757, 4767, 4781, 5136,
  ],
  lockout: [4740],
  cleared: [1102],
}
const changeTypes = {
  created: ['ADD_USER', 'ADD_GROUP'],
  deleted: ['DEL_USER', 'DEL_GROUP'],
  modified: ['USER_MGMT', 'GRP_MGMT', 'USER_CHAUTHTOK'],
}

const changeActions: readonly DerivedCase[] = [
  ...Object.entries(changes).map(([value, ids]) => ({
    value,
    when: eventIs(ids),
  })),
  ...Object.entries(changeTypes).map(([value, types]) => ({
    value,
    when: typeIs(types),
  })),
]

const changed: DataModel = {
  dataSet: 'All_Changes',
  events: any(
    withIds('security', Object.values(changes).flat()),
    withTypes(Object.values(changeTypes).flat()),
  ),
  fields: {
    action: changeActions,
    user: 'TargetUserName|MemberName|User',
    object: 'TargetUserName|MemberName|ObjectDN',
    src_user: 'SubjectUserName|User',
    result_id: 'EventID',
    status: 'Result',
  },
}

/** By event id, and by the name that Defender gives. */
function actions(
  table: Readonly<Record<string, readonly (number | string)[]>>,
): DerivedCase[] {
  return Object.entries(table).flatMap(([value, marks]) => {
    const ids = marks.filter((m) => typeof m === 'number')
    const names = marks.filter((m) => typeof m === 'string')
    return [
      ...(ids.length ? [{ value, when: eventIs(ids) }] : []),
      ...names.map((n) => ({ value, when: text('ActionType', n) })),
    ]
  })
}

// Sysmon's events, and Microsoft Learn, "DeviceFileEvents", "DeviceRegistryEvents"; "Audit Filtering Platform Connection".
const fileActions = actions({
  created: [11, 'FileCreated'],
  modified: [2, 'FileModified', 'FileRenamed'],
  deleted: [23, 26, 'FileDeleted'],
})
const registryActions: readonly DerivedCase[] = [
  { value: 'created', when: text('EventType', 'CreateKey') },
  { value: 'deleted', when: text('EventType', 'DeleteKey') },
  { value: 'deleted', when: text('EventType', 'DeleteValue') },
  ...actions({
    created: ['RegistryKeyCreated'],
    modified: [13, 14, 'RegistryValueSet'],
    deleted: ['RegistryKeyDeleted', 'RegistryValueDeleted'],
  }),
]
const trafficActions = actions({ allowed: [3, 5156], blocked: [5152, 5157] })

/** What a finding weighs, where nobody has said: by its level. */
const riskScores: readonly DerivedCase[] = Object.entries({
  critical: 100,
  high: 80,
  medium: 50,
  low: 25,
  informational: 10,
}).map(([level, score]) => ({
  value: String(score),
  when: text('rule.level', level),
}))

function has(...fields: readonly string[]): Condition {
  const of = fields.map((field): Predicate => ({ kind: 'exists', field }))
  return { kind: 'and', of }
}

const authentication: DataModel = {
  dataSet: 'Authentication',
  events: any(withIds('security', logonIds), withTypes(logonTypes)),
  fields: {
    action: [
      { value: 'failure', when: failedLogon },
      { value: 'success', when: eventIs(logonIds) },
      { value: 'success', when: text('Result', 'success') },
    ],
    user: 'TargetUserName|User',
    src_user: 'SubjectUserName',
    src: 'IpAddress|SourceIp|WorkstationName|Workstation',
    app: 'LogonProcessName|basename(Image)',
    authentication_method: 'AuthenticationPackageName',
    reason: 'FailureReason|Status',
  },
}

function logons(which: Predicate): DataModel {
  const of = [authentication.events, which]
  return { ...authentication, events: { kind: 'and', of } }
}

const certificates: DataModel = {
  dataSet: 'All_Certificates',
  events: of(
    { product: 'zeek', service: 'x509' },
    { product: 'zeek', service: 'ssl' },
  ),
}

const models: Readonly<Record<string, DataModel>> = {
  'Endpoint.Processes': {
    dataSet: 'Processes',
    events: of(...category('process_creation')),
    fields: { action: '"allowed"' },
  },
  'Endpoint.Registry': {
    dataSet: 'Registry',
    events: of(
      ...category(
        'registry_event',
        'registry_set',
        'registry_add',
        'registry_delete',
        'registry_rename',
      ),
    ),
    fields: { action: registryActions },
  },
  'Endpoint.Filesystem': {
    dataSet: 'Filesystem',
    events: of(
      ...category('file_event', 'file_change', 'file_delete', 'file_rename'),
    ),
    fields: { action: fileActions, dest: 'Computer|Hostname|host.name|node' },
  },
  'Endpoint.Services': {
    dataSet: 'Services',
    events: any(withIds('system', [7045]), withIds('security', [4697])),
  },
  'Network_Traffic.All_Traffic': {
    dataSet: 'All_Traffic',
    events: of(...category('network_connection', 'firewall'), {
      product: 'zeek',
      service: 'conn',
    }),
    fields: {
      dest: 'DestinationHostname|DestinationIp|id.resp_h',
      src: 'SourceHostname|SourceIp|id.orig_h',
      app: 'Image|service',
      action: trafficActions,
      bytes_in: 'resp_bytes',
      bytes_out: 'orig_bytes',
      transport: 'Protocol|proto',
    },
  },
  'Network_Resolution.DNS': {
    dataSet: 'DNS',
    events: of(...category('dns_query', 'dns'), {
      product: 'zeek',
      service: 'dns',
    }),
    fields: { src: 'Computer|Hostname|id.orig_h' },
  },
  // Field names: Sigma's taxonomy for web servers and proxies, W3C's log format, Zeek's http.log.
  'Web.Web': {
    dataSet: 'Web',
    events: of(...category('webserver', 'proxy'), {
      product: 'zeek',
      service: 'http',
    }),
    fields: {
      url: 'url|c-uri|cs-uri|uri',
      uri_path: 'uri_path|cs-uri-stem|c-uri-stem',
      uri_query: 'uri_query|cs-uri-query|c-uri-query',
      http_method: 'http_method|cs-method|method',
      http_user_agent: 'http_user_agent|c-useragent|cs-user-agent|user_agent',
      http_referrer: 'http_referrer|cs-referer|referrer',
      http_content_type: 'http_content_type|cs-content-type',
      status: 'status|sc-status|status_code',
      src: 'src|c-ip|src_ip|id.orig_h',
      dest: 'dest|cs-host|r-dns|s-ip|dest_ip|id.resp_h',
      site: 'site|cs-host|r-dns',
      user: 'user|cs-username',
    },
  },
  'Authentication.Failed_Authentication': logons(failedLogon),
  'Authentication.Successful_Authentication': logons({
    kind: 'not',
    of: failedLogon,
  }),
  'Authentication.Authentication': authentication,
  'Malware.Malware_Attacks': {
    dataSet: 'Malware_Attacks',
    events: of(...category('antivirus'), {
      product: 'windows',
      service: 'windefend',
    }),
  },
  // What is below is read under the sources' own names; events of such a category or product are meant.
  'Email.All_Email': { dataSet: 'All_Email', events: of(...category('email')) },
  'Intrusion_Detection.IDS_Attacks': {
    dataSet: 'IDS_Attacks',
    events: of(...category('ids'), { product: 'suricata' }),
  },
  'Certificates.SSL': certificates,
  'Certificates.All_Certificates': certificates,
  // Events of a risk index, and findings of this program (ndjson), which say the same under names of their own.
  'Risk.All_Risk': {
    dataSet: 'All_Risk',
    events: any(
      has('risk_object'),
      has('rule.title', 'rule.level', 'evidence'),
    ),
    fields: {
      risk_object: 'Computer',
      normalized_risk_object: 'risk_object|Computer',
      risk_object_type: '"system"',
      risk_score: riskScores,
      calculated_risk_score: riskScores,
      search_name: 'rule.title',
      risk_message: 'rule.title',
      severity: 'rule.level',
      'annotations.mitre_attack.mitre_technique_id': 'techniques',
      'annotations.mitre_attack': 'techniques',
    },
  },
  'Change.All_Changes': changed,
  'Change.Account_Management': changed,
  'Change.Auditing_Changes': {
    ...changed,
    events: withIds('security', [1102, 4719]),
  },
}

export const dataModelNames: readonly string[] = Object.keys(models)

/** Of the data sets whose fields carry their name as a prefix. */
export const dataSets: ReadonlyMap<string, DataModel> = new Map(
  Object.values(models).map((m) => [m.dataSet, m]),
)

/** A model of several data sets as a whole, as `tstats` counts it: where nodename says nothing, the events of them all. */
function wholeOf(of: readonly DataModel[]): DataModel {
  return { dataSet: '', events: any(...of.map((m) => m.events)) }
}

/**
 * `Endpoint.Processes`; `Endpoint` alone is all its data sets, `Network_Traffic` its one; `All_Changes.Account_Management` is the path from the root of a
 * model, as nodename has it. Quotes are gone already.
 */
export function findDataModel(name: string): DataModel | undefined {
  const wanted = name.toLowerCase()
  const exact = Object.entries(models).find(([n]) => n.toLowerCase() === wanted)
  if (exact) return exact[1]
  const within = Object.entries(models).filter(([n]) =>
    n.toLowerCase().startsWith(`${wanted}.`),
  )
  const sets = new Set(within.map(([, m]) => m.dataSet))
  // The others of a set are parts of the one that bears its name.
  const whole = within.find(([n, m]) => n.endsWith(`.${m.dataSet}`))
  if (sets.size === 1) return whole?.[1]
  return within.length
    ? wholeOf(within.map(([, m]) => m))
    : atPath(wanted.split('.'))
}

/** The last part names it; those before are its model and the data sets above it. */
function atPath(path: readonly string[]): DataModel | undefined {
  const last = path.at(-1)!
  const found = Object.entries(models).find(([n, m]) => {
    const [model, part] = n.toLowerCase().split('.')
    const above = [model, m.dataSet.toLowerCase()]
    return part === last && path.slice(0, -1).every((p) => above.includes(p))
  })
  return found?.[1]
}
