// `sourcetype`, `source` and `index` say where an event is from. Here that is a log source, so these names become one.
// Names: the Splunk add-ons for Windows, Sysmon, Linux auditd and Zeek; short forms as people and published analytics
// write them.
import type { RuleLogSource } from '../../ir/rule.ts'

const windows = (service: string): RuleLogSource => ({
  product: 'windows',
  service,
})

/** Windows event log channels as they stand in `WinEventLog:<channel>`, and Sigma's name for them. */
const channels: Readonly<Record<string, RuleLogSource>> = {
  'Microsoft-Windows-Sysmon/Operational': windows('sysmon'),
  Security: windows('security'),
  System: windows('system'),
  Application: windows('application'),
  'Microsoft-Windows-PowerShell/Operational': windows('powershell'),
  'Windows PowerShell': windows('powershell-classic'),
  'Microsoft-Windows-WMI-Activity/Operational': windows('wmi'),
  'Microsoft-Windows-TaskScheduler/Operational': windows('taskscheduler'),
  'Microsoft-Windows-Windows-Defender/Operational': windows('windefend'),
  'Microsoft-Windows-Windows Defender/Operational': windows('windefend'),
  'Microsoft-Windows-AppLocker/EXE': windows('applocker'),
  'Microsoft-Windows-AppLocker/EXE and DLL': windows('applocker'),
  'Microsoft-Windows-AppLocker/MSI and Script': windows('applocker'),
  'Microsoft-Windows-Bits-Client/Operational': windows('bits-client'),
  'DNS Server': windows('dns-server'),
}

const others: Readonly<Record<string, RuleLogSource>> = {
  Sysmon: windows('sysmon'),
  WinEventLog: { product: 'windows' },
  XmlWinEventLog: { product: 'windows' },
  'sysmon:linux': { product: 'linux', service: 'sysmon' },
  'Syslog:Linux-Sysmon/Operational': { product: 'linux', service: 'sysmon' },
  'linux:audit': { product: 'linux', service: 'auditd' },
  linux_audit: { product: 'linux', service: 'auditd' },
  auditd: { product: 'linux', service: 'auditd' },
  'linux:auditd': { product: 'linux', service: 'auditd' },
  eslogger: { product: 'macos', service: 'endpointsecurity' },
  'macos:endpointsecurity': { product: 'macos', service: 'endpointsecurity' },
  'zeek:conn:json': { product: 'zeek', service: 'conn' },
  'bro:conn:json': { product: 'zeek', service: 'conn' },
  'zeek:conn': { product: 'zeek', service: 'conn' },
  'bro:conn': { product: 'zeek', service: 'conn' },
}

const known: ReadonlyMap<string, RuleLogSource> = new Map([
  ...Object.entries(others).map(
    ([name, selector]) => [name.toLowerCase(), selector] as const,
  ),
  ...Object.entries(channels).flatMap(([name, selector]) =>
    ['WinEventLog:', 'XmlWinEventLog:', ''].map(
      (prefix) => [`${prefix}${name}`.toLowerCase(), selector] as const,
    ),
  ),
])

/** Every name, for suggestions. */
export const sourceNames: readonly string[] = [
  ...Object.keys(others),
  ...Object.keys(channels).flatMap((c) => [
    `WinEventLog:${c}`,
    `XmlWinEventLog:${c}`,
  ]),
]

/** The log sources that a value with wildcards names; none: unknown. Case does not matter. */
export function sourcesNamed(value: string): RuleLogSource[] {
  const wanted = value.toLowerCase()
  if (!wanted.includes('*')) {
    const one = known.get(wanted)
    return one ? [one] : []
  }
  const parts = wanted.split('*')
  const found = new Map<string, RuleLogSource>()
  for (const [name, selector] of known) {
    if (matchesParts(name, parts)) found.set(JSON.stringify(selector), selector)
  }
  return [...found.values()]
}

function matchesParts(name: string, parts: readonly string[]): boolean {
  const first = parts[0]!
  const last = parts.at(-1)!
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

export interface DataModel {
  /** The data set's name, which its fields carry as a prefix. */
  readonly dataSet: string
  readonly sources: readonly RuleLogSource[]
}

const category = (...names: readonly string[]): RuleLogSource[] =>
  names.map((name) => ({ category: name }))

const models: Readonly<Record<string, DataModel>> = {
  'Endpoint.Processes': {
    dataSet: 'Processes',
    sources: category('process_creation'),
  },
  'Endpoint.Registry': {
    dataSet: 'Registry',
    sources: category(
      'registry_event',
      'registry_set',
      'registry_add',
      'registry_delete',
      'registry_rename',
    ),
  },
  'Endpoint.Filesystem': {
    dataSet: 'Filesystem',
    sources: category(
      'file_event',
      'file_change',
      'file_delete',
      'file_rename',
    ),
  },
  'Network_Traffic.All_Traffic': {
    dataSet: 'All_Traffic',
    sources: category('network_connection'),
  },
  'Network_Resolution.DNS': { dataSet: 'DNS', sources: category('dns_query') },
}

export const dataModelNames: readonly string[] = Object.keys(models)

/** `Endpoint.Processes`; `Network_Traffic` alone means its one data set. Quotes are gone already. */
export function findDataModel(name: string): DataModel | undefined {
  const wanted = name.toLowerCase()
  const exact = Object.entries(models).find(([n]) => n.toLowerCase() === wanted)
  if (exact) return exact[1]
  const within = Object.entries(models).filter(([n]) =>
    n.toLowerCase().startsWith(`${wanted}.`),
  )
  return within.length === 1 ? within[0]![1] : undefined
}
