// What ties one finding to another? The processes, sessions, endpoints, files and programs that its records name: two that share one are
// one incident. What every record on a host shares (services.exe, the system's own session) ties nothing.
import type { Event, EventShape } from '../event/event.ts'

type Kind =
  | 'process'
  | 'pid'
  | 'program'
  | 'session'
  | 'pipe'
  | 'endpoint'
  | 'file'
  | 'service'
  | 'from'

/** Which field is what; `image`: whose program it is, of which some tie nothing. */
interface TieRow {
  readonly kind: Kind
  readonly name: string
  readonly image?: string
  /** A command, which may name the thing. */
  readonly says?: true
  /** Asked only where the shape lacks this one, which says it better. */
  readonly unless?: string
}

const sides = [
  { of: '', id: 'Process' },
  { of: 'Parent', id: 'ParentProcess' },
  { of: 'Source', id: 'SourceProcess' },
  { of: 'Target', id: 'TargetProcess' },
  { of: 'Client', id: 'ClientProcess' },
  { of: 'Server', id: 'ServerProcess' },
]

const rows: readonly TieRow[] = [
  ...sides.flatMap(({ of, id }): TieRow[] => [
    { kind: 'process', name: `${id}Guid`, image: `${of}Image` },
    { kind: 'pid', name: `${id}Id`, image: `${of}Image`, unless: `${id}Guid` },
    { kind: 'program', name: `${of}Image` },
  ]),
  {
    kind: 'pid',
    name: 'StartedProcessId',
    image: 'Image',
    unless: 'ProcessGuid',
  },
  { kind: 'program', name: 'ImageLoaded' },
  { kind: 'session', name: 'LogonId' },
  { kind: 'session', name: 'ClientLogonId' },
  { kind: 'session', name: 'ServerLogonId' },
  { kind: 'pipe', name: 'PipeName' },
  { kind: 'pipe', name: 'CommandLine', says: true },
  { kind: 'pipe', name: 'ServiceCommand', says: true },
  { kind: 'pipe', name: 'Details', says: true },
  { kind: 'endpoint', name: 'EndpointName' },
  { kind: 'endpoint', name: 'XpcService' },
  { kind: 'endpoint', name: 'SocketPath' },
  { kind: 'file', name: 'TargetFilename' },
  { kind: 'file', name: 'DocumentName' },
  { kind: 'file', name: 'ScriptPath' },
  { kind: 'service', name: 'ServiceName' },
  { kind: 'from', name: 'SourceIp' },
  { kind: 'from', name: 'ClientAddress' },
]

/** UTF-16 units of a tie; what is longer ties nothing. */
const maxUnits = 300
/** Of one event. */
const maxTies = 16
const maxShapes = 4_096

interface Plan {
  readonly kind: Kind
  readonly at: number
  readonly image: number
  readonly says: boolean
}

export class Ties {
  readonly #plans = new Map<EventShape, readonly Plan[]>()

  /** Each once, as text: `process {747F3D96-…}`, `pipe \psexesvc`. */
  of(event: Event): readonly string[] {
    const found: string[] = []
    for (const { kind, at, image, says } of this.#planOf(event.shape)) {
      const value = event.value(at)
      if (value === undefined || value === null || Array.isArray(value))
        continue
      if (image >= 0 && isHub(event.value(image))) continue
      const text = says
        ? pipeSaidIn(String(value))
        : String(value).toLowerCase()
      if (!text || text.length > maxUnits || !ties(kind, text)) continue
      add(found, `${kind} ${text}`)
      // Services of remote administration name their pipes after themselves.
      if (kind === 'service') add(found, `pipe \\${text}`)
    }
    return found
  }

  #planOf(shape: EventShape): readonly Plan[] {
    let plan = this.#plans.get(shape)
    if (!plan) {
      if (this.#plans.size >= maxShapes) this.#plans.clear()
      plan = rows.flatMap(({ kind, name, image, unless, says = false }) => {
        const at = shape.indexOf(name)
        if (at < 0 || (unless && shape.indexOf(unless) >= 0)) return []
        const by = image ? shape.indexOf(image) : -1
        return [{ kind, at, image: by, says }]
      })
      this.#plans.set(shape, plan)
    }
    return plan
  }
}

/** `\\.\pipe\name` as Sysmon writes it; '' where none is named. */
function pipeSaidIn(command: string): string {
  const at = command.toLowerCase().indexOf('\\pipe\\')
  if (at < 0) return ''
  const name = /^[^\s"'<>|]{1,200}/.exec(command.slice(at + 6, at + 206))?.[0]
  return name ? `\\${name.toLowerCase()}` : ''
}

function add(found: string[], tie: string): void {
  if (!found.includes(tie) && found.length < maxTies) found.push(tie)
}

/** Programs that act for everybody on a host. One of Windows' names in another folder is somebody else's. */
const hubs =
  /^(?:system|registry)$|\\windows\\(?:(?:system32|syswow64)\\(?:wbem\\)?(?:svchost|services|lsass|wininit|winlogon|csrss|smss|wmiprvse|taskhostw?|dllhost|runtimebroker|searchindexer)|explorer)\.exe$|\\msmpeng\.exe$|(?:^|\/)(?:systemd|init|launchd|xpcproxy|tccd|dbus-daemon|sshd|cron|dockerd|containerd)$/i

function isHub(image: unknown): boolean {
  return typeof image === 'string' && hubs.test(image)
}

const nobody = new Set([
  'session 0x3e7',
  'session 0x3e5',
  'session 0x3e4',
  'session 0x0',
  'session 0',
  'session 4294967295',
  'session unset',
  'session -',
  'pid 0',
  'pid 1',
  'pid 4',
  'pid 0x0',
  'pid 0x4',
  'from -',
  'from 127.0.0.1',
  'from ::1',
  'from 0.0.0.0',
  'endpoint pipe',
  'endpoint process',
])

/** Programs of the system and of installations are run by many. */
const installed =
  /^(?:[a-z]:\\(?:windows|program files(?: \(x86\))?|programdata\\microsoft)\\|\/(?:usr|bin|sbin|lib|system|applications|library)\/|[^\\/]*$)/i
const everyday =
  /^\\(?:lsass|lsarpc|samr|netlogon|svcctl|ntsvcs|spoolss|srvsvc|wkssvc|atsvc|eventlog|epmapper|winreg)$|^<anonymous pipe>$/

function ties(kind: Kind, text: string): boolean {
  if (nobody.has(`${kind} ${text}`)) return false
  switch (kind) {
    case 'program':
      return !installed.test(text)
    case 'pipe':
    case 'endpoint':
      return !everyday.test(text) && !/^0x[0-9a-f]+$/.test(text)
    default:
      return true
  }
}
