// Macros that public detections take for granted. Names and meanings as splunk/security_content's detections use them; the
// definitions are this project's.

type Definition = readonly [
  name: string,
  args: readonly string[],
  definition: string,
]

const windows = (channel: string) => `sourcetype="WinEventLog:${channel}"`

/** Where events are from. */
const sources: readonly (readonly [string, string])[] = [
  ['sysmon', 'sourcetype=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational'],
  ['wineventlog_security', windows('Security')],
  ['wineventlog_system', windows('System')],
  ['wineventlog_application', windows('Application')],
  [
    'wineventlog_task_scheduler',
    windows('Microsoft-Windows-TaskScheduler/Operational'),
  ],
  [
    'wineventlog_rdp',
    windows('Microsoft-Windows-TerminalServices-RDPClient/Operational'),
  ],
  [
    'remoteconnectionmanager',
    windows(
      'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
    ),
  ],
  [
    'powershell',
    'sourcetype=XmlWinEventLog:Microsoft-Windows-PowerShell/Operational',
  ],
  ['wmi', windows('Microsoft-Windows-WMI-Activity/Operational')],
  ['applocker', windows('Microsoft-Windows-AppLocker/EXE')],
  ['bits', windows('Microsoft-Windows-Bits-Client/Operational')],
  ['printservice', windows('Microsoft-Windows-PrintService/Operational')],
  ['capi2_operational', windows('Microsoft-Windows-CAPI2/Operational')],
  [
    'certificateservices_lifecycle',
    windows(
      'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
    ),
  ],
  ['ntlm_audit', windows('Microsoft-Windows-NTLM/Operational')],
  ['ms_defender', windows('Microsoft-Windows-Windows-Defender/Operational')],
  ['linux_auditd', 'sourcetype=linux:audit'],
  ['linux_hosts', 'sourcetype=linux:audit'],
]

/** Sources that nothing here reads as what they are: a search over them loads, and is told that only events which name that source are meant. */
const strangers: Readonly<Record<string, string>> = {
  admon: 'ActiveDirectory',
  amazon_security_lake: 'aws:asl',
  aws_cloudwatchlogs_eks: 'aws:cloudwatchlogs:eks',
  aws_config: 'aws:config:notification',
  aws_description: 'aws:description',
  aws_s3_accesslogs: 'aws:s3:accesslogs',
  aws_securityhub_finding: 'aws:securityhub:finding',
  azure_audit: 'mscs:azure:audit',
  azure_monitor_aad: 'azure:monitor:aad',
  azure_monitor_activity: 'azure:monitor:activity',
  circleci: 'circleci',
  cisco_ai_defense: 'cisco:ai:defense',
  cisco_asa: 'cisco:asa',
  cisco_duo_activity: 'cisco:duo:activity',
  cisco_ios: 'cisco:ios',
  cisco_isovalent: 'cisco:isovalent',
  cisco_isovalent_process_connect: 'cisco:isovalent:processConnect',
  cisco_isovalent_process_exec: 'cisco:isovalent:processExec',
  cisco_network_visibility_module_flowdata: 'cisco:nvm:flowdata',
  cisco_secure_firewall: 'cisco:sfw:estreamer',
  cloudtrail: 'aws:cloudtrail',
  cloudwatchlogs_vpcflow: 'aws:cloudwatchlogs:vpcflow',
  crowdstrike_identities: 'crowdstrike:identities',
  crushftp: 'crushftp:sessionlogs',
  esxi_syslog: 'vmw-syslog',
  exchange: 'MSWindows:IIS',
  google_gcp_pubsub_message: 'google:gcp:pubsub:message',
  gsuite_calendar: 'gsuite:calendar:json',
  gsuite_drive: 'gsuite:drive:json',
  gsuite_gmail: 'gsuite:gmail:bigquery',
  gws_reports_admin: 'gws:reports:admin',
  gws_reports_login: 'gws:reports:login',
  iis_operational_logs: 'IIS:Configuration:Operational',
  ivanti_vtm_audit: 'ivanti_vtm_audit',
  kube_audit: 'kubernetes',
  kubernetes_azure: 'mscs:storage:blob:json',
  kubernetes_container_controller: 'kube:container:controller',
  kube_container_falco: 'kube:container:falco',
  kube_objects_events: 'kube:objects:events',
  m365_copilot_graph_api: 'o365:graph:api',
  moveit_sftp_logs: 'sftp_server_logs',
  ms365_defender_incident_alerts: 'ms365:defender:incident:alerts',
  ms_defender_atp_alerts: 'ms:defender:atp:alerts',
  msexchange_management: 'MSExchange:management',
  netbackup: 'netbackup_logs',
  nginx_access_logs: 'nginx:plus:kv',
  o365_management_activity: 'o365:management:activity',
  okta: 'OktaIM2:log',
  osquery_macro: 'osquery:results',
  papercutng: 'papercutng',
  splunkd: 'splunkd',
  splunkd_ui: 'splunkd_ui_access',
  splunkd_web: 'splunk_web_service',
  stream_dns: 'stream:dns',
  stream_http: 'stream:http',
  stream_tcp: 'stream:tcp',
  suricata: 'suricata',
  zeek_rpc: 'zeek:rpc:json',
  zeek_ssl: 'zeek:ssl:json',
  zeek_x509: 'zeek:x509:json',
  zscaler_proxy: 'zscalernss-web',
}

/** What they look up is in tables of the content pack, which the user gives (`--lookups`). */
const lookedUp: readonly (readonly [string, string])[] = [
  [
    'attacker_tools',
    'lookup attacker_tools attacker_tools as process_name OUTPUT description',
  ],
  [
    'dynamic_dns_providers',
    known(
      'dynamic_dns_providers_default',
      'dynamic_dns_domains as query',
      'isDynDNS_default as isDynDNS',
    ),
  ],
  [
    'is_nirsoft_software',
    known('is_nirsoft_software', 'filename as process_name', 'nirsoftFile'),
  ],
  [
    'is_nirsoft_software_macro',
    known('is_nirsoft_software', 'filename as process_name', 'nirsoftFile'),
  ],
  [
    'is_windows_system_file_macro',
    known('is_windows_system_file', 'filename as process_name', 'systemFile'),
  ],
  [
    'ransomware_extensions',
    known(
      'ransomware_extensions_lookup',
      'Extensions as file_extension',
      'Name',
    ),
  ],
  [
    'ransomware_notes',
    known('ransomware_notes_lookup', 'ransomware_notes as file_name', 'status'),
  ],
  [
    'suspicious_writes',
    known('suspicious_writes_lookup', 'file as file_name', 'note as Reference'),
  ],
]

/** Rows of which the table says so. */
function known(table: string, match: string, output: string): string {
  const field = output.split(' as ').at(-1)!
  return `lookup ${table} ${match} OUTPUT ${output} | search ${field}=* NOT ${field}=false`
}

/** The name of the service that an event 7036 is about, out of the bytes that it carries (UTF-16 as hexadecimal text). */
const serviceBinary =
  'EventCode=7036 Binary=* | eval normalized_service_name=urldecode(replace(replace(Binary, "(?:0000)+$", ""), "([0-9A-Fa-f]{2})00", "%\\1"))'

/** An audit event's records are one event here, and its command line is put together already. */
const auditedCommand = 'CommandLine=* | eval process_exec=CommandLine'

const others: readonly Definition[] = [
  [
    'security_content_ctime',
    ['field'],
    'convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)',
  ],
  [
    'security_content_summariesonly',
    [],
    'summariesonly=false allow_old_summaries=true fillnull_value=null',
  ],
  ['summariesonly_config', [], 'false'],
  ['oldsummaries_config', [], 'true'],
  ['fillnull_config', [], 'null'],
  ['drop_dm_object_name', ['name'], 'rename $name$.* AS *'],
  // A list of exceptions of one's own, of which there is none.
  ['remote_access_software_usage_exceptions', [], 'search *'],
  ['normalized_service_binary_field', [], serviceBinary],
  ['linux_auditd_normalized_execve_process', [], auditedCommand],
  ['linux_auditd_normalized_proctitle_process', [], auditedCommand],
  [
    'windows_shells',
    [],
    program('cmd.exe', 'powershell.exe', 'pwsh.exe', 'powershell_ise.exe'),
  ],
  [
    'linux_shells',
    [],
    program('sh', 'bash', 'dash', 'zsh', 'ksh', 'csh', 'tcsh', 'fish', 'ash'),
  ],
]

export const builtinMacros: readonly Definition[] = [
  ...[...sources, ...lookedUp].map(
    ([name, definition]): Definition => [name, [], definition],
  ),
  ...Object.entries(strangers).map(
    ([name, sourcetype]): Definition => [
      name,
      [],
      `sourcetype="${sourcetype}"`,
    ],
  ),
  ...others,
]

const office = [
  'winword.exe',
  'excel.exe',
  'powerpnt.exe',
  'msaccess.exe',
  'mspub.exe',
  'outlook.exe',
  'onenote.exe',
  'onenotem.exe',
  'onenoteim.exe',
  'visio.exe',
  'winproj.exe',
  'graph.exe',
  'wordpad.exe',
  'wordview.exe',
  'eqnedt32.exe',
]

/** Programs of `process_*` macros that are not one file of that name. */
const programs: Readonly<Record<string, readonly string[]>> = {
  copy: ['xcopy.exe', 'robocopy.exe', 'copy.exe'],
  net: ['net.exe', 'net1.exe'],
  office_products: office,
  powershell: ['powershell.exe', 'pwsh.exe', 'powershell_ise.exe'],
  procdump: ['procdump.exe', 'procdump64.exe'],
  psexec: ['psexec.exe', 'psexec64.exe', 'psexec.c'],
  sdelete: ['sdelete.exe', 'sdelete64.exe'],
  rclone: ['rclone.exe', 'rclone'],
  curl: ['curl.exe', 'curl'],
  ping: ['ping.exe', 'ping'],
}

/** How far back something new is looked for, and when it is forgotten; public detections name such a macro for each of their lists. */
export function windowMacro(name: string): string | undefined {
  if (name.endsWith('_forget_window')) return '"-90d@d"'
  return name.endsWith('_window') ? '"-70m@m"' : undefined
}

/** `process_certutil`: the program by its name or by the name in its version information; `..._parent`: the one that started it. */
export function programMacro(name: string): string | undefined {
  const m = /^process_([a-z0-9_]{1,60}?)(_parent)?$/.exec(name)
  if (!m) return undefined
  const files = Object.hasOwn(programs, m[1]!)
    ? programs[m[1]!]!
    : [`${m[1]}.exe`]
  if (!m[2]) return program(...files)
  return `(Processes.parent_process_name IN (${listed(files)}))`
}

function program(...files: readonly string[]): string {
  return `(Processes.process_name IN (${listed(files)}) OR Processes.original_file_name IN (${listed(files)}))`
}

function listed(files: readonly string[]): string {
  return files.map((f) => `"${f}"`).join(', ')
}
