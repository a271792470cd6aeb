// A stage for behaviours: a shell whose processes alone a watch sees, and what the watch found of them. All of it ends with `end`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Finding } from '../../src/findings/finding.ts'
import { Keeper } from '../../src/sensors/keeper.ts'

export const cli = resolve('dist/cli/main.js')
const here = resolve('test/live')

/** Of nobody on any system. */
export const loginUser = 1559
/** Milliseconds to wait for what must come; machines differ. */
const patienceMs = 60_000
const againMs = 5_000

export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'ipcwatch-live-'))
  readonly said: string[] = []
  readonly #shell: ChildProcess
  readonly #sensor: string
  #watch: ChildProcess | undefined
  /** Ends the watch where the tests end before it. */
  #keeper: Keeper | undefined
  #marks = 0

  constructor(sensor: string) {
    this.#sensor = sensor
    for (const name of ['ipc', 'load']) compile(name, this.folder)
    // Rules of audit go by who logged in: nobody else's processes are recorded.
    const login = `echo ${loginUser} > /proc/self/loginuid; `
    const shell = 'exec bash --norc'
    const begin = sensor === 'audit' ? login + shell : shell
    this.#shell = spawn('bash', ['-c', begin], {
      cwd: this.folder,
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    })
  }

  get pid(): number {
    return this.#shell.pid!
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
      await this.run('/bin/true')
      if (this.found().length) return
      await sleep(200)
    }
    throw new Error(`the sensor sees nothing: ${this.said.join('; ')}`)
  }

  /** Resolves when the command has ended; gives what it printed. */
  async run(command: string): Promise<string> {
    const mark = `done-${++this.#marks}`
    const lines: string[] = []
    const ended = new Promise<void>((done) => {
      const input = createInterface({ input: this.#shell.stdout! })
      input.on('line', (line) => {
        // A prompt may stand before it.
        if (!line.endsWith(mark)) lines.push(line)
        else {
          input.close()
          done()
        }
      })
    })
    this.#shell.stdin!.write(`${command}\nbuiltin echo ${mark}\n`)
    await ended
    return lines.join('\n')
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
    const { exitCode, signalCode } = this.#shell
    if (exitCode === null && signalCode === null) {
      const ended = once(this.#shell, 'exit')
      this.#shell.stdin!.end('exit\n')
      await ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function fieldsOf(finding: Finding): Readonly<Record<string, unknown>> {
  return finding.evidence[0]?.fields ?? {}
}

function compile(name: string, folder: string): void {
  const source = join(here, `${name}.c`)
  const { status, stderr } = spawnSync(
    'gcc',
    ['-O1', '-w', '-o', join(folder, name), source],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
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

export function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
