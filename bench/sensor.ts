// How much does the eBPF sensor bear, and what does it cost? As root, on a kernel that loads it; a C compiler and `npm run build` first.
//
//   npx tsx bench/sensor.ts [connections a second] [seconds]
//
// First what calls cost, alone and under the sensor; then load.
// A generator connects to a UNIX socket of its own child: each connection is two events. All that it did must be told of, repetitions as
// counts, or counted as dropped by the kernel's side.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

import { compile, Shell } from '../test/live/shell.ts'

const [rate = 20_000, seconds = 60] = process.argv.slice(2).map(Number)

interface Made {
  readonly made: number
  readonly seconds: number
  /** Of one `connect`. */
  readonly microseconds: number
}

interface Line {
  readonly type: string
  readonly of?: string
  readonly repeats?: number
  readonly kind?: string
  readonly count?: number
}

const isCall = (type: string | undefined) =>
  type === 'connect' || type === 'accept'

/** The sensor, as people run it: what it told of, counted. */
class Told {
  readonly #child: ChildProcess
  seen = 0
  lines = 0
  dropped = 0

  constructor(scope: number) {
    this.#child = spawn(
      process.execPath,
      [
        resolve('dist/cli/main.js'),
        'sensors',
        'run',
        'ebpf',
        '--scope',
        `pid:${scope}`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      const event = JSON.parse(line) as Line
      this.lines++
      if (isCall(event.type)) this.seen++
      if (event.type === 'repeated' && isCall(event.of))
        this.seen += event.repeats ?? 0
      if (event.type === 'health' && event.kind === 'dropped')
        this.dropped += event.count ?? 0
    })
  }

  /** Milliseconds of processor time, and megabytes. */
  get cost(): { cpu: number; rss: number } {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      cpu: (Number(fields[11]) + Number(fields[12])) * 10,
      rss: (Number(fields[21]) * 4096) / 1e6,
    }
  }

  pause(): void {
    this.#child.kill('SIGSTOP')
  }

  goOn(): void {
    this.#child.kill('SIGCONT')
  }

  async end(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
  }
}

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-sensor-'))
const shell = new Shell({ folder })

async function load(perSecond: number, howLong: number): Promise<Made> {
  return JSON.parse(await shell.run(`./load ${perSecond} ${howLong}`)) as Made
}

async function under(
  name: string,
  perSecond: number,
  howLong: number,
  pauseMs = 0,
): Promise<Made> {
  const told = new Told(shell.pid)
  await begun(told)
  const before = told.seen
  const { cpu } = told.cost
  const doing = load(perSecond, howLong)
  let most = 0
  const watching = setInterval(() => {
    most = Math.max(most, told.cost.rss)
  }, 500)
  if (pauseMs) {
    await sleep(2_000)
    told.pause()
    await sleep(pauseMs)
    told.goOn()
  }
  const made = await doing
  await sleep(3_000)
  clearInterval(watching)
  const used = told.cost.cpu - cpu
  await told.end()
  const seen = told.seen - before
  const did = made.made * 2
  console.log(
    `${name}: ${Math.round(did / made.seconds)} events/s for ${made.seconds.toFixed(0)} s: ${did} done, ${seen} told of, ${told.dropped} dropped, ${did - seen - told.dropped} unaccounted; ${told.lines} lines, ${(used / 1000).toFixed(1)} s of processor time, at most ${most.toFixed(0)} MB; a connect ${made.microseconds} us`,
  )
  return made
}

async function begun(told: Told): Promise<void> {
  for (let i = 0; i < 100 && told.seen === 0; i++) {
    await load(100, 0.1)
    await sleep(100)
  }
  // What was told of the tries is behind it.
  await sleep(2_500)
}

type Costs = Readonly<Record<string, number>>

const rounds = 5

/** What calls cost, alone and under the sensor, in turn: medians. */
async function calls(): Promise<void> {
  const measured = async () => JSON.parse(await shell.run('./calls')) as Costs
  const alone: Costs[] = []
  const watched: Costs[] = []
  for (let i = 0; i < rounds; i++) {
    alone.push(await measured())
    const told = new Told(shell.pid)
    await begun(told)
    watched.push(await measured())
    await told.end()
  }
  for (const name of Object.keys(alone[0]!)) {
    const median = (all: readonly Costs[]) =>
      all.map((c) => c[name]!).toSorted((a, b) => a - b)[all.length >> 1]!
    const [a, b] = [median(alone), median(watched)]
    console.log(
      `${name}: ${a} ns alone, ${b} ns under the sensor: ${b - a} more`,
    )
  }
}

async function main(): Promise<void> {
  for (const name of ['load', 'calls']) compile(name, folder)
  await calls()
  await under('load', rate, seconds)
  await under('paused for 4 s', rate, 10, 4_000)
  await under('as fast as can be', 0, 20)
  await under('afterwards', rate / 4, 5)
}

try {
  await main()
} finally {
  await shell.end()
  rmSync(folder, { recursive: true, force: true })
}
