// What do rules cost beside decoding, on one thread? A dense EVTX file of events of all channels: decoded alone, and scanned with a set of
// rules, findings as text included. usage: tsx bench/dense.ts [megabytes] [rules folder; default: the built-in rules]
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openTrack } from '../src/app/stations/index.ts'
import type { FindingsPart } from '../src/app/stations/findings.ts'
import type { Part } from '../src/app/stations/station.ts'
import type { TwinsPart } from '../src/app/stations/twins.ts'
import { planPieces } from '../src/app/reading/pieces.ts'
import { SourceReading } from '../src/app/reading/source-reading.ts'
import { loadRules } from '../src/content/load.ts'
import { writeEvtx } from '../test/tools/evtx-writer.ts'

import { denseEvents } from './evtx-events.ts'

const megabytes = Number(process.argv[2] ?? 100)
const folder = process.argv[3]
const rounds = 5

const place = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))
try {
  build(join(place, 'dense.evtx'))
  await run()
} finally {
  rmSync(place, { recursive: true })
}

function build(path: string): void {
  const whole = writeEvtx(denseEvents(12_000, 1559))
  const chunks = whole.subarray(4096, whole.length - 65_536)
  const fd = openSync(path, 'w')
  writeSync(fd, whole.subarray(0, 4096))
  for (let size = 0; size < megabytes * 1024 * 1024; size += chunks.length) {
    writeSync(fd, chunks)
  }
  closeSync(fd)
}

async function run(): Promise<void> {
  const pieces = await planPieces([place], {
    unusable(p) {
      throw new Error(p)
    },
  })
  const started = performance.now()
  const { rules } = await loadRules({
    paths: folder ? [folder] : [],
    builtin: !folder,
  })
  const loaded = performance.now()
  const track = await openTrack({
    kind: 'scan',
    rules,
    index: true,
    routing: true,
    picking: [],
    hosts: [],
  })
  const indexed = performance.now()
  console.log(
    `${rules.length} rules: loaded in ${(loaded - started).toFixed(0)} ms, index built in ${(indexed - loaded).toFixed(0)} ms`,
  )

  let values = 0
  const noFields = new SourceReading({ event() {} })
  const allFields = new SourceReading({
    event(event) {
      const count = event.shape.names.length
      for (let i = 0; i < count; i++) {
        if (event.value(i) !== undefined) values++
      }
    },
  })
  const count = (report: Awaited<ReturnType<typeof noFields.run>>) =>
    report.sources.reduce((sum, s) => sum + s.events + s.skipped, 0)
  let findings = 0
  await measure('decoded, time and host', async (piece) =>
    count(await noFields.run(piece)),
  )
  await measure('decoded, all fields and canonical ones', async (piece) =>
    count(await allFields.run(piece)),
  )
  await measure('scanned, findings as text', async (piece) =>
    count(
      await track.read(piece, ({ parts }) => {
        for (const part of parts) findings += matchesIn(part)
      }),
    ),
  )
  console.log(
    `${Math.round(findings / rounds)} matches a round, ${values} values, peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  )

  async function measure(
    name: string,
    read: (piece: (typeof pieces)[number]) => Promise<number>,
  ): Promise<void> {
    let best = Number.POSITIVE_INFINITY
    let events = 0
    for (let round = 0; round < rounds; round++) {
      events = 0
      const before = process.cpuUsage()
      for (const piece of pieces) events += await read(piece)
      const { user, system } = process.cpuUsage(before)
      best = Math.min(best, (user + system) / 1e6)
    }
    console.log(
      `${name.padEnd(40)} ${Math.round(events / best / 1000)}k events/s of processor time`,
    )
  }
}

function matchesIn(part: Part): number {
  if (part.kind === 'twins') return (part as TwinsPart).candidates.length
  if (part.kind !== 'findings') return 0
  return (part as FindingsPart).findings
}
