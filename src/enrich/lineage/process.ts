// A process, as far as the recording tells: several providers may each tell a part of it.
import type { Origin } from '../../event/event.ts'

export interface Process {
  /** Its own, in this run. */
  readonly number: number
  readonly host: string
  readonly product: string | undefined
  pid: number | undefined
  /** The provider's own identity, which no later process gets again. */
  guid: string | undefined
  /** Milliseconds since 1970; undefined: before the recording. */
  start: number | undefined
  end: number | undefined
  image: string | undefined
  /** What it was called with; of audit the last EXECVE that succeeded. */
  commandLine: string | undefined
  user: string | undefined
  integrity: string | undefined
  logonId: string | undefined
  parent: Process | undefined
  parentPid: number | undefined
  parentGuid: string | undefined
  parentImage: string | undefined
  /** Of the record that tells of its start. */
  origin: Origin | undefined
  /** Of its texts, in UTF-16 units, when it was last kept: more may have been told since. */
  units: number
  // What only some providers tell has no place where it is not told: tens of thousands of processes are remembered.
  script?: string | undefined
  userId?: string | undefined
  effectiveUserId?: string | undefined
  /** Security identifier of the account. */
  sid?: string | undefined
  /** Token elevation type of a 4688: `%%1936` and so on. */
  elevation?: string | undefined
  session?: string | undefined
  /** Subject or identifier of the code signature. */
  signer?: string | undefined
  team?: string | undefined
  isPlatform?: boolean | undefined
  /** By the names of capabilities(7), beside what its user may. */
  capabilities?: readonly string[]
  /** `CS_INSTALLER` and so on: what its signature says that it may. */
  codeFlags?: readonly string[]
  parentCommandLine?: string | undefined
  parentUser?: string | undefined
  /** What it was before it executed this program. */
  previousImage?: string | undefined
  /** What it became by executing another program. */
  became?: Process
}

type Rare = {
  [K in keyof Process]-?: undefined extends Process[K]
    ? Omit<Process, K> extends Process
      ? K
      : never
    : never
}[keyof Process]

let made = 0

export function newProcess(host: string, product: string | undefined): Process {
  return {
    number: made++,
    host,
    product,
    pid: undefined,
    guid: undefined,
    start: undefined,
    end: undefined,
    image: undefined,
    commandLine: undefined,
    user: undefined,
    integrity: undefined,
    logonId: undefined,
    parent: undefined,
    parentPid: undefined,
    parentGuid: undefined,
    parentImage: undefined,
    origin: undefined,
    units: 0,
  }
}

/** What only some providers tell: what was said first stays. */
export function note<K extends Rare>(
  p: Process,
  name: K,
  value: Process[K],
): void {
  if (value !== undefined && p[name] === undefined) p[name] = value
}

const texts = [
  ...(['image', 'commandLine', 'script', 'previousImage', 'signer'] as const),
  ...(['user', 'userId', 'effectiveUserId', 'sid', 'logonId', 'team'] as const),
  ...(['parentImage', 'parentCommandLine', 'parentUser'] as const),
  'parentGuid',
] as const
const lists = ['capabilities', 'codeFlags'] as const

/** Of its texts, in UTF-16 units: what keeping it costs. */
export function unitsOf(p: Process): number {
  let units = 0
  for (const name of texts) units += p[name]?.length ?? 0
  for (const name of lists)
    for (const text of p[name] ?? []) units += text.length
  return units
}

/** A shell opens what a command is redirected to, and then becomes the command. */
export function soonAfter(p: Process, time: number): Process {
  let next = p
  while (next.became && (next.became.start ?? 0) - time <= becomesWithinMs)
    next = next.became
  return next
}

/** Milliseconds. */
const becomesWithinMs = 1_000

/** The same in every run. */
export function keyOf(p: Process): string {
  return `${p.host}\0${p.guid ?? `${p.pid ?? '?'}@${p.start ?? 'before'}`}\0${(p.image ?? '').toLowerCase()}`
}

/** `C:\\Windows\\System32\\cmd.exe` and `/bin/sh` as `cmd.exe` and `sh`. */
export function programOf(image: string | undefined): string {
  const name = image?.replace(/^.*[\\/]/, '').toLowerCase() ?? ''
  return name
}

/** As parents stand above one another; a line that is a circle ends. */
export function* ancestorsOf(p: Process): Generator<Process> {
  let next = p.parent
  for (let depth = 0; next && depth < maxAncestors; depth++) {
    yield next
    next = next.parent
  }
}

/** Parents that are kept above a process: a line without an end would keep all that ever ran. */
const maxAncestors = 32

export function cutAbove(p: Process): void {
  let last = p
  for (let depth = 0; last.parent && depth < maxAncestors; depth++)
    last = last.parent
  last.parent = undefined
}
