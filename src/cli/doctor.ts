// `ipcwatch doctor`: what this installation and this host can do, in one screen.
import { accessSync, constants, existsSync } from 'node:fs'
import { availableParallelism, freemem, release } from 'node:os'
import { delimiter, join } from 'node:path'

import { Command } from 'commander'

import { oneLine, plural } from '../base/shown.ts'

import { sensorsHere, tried } from '../sensors/index.ts'

import { sinkNames } from '../findings/sinks/index.ts'

import { loadRules } from '../content/load.ts'

import { builtinChecks, loadChecks } from '../app/posture/checks.ts'

import { Outcome } from './exit.ts'
import { print } from './output.ts'
import { printBytes } from './progress.ts'
import { countOfRules } from './rule-count.ts'

type Line = readonly [state: 'ok' | 'no' | 'BAD', what: string, detail: string]

/** Oldest version that it runs on: package.json, `engines`. */
const oldestNode = [20, 19] as const

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('what this installation and this host can do')
    .action(run)
}

async function run(): Promise<void> {
  const outcome = new Outcome()
  const lines = [
    nodeLine(),
    hostLine(),
    await rulesLine(),
    checksLine(),
    livePostureLine(),
    ['ok', 'reports', sinkNames.join(', ')] as const,
    ...sourceLines(),
    ...sensorLines(),
    ...programLines(),
  ]
  for (const [state, what, detail] of lines) {
    print(oneLine(`${state.padEnd(4)} ${what.padEnd(22)} ${detail}`))
  }
  if (lines.some(([state]) => state === 'BAD')) {
    outcome.note('rule error', 'part of this installation does not work')
  }
  outcome.finish()
}

function nodeLine(): Line {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldest, oldestMinor] = oldestNode
  const isNew = major > oldest || (major === oldest && minor >= oldestMinor)
  return [isNew ? 'ok' : 'BAD', 'Node', process.versions.node]
}

function hostLine(): Line {
  return [
    'ok',
    'host',
    `${process.platform} ${release()} ${process.arch}, ${plural(availableParallelism(), 'processor')}, ${printBytes(freemem())} free`,
  ]
}

async function rulesLine(): Promise<Line> {
  const set = await loadRules({ paths: [], builtin: true })
  const { refused } = set
  const loaded = countOfRules(set)
  return refused.length
    ? ['BAD', 'rules', `${loaded}, ${refused.length} refused`]
    : ['ok', 'rules', loaded]
}

function checksLine(): Line {
  const { checks, refused } = loadChecks(builtinChecks)
  const loaded = plural(checks.length, 'check')
  return refused.length
    ? ['BAD', 'posture', `${loaded}, ${refused.length} refused`]
    : ['ok', 'posture', loaded]
}

/** Systems on which `posture` without dumps was run; of others its commands were only tried against counterparts that print what theirs do. */
const provenOn: readonly NodeJS.Platform[] = ['linux']

function livePostureLine(): Line {
  const { platform } = process
  return provenOn.includes(platform)
    ? ['ok', 'posture of this host', `proven on ${provenOn.join(', ')}`]
    : [
        'no',
        'posture of this host',
        `not proven on ${platform}: its commands were tried against scripted counterparts; dumps are read on every system`,
      ]
}

/** What of this host can be read, by this account. */
const sources: Readonly<
  Partial<Record<NodeJS.Platform, readonly (readonly [string, string])[]>>
> = {
  linux: [
    ['audit log', '/var/log/audit/audit.log'],
    ['journal', '/var/log/journal'],
    ['Sysmon for Linux, syslog', '/var/log/syslog'],
    ['kernel types (eBPF)', '/sys/kernel/btf/vmlinux'],
    ['AppArmor profiles', '/sys/kernel/security/apparmor/profiles'],
    ['socket of Docker', '/run/docker.sock'],
  ],
  darwin: [['helpers', '/Library/PrivilegedHelperTools']],
  win32: [['event logs', 'C:\\Windows\\System32\\winevt\\Logs']],
}

function sourceLines(): readonly Line[] {
  return (sources[process.platform] ?? []).map(([what, path]) => {
    if (!existsSync(path)) return ['no', what, `${path} is not there`]
    try {
      accessSync(path, constants.R_OK)
      return ['ok', what, path]
    } catch {
      return ['no', what, `${path}: permission denied`]
    }
  })
}

function sensorLines(): readonly Line[] {
  return sensorsHere().map((sensor) => {
    const { can, detail, isUnproven } = tried(sensor)
    const unproven = isUnproven ? ' (not proven on this system)' : ''
    return [
      can ? 'ok' : 'no',
      `sensor ${sensor.name}`,
      detail + unproven,
    ] as const
  })
}

/** Programs that posture asks on this host. */
const programs: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> =
  {
    linux: [
      'systemctl',
      'systemd-analyze',
      'getcap',
      'ss',
      'docker',
      'auditctl',
    ],
    darwin: ['codesign', 'csrutil', 'spctl', 'eslogger'],
    win32: ['reg.exe', 'secedit.exe', 'powershell.exe', 'wevtutil.exe'],
  }

function programLines(): readonly Line[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const all = (programs[process.platform] ?? []).map((name) => ({
    name,
    isThere: folders.some((f) => f && existsSync(join(f, name))),
  }))
  const named = (is: boolean) =>
    all.filter((p) => p.isThere === is).map((p) => p.name)
  const there = named(true)
  const missing = named(false)
  return [
    ...(there.length ? [['ok', 'programs', there.join(', ')] as const] : []),
    ...(missing.length
      ? [['no', 'programs not there', missing.join(', ')] as const]
      : []),
  ]
}
