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

interface Process {
  readonly pid: number
  readonly program: number
  readonly guid: string
}

/** Processes that live on a host at a time. */
const alive = 150
/** Of them: services and shells, which stay as long as the host runs and start most others. */
const staying = 30

/** Windows hosts whose processes live, act, end and are followed by others, as long as lines are asked for. */
export class BusyFleet {
  readonly #below: (n: number) => number
  readonly #stepMs: number
  readonly #alive: readonly Process[][]
  /** By host: what was followed by another, and did not yet say that it ended. */
  readonly #gone: readonly Process[][] = Array.from({ length: hosts }, () => [])
  #begun = 0
  #n = 0

  /** One record in so many milliseconds. */
  constructor(seed: number, stepMs = 5) {
    this.#below = randomFrom(seed)
    this.#stepMs = stepMs
    this.#alive = Array.from({ length: hosts }, (_, host) =>
      Array.from({ length: alive }, () => this.#process(host)),
    )
  }

  /** One line a record. */
  line(): string {
    const below = this.#below
    const n = this.#n++
    const host = below(hosts)
    const at = new Date(start + Math.floor(n * this.#stepMs)).toISOString()
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
      ...(security ? logon(host, below) : this.#sysmon(host)),
    })
  }

  #process(host: number): Process {
    const n = this.#begun++
    const pid = 4 * (1_000 + (n % 16_000))
    return { pid, program: this.#below(programs), guid: guidOf(host, n) }
  }

  #oneOf(host: number): Process {
    return this.#alive[host]![this.#below(alive)]!
  }

  /** As often as a process begins, one has ended. */
  #sysmon(host: number): Fields {
    const below = this.#below
    const kind = below(100)
    const actor = this.#oneOf(host)
    if (kind < 9) return { EventID: 1, ...this.#started(host) }
    if (kind < 18) {
      const ended = this.#gone[host]!.shift()
      return ended
        ? { EventID: 5, ...actorOf(ended, host) }
        : { EventID: 1, ...this.#started(host) }
    }
    if (kind < 38) return { EventID: 10, ...access(actor, this.#oneOf(host)) }
    return { ...actorOf(actor, host), ...act(kind, actor.program, host, below) }
  }

  #started(host: number): Fields {
    const below = this.#below
    const parent = this.#alive[host]![below(below(10) ? staying : alive)]!
    const begun = this.#process(host)
    const place = staying + below(alive - staying)
    this.#gone[host]!.push(this.#alive[host]![place]!)
    this.#alive[host]![place] = begun
    return {
      ...actorOf(begun, host),
      CommandLine: `app --job ${below(1_000_000)}`,
      ParentImage: imageOf(parent.program),
      ParentProcessId: parent.pid,
      ParentProcessGuid: parent.guid,
      IntegrityLevel: below(4) ? 'Medium' : 'High',
      LogonId: `0x${below(100_000).toString(16)}`,
    }
  }
}

function actorOf({ pid, program, guid }: Process, host: number): Fields {
  return {
    Image: imageOf(program),
    ProcessId: pid,
    ProcessGuid: guid,
    User: userOf(program, host),
  }
}

const userOf = (program: number, host: number) =>
  program < 20 ? 'NT AUTHORITY\\SYSTEM' : `CORP\\u${host % 50}`

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
        RelativeTargetName: below(300) ? 'srvsvc' : 'svcctl',
        SubjectUserName: `u${host % 50}`,
        SubjectLogonId,
        IpAddress: `10.0.${below(hosts)}.7`,
        AccessMask: '0x3',
      }
}

/** What a process does but for starting, ending and opening others. */
function act(
  kind: number,
  program: number,
  host: number,
  below: (n: number) => number,
): Fields {
  if (kind < 73) return { EventID: 7, ...load(program, below) }
  if (kind < 83) {
    return {
      EventID: 3,
      Initiated: 'true',
      SourceIp: `10.0.${host}.7`,
      DestinationIp: `10.1.${below(250)}.${below(250)}`,
      DestinationPort: 443,
    }
  }
  if (kind < 93) return { EventID: 17 + below(2), ...pipe(below) }
  const library = below(5_000)
  const odd = below(1_000) === 0
  return {
    EventID: 13,
    EventType: 'SetValue',
    TargetObject: !odd
      ? `HKLM\\SOFTWARE\\Suite ${program % 40}\\Settings\\${library}`
      : `HKLM\\SOFTWARE\\Classes\\CLSID\\${guidOf(0, library)}\\InprocServer32\\(Default)`,
    Details: `C:\\Program Files\\Suite ${library % 40}\\lib${library % libraries}.dll`,
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

/** Those of the system look at all; others ask no more of each other than that they live. */
function access(from: Process, to: Process): Fields {
  const all = from.program < 20
  return {
    SourceImage: imageOf(from.program),
    SourceProcessId: from.pid,
    SourceProcessGUID: from.guid,
    SourceUser: userOf(from.program, 0),
    TargetImage: imageOf(to.program),
    TargetProcessId: to.pid,
    TargetProcessGUID: to.guid,
    TargetUser: userOf(to.program, 0),
    GrantedAccess: all ? '0x1fffff' : ['0x1000', '0x1400'][to.pid % 2]!,
    CallTrace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4',
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
