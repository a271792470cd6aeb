// Flags that several commands share, and how their values are read.
import { type Command, InvalidArgumentError, Option } from 'commander'

import { formatTime } from '../base/time.ts'
import { type Zone, zoneOf } from '../base/zone.ts'

import type { Placeholders, RuleSources } from '../content/load.ts'

import type { CaptureRequest } from '../app/scripts/capture.ts'
import type { ScopeConfig } from '../app/stations/scope.ts'
import { toldTime } from '../app/told-time.ts'

import { type Outcome, UsageError } from './exit.ts'
import { readNamedFile } from './named-file.ts'

export function collect(
  value: string,
  before: readonly string[] = [],
): string[] {
  return [...before, value]
}

export const rulesOption = () =>
  new Option(
    '--rules <path>',
    'also load the rules of this folder or file (repeatable)',
  )
    .argParser(collect)
    .default([], 'none')

export const builtinOption = () =>
  new Option('--no-builtin', 'leave out the rules that ipcwatch ships')

export const baselineOption = () =>
  new Option(
    '--baseline <file>',
    'say what is rare by this baseline (see "ipcwatch baseline")',
  )

export const scheduleOption = () =>
  new Option(
    '--schedule <file>',
    'say what is out of cycle by the maintenance windows in this file',
  )

export const suppressOption = () =>
  new Option(
    '--suppress <path>',
    'do not tell what the suppressions in this file or folder silence; they are counted (repeatable)',
  ).argParser(collect)

/** By what is judged: `scan` and `watch` have these alike. */
export function addRules(command: Command): Command {
  return command
    .addOption(rulesOption())
    .addOption(builtinOption())
    .addOption(placeholdersOption())
    .addOption(baselineOption())
    .addOption(scheduleOption())
    .addOption(suppressOption())
}

export function readTime(value: string): number {
  const ms = toldTime(value)
  if (ms === undefined) {
    throw new InvalidArgumentError(
      'expected a time such as 2026-01-31T12:00:00Z (in UTC where it states no offset), or one counted from now: 24h, 7d, @d, -1d@d, yesterday.',
    )
  }
  return ms
}

/** Which events are asked about: `scan`, `events` and `hunt` have these alike. */
export function addScope(command: Command): Command {
  return command
    .option(
      '--since <time>',
      'only events at or after this time; 24h, 7d, @d: counted from now',
      readTime,
    )
    .option('--until <time>', 'only events before this time', readTime)
    .option(
      '--host <name>',
      'only events of this host, also with * and ? (repeatable)',
      collect,
    )
}

export interface ScopeFlags {
  readonly since?: number
  readonly until?: number
  readonly host?: readonly string[]
}

export function noteScope(outcome: Outcome): void {
  outcome.note(
    'nothing in scope',
    'no event is within --since, --until and --host',
  )
}

export function scopeOf({ since, until, host }: ScopeFlags): ScopeConfig {
  if (since !== undefined && until !== undefined && since >= until)
    throw new UsageError(
      `--since ${formatTime(since)} is not before --until ${formatTime(until)}`,
    )
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    hosts: host ?? [],
  }
}

export const outputOption = () =>
  new Option('-o, --output <file>', 'write into this file')

export const timeZoneOption = () =>
  new Option(
    '--time-zone <zone>',
    'show times to people as the clocks there do: UTC, local, +02:00, Europe/Berlin (JSON keeps UTC; times in the input: --input-time-zone)',
  ).argParser(readZone)

/** Apart from the zone of what is shown: most logs are in UTC without saying so, wherever they are looked at. */
export const inputZoneOption = () =>
  new Option(
    '--input-time-zone <zone>',
    'times in the input that state no offset are of this zone (default: UTC; fields of UTC such as UtcTime stay)',
  ).argParser((name) => {
    readZone(name)
    return name
  })

function readZone(name: string): Zone {
  const zone = zoneOf(name)
  if (zone) return zone
  throw new InvalidArgumentError(
    'expected UTC, local, an offset such as +02:00, or a name such as Europe/Berlin.',
  )
}

export function readCount(value: string): number {
  if (!/^\d{1,15}$/.test(value))
    throw new InvalidArgumentError('expected a whole number.')
  return Number(value)
}

export const workersOption = () =>
  new Option(
    '--workers <n>',
    'threads that read, the calling one among them; 0: that one alone (default: as the input is worth)',
  ).argParser(readCount)

export const passwordOption = () =>
  new Option(
    '--password <text>',
    'try this password on what is encrypted, beside those of samples and of Office itself (repeatable)',
  ).argParser(collect)

export interface CaptureFlags {
  readonly root?: readonly string[]
  readonly capture?: string
}

/** Where scripts that events name are looked for, and kept. */
export function addCapture(command: Command): Command {
  return command
    .option(
      '--root <[host=]dir>',
      'also read the scripts that events name, below this folder: a mounted image, of that host alone where one is named, or / (repeatable)',
      collect,
    )
    .option(
      '--capture <dir>',
      'keep the scripts that events name in this folder, by their hash',
    )
}

/** Nothing where nothing was asked. */
export function captureOf({
  root,
  capture,
}: CaptureFlags): CaptureRequest | undefined {
  if (root === undefined && capture === undefined) return undefined
  return {
    ...rootsOf(root ?? []),
    ...(capture !== undefined && { store: capture }),
  }
}

/** `DIR` for any host, `HOST=DIR` for that one. */
export function rootsOf(
  given: readonly string[],
): Pick<CaptureRequest, 'root' | 'hostRoots'> {
  const hostRoots: Record<string, string> = Object.create(null)
  let root: string | undefined
  for (const value of given) {
    const [, host, dir] = /^([\w.-]{1,255})=(.+)$/.exec(value) ?? []
    if (host && dir) hostRoots[host] = dir
    else if (root === undefined) root = value
    else
      throw new UsageError(
        `--root "${root}" and "${value}": one folder at most may be that of any host; write HOST=DIR for the images of several`,
      )
  }
  return {
    ...(root !== undefined && { root }),
    ...(Object.keys(hostRoots).length && { hostRoots }),
  }
}

export function readOnOff(value: string): boolean {
  if (value !== 'on' && value !== 'off')
    throw new InvalidArgumentError('expected "on" or "off".')
  return value === 'on'
}

export const placeholdersOption = () =>
  new Option(
    '--placeholders <file>',
    'JSON object: what %name% stands for in values with |expand, each a list',
  )

/** Which rules are loaded: flags that commands on rules share. */
export interface RuleFlags {
  readonly rules?: readonly string[] | undefined
  readonly builtin: boolean
  /** A file. */
  readonly placeholders?: string | undefined
}

export function ruleSources(flags: RuleFlags): RuleSources {
  const placeholders = readPlaceholders(flags.placeholders)
  return {
    paths: flags.rules ?? [],
    builtin: flags.builtin,
    ...(placeholders && { placeholders }),
  }
}

/** undefined where no file is named. */
function readPlaceholders(file: string | undefined): Placeholders | undefined {
  if (file === undefined) return undefined
  const text = readNamedFile(file, 'placeholders')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`placeholders "${file}": ${(error as Error).message}`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new UsageError(
      `placeholders "${file}": expected an object of lists, such as {"admins": ["root"]}`,
    )
  }
  const out: Record<string, (string | number)[]> = {}
  for (const [name, given] of Object.entries(value)) {
    const list: unknown[] = Array.isArray(given) ? given : [given]
    const usable = list.filter(
      (v) => typeof v === 'string' || typeof v === 'number',
    )
    if (usable.length !== list.length) {
      throw new UsageError(
        `placeholders "${file}": "${name}" holds something that is neither text nor a number`,
      )
    }
    Object.defineProperty(out, name, { value: usable, enumerable: true })
  }
  return out
}
