// A morning on a workstation: ordinary work, and an intruder who comes by DCOM, settles in a COM class, becomes SYSTEM
// through a pipe and moves on with a renamed PsExec. Names, addresses and hashes are made up.
import { WindowsHost } from '../../test/tools/event-builders.ts'
import type { EvtxEvent } from '../../test/tools/evtx-writer.ts'

const system32 = 'C:\\Windows\\System32\\'
const svchost = {
  pid: 956,
  image: `${system32}svchost.exe`,
  commandLine: 'C:\\Windows\\system32\\svchost.exe -k DcomLaunch -p',
}
const explorer = {
  pid: 4420,
  image: 'C:\\Windows\\explorer.exe',
  commandLine: 'C:\\Windows\\Explorer.EXE',
}
const services = {
  pid: 640,
  image: `${system32}services.exe`,
  commandLine: 'C:\\Windows\\system32\\services.exe',
}
const systemUser = 'NT AUTHORITY\\SYSTEM'
const kernel = { pid: 4, image: 'System' }
const intruder = '10.20.30.41'

export interface WindowsExample {
  readonly sysmon: readonly EvtxEvent[]
  readonly security: readonly EvtxEvent[]
  readonly system: readonly EvtxEvent[]
}

export function windowsExample(): WindowsExample {
  const host = new WindowsHost(
    'ws7.corp.example',
    'CORP\\ana',
    Date.UTC(2026, 2, 2, 8, 0, 0),
  )
  const logs = {
    sysmon: [] as EvtxEvent[],
    security: [] as EvtxEvent[],
    system: [] as EvtxEvent[],
  }
  ordinaryWork(host, logs)
  remoteConsole(host, logs)
  ordinaryWork(host, logs)
  hijackedClass(host, logs)
  elevation(host, logs)
  pipeToSystem(host, logs)
  ordinaryWork(host, logs)
  renamedPsExec(host, logs)
  return logs
}

interface Logs {
  readonly sysmon: EvtxEvent[]
  readonly security: EvtxEvent[]
  readonly system: EvtxEvent[]
}

function start(
  host: WindowsHost,
  logs: Logs,
  p: Parameters<WindowsHost['started']>[0],
): void {
  host.wait(400)
  logs.sysmon.push(host.started(p))
  host.wait(3)
  logs.security.push(host.audited(p))
}

// What looks like abuse and is none: activation of WMI, an add-in of the user's, Office's printing, a browser's pipes.
function ordinaryWork(host: WindowsHost, logs: Logs): void {
  host.wait(600_000)
  const word = {
    pid: 5120,
    image: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    commandLine: '"WINWORD.EXE" /n "C:\\Users\\ana\\Documents\\minutes.docx"',
    parent: explorer,
  }
  start(host, logs, word)
  start(host, logs, {
    pid: 5204,
    image: 'C:\\Windows\\splwow64.exe',
    commandLine: 'C:\\Windows\\splwow64.exe 12288',
    parent: word,
  })
  start(host, logs, {
    pid: 5300,
    image: `${system32}wbem\\WmiPrvSE.exe`,
    commandLine:
      'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
    parent: svchost,
    user: 'NT AUTHORITY\\NETWORK SERVICE',
    integrity: 'System',
    session: 0,
  })
  const drive = {
    pid: 5400,
    image: 'C:\\Users\\ana\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe',
  }
  host.wait(900)
  logs.sysmon.push(
    host.valueSet(
      'HKU\\S-1-5-21-1000-2000-3000-1104_Classes\\CLSID\\{0D8F3A52-1B7C-4E6A-9C55-2F1E0B7A4D11}\\InprocServer32\\(Default)',
      'C:\\Users\\ana\\AppData\\Local\\Microsoft\\OneDrive\\24.020\\FileSyncShell64.dll',
      drive,
    ),
    host.pipe('connected', '\\wkssvc', drive),
    host.pipe('created', '\\mojo.5400.5404.1234567890123456789', {
      pid: 5410,
      image: 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    }),
    host.loaded(`${system32}combase.dll`, true, drive),
    host.connected(drive, {
      inbound: false,
      port: 52110,
      peer: '203.0.113.20',
      peerPort: 443,
    }),
  )
  logs.security.push(host.pipeOpenedRemotely('srvsvc', '10.20.30.2'))
  logs.system.push(
    host.dcom(10016, [
      'application-specific',
      'Local',
      'Activation',
      '{6B3B8D23-FA8D-40B9-8DBD-B950333E2C52}',
      '{4839DDB7-58C2-48F5-8283-E1D1807D0D7D}',
      'NT AUTHORITY',
      'LOCAL SERVICE',
      'S-1-5-19',
      'LocalHost (Using LRPC)',
      'Unavailable',
      'Unavailable',
    ]),
    host.serviceInstalled(
      'Contoso Update',
      '"C:\\Program Files\\Contoso\\update.exe" /svc',
    ),
  )
}

// MMC20.Application from another host: denied once, then served in session 0, commands with their output in a share.
function remoteConsole(host: WindowsHost, logs: Logs): void {
  host.wait(300_000)
  logs.system.push(
    host.dcom(10016, [
      'machine-default',
      'Remote',
      'Activation',
      '{49B2791A-B1AE-4C90-9B8E-E860BA07F889}',
      'Unavailable',
      'CORP',
      'visitor',
      'S-1-5-21-1000-2000-3000-1150',
      intruder,
      'Unavailable',
      'Unavailable',
    ]),
  )
  const console = {
    pid: 6120,
    image: `${system32}mmc.exe`,
    commandLine: `${system32}mmc.exe -Embedding`,
    parent: svchost,
    integrity: 'High',
    session: 0,
  } as const
  start(host, logs, console)
  logs.sysmon.push(
    host.connected(console, {
      inbound: true,
      port: 49731,
      peer: intruder,
      peerPort: 50119,
    }),
  )
  for (const command of ['hostname', 'dir C:\\Users']) {
    start(host, logs, {
      pid: 6200 + command.length,
      image: `${system32}cmd.exe`,
      commandLine: `"C:\\Windows\\System32\\cmd.exe" /Q /c ${command} 1> \\\\127.0.0.1\\ADMIN$\\__1772442847 2>&1`,
      parent: console,
      integrity: 'High',
      session: 0,
    })
  }
}

// A class of the user's own, put before the machine's, and a second one sent to it.
function hijackedClass(host: WindowsHost, logs: Logs): void {
  host.wait(200_000)
  const reg = { pid: 6410, image: `${system32}reg.exe` }
  const classes = 'HKU\\S-1-5-21-1000-2000-3000-1104_Classes\\CLSID\\'
  logs.sysmon.push(
    host.valueSet(
      `${classes}{5C0786ED-1847-11D2-ABA2-00C04FB6C6FF}\\InprocServer32\\(Default)`,
      'C:\\Users\\ana\\AppData\\Roaming\\cache\\thumbs.dat',
      reg,
    ),
    host.valueSet(
      `${classes}{7B849A69-220F-451E-B3FE-2CB811AF94AE}\\TreatAs\\(Default)`,
      '{5C0786ED-1847-11D2-ABA2-00C04FB6C6FF}',
      reg,
    ),
  )
}

// CMSTPLUA, created elevated without a prompt, starts a console.
function elevation(host: WindowsHost, logs: Logs): void {
  host.wait(90_000)
  start(host, logs, {
    pid: 6630,
    image: `${system32}cmd.exe`,
    commandLine: '"C:\\Windows\\system32\\cmd.exe"',
    parent: {
      pid: 6622,
      image: `${system32}dllhost.exe`,
      commandLine:
        'C:\\Windows\\system32\\DllHost.exe /Processid:{3E5FC7F9-9A51-4367-9063-A120244FBEC7}',
    },
    integrity: 'High',
  })
}

// A pipe that the print spooler is made to open, then a service that writes a word into a pipe.
function pipeToSystem(host: WindowsHost, logs: Logs): void {
  host.wait(120_000)
  const tool = { pid: 6710, image: 'C:\\Users\\ana\\Downloads\\sp.exe' }
  const name = '\\b7f1c0de-6a52-4c11-9a3e-0c1d2e3f4a5b\\pipe\\spoolss'
  logs.sysmon.push(host.pipe('created', name, tool))
  host.wait(12)
  logs.sysmon.push(host.pipe('connected', name, kernel, systemUser))
  host.wait(45_000)
  const command = 'cmd.exe /c echo rvqkzd > \\\\.\\pipe\\rvqkzd'
  logs.system.push(host.serviceInstalled('rvqkzd', command))
  logs.sysmon.push(
    host.valueSet(
      'HKLM\\System\\CurrentControlSet\\Services\\rvqkzd\\ImagePath',
      command,
      services,
    ),
  )
  start(host, logs, {
    pid: 6802,
    image: `${system32}cmd.exe`,
    commandLine: command,
    parent: services,
    user: systemUser,
    integrity: 'System',
    session: 0,
  })
}

// PsExec's service under another name: the three pipes give it away, here and in the share's audit.
function renamedPsExec(host: WindowsHost, logs: Logs): void {
  host.wait(240_000)
  const service = { pid: 7010, image: 'C:\\Windows\\winupd.exe' }
  logs.sysmon.push(host.pipe('created', '\\winupd', service, systemUser))
  logs.security.push(host.pipeOpenedRemotely('svcctl', intruder))
  for (const end of ['stdin', 'stdout', 'stderr']) {
    host.wait(20)
    const name = `winupd-WS12-4411-${end}`
    logs.sysmon.push(host.pipe('created', `\\${name}`, service, systemUser))
    logs.sysmon.push(host.pipe('connected', `\\${name}`, kernel, systemUser))
    logs.security.push(host.pipeOpenedRemotely(name, intruder))
  }
}
