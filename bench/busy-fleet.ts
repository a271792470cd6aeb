// Telemetry of a busy fleet, as long as it is asked for: Sysmon and the Security log of Windows as JSON lines, audit of Linux. Two hundred
// hosts, hundreds of programs, thousands of libraries, and things that come once. All made up; the same for the same seed.

const hosts = 200
const programs = 300
const libraries = 3_000
const start = Date.UTC(2026, 0, 5, 6)

/** A linear congruence is random enough here. */
export function randomFrom(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * n)
  }
}

type Fields = Readonly<Record<string, string | number>>

/** One line a record; two hundred records a second, or one in so many milliseconds. */
export function windowsLine(
  n: number,
  below: (n: number) => number,
  stepMs = 5,
): string {
  const host = below(hosts)
  const at = new Date(start + Math.floor(n * stepMs)).toISOString()
  const program = below(programs)
  const pid = 1_000 + below(4_000)
  const actor = {
    Image: imageOf(program),
    ProcessId: pid,
    ProcessGuid: guidOf(host, pid),
    User: `CORP\\u${host % 50}`,
  }
  const security = below(100) < 3
  return JSON.stringify({
    Provider_Name: security
      ? 'Microsoft-Windows-Security-Auditing'
      : 'Microsoft-Windows-Sysmon',
    Channel: security ? 'Security' : 'Microsoft-Windows-Sysmon/Operational',
    Computer: `WS${host}.corp.example`,
    EventRecordID: n,
    TimeCreated: at,
    UtcTime: at.replace('T', ' ').replace('Z', ''),
    ...(security ? logon(host, below) : sysmon(program, actor, host, below)),
  })
}

function imageOf(program: number): string {
  return program < 20
    ? `C:\\Windows\\System32\\${['svchost', 'dllhost', 'cmd', 'powershell', 'lsass'][program % 5]}.exe`
    : `C:\\Program Files\\Suite ${program % 40}\\app${program}.exe`
}

function guidOf(host: number, pid: number): string {
  const digits = (n: number, size: number) => n.toString(16).padStart(size, '0')
  return `{${digits(host, 8)}-0000-0000-0000-${digits(pid, 12)}}`
}

function logon(host: number, below: (n: number) => number): Fields {
  const SubjectLogonId = `0x${below(100_000).toString(16)}`
  return below(2)
    ? {
        EventID: 4624,
        TargetUserName: `u${host % 50}`,
        TargetDomainName: 'CORP',
        TargetLogonId: SubjectLogonId,
        LogonType: 3,
        IpAddress: `10.0.${host}.7`,
      }
    : {
        EventID: 5145,
        ShareName: '\\\\*\\IPC$',
        RelativeTargetName: ['svcctl', 'srvsvc', 'atsvc'][below(3)]!,
        SubjectUserName: `u${host % 50}`,
        SubjectLogonId,
        IpAddress: `10.0.${below(hosts)}.7`,
        AccessMask: '0x3',
      }
}

function sysmon(
  program: number,
  actor: Fields,
  host: number,
  below: (n: number) => number,
): Fields {
  const kind = below(100)
  if (kind < 35) return { EventID: 7, ...actor, ...load(program, below) }
  if (kind < 55) return { EventID: 10, ...access(actor, host, below) }
  if (kind < 67) return { EventID: 1, ...actor, ...started(host, below) }
  if (kind < 73) return { EventID: 5, ...actor }
  if (kind < 83) {
    const target = `10.1.${below(250)}.${below(250)}`
    return {
      EventID: 3,
      ...actor,
      Initiated: 'true',
      SourceIp: `10.0.${host}.7`,
      DestinationIp: target,
      DestinationPort: 443,
    }
  }
  if (kind < 93) return { EventID: 17 + below(2), ...actor, ...pipe(below) }
  return {
    EventID: 13,
    ...actor,
    EventType: 'SetValue',
    TargetObject: `HKLM\\SOFTWARE\\Classes\\CLSID\\${guidOf(0, below(5_000))}\\InprocServer32\\(Default)`,
    Details: `C:\\Program Files\\Suite ${below(40)}\\lib${below(libraries)}.dll`,
  }
}

function load(program: number, below: (n: number) => number): Fields {
  const isOdd = below(1_000) === 0
  const name = isOdd
    ? `odd${below(1_000_000)}`
    : `lib${(program * 37 + below(80)) % libraries}`
  const signed = isOdd || below(20) === 0 ? 'false' : 'true'
  return {
    ImageLoaded: `C:\\Program Files\\Suite ${program % 40}\\${name}.dll`,
    Signed: signed,
    SignatureStatus: signed === 'true' ? 'Valid' : 'Unavailable',
    Signature: signed === 'true' ? `Vendor ${program % 40}` : '-',
    Hashes: `SHA256=${program.toString(16).padStart(64, '0')}`,
  }
}

function access(
  { Image, ProcessId, ProcessGuid, User }: Fields,
  host: number,
  below: (n: number) => number,
): Fields {
  const pid = 1_000 + below(4_000)
  return {
    SourceImage: Image!,
    SourceProcessId: ProcessId!,
    SourceProcessGUID: ProcessGuid!,
    SourceUser: User!,
    TargetImage: imageOf(below(programs)),
    TargetProcessId: pid,
    TargetProcessGUID: guidOf(host, pid),
    TargetUser: 'NT AUTHORITY\\SYSTEM',
    GrantedAccess: ['0x1000', '0x1400', '0x1fffff'][below(3)]!,
    CallTrace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4',
  }
}

function started(host: number, below: (n: number) => number): Fields {
  const parent = 1_000 + below(4_000)
  return {
    CommandLine: `app --job ${below(1_000_000)} -Embedding`,
    ParentImage: imageOf(below(programs)),
    ParentProcessId: parent,
    ParentProcessGuid: guidOf(host, parent),
    IntegrityLevel: below(4) ? 'Medium' : 'High',
    LogonId: `0x${below(100_000).toString(16)}`,
  }
}

function pipe(below: (n: number) => number): Fields {
  const odd = below(500) === 0
  return {
    EventType: 'CreatePipe',
    PipeName: odd
      ? `\\x${below(1_000_000).toString(36)}q`
      : `\\suite.${below(60)}.${below(4_000)}`,
  }
}

/** One record of three lines. */
export function auditLines(n: number, below: (n: number) => number): string {
  const at = `${((start + n * 5) / 1_000).toFixed(3)}:${n}`
  const path = `/run/suite${below(40)}/${below(30)}.sock`
  const user = 1_000 + below(40)
  const hex = Buffer.from(path).toString('hex').toUpperCase()
  const node = `node=srv${below(hosts)} `
  const program = `/usr/bin/app${below(programs)}`
  return [
    `${node}type=SYSCALL msg=audit(${at}): arch=c000003e syscall=42 success=yes exit=0 a0=3 a1=7f a2=6e a3=0 items=0 ppid=${900 + below(400)} pid=${2_000 + below(4_000)} auid=${user} uid=${user} gid=${user} euid=${user} suid=${user} fsuid=${user} egid=${user} sgid=${user} fsgid=${user} tty=(none) ses=3 comm="app" exe="${program}" subj=unconfined key=(null)`,
    `${node}type=SOCKADDR msg=audit(${at}): saddr=0100${hex}00`,
    `${node}type=PROCTITLE msg=audit(${at}): proctitle=61707000`,
    '',
  ].join('\n')
}
