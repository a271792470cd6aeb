// This host: what its own files and commands tell. Commands only read, are given no shell, and have a bound of time; one that is not there leaves
// its part unknown.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Check } from '../../posture/checks/check.ts'
import type { Facts } from '../../posture/facts/facts.ts'
import { readDump } from '../../posture/sources/index.ts'
import { registryKey } from '../../posture/sources/reg-export.ts'

import { readRoot } from './root.ts'

/** Milliseconds, and bytes of output, of one command. */
const patience = 20_000
const maxOutput = 128 * 1024 * 1024

type Call = readonly [program: string, ...args: string[]]

/** What is asked of a host. */
export interface Host {
  readonly platform: NodeJS.Platform
  /** Where its files begin. */
  readonly root: string
  /** What the program prints; throws as `execFileSync` does. */
  run(call: Call): Buffer
}

const thisHost: Host = {
  platform: process.platform,
  root: '/',
  run: ([program, ...args]) =>
    execFileSync(program, args, {
      timeout: patience,
      maxBuffer: maxOutput,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    }),
}

interface HostReading {
  readonly facts: Facts
  readonly checks: readonly Check[]
  note(message: string): void
  readonly host: Host
}

const calls: Readonly<Partial<Record<NodeJS.Platform, readonly Call[]>>> = {
  linux: [
    [
      'systemctl',
      'show',
      '*.service',
      '*.socket',
      '--no-pager',
      '-p',
      'Id,LoadState,ActiveState,UnitFileState,Type,User,CapabilityBoundingSet,RestrictAddressFamilies,PrivateIPC,PrivateTmp,ProtectProc,ProcSubset,NoNewPrivileges,SystemCallFilter,MemoryDenyWriteExecute,RestrictNamespaces,SupplementaryGroups,SocketMode,IPAddressDeny',
    ],
    ['systemctl', 'list-unit-files', '--no-pager'],
    ['systemd-analyze', 'security', '--json=short', '--no-pager'],
    ['getcap', '-r', '/usr/bin', '/usr/sbin', '/usr/local', '/opt'],
    ['getenforce'],
    ['ss', '-tln'],
  ],
  darwin: [
    ['csrutil', 'status'],
    ['spctl', '--status'],
    ['santactl', 'status', '--json'],
  ],
  win32: [
    [
      'powershell',
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      'Get-MpPreference | ConvertTo-Json -Depth 4',
    ],
    ['net', 'localgroup', 'Distributed COM Users'],
    ['net', 'localgroup', 'Performance Log Users'],
  ],
}

export function readHost(
  asked: Omit<HostReading, 'host'>,
  host: Host = thisHost,
): void {
  const reading = { ...asked, host }
  const { facts, note } = reading
  for (const call of calls[host.platform] ?? []) readCall(reading, call)
  if (host.platform === 'linux') {
    readSysctl(reading)
    readFile(reading, '/proc/self/mounts')
    readFile(reading, '/sys/kernel/security/apparmor/profiles')
    readContainers(reading)
    if (process.env.DISPLAY) readCall(reading, ['xhost'])
  }
  if (host.platform === 'win32') readRegistry(reading)
  else readRoot({ root: host.root, facts, note, problem: note })
}

function outputOf({ note, host }: HostReading, call: Call): Buffer | undefined {
  const [program] = call
  try {
    return host.run(call)
  } catch (error) {
    const { code, message, stderr } = error as NodeJS.ErrnoException & {
      stderr?: Buffer
    }
    const said = stderr?.toString('utf8').trim().split('\n')[0]
    note(
      `${program}: ${code === 'ENOENT' ? 'not on this host' : said || message.split('\n')[0]}`,
    )
    return undefined
  }
}

function readCall(reading: HostReading, call: Call): void {
  const bytes = outputOf(reading, call)
  if (bytes?.length === 0 && call[0] === 'getcap') {
    reading.facts.cover('capability', call.join(' '))
  }
  if (!bytes?.length) return
  const name = call.join(' ')
  const known = readDump({ name, bytes }, reading.facts, reading.note)
  if (!known) reading.note(`${name}: its output is not understood`)
}

function readFile({ facts, note }: HostReading, path: string): void {
  if (!existsSync(path)) return
  try {
    readDump({ name: path, bytes: readFileSync(path) }, facts, note)
  } catch (error) {
    note(`${path}: ${(error as Error).message}`)
  }
}

/** Of /proc/sys only what checks ask. */
function readSysctl({ facts, checks }: HostReading): void {
  facts.of('linux')
  facts.cover('sysctl', '/proc/sys')
  const names = checks.flatMap((c) =>
    c.look.filter((l) => l.key === 'sysctl').map((l) => l.name),
  )
  for (const name of new Set(names)) {
    const file = `/proc/sys/${name.replaceAll('.', '/')}`
    try {
      facts.add('sysctl', name, readFileSync(file, 'utf8').trim(), { file })
    } catch {
      // Absent is what the check reads then.
    }
  }
}

function readContainers(reading: HostReading): void {
  if (!existsSync('/run/docker.sock')) return
  readCall(reading, ['docker', 'info', '--format', '{{json .}}'])
  const ids = outputOf(reading, ['docker', 'ps', '-q'])
    ?.toString('utf8')
    .split(/\s+/)
    .filter(Boolean)
  if (ids?.length) readCall(reading, ['docker', 'inspect', ...ids])
}

/** Topmost keys that checks ask about; of users the one who asks. */
function readRegistry(reading: HostReading): void {
  const keys = new Set<string>()
  for (const { look, each } of reading.checks) {
    for (const key of [...look.map((l) => l.key), ...(each ? [each] : [])]) {
      if (!/^HK(LM|U)\\/.test(key)) continue
      const fixed = key.split(/\\?\{(?!user)/)[0]!
      keys.add(fixed.replace(/^HKU\\\{user\}/, 'HKCU'))
    }
  }
  const sorted = [...keys].sort()
  const top = sorted.filter(
    (k) => !sorted.some((o) => o !== k && k.startsWith(`${o}\\`)),
  )
  for (const key of top) readKey(reading, key)
  readSecurityPolicy(reading)
}

/** A key that is not there is known: nothing is set below it. */
function readKey(reading: HostReading, key: string): void {
  let isMissing = false
  const note = (message: string) => {
    isMissing = /unable to find the specified registry key/.test(message)
    if (!isMissing) reading.note(message)
  }
  readCall({ ...reading, note }, ['reg', 'query', key, '/s'])
  if (!isMissing) return
  reading.facts.of('windows')
  reading.facts.cover(registryKey(key), 'reg query')
}

function readSecurityPolicy(reading: HostReading): void {
  const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-'))
  const file = join(folder, 'secedit.inf')
  try {
    if (outputOf(reading, ['secedit', '/export', '/cfg', file, '/quiet']))
      readFile(reading, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
