// The whole road on a folder: time, memory, and what threads bring. usage: npm run build && npx tsx bench/scan.ts [megabytes] [rules folder]
// Builds the folder from events of all channels, half of it EVTX, half JSON lines, in files of some 50 MB.
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { writeEvtx } from '../test/tools/evtx-writer.ts'

import { denseEvents } from './evtx-events.ts'

const megabytes = Number(process.argv[2] ?? 1024)
const rules = process.argv[3]
const fileBytes = 50 * 1024 * 1024
const cli = resolve('dist/cli/main.js')

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))
try {
  build()
  const set = rules ? ['--no-builtin', '--rules', rules] : []
  for (const workers of [0, 1, 2])
    measure(`${workers} workers`, ['--workers', String(workers), ...set])
  measure('as it decides', set)
} finally {
  rmSync(folder, { recursive: true })
}

function build(): void {
  const events = denseEvents(12_000, 1559)
  const whole = writeEvtx(events)
  const chunks = whole.subarray(4096, whole.length - 65_536)
  const lines = Buffer.from(
    events
      .map((e) =>
        JSON.stringify({
          Provider_Name: e.provider,
          Channel: e.channel,
          EventID: e.eventId,
          Computer: e.computer,
          TimeCreated: new Date(e.time).toISOString(),
          ...(Array.isArray(e.data) ? { Data: e.data } : e.data),
        }),
      )
      .map((line) => `${line}\n`)
      .join(''),
  )
  const files = Math.max(2, Math.round((megabytes * 1024 * 1024) / fileBytes))
  for (let i = 0; i < files; i++) {
    const isEvtx = i % 2 === 0
    const fd = openSync(
      join(folder, isEvtx ? `log-${i}.evtx` : `log-${i}.jsonl`),
      'w',
    )
    if (isEvtx) writeSync(fd, whole.subarray(0, 4096))
    const part = isEvtx ? chunks : lines
    for (let size = 0; size < fileBytes; size += part.length)
      writeSync(fd, part)
    closeSync(fd)
  }
}

function measure(name: string, flags: readonly string[]): void {
  const stats = join(folder, 'stats.json.tmp')
  const started = performance.now()
  const run = spawnSync(
    process.execPath,
    [
      cli,
      'scan',
      folder,
      '--format',
      'ndjson',
      '--quiet',
      '--stats',
      stats,
      ...flags,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const wall = (performance.now() - started) / 1000
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`scan ended with ${run.status}: ${run.stderr}`)
  const s = JSON.parse(readFileSync(stats, 'utf8')) as {
    bytes: number
    events: number
    findings: Record<string, number>
    seconds: { scan: number }
    peakMemoryBytes: number
  }
  rmSync(stats)
  const found = Object.values(s.findings).reduce((a, b) => a + b, 0)
  console.log(
    `${name.padEnd(14)} ${wall.toFixed(1)} s wall, ${Math.round(s.bytes / 1e6 / s.seconds.scan)} MB/s, ${Math.round(s.events / s.seconds.scan / 1000)}k events/s, ${found} findings, peak memory ${Math.round(s.peakMemoryBytes / 1e6)} MB`,
  )
}
