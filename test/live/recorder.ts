// What a sensor of this kernel records of a command, as evidence for rules: in a place that looks the same on every machine. Pids, times and

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

import { numberIn } from '../../src/sensors/audit/messages.ts'

import { compile, recordedUser, Shell } from './shell.ts'
import { cli } from '../tools/product.ts'
import { WrittenRules } from './written-rules.ts'

export type RecordingSensor = 'audit' | 'ebpf'

const folder = '/tmp/t1559'
const host = 'app1.example'
/** Of documentation (RFC 5737): here they are the machine itself. */
const addresses = ['203.0.113.9', '198.51.100.7']
/** Folders of the system that are empty there, and go with it. */
const own = ['/run', '/home', '/root', '/srv']
/** Calls of one process with the same first argument that are kept. */
const maxAlike = 4
/** Milliseconds to wait for what must come; machines differ. */
const patienceMs = 60_000

export class Recorder {
  readonly sensor: RecordingSensor
  readonly #rules: WrittenRules | undefined
  readonly #shell: Shell
  #sensor: ChildProcess | undefined
  #lines: string[] = []
  #marks = 0

  constructor(sensor: RecordingSensor) {
    this.sensor = sensor
    // Somebody else's is not taken.
    mkdirSync(folder)
    try {
      chmodSync(folder, 0o755)
      compile('ipc', folder)
      this.#rules = sensor === 'audit' ? new WrittenRules() : undefined
    } catch (error) {
      rmSync(folder, { recursive: true })
      throw error
    }
    this.#shell = new Shell({
      folder,
      within: ['unshare', '--mount', '--uts', '--net'],
      begin: placeFor(sensor),
      env: {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin',
        HOME: '/root',
        LANG: 'C',
      },
    })
  }

  /** Resolves when the sensor sees what happens. */
  async begin(): Promise<void> {
    const { sensor } = this
    // Of a user's number, and in a process of its own.
    await this.#shell.run(
      'as() { local user=$1; shift; setpriv --reuid=$user --regid=$user --clear-groups "$@"; }',
    )
    const run = [process.execPath, cli, 'sensors', 'run', sensor]
    // Audit knows no trees of processes, but who logged in.
    const scope = ['--scope', `pid:${this.#shell.pid}`]
    const flags = ['--while-input', ...(sensor === 'audit' ? [] : scope)]
    // It tells the host's name.
    const named = `hostname ${host}; exec "$@"`
    this.#sensor = spawn(
      'unshare',
      ['--uts', 'sh', '-c', named, 'sh', ...run, ...flags],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    createInterface({ input: this.#sensor.stdout! }).on('line', (line) =>
      this.#lines.push(sensor === 'audit' ? messageOf(line) : line),
    )
    for (const until = Date.now() + patienceMs; Date.now() < until; ) {
      if (await this.#marked(1_000)) return
    }
    throw new Error(`the sensor ${sensor} sees nothing`)
  }

  /** Lines of what was recorded of it. */
  async record(command: string): Promise<string> {
    await this.#marked(patienceMs)
    this.#lines = []
    await this.#shell.run(`(\n${command}\n) >/dev/null 2>&1`)
    const end = await this.#marked(patienceMs)
    if (!end) throw new Error(`the sensor ${this.sensor} fell silent`)
    const all = this.#lines.filter((line) => !end.isOfMark(line))
    const kept = this.sensor === 'audit' ? thinned(all) : all
    return kept.map((line) => `${line}\n`).join('')
  }

  async end(): Promise<void> {
    if (this.#sensor) {
      const ended = once(this.#sensor, 'exit')
      this.#sensor.stdin!.end()
      await ended
    }
    await this.#shell.end()
    await this.#rules?.end()
    rmSync(folder, { recursive: true, force: true })
  }

  /** What comes behind everything else, seen within some milliseconds. */
  async #marked(ms: number): Promise<Mark | undefined> {
    const mark = `0.0${1559 + ++this.#marks}`
    await this.#shell.run(`sleep ${mark}`)
    for (const until = Date.now() + ms; Date.now() < until; ) {
      const seen = this.#lines.find((line) => line.includes(mark))
      // What else is told of it.
      await sleep(50)
      if (seen) return this.sensor === 'audit' ? bySerial(seen) : byPid(seen)
    }
    return undefined
  }
}

interface Mark {
  isOfMark(line: string): boolean
}

/** Whole events of who logged in here. */
function thinned(lines: readonly string[]): readonly string[] {
  const serials = new Set<string>()
  const alike = new Map<string, number>()
  for (const line of lines) {
    if (numberIn(line, 'auid') !== recordedUser) continue
    const textOf = (name: string) =>
      new RegExp(` ${name}=\\S+`).exec(line)?.[0] ?? ''
    const doing = ['pid', 'syscall', 'a0', 'exe'].map(textOf).join('')
    const times = (alike.get(doing) ?? 0) + 1
    alike.set(doing, times)
    if (times <= maxAlike) serials.add(serialOf(line))
  }
  return lines
    .filter((line) => serials.has(serialOf(line)))
    .map((line) => `node=${host} ${line}`)
}

const serialOf = (line: string) => /msg=audit\([^)]*\)/.exec(line)?.[0] ?? ''

function bySerial(seen: string): Mark {
  const serial = serialOf(seen)
  return { isOfMark: (line) => serialOf(line) === serial }
}

function byPid(seen: string): Mark {
  const pidIn = (line: string) => (JSON.parse(line) as { pid?: number }).pid
  const pid = pidIn(seen)
  return { isOfMark: (line) => pidIn(line) === pid }
}

function messageOf(line: string): string {
  const { message } = JSON.parse(line) as { message?: string }
  return message ?? ''
}

function placeFor(sensor: RecordingSensor): string {
  return [
    `hostname ${host}`,
    'ip link set lo up',
    ...addresses.map((a) => `ip addr add ${a}/32 dev lo`),
    ...own.map((path) => `mount -t tmpfs none ${path}`),
    `node ${resolve('test/live/peer.cjs')} </dev/null >/dev/null 2>&1 &`,
    // What it starts last.
    `for i in $(seq 100); do [ -S /run/dbus/system_bus_socket ] && break; sleep 0.1; done`,
    ...(sensor === 'audit'
      ? [`echo ${recordedUser} > /proc/self/loginuid`]
      : []),
  ].join('\n')
}
