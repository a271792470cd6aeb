// How fast are EVTX records decoded on one thread: ids only, gated with eight fields, all fields; beside reading the
// same file from the page cache. usage: tsx bench/evtx.ts [megabytes]
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Provenance, SourceRecord } from '../src/base/record.ts'
import { evtx } from '../src/readers/evtx/index.ts'
import type { Gate } from '../src/readers/reader.ts'
import { denseEvents } from './evtx-events.ts'
import { writeEvtx } from '../test/tools/evtx-writer.ts'

const megabytes = Number(process.argv[2] ?? 128)
const blockBytes = 1024 * 1024
const rounds = 3

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-bench-'))
const file = join(folder, 'dense.evtx')
try {
  build(file)
  run()
} finally {
  if (existsSync(folder)) rmSync(folder, { recursive: true })
}

/** Chunks stand for themselves, so some thousand events are written over and over. */
function build(path: string) {
  const whole = writeEvtx(denseEvents(12_000, 1559))
  const header = whole.subarray(0, 4096)
  const chunks = whole.subarray(4096, whole.length - 65_536)
  const fd = openSync(path, 'w')
  writeSync(fd, header)
  for (let size = 0; size < megabytes * 1024 * 1024; size += chunks.length) {
    writeSync(fd, chunks)
  }
  closeSync(fd)
}

interface Reading {
  readonly gate?: Gate
  readonly each: (record: SourceRecord) => void
}

function read({ gate, each }: Reading): { records: number; wanted: number } {
  const count = { records: 0, wanted: 0 }
  const reader = evtx.open({
    ...(gate ? { gate } : {}),
    sink: {
      record(record) {
        count.records++
        count.wanted++
        each(record)
      },
      skipped(n) {
        count.records += n
      },
      damaged(d) {
        throw new Error(`${d.what}: ${d.message}`)
      },
      unknownShape() {},
      shapeSeen() {},
    },
  })
  eachBlock((block) => reader.push(block))
  reader.end()
  return count
}

function eachBlock(use: (block: Buffer) => void) {
  const fd = openSync(file, 'r')
  const block = Buffer.allocUnsafe(blockBytes)
  for (;;) {
    const n = readSync(fd, block, 0, blockBytes, null)
    if (n === 0) break
    use(n === blockBytes ? block : block.subarray(0, n))
  }
  closeSync(fd)
}

function run() {
  const bytes = statSync(file).size
  const ipcIds = new Set([
    '1',
    '7',
    '8',
    '10',
    '13',
    '17',
    '18',
    '4688',
    '5145',
  ])
  const eight = [
    'Image',
    'CommandLine',
    'ParentImage',
    'User',
    'TargetImage',
    'PipeName',
    'TargetObject',
    'GrantedAccess',
  ]
  const wantNone: Gate = { wants: () => false }
  const wantIpc: Gate = { wants: (p: Provenance) => ipcIds.has(p.id) }
  let sum = 0
  const fields = (record: SourceRecord, names: readonly string[]) => {
    for (const name of names) {
      const i = record.shape.indexOf(name)
      if (i >= 0 && record.value(i) !== undefined) sum++
    }
  }
  const cases: readonly (readonly [string, () => { records: number }])[] = [
    [
      'page-cache read',
      () => {
        eachBlock((b) => {
          sum += b[0]!
        })
        return { records: 0 }
      },
    ],
    ['ids only', () => read({ gate: wantNone, each: () => {} })],
    [
      'gated, 8 fields',
      () => read({ gate: wantIpc, each: (r) => fields(r, eight) }),
    ],
    ['all, 8 fields', () => read({ each: (r) => fields(r, eight) })],
    [
      'all fields',
      () =>
        read({
          each: (r) => {
            const n = r.shape.names.length
            for (let i = 0; i < n; i++) if (r.value(i) !== undefined) sum++
          },
        }),
    ],
    [
      'all fields as JSON',
      () =>
        read({
          each: (r) => {
            const out: Record<string, unknown> = {}
            r.shape.names.forEach((name, i) => {
              out[name] = r.value(i)
            })
            sum += JSON.stringify(out).length
          },
        }),
    ],
  ]
  console.log(
    `${(bytes / 1e6).toFixed(0)} MB of dense chunks, best of ${rounds}`,
  )
  for (const [name, measure] of cases) {
    let best = Number.POSITIVE_INFINITY
    let records = 0
    for (let i = 0; i < rounds; i++) {
      const start = process.hrtime.bigint()
      records = measure().records
      best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9)
    }
    const rate = records
      ? `${Math.round(records / best / 1000)}k records/s`
      : ''
    console.log(
      `${name.padEnd(20)} ${(bytes / 1e6 / best).toFixed(0).padStart(6)} MB/s  ${rate}`,
    )
  }
  console.log(
    `peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB (${sum} values)`,
  )
}
