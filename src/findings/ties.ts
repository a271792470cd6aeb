// What ties one finding to another? The processes, sessions, endpoints, files and programs that its records name: two that share one are
// one incident. What every record on a host shares (services.exe, the system's own session) ties nothing.
import { ByShape } from '../event/by-shape.ts'
import type { Event, EventShape } from '../event/event.ts'

import { type Tie, type TieKind, tieTo } from './tie.ts'

/** Which field is what; `image`: whose program it is, of which some tie nothing. */
interface TieRow {
  readonly kind: TieKind
  readonly name: string
  readonly image?: string
  /** The value is not the thing itself: what of it is. */
  readonly read?: (value: string) => readonly string[]
  /** Only of such a program. */
  readonly only?: RegExp
  /** Asked only where the shape lacks this one, which says it better. */
  readonly unless?: string
  /** The value is not that of the field, but the label of what its event lies in. */
  readonly isHolder?: boolean
}

/** Programs that open documents. */
const office =
  /(?:^|[\\/])(?:winword|excel|powerpnt|outlook|msaccess|mspub|onenote|visio|eqnedt32|soffice(?:\.bin)?)(?:\.exe)?$/i

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
  { kind: 'pipe', name: 'CommandLine', read: pipesSaidIn },
  { kind: 'pipe', name: 'ServiceCommand', read: pipesSaidIn },
  { kind: 'pipe', name: 'Details', read: pipesSaidIn },
  { kind: 'endpoint', name: 'EndpointName' },
  { kind: 'endpoint', name: 'XpcService' },
  { kind: 'endpoint', name: 'SocketPath' },
  { kind: 'file', name: 'TargetFilename' },
  { kind: 'file', name: 'DocumentName' },
  { kind: 'file', name: 'ScriptPath' },
  { kind: 'named', name: 'DocumentName', read: filesNamedIn },
  { kind: 'named', name: 'ScriptPath', read: filesNamedIn },
  // What lies in a document was opened with it.
  { kind: 'named', name: 'DocumentName', read: filesNamedIn, isHolder: true },
  { kind: 'named', name: 'ScriptPath', read: filesNamedIn, isHolder: true },
  { kind: 'named', name: 'TargetFilename', read: filesNamedIn },
  { kind: 'named', name: 'CommandLine', read: filesNamedIn },
  { kind: 'named', name: 'ParentCommandLine', read: filesNamedIn },
  { kind: 'command', name: 'DdeCommand', read: commandsIn },
  {
    kind: 'command',
    name: 'CommandLine',
    read: commandsIn,
    image: 'ParentImage',
    only: office,
  },
  { kind: 'service', name: 'ServiceName' },
  { kind: 'from', name: 'SourceIp' },
  { kind: 'from', name: 'ClientAddress' },
]

/** UTF-16 units of a tie; what is longer ties nothing. */
const maxUnits = 300
/** Of one event. */
const maxTies = 16

interface Plan {
  readonly row: TieRow
  readonly at: number
  readonly image: number
}

/** Values whose ties are remembered, and programs: neighbours repeat them. Where there are more, they are forgotten. */
const maxKnown = 4_096
/** Longer values are not remembered, in UTF-16 units. */
const maxKnownUnits = 2_048
/** What few records share: to work it out costs no more than to remember it. */
const rareKinds: ReadonlySet<TieKind> = new Set(['process', 'pid', 'session'])

export class Ties {
  readonly #plans = new ByShape(planOf)
  readonly #known = new Map<TieRow, Map<string, readonly Tie[]>>(
    rows
      .filter(({ kind }) => !rareKinds.has(kind))
      .map((row) => [row, new Map<string, readonly Tie[]>()]),
  )
  readonly #programs = new Map<string, boolean>()
  #knownValues = 0

  /** Each once. */
  of(event: Event): readonly Tie[] {
    const found: Tie[] = []
    for (const { row, at, image } of this.#plans.of(event.shape)) {
      const value = row.isHolder ? holderOf(event.origin.file) : event.value(at)
      if (value === undefined || value === null || Array.isArray(value))
        continue
      if (image >= 0 && this.#tiesNothing(event.value(image), row.only))
        continue
      const ties = this.#tiesOf(row, String(value))
      for (let k = 0; k < ties.length; k++) add(found, ties[k]!)
    }
    return found
  }

  #tiesOf(row: TieRow, value: string): readonly Tie[] {
    const known = this.#known.get(row)
    const before = known?.get(value)
    if (before) return before
    const ties = tiesOf(row, value)
    if (known && value.length <= maxKnownUnits) {
      this.#makeRoom()
      known.set(value, ties)
    }
    return ties
  }

  #tiesNothing(image: unknown, only: RegExp | undefined): boolean {
    if (typeof image !== 'string') return only !== undefined
    if (only?.test(image) === false) return true
    let isHub = this.#programs.get(image)
    if (isHub === undefined) {
      isHub = hubs.test(image)
      this.#makeRoom()
      if (image.length <= maxKnownUnits) this.#programs.set(image, isHub)
    }
    return isHub
  }

  #makeRoom(): void {
    if (++this.#knownValues < maxKnown) return
    this.#knownValues = 0
    this.#programs.clear()
    for (const known of this.#known.values()) known.clear()
  }
}

/** What a member of a file lies in, as its label says: `mail.eml!terms.docx!word/a.docx`. */
function holderOf(file: string): string | undefined {
  const end = file.lastIndexOf('!')
  return end < 0 ? undefined : file.slice(0, end).replaceAll('!', '/')
}

function planOf(shape: EventShape): readonly Plan[] {
  return rows.flatMap((row) => {
    const { name, image, unless, only } = row
    const at = shape.indexOf(name)
    if (at < 0 || (unless && shape.indexOf(unless) >= 0)) return []
    const by = image ? shape.indexOf(image) : -1
    if (only && by < 0) return []
    return [{ row, at, image: by }]
  })
}

function tiesOf({ kind, read }: TieRow, value: string): readonly Tie[] {
  const text = value.toLowerCase()
  if (!read) return tiesTo(kind, text)
  return read(text).flatMap((one) => tiesTo(kind, one))
}

/** `\\.\pipe\name` as Sysmon writes it. */
function pipesSaidIn(command: string): string[] {
  const at = command.indexOf('\\pipe\\')
  if (at < 0) return []
  const name = /^[^\s"'<>|]{1,200}/.exec(command.slice(at + 6, at + 206))?.[0]
  return name ? [`\\${name}`] : []
}

/** Of a command line that is looked at, in UTF-16 units. */
const maxCommandUnits = 4_096
/** Of a file's name, in UTF-16 units. */
const maxNameUnits = 120
const ending =
  /\.(?:do[ct][xm]?|xl[st][xmb]?|xlam|xla|pp[ts][xm]?|pot[xm]?|rtf|csv|tsv|slk|dif|[iodr]qy|pub|vsd[xm]?|vdx|one|od[tspg]|fod[tsp]|eml|msg|mht|pdf|xml|html?|hta|lnk|url|scf|(?:settingcontent|library|searchconnector|search)-ms|ps1|psm1|vb[se]|jse?|ws[fc]|sct|bat|cmd|sh|py|pl|rb|php|scpt|applescript)(?![\w.])/y

/** Documents and scripts without their folders: evidence lies elsewhere than the file lay. */
function filesNamedIn(text: string): string[] {
  const found: string[] = []
  const line = text.slice(0, maxCommandUnits)
  // Full stops are looked for as plain text: many times faster than trying the expression at every letter.
  for (let at = line.indexOf('.'); at >= 0; at = line.indexOf('.', at + 1)) {
    ending.lastIndex = at
    if (!ending.test(line)) continue
    const end = line.slice(at, ending.lastIndex)
    const from = Math.max(0, at - maxNameUnits)
    const before = /[^\\/:*?"'<>|!]*$/.exec(line.slice(from, at))![0]
    const last = before.slice(before.lastIndexOf(' ') + 1)
    // Whether a space is part of the name is not known.
    if (last !== before && !before.includes('.exe ')) found.push(before + end)
    if (last) found.push(last + end)
  }
  return found
}

/** Shorter ones are the same by chance, in UTF-16 units. */
const leastCommandUnits = 12

/** A document's DDE and the process it started say the same, but for quotation marks, spaces and how the program is found. */
function commandsIn(text: string): string[] {
  const [program = '', ...rest] = text
    .slice(0, maxCommandUnits)
    .replaceAll('"', '')
    .replace(/\\+/g, '\\')
    .trim()
    .split(/\s+/)
  const name = program.slice(program.lastIndexOf('\\') + 1)
  const command = [name.replace(/\.exe$/, ''), ...rest].join(' ')
  return rest.length && command.length >= leastCommandUnits
    ? [command.slice(0, maxUnits)]
    : []
}

function tiesTo(kind: TieKind, thing: string): readonly Tie[] {
  if (!thing || thing.length > maxUnits || !ties(kind, thing)) return noTies
  const tie = tieTo(kind, thing)
  // Services of remote administration name their pipes after themselves.
  return kind === 'service' ? [tie, tieTo('pipe', `\\${thing}`)] : [tie]
}

const noTies: readonly Tie[] = []

function add(found: Tie[], tie: Tie): void {
  if (found.length >= maxTies) return
  const { a, b } = tie.digest
  for (let i = 0; i < found.length; i++) {
    const { digest } = found[i]!
    if (digest.a === a && digest.b === b) return
  }
  found.push(tie)
}

/** Programs that act for everybody on a host. One of Windows' names in another folder is somebody else's. */
const hubs =
  /^(?:system|registry)$|\\windows\\(?:(?:system32|syswow64)\\(?:wbem\\)?(?:svchost|services|lsass|wininit|winlogon|csrss|smss|wmiprvse|taskhostw?|dllhost|runtimebroker|searchindexer)|explorer)\.exe$|\\msmpeng\.exe$|(?:^|\/)(?:systemd|init|launchd|xpcproxy|tccd|dbus-daemon|sshd|cron|dockerd|containerd)$/i

/** What everything on a host shares, or nothing. */
const nobodies: Partial<Record<TieKind, ReadonlySet<string>>> = {
  session: new Set([
    '0x3e7',
    '0x3e5',
    '0x3e4',
    '0x0',
    '0',
    '4294967295',
    'unset',
    '-',
  ]),
  pid: new Set(['0', '1', '4', '0x0', '0x4']),
  from: new Set(['-', '127.0.0.1', '::1', '0.0.0.0']),
  endpoint: new Set(['pipe', 'process']),
}

/** Programs of the system and of installations are run by many. */
const installed =
  /^(?:[a-z]:\\(?:windows|program files(?: \(x86\))?|programdata\\microsoft)\\|\/(?:usr|bin|sbin|lib|system|applications|library)\/|[^\\/]*$)/i
const everyday =
  /^\\(?:lsass|lsarpc|samr|netlogon|svcctl|ntsvcs|spoolss|srvsvc|wkssvc|atsvc|eventlog|epmapper|winreg)$|^<anonymous pipe>$/

function ties(kind: TieKind, text: string): boolean {
  if (nobodies[kind]?.has(text)) return false
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
