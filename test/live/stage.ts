// A stage for behaviours: a shell whose processes alone a watch sees, and what the watch found of them. All of it ends with `end`.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Finding } from '../../src/findings/finding.ts'
import { Keeper } from '../../src/sensors/keeper.ts'

import { compile, loginUser, Shell } from './shell.ts'

import { cli } from '../tools/product.ts'

const here = resolve('test/live')

/** Milliseconds to wait for what must come; machines differ. */
const patienceMs = 60_000
const againMs = 5_000

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'ipcwatch-live-'))
  readonly said: string[] = []
  readonly #shell: Shell
  readonly #sensor: string
  #watch: ChildProcess | undefined
  /** Ends the watch where the tests end before it. */
  #keeper: Keeper | undefined

  constructor(sensor: string) {
    this.#sensor = sensor
    for (const name of ['ipc', 'load']) compile(name, this.folder)
    this.#shell = new Shell({
      folder: this.folder,
      ...(sensor === 'audit' && {
        begin: `echo ${loginUser} > /proc/self/loginuid`,
      }),
    })
  }

  get pid(): number {
    return this.#shell.pid
  }

  get watchPid(): number {
    return this.#watch!.pid!
  }

  /** Resolves when the sensor sees what happens on the stage. */
  async begin(...flags: readonly string[]): Promise<void> {
    this.#watch = spawn(
      process.execPath,
      [
        cli,
        'watch',
        '--sensors',
        this.#sensor,
        '--scope',
        `pid:${this.pid}`,
        '--rules',
        join(here, 'rules'),
        '--lateness',
        '1s',
        '--out',
        join(this.folder, 'found.ndjson'),
        ...flags,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    this.#keeper = new Keeper('kill "$1"', [String(this.watchPid)])
    createInterface({ input: this.#watch.stderr! }).on('line', (line) =>
      this.said.push(line),
    )
    for (const until = Date.now() + patienceMs; Date.now() < until; ) {
      await this.run(
        this.#sensor === 'proc-snapshot' ? 'sleep 1.5' : '/bin/true',
      )
      if (this.found().length) return
      await sleep(200)
    }
    throw new Error(`the sensor sees nothing: ${this.said.join('; ')}`)
  }

  /** Resolves when the command has ended; gives what it printed. */
  async run(command: string): Promise<string> {
    return await this.#shell.run(command)
  }

  found(): Finding[] {
    try {
      const text = readFileSync(join(this.folder, 'found.ndjson'), 'utf8')
      const lines = text.split('\n').slice(0, -1)
      return lines.map((line) => JSON.parse(line) as Finding)
    } catch {
      return []
    }
  }

  /** Waits for it; throws with what was found instead. `again` is done every few seconds until then. */
  async awaits(
    what: string,
    is: (finding: Finding) => boolean,
    from = 0,
    again?: () => Promise<unknown>,
  ): Promise<Finding> {
    let next = Date.now() + againMs
    for (const until = Date.now() + patienceMs; Date.now() < until; ) {
      const found = this.found().slice(from).find(is)
      if (found) return found
      await sleep(50)
      if (!again || Date.now() < next) continue
      await again()
      next = Date.now() + againMs
    }
    const instead = this.found()
      .slice(from)
      .map((f) => `${f.rule.title}: ${JSON.stringify(fieldsOf(f))}`)
    throw new Error(`${what} was not found, but\n${instead.join('\n')}`)
  }

  /** The pid of the child that runs the sensor. */
  sensorPid(): number | undefined {
    return childrenOf(this.watchPid).find((pid) =>
      commandOf(pid).includes(' sensors run '),
    )
  }

  /** What waits for its end is told: edges. */
  async endWatch(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const watch = this.#watch
    if (!watch || watch.exitCode !== null || watch.signalCode !== null) return
    const ended = once(watch, 'exit')
    watch.kill(signal)
    await ended
    await this.#keeper?.end()
  }

  async end(): Promise<void> {
    await this.endWatch()
    await this.#shell.end()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function fieldsOf(finding: Finding): Readonly<Record<string, unknown>> {
  return finding.evidence[0]?.fields ?? {}
}

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => parentOf(child) === pid)
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
