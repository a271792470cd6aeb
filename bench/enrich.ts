// What does each enrichment cost, and how much memory do all of them take? Telemetry of a busy fleet, scanned with one rule that asks for
// nothing, with one more for each enrichment, and with all of them. usage: npm run build && npx tsx bench/enrich.ts [events] [all]
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { auditLines, BusyFleet, randomFrom } from './busy-fleet.ts'

const events = Number(process.argv[2] ?? 200_000)
const allOnly = process.argv[3] === 'all'
const perFile = 250_000
const cli = resolve('dist/cli/main.js')

interface Enrichment {
  readonly logSource: string
  readonly detection: string
  /** Further flags of the scan. */
  readonly flags?: readonly string[]
}

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))
const logs = join(folder, 'logs')
const baseline = join(folder, 'baseline.ndjson')
const schedule = join(folder, 'schedule.yml')
/** Processor time of a run, of all its threads: others may be at work on this machine. */
const spent = join(folder, 'spent.json')
const clock = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs'
  process.on('exit', () => writeFileSync(${JSON.stringify(spent)}, JSON.stringify(process.cpuUsage())))
`)}`

const unsigned = "Signed: 'false'"
const enrichments: Readonly<Record<string, Enrichment>> = {
  lineage: rule(
    'category: process_creation',
    "CommandLine|contains: 'job 77', Ancestors|endswith: '\\\\never.exe'",
  ),
  privilege: rule(
    'category: process_access',
    "GrantedAccess: '0x1fffff', SourcePrivilege: low",
  ),
  edges: rule('category: ipc_edge', "ServerImage|endswith: '\\\\never.exe'"),
  'rarity, input': rule(
    'category: image_load',
    `${unsigned}, RareModule: true`,
  ),
  'rarity, all kinds': {
    logSource: '{ product: windows }',
    detection: `m: { ImageLoaded|contains: odd, RareModule: true }
  p: { PipeName|startswith: '\\x', RarePipe: true }
  c: { TargetObject|contains: '-000000000007}', RareComClass: true }
  i: { CommandLine|contains: 'job 77', RareInterpreter: true }
  condition: 1 of them`,
  },
  'rarity, baseline': {
    ...rule('category: image_load', `${unsigned}, RareModule: true`),
    flags: ['--baseline', baseline],
  },
  schedule: {
    ...rule(
      'category: process_creation',
      "CommandLine|contains: 'job 77', OutOfCycle: 'yes'",
    ),
    flags: ['--schedule', schedule],
  },
}

function rule(logSource: string, held: string): Enrichment {
  return {
    logSource: `{ ${logSource} }`,
    detection: `held: { ${held} }\n  condition: held`,
  }
}

function write(name: string, { logSource, detection }: Enrichment, n: number) {
  const path = join(folder, `rule-${n}.yml`)
  writeFileSync(
    path,
    `title: ${name}\nid: 6c5a7d44-98a1-4a4e-9a0f-1f5f6c1a9c${String(n).padStart(2, '0')}\nlogsource: ${logSource}\ndetection:\n  ${detection}\nlevel: low\n`,
  )
  return path
}

try {
  build()
  if (!allOnly) command(['baseline', 'build', logs, '-o', baseline])
  writeFileSync(
    schedule,
    'time-zone: UTC\nwindows:\n  - { name: patch night, when: Tue#2 22:00-04:00 }\n',
  )
  const none = write(
    'none',
    rule('category: image_load', "Image|endswith: '\\\\never.exe'"),
    0,
  )
  const own = Object.entries(enrichments).map(
    ([name, e], i) => [name, write(name, e, i + 1), e.flags ?? []] as const,
  )
  const all = own.filter(([, , flags]) => !flags.includes('--baseline'))
  if (!allOnly) {
    measure('none', [none])
    for (const [name, path, flags] of own) measure(name, [none, path], flags)
  }
  measure(
    'all of them',
    [none, ...all.map(([, path]) => path)],
    ['--schedule', schedule],
  )
} finally {
  rmSync(folder, { recursive: true })
}

/** Nine records of Windows for one of Linux, in files of each. */
function build(): void {
  mkdirSync(logs)
  const below = randomFrom(1559)
  const fleet = new BusyFleet(1559)
  for (let from = 0, file = 0; from < events; from += perFile, file++) {
    const isLinux = file % 10 === 9
    const fd = openSync(
      join(logs, isLinux ? `${file}.log` : `${file}.jsonl`),
      'w',
    )
    const line = isLinux ? auditLines : () => `${fleet.line()}\n`
    let text = ''
    for (let n = from; n < Math.min(events, from + perFile); n++) {
      text += line(n, below)
      if (text.length < 1 << 20) continue
      writeSync(fd, text)
      text = ''
    }
    writeSync(fd, text)
    closeSync(fd)
  }
}

function command(args: readonly string[]): void {
  const run = spawnSync(process.execPath, ['--import', clock, cli, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`${args[0]} ended with ${run.status}: ${run.stderr}`)
}

function measure(
  name: string,
  rules: readonly string[],
  flags: readonly string[] = [],
): void {
  const stats = join(folder, 'stats.json')
  command([
    'scan',
    logs,
    '--no-builtin',
    ...rules.flatMap((path) => ['--rules', path]),
    ...flags,
    ...['--format', 'ndjson', '--quiet', '--stats', stats],
    ...['--workers', '0'],
  ])
  const s = JSON.parse(readFileSync(stats, 'utf8')) as {
    events: number
    findings: Record<string, number>
    peakMemoryBytes: number
  }
  const { user, system } = JSON.parse(
    readFileSync(spent, 'utf8'),
  ) as NodeJS.CpuUsage
  const seconds = (user + system) / 1e6
  const found = Object.values(s.findings).reduce((a, b) => a + b, 0)
  console.log(
    `${name.padEnd(18)} ${Math.round(s.events / seconds / 1000)}k events/s of processor time, ${found} findings, peak memory ${Math.round(s.peakMemoryBytes / 1e6)} MB of ${s.events} events`,
  )
}
