// How many events a second does one thread match against all public rules? Lane by lane, routed and unrouted, from the
// lines of a file to matches, beside JSON.parse alone on the same lines in the same run. `--cold` gives each event its own
// command lines, file names and hashes, so that nothing can be remembered; `--rules 100` takes fewer rules.
//
//   npx tsx bench/lanes.ts [lane...] [--cold] [--rules N] [--repeat N] [--match-only]
import { StreamExecutor } from '../src/executors/stream/executor.ts'
import type { DetectionRule } from '../src/ir/rule.ts'
import { loadSigma } from '../src/languages/sigma/index.ts'
import { Normaliser } from '../src/normalise/normaliser.ts'
import { jsonl } from '../src/readers/jsonl/index.ts'

import { coldLines } from './lanes-cold.ts'
import {
  FlatEvents,
  keptEvent,
  laneLines,
  laneNames,
  ruleFiles,
} from './lanes-corpus.ts'

/** 1,000 events/s of rsigma (Rust), the better of 0.21 and 0.23, routed and unrouted. */
const peer: Readonly<Record<string, readonly [number, number]>> = {
  structured_windows: [13.7, 8.8],
  raw_windows: [151, 25.6],
  sysmon_file_event: [25, 20],
  match_heavy: [13.6, 8.9],
  mixed_schema: [49, 22],
}

const args = process.argv.slice(2)
const option = (name: string, otherwise: number) => {
  const at = args.indexOf(name)
  return at < 0 ? otherwise : Number(args[at + 1])
}
const cold = args.includes('--cold')
const matchOnly = args.includes('--match-only')
const repeat = option('--repeat', 8)
const ruleCount = option('--rules', Number.POSITIVE_INFINITY)
const asked = laneNames.filter((name) => args.includes(name))
const lanes = asked.length ? asked : Object.keys(peer)

const reading = performance.now()
const files = ruleFiles()
const loading = performance.now()
const loaded = loadSigma(files)
const compiling = performance.now()
const every = loaded.rules.filter(
  (r): r is DetectionRule => r.kind === 'detection',
)
const step = Math.max(1, every.length / ruleCount)
const rules: DetectionRule[] = []
for (let at = 0; at < every.length; at += step) rules.push(every[at | 0]!)
const routed = new StreamExecutor(rules, { index: true, routing: true })
const ready = performance.now()
const unrouted = new StreamExecutor(rules, { index: true, routing: false })
console.log(
  `${rules.length} rules: read ${ms(loading - reading)}, load ${ms(compiling - loading)}, index ${ms(ready - compiling)}`,
)
console.log(
  `1,000 events/s, ${cold ? 'cold' : 'warm'}, best of ${repeat}, ${matchOnly ? 'matching alone' : 'parsing included'}`,
)

for (const lane of lanes) {
  const lines = cold ? coldLines(laneLines(lane), repeat) : laneLines(lane)
  const batches = cold ? split(lines, repeat) : new Array(repeat).fill(lines)
  const parse = best(batches, (batch) => {
    let n = 0
    for (const line of batch) n += JSON.parse(line) === null ? 1 : 0
    return n
  })
  const figures = [routed, unrouted].map((executor) =>
    measure(executor, batches),
  )
  const [a, b] = figures.map((f) => f.rate)
  const rival = peer[lane]
  const times = (rate: number, of: number) => `${(rate / of).toFixed(1)}x`
  console.log(
    `${lane.padEnd(20)} parse ${rate(parse.rate)} | routed ${rate(a!)} (${(a! / parse.rate).toFixed(2)}${rival ? `, ${times(a!, rival[0])}` : ''}) | unrouted ${rate(b!)} (${(b! / parse.rate).toFixed(2)}${rival ? `, ${times(b!, rival[1])}` : ''}) | matches/event ${figures.map((f) => f.matches.toFixed(2)).join(' / ')}`,
  )
}
const mega = (bytes: number) => `${(bytes / 1048576).toFixed(0)} MB`
const { rss, heapUsed } = process.memoryUsage()
console.log(`memory: RSS ${mega(rss)}, heap ${mega(heapUsed)}`)

function measure(executor: StreamExecutor, batches: readonly string[][]) {
  const events = new FlatEvents()
  let matches = 0
  const onMatch = () => {
    matches++
  }
  // Once around, so that the compiler has seen the code; cold lanes have other values each time.
  const blocks = matchOnly
    ? []
    : batches.map((batch) => Buffer.from(`${batch.join('\n')}\n`))
  if (!cold && !matchOnly) run(executor, blocks[0]!, onMatch)
  matches = 0
  const parsed = matchOnly
    ? batches.map((batch) =>
        batch.map((line) =>
          keptEvent(events.event(JSON.parse(line) as object)),
        ),
      )
    : []
  const found = best(batches, (_, i) => {
    if (matchOnly) {
      for (const event of parsed[i]!) executor.match(event, onMatch)
    } else run(executor, blocks[i]!, onMatch)
    return 0
  })
  const total = batches.reduce((sum, batch) => sum + batch.length, 0)
  return { rate: found.rate, matches: matches / total }
}

/** The road of a scan: bytes, records, events, matches. */
function run(
  executor: StreamExecutor,
  block: Buffer,
  onMatch: () => void,
): void {
  const normaliser = new Normaliser()
  const reader = jsonl.open({
    sink: {
      record: (record) =>
        executor.match(normaliser.event(record, 'lane.jsonl'), onMatch),
      skipped: ignore,
      damaged: (damage) => {
        throw new Error(damage.message)
      },
      unknownShape: ignore,
      shapeSeen: ignore,
    },
  })
  const size = 1 << 18
  for (let at = 0; at < block.length; at += size) {
    reader.push(block.subarray(at, at + size))
  }
  reader.end()
}

function ignore(): void {}

/** Processor time, in 1,000 lines a second. */
function best(
  batches: readonly string[][],
  work: (batch: string[], i: number) => number,
): { rate: number } {
  let most = 0
  batches.forEach((batch, i) => {
    const before = process.cpuUsage()
    const started = performance.now()
    work(batch, i)
    const wall = performance.now() - started
    const { user, system } = process.cpuUsage(before)
    const spent = Math.min(wall, (user + system) / 1000)
    most = Math.max(most, batch.length / spent)
  })
  return { rate: most }
}

function split(lines: readonly string[], parts: number): string[][] {
  const size = Math.ceil(lines.length / parts)
  return Array.from({ length: parts }, (_, i) =>
    lines.slice(i * size, (i + 1) * size),
  )
}

function rate(n: number): string {
  return n.toFixed(n < 100 ? 1 : 0).padStart(5)
}

function ms(n: number): string {
  return `${n.toFixed(0)} ms`
}
