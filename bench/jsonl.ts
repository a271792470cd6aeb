// How fast are JSON lines read, beside what no reader can beat in the same run: the page cache, and JSON.parse alone?
// `npx tsx bench/jsonl.ts [megabytes]`. Best of several rounds, one thread.
import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { SourceRecord } from '../src/base/record.ts'
import { jsonl } from '../src/readers/jsonl/index.ts'
import type { Gate, RecordSink } from '../src/readers/reader.ts'
import { readSource } from '../src/readers/source.ts'
import {
  nxlogObject,
  pipeSample,
  winlogbeat7Object,
  type WindowsSample,
} from '../test/tools/json-builders.ts'

const megabytes = Number(process.argv[2] ?? 64)
const rounds = 3
const blockBytes = 1024 * 1024
const wantedIds = new Set(['17', '18'])

const ids = [1, 3, 7, 7, 7, 10, 10, 10, 11, 12, 12, 13, 13, 17, 18, 22]

function sample(n: number): WindowsSample {
  const hex = n.toString(16)
  return {
    ...pipeSample,
    eventId: ids[(n * 7) % ids.length]!,
    recordId: 1000 + n,
    data: {
      ...pipeSample.data,
      ProcessGuid: `{11111111-2222-3333-4444-${hex.padStart(12, '0')}}`,
      CommandLine: `"C:\\Tools\\serve.exe" --channel=${hex} --type=worker /prefetch:${n % 9}`,
      ParentImage: `C:\\Program Files\\Example ${n % 40}\\parent.exe`,
      Hashes: `SHA256=${hex.padStart(64, 'A').toUpperCase()}`,
    },
  }
}

const message = Object.entries(pipeSample.data)
  .map(([k, v]) => `${k}: ${v}`)
  .join('\r\n')

function nxlogLine(n: number): string {
  const s = sample(n)
  const object = nxlogObject(
    s,
    '2026-03-04 06:20:30',
    '2026-03-04 06:20:33',
    '2026-03-04T10:20:33.495Z',
  )
  return JSON.stringify({
    ...object,
    Message: `${message}\r\nProcessGuid: ${s.data.ProcessGuid}`,
  })
}

function write(path: string, line: (n: number) => string): number {
  const fd = openSync(path, 'w')
  let bytes = 0
  for (let n = 0; bytes < megabytes * 1e6; ) {
    const lines: string[] = []
    for (let i = 0; i < 1000; i++) lines.push(line(n++))
    bytes += writeSync(fd, `${lines.join('\n')}\n`)
  }
  closeSync(fd)
  return bytes
}

interface Result {
  readonly lines: number
  readonly bytes: number
}

/** Calls back with each block of a file, read into one buffer. */
function blocksOf(path: string, visit: (block: Buffer) => void): number {
  const fd = openSync(path, 'r')
  const buffer = Buffer.allocUnsafeSlow(blockBytes)
  let bytes = 0
  for (;;) {
    const n = readSync(fd, buffer)
    if (n === 0) break
    visit(buffer.subarray(0, n))
    bytes += n
  }
  closeSync(fd)
  return bytes
}

function rawRead(path: string): Result {
  return { lines: 0, bytes: blocksOf(path, () => {}) }
}

// Lines that cross blocks are left out: one in some hundred.
function parseOnly(path: string): Result {
  let lines = 0
  const bytes = blocksOf(path, (block) => {
    let from = block.indexOf(10) + 1
    for (
      let at = block.indexOf(10, from);
      at >= 0;
      at = block.indexOf(10, from)
    ) {
      JSON.parse(block.toString('utf8', from, at))
      lines++
      from = at + 1
    }
  })
  return { lines, bytes }
}

function sinkOf(take: (record: SourceRecord) => void) {
  let lines = 0
  const sink: RecordSink = {
    record: (r) => {
      lines++
      take(r)
    },
    skipped: (n) => {
      lines += n
    },
    damaged: (d) => {
      throw new Error(d.message)
    },
    unknownShape: () => {},
    shapeSeen: () => {},
  }
  return { sink, lines: () => lines }
}

function readAll(
  path: string,
  take: (record: SourceRecord) => void,
  gate?: Gate,
): Result {
  const { sink, lines } = sinkOf(take)
  const reader = jsonl.open({ sink, ...(gate && { gate }) })
  const bytes = blocksOf(path, (block) => reader.push(block))
  reader.end()
  return { lines: lines(), bytes }
}

async function readAsSource(path: string): Promise<Result> {
  const { sink, lines } = sinkOf(() => {})
  let bytes = 0
  await readSource(
    { path, display: path },
    {
      open: () => jsonl.open({ sink }),
      problem: (p) => {
        throw new Error(p.message)
      },
      progress: (n) => {
        bytes += n
      },
    },
  )
  return { lines: lines(), bytes }
}

let sunk: unknown
const eightFields = (r: SourceRecord) => {
  const most = Math.min(8, r.shape.names.length)
  for (let i = 0; i < most; i++) sunk = r.value(i)
}
const allFields = (r: SourceRecord) => {
  for (let i = 0; i < r.shape.names.length; i++) sunk = r.value(i)
}
const wants: Gate = { wants: (p) => wantedIds.has(p.id) }
const prefilter: Gate = { ...wants, wantsEventId: (id) => wantedIds.has(id) }

const steps: readonly [string, (path: string) => Result | Promise<Result>][] = [
  ['read blocks only', rawRead],
  ['lines, JSON.parse only', parseOnly],
  ['records, no field read', (p) => readAll(p, () => {})],
  ['records, 8 fields', (p) => readAll(p, eightFields)],
  ['records, all fields', (p) => readAll(p, allFields)],
  ['gate wants 1 in 8, all parsed', (p) => readAll(p, () => {}, wants)],
  ['gate wants 1 in 8, prefiltered', (p) => readAll(p, () => {}, prefilter)],
  ['readSource, no field read', readAsSource],
]

const dir = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))
try {
  await run('NXLog', nxlogLine)
  await run('Winlogbeat 7', (n) => JSON.stringify(winlogbeat7Object(sample(n))))
} finally {
  rmSync(dir, { recursive: true })
}
if (sunk === undefined) throw new Error('no field was read')

async function run(name: string, line: (n: number) => string) {
  const path = join(dir, 'lines.jsonl')
  const size = write(path, line)
  console.log(
    `\n${name}: ${(size / 1e6).toFixed(0)} MB, ${Math.round(Buffer.byteLength(line(1)))} bytes a line`,
  )
  let parseMs = 0
  for (const [label, step] of steps) {
    let best = Number.POSITIVE_INFINITY
    let result: Result = { lines: 0, bytes: 0 }
    for (let i = 0; i < rounds; i++) {
      const start = process.hrtime.bigint()
      result = await step(path)
      best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6)
    }
    if (label.includes('JSON.parse')) parseMs = best
    const speed = `${(result.bytes / best / 1e3).toFixed(0).padStart(6)} MB/s`
    const rate = result.lines
      ? `${(result.lines / best).toFixed(0).padStart(5)}k lines/s`
      : ''
    const share = parseMs ? `${(parseMs / best).toFixed(2)} of JSON.parse` : ''
    console.log(`  ${label.padEnd(32)} ${speed}  ${rate}  ${share}`)
  }
}
