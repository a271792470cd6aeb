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
  ['ms_defender', windows('Microsoft-Windows-Windows-Defender/Operational')],
  ['linux_auditd', 'sourcetype=linux:audit'],
  ['linux_hosts', 'sourcetype=linux:audit'],
]

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
  ...sources.map(([name, definition]): Definition => [name, [], definition]),
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
