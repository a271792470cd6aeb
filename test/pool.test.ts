import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import type { Pool as PoolType } from '../src/app/pool/pool.ts'
import type { Piece, PieceReport } from '../src/app/reading/report.ts'
import type { TextPart } from '../src/app/stations/event-text.ts'

// Threads run compiled code.
const compiled = '../dist/app/pool/pool.js'
const { Pool } = (await import(compiled)) as { Pool: typeof PoolType }

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-pool-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): Piece {
  const path = join(folder, name)
  writeFileSync(path, text)
  return { path, display: name, bytes: text.length }
}

const line = (n: number) =>
  `${JSON.stringify({ product: 'linux', Image: `/bin/${n}` })}\n`

const job = {
  kind: 'events',
  format: 'ndjson',
  where: [],
  hosts: [],
  asked: {},
} as const

async function read(
  pool: PoolType,
  pieces: readonly Piece[],
  stop?: () => void,
) {
  const seen: string[] = []
  const lost: string[] = []
  const reports = new Map<string, PieceReport>()
  const abort = new AbortController()
  await pool.run(
    job,
    pieces,
    {
      batch({ parts }) {
        for (const part of parts.filter((p) => p.kind === 'text')) {
          for (const [, n] of (part as TextPart).text.matchAll(/bin\/(\d+)/g)) {
            seen.push(n!)
          }
        }
        if (stop) abort.abort()
        stop?.()
      },
      done: ({ display }, report) => reports.set(display, report),
      lost: (why) => lost.push(why),
    },
    abort.signal,
  )
  return { seen, reports, lost }
}

/** A record of more values than a small heap holds. */
const values = Array.from(
  { length: 140_000 },
  (_, n) => `v${n}${'w'.repeat(90)}`,
)
const huge = `${JSON.stringify({ product: 'linux', Image: '/bin/7', x: values })}\n`

const many = Array.from({ length: 40 }, (_, n) =>
  file(`${n}.jsonl`, [0, 1, 2].map((i) => line(3 * n + i)).join('')),
)
const all = Array.from({ length: 120 }, (_, n) => String(n))

describe('a pool', () => {
  it('gives results in the order of the pieces, whatever the number of threads', async () => {
    for (const threads of [0, 1, 2, 3]) {
      const pool = new Pool(threads)
      expect((await read(pool, many)).seen).toEqual(all)
      pool.close()
    }
  })

  it('takes one order after the other', async () => {
    const pool = new Pool(3)
    for (let pass = 0; pass < 3; pass++) {
      expect((await read(pool, many)).seen).toEqual(all)
    }
    pool.close()
  })

  it('lives on when an order is broken off', async () => {
    const pool = new Pool(3)
    let stops = 0
    const { reports } = await read(pool, many, () => stops++)
    expect(stops).toBeGreaterThan(0)
    expect(reports.size).toBeLessThan(many.length)
    expect((await read(pool, many)).seen).toEqual(all)
    pool.close()
  })

  it('names the piece at which a thread ran out of memory, and reads the rest without it', async () => {
    const pool = new Pool(3, { maxHeapMegabytes: 24 })
    const first = await read(pool, many)
    expect(first).toMatchObject({ seen: all, lost: [] })
    const names = Array.from({ length: 8 }, (_, n) => `huge${n}.jsonl`)
    const pieces = names.map((name) => file(name, huge))
    const { seen, reports } = await read(pool, [...pieces, ...many])
    const broken = names.filter((name) => reports.get(name)!.broken)
    expect(broken).toHaveLength(2)
    for (const name of broken) {
      expect(reports.get(name)!.sources[0]!.problems).toEqual([
        'the thread that read it was lost, since it ran out of memory: not read to its end',
      ])
    }
    expect(seen.slice(-120)).toEqual(all)
    expect((await read(pool, many)).seen).toEqual(all)
    pool.close()
  })
})
