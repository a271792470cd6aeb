// A watch under load, for a minute or an hour: is every event seen, how far behind is it, what does it cost, does its memory stay?
//
//   npx tsx bench/watch.ts load 20000 60      events a second, seconds: half of them appended to files that rotate, half sent by HTTP
//   npx tsx bench/watch.ts soak 2000 3600     the same for long, with a row a minute; files that were rotated and read are removed; told is the
//                                             mean memory of the first ten minutes, in which tables and windows fill, and of the last ten
//   npx tsx bench/watch.ts reload 2000 100    rules are read anew so often meanwhile, every second time broken ones
//
// Build first. In the end each event that was written or accepted must have been seen; load and reload compare findings with those of a
// scan of the same bytes.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { WatchStatus } from '../src/app/watch/status.ts'

import { rarityFields } from '../src/enrich/rarity/kinds.ts'
import type { Finding } from '../src/findings/finding.ts'

import { BusyFleet } from './busy-fleet.ts'

type Mode = 'load' | 'soak' | 'reload'

const [mode = 'load', rateText = '20000', lengthText = '60'] =
  process.argv.slice(2) as [Mode, string, string]
const rate = Number(rateText)
const reloads = mode === 'reload' ? Number(lengthText) : 0
const seconds = mode === 'reload' ? reloads : Number(lengthText)

const cli = resolve('dist/cli/main.js')
const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-watch-'))
const at = (...names: string[]) => join(folder, ...names)
const port = 18_099
const logs = 8
/** Bytes of a log after which it is rotated. */
const rotateAt = 16 * 1024 * 1024
/** Rotated logs that stay, of a soak. */
const rotatedKept = 3
/** Each second in so many parts. */
const parts = 10
/** Lines of one request. */
const linesEach = 500

/** Of the watch: milliseconds of processor time and bytes of memory. */
function cost(pid: number): { cpu: number; rss: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  return { cpu: ticks * 10, rss: Number(fields[21]) * 4096 }
}

class Writer {
  readonly #fleet = new BusyFleet(5, 1_000 / rate)
  readonly #sizes = new Array<number>(logs).fill(0)
  readonly #rotated = new Array<number>(logs).fill(0)
  written = 0
  accepted = 0
  toldToWait = 0

  /** A part of a second. */
  async put(lines: number): Promise<void> {
    const half = Math.ceil(lines / 2)
    this.#append(half)
    await this.#send(lines - half)
  }

  #lines(count: number): string {
    let text = ''
    for (let i = 0; i < count; i++) {
      text += `${this.#fleet.line()}\n`
    }
    return text
  }

  #append(count: number): void {
    for (let log = 0; log < logs; log++) {
      const share = Math.floor((count + log) / logs)
      const text = this.#lines(share)
      appendFileSync(at('logs', `l${log}.json`), text)
      this.written += share
      this.#sizes[log]! += text.length
      if (this.#sizes[log]! >= rotateAt) this.#rotate(log)
    }
  }

  #rotate(log: number): void {
    const name = at('logs', `l${log}.json`)
    const n = ++this.#rotated[log]!
    renameSync(name, `${name}.${n}`)
    appendFileSync(name, '')
    this.#sizes[log] = 0
    if (mode === 'soak' && n > rotatedKept) rmSync(`${name}.${n - rotatedKept}`)
  }

  async #send(count: number): Promise<void> {
    for (let left = count; left > 0; left -= linesEach) {
      const lines = Math.min(left, linesEach)
      const body = this.#lines(lines)
      while (!(await this.#post(body))) {
        this.toldToWait++
        await sleep(50)
      }
      this.accepted += lines
      if (mode !== 'soak') appendFileSync(at('sent.json'), body)
    }
  }

  /** false: not now. */
  async #post(body: string): Promise<boolean> {
    const status = await new Promise<number>((done, failed) => {
      const sent = request(
        { port, host: '127.0.0.1', method: 'POST', agent: false },
        (response) => {
          response.resume()
          response.on('end', () => done(response.statusCode ?? 0))
        },
      )
      sent.on('error', failed)
      sent.end(body)
    })
    if (status !== 200 && status !== 429)
      throw new Error(`the watch answered ${status}`)
    return status === 200
  }
}

function startWatch(...more: readonly string[]): ChildProcess {
  const args = ['--http', `127.0.0.1:${port}`, '--no-sensors']
  if (mode === 'reload') args.push('--rules', at('rules.yml'), '--no-builtin')
  return spawn(
    process.execPath,
    [
      cli,
      'watch',
      at('logs'),
      ...args,
      '--state',
      at('state'),
      '--out',
      at('out.ndjson'),
      ...more,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
}

function statusNow(): WatchStatus | undefined {
  const args = [cli, 'watch', '--status', '--state', at('state')]
  const asked = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return asked.status === 0
    ? (JSON.parse(asked.stdout) as WatchStatus)
    : undefined
}

async function begun(): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (statusNow()) return
    await sleep(200)
  }
  throw new Error('the watch does not answer')
}

const rule = `title: pipe of whatever kind
id: 3f1f6a52-0000-4000-8000-00000000000a
status: experimental
level: low
logsource: { product: windows, category: pipe_created }
detection:
  pipe: { PipeName|contains: '7' }
  condition: pipe
`

/** Good and broken rules in turn, each said by the watch to be taken or refused before the next. */
async function reloadRules(child: ChildProcess): Promise<void> {
  for (let i = 0; i < reloads; i++) {
    const isBroken = i % 2 === 0
    writeFileSync(at('rules.yml'), isBroken ? 'title: broken\n' : rule)
    child.kill('SIGHUP')
    for (;;) {
      await sleep(100)
      const now = statusNow()?.reloads
      const done = (now?.done ?? 0) + (now?.refused ?? 0)
      if (done > i) break
    }
  }
}

/** One row: what has come so far, and what it costs. */
function row(child: ChildProcess, second: number, writer: Writer): void {
  const { cpu, rss } = cost(child.pid!)
  console.log(
    `${second} s  written ${writer.written}, accepted ${writer.accepted}, told to wait ${writer.toldToWait} times, ${(cpu / 1000).toFixed(1)} s of processor time, ${Math.round(rss / 1e6)} MB`,
  )
}

/** Mean memory of the watch in megabytes, of each minute. */
async function write(
  child: ChildProcess,
  writer: Writer,
): Promise<readonly number[]> {
  const minutes: number[] = []
  let samples: number[] = []
  const start = performance.now()
  for (let part = 0; part < seconds * parts; part++) {
    const due = start + (part * 1_000) / parts
    const wait = due - performance.now()
    if (wait > 0) await sleep(wait)
    await writer.put(rate / parts)
    if (part % parts === 0) samples.push(cost(child.pid!).rss / 1e6)
    if (part % (60 * parts) !== 60 * parts - 1) continue
    minutes.push(mean(samples))
    samples = []
    row(child, (part + 1) / parts, writer)
  }
  return minutes
}

/** Of the first ten minutes and of the last ten. */
function tellMemory(minutes: readonly number[]): void {
  const first = mean(minutes.slice(0, 10))
  const last = mean(minutes.slice(-10))
  const more = ((last / first - 1) * 100).toFixed(1)
  console.log(
    `memory: ${first.toFixed(0)} MB in the first ten minutes, ${last.toFixed(0)} MB in the last: ${more} %`,
  )
  console.log(`by minute: ${minutes.map((mb) => mb.toFixed(0)).join(' ')}`)
}

const mean = (list: readonly number[]) =>
  list.reduce((sum, n) => sum + n, 0) / list.length

/** Resolves when nothing is waited for; gives the last status. */
async function allSeen(child: ChildProcess, expected: number) {
  const begun = performance.now()
  let last: WatchStatus | undefined
  while (performance.now() - begun < 600_000 && child.exitCode === null) {
    last = statusNow()
    if (last && last.events >= expected) break
    await sleep(500)
  }
  return { last, seconds: (performance.now() - begun) / 1_000 }
}

/** What is rare a watch knows of a baseline alone: those are left out. */
function found(file: string): string[] {
  return readFileSync(at(file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Finding)
    .filter((f) => !f.explanation.held.some(isOfRarity))
    .map(({ rule, host, time, evidence }) =>
      JSON.stringify([rule.id, host, time, evidence[0]?.fields]),
    )
    .sort()
}

const isOfRarity = (held: string) => rarityFields.has(held.split(' ')[0]!)

function compare(): void {
  const rules =
    mode === 'reload' ? ['--rules', at('rules.yml'), '--no-builtin'] : []
  const out = openScan()
  spawnSync(
    process.execPath,
    [cli, 'scan', at('logs'), at('sent.json'), ...rules, '--quiet', ...out],
    { stdio: 'inherit' },
  )
  const [watched, scanned] = [found('out.ndjson'), found('scan.ndjson')]
  const same = JSON.stringify(watched) === JSON.stringify(scanned)
  console.log(
    `findings: ${watched.length} of the watch, ${scanned.length} of a scan: ${same ? 'the same' : 'NOT the same'}`,
  )
}

const openScan = () => ['--format', 'ndjson', '-o', at('scan.ndjson')]

async function main(): Promise<void> {
  mkdirSync(at('logs'))
  writeFileSync(at('rules.yml'), rule)
  const child = startWatch()
  const writer = new Writer()
  try {
    await begun()
    const before = cost(child.pid!).cpu
    const reloading = reloadRules(child)
    const minutes = await write(child, writer)
    await reloading
    const sent = writer.written + writer.accepted
    const { last, seconds: behind } = await allSeen(child, sent)
    const { cpu, rss } = cost(child.pid!)
    console.log(
      `${sent} events, ${last?.events} seen, ${sent - (last?.events ?? 0)} lost, ${last?.late} late; ${behind.toFixed(1)} s behind at the end; told to wait ${writer.toldToWait} times`,
    )
    console.log(
      `${((cpu - before) / 1000).toFixed(1)} s of processor time in ${seconds} s, ${Math.round(rss / 1e6)} MB at the end; reloads ${JSON.stringify(last?.reloads)}`,
    )
    if (mode === 'soak') tellMemory(minutes)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    if (mode !== 'soak') {
      await once(startWatch('--until-idle', '1s'), 'exit')
      compare()
    }
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
