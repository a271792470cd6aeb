// Which of Sigma's services is a Windows channel? Names as in Sigma's taxonomy (sigma-specification, appendix
// "taxonomy", and SigmaHQ's tests/thor.yml); channels are compared without case, because collectors change it.

const channelsOf = {
  application: ['Application'],
  security: ['Security'],
  system: ['System'],
  sysmon: ['Microsoft-Windows-Sysmon/Operational', 'Linux-Sysmon/Operational'],
  powershell: [
    'Microsoft-Windows-PowerShell/Operational',
    'PowerShellCore/Operational',
  ],
  'powershell-classic': ['Windows PowerShell'],
  wmi: ['Microsoft-Windows-WMI-Activity/Operational'],
  taskscheduler: ['Microsoft-Windows-TaskScheduler/Operational'],
  windefend: ['Microsoft-Windows-Windows Defender/Operational'],
  'firewall-as': [
    'Microsoft-Windows-Windows Firewall With Advanced Security/Firewall',
  ],
  'bits-client': ['Microsoft-Windows-Bits-Client/Operational'],
  'dns-server': ['DNS Server'],
  'dns-server-analytic': ['Microsoft-Windows-DNS-Server/Analytical'],
  'dns-server-audit': ['Microsoft-Windows-DNS-Server/Audit'],
  'dns-client': [
    'Microsoft-Windows-DNS-Client/Operational',
    'Microsoft-Windows-DNS Client Events/Operational',
  ],
  dhcp: ['Microsoft-Windows-DHCP-Server/Operational'],
  ntlm: ['Microsoft-Windows-NTLM/Operational'],
  ldap: ['Microsoft-Windows-LDAP-Client/Debug'],
  'lsa-server': ['Microsoft-Windows-LSA/Operational'],
  capi2: ['Microsoft-Windows-CAPI2/Operational'],
  'certificateservicesclient-lifecycle-system': [
    'Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational',
  ],
  'codeintegrity-operational': ['Microsoft-Windows-CodeIntegrity/Operational'],
  applocker: [
    'Microsoft-Windows-AppLocker/MSI and Script',
    'Microsoft-Windows-AppLocker/EXE and DLL',
    'Microsoft-Windows-AppLocker/Packaged app-Deployment',
    'Microsoft-Windows-AppLocker/Packaged app-Execution',
  ],
  'appxdeployment-server': [
    'Microsoft-Windows-AppXDeploymentServer/Operational',
  ],
  'appxpackaging-om': ['Microsoft-Windows-AppxPackaging/Operational'],
  'appmodel-runtime': ['Microsoft-Windows-AppModel-Runtime/Admin'],
  'application-experience': [
    'Microsoft-Windows-Application-Experience/Program-Telemetry',
    'Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant',
  ],
  bitlocker: ['Microsoft-Windows-BitLocker/BitLocker Management'],
  'diagnosis-scripted': ['Microsoft-Windows-Diagnosis-Scripted/Operational'],
  'driver-framework': [
    'Microsoft-Windows-DriverFrameworks-UserMode/Operational',
  ],
  'hyper-v-worker': [
    'Microsoft-Windows-Hyper-V-Worker',
    'Microsoft-Windows-Hyper-V-Worker-Admin',
    'Microsoft-Windows-Hyper-V-Worker-Operational',
  ],
  'iis-configuration': ['Microsoft-IIS-Configuration/Operational'],
  'kernel-event-tracing': [
    'Microsoft-Windows-Kernel-EventTracing',
    'Microsoft-Windows-Kernel-EventTracing/Admin',
  ],
  'kernel-shimengine': [
    'Microsoft-Windows-Kernel-ShimEngine/Operational',
    'Microsoft-Windows-Kernel-ShimEngine/Diagnostic',
  ],
  'msexchange-management': ['MSExchange Management'],
  ntfs: ['Microsoft-Windows-Ntfs/Operational'],
  openssh: ['OpenSSH/Operational'],
  'printservice-admin': ['Microsoft-Windows-PrintService/Admin'],
  'printservice-operational': ['Microsoft-Windows-PrintService/Operational'],
  'security-mitigations': [
    'Microsoft-Windows-Security-Mitigations/Kernel Mode',
    'Microsoft-Windows-Security-Mitigations/User Mode',
    'Microsoft-Windows-Security-Mitigations/KernelMode',
    'Microsoft-Windows-Security-Mitigations/UserMode',
  ],
  sense: ['Microsoft-Windows-SENSE/Operational'],
  // The taxonomy and the published rules differ in this name: both are true of the channel.
  'servicebus-client': [
    'Microsoft-ServiceBus-Client/Admin',
    'Microsoft-ServiceBus-Client/Operational',
  ],
  'microsoft-servicebus-client': [
    'Microsoft-ServiceBus-Client/Admin',
    'Microsoft-ServiceBus-Client/Operational',
  ],
  'shell-core': ['Microsoft-Windows-Shell-Core/Operational'],
  'smbclient-security': ['Microsoft-Windows-SmbClient/Security'],
  'smbclient-connectivity': ['Microsoft-Windows-SmbClient/Connectivity'],
  'smbserver-connectivity': ['Microsoft-Windows-SMBServer/Connectivity'],
  'terminalservices-localsessionmanager': [
    'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  ],
  vhdmp: ['Microsoft-Windows-VHDMP/Operational'],
} as const satisfies Record<string, readonly string[]>

/** A provider tells the channel only where it writes to no other. */
const channelOfProvider = {
  'Microsoft-Windows-Sysmon': 'Microsoft-Windows-Sysmon/Operational',
  'Linux-Sysmon': 'Linux-Sysmon/Operational',
  'Microsoft-Windows-Security-Auditing': 'Security',
  'Microsoft-Windows-DistributedCOM': 'System',
  DCOM: 'System',
  'Service Control Manager': 'System',
  'Microsoft-Windows-PowerShell': 'Microsoft-Windows-PowerShell/Operational',
  PowerShellCore: 'PowerShellCore/Operational',
  PowerShell: 'Windows PowerShell',
  'Microsoft-Windows-WMI-Activity':
    'Microsoft-Windows-WMI-Activity/Operational',
  'Microsoft-Windows-TaskScheduler':
    'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-Windows Defender':
    'Microsoft-Windows-Windows Defender/Operational',
  'Microsoft-Windows-Bits-Client': 'Microsoft-Windows-Bits-Client/Operational',
} as const satisfies Record<string, string>

const services = new Map<string, string[]>()
for (const [service, channels] of Object.entries(channelsOf)) {
  for (const channel of channels) {
    const key = channel.toLowerCase()
    const known = services.get(key)
    if (known) known.push(service)
    else services.set(key, [service])
  }
}

const providers = new Map(
  Object.entries(channelOfProvider).map(([p, c]) => [p.toLowerCase(), c]),
)

/**
 * The services of an event; undefined where neither its channel nor its provider tells, an empty list where the channel
 * is known and is none of Sigma's.
 */
export function servicesOf(
  provider: string,
  channel: string,
): readonly string[] | undefined {
  const known = channel || providers.get(provider.toLowerCase())
  return known ? (services.get(known.toLowerCase()) ?? []) : undefined
}
