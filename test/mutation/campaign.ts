// Feeds damaged sources to the whole reading road: every record decoded, every field of every event asked for.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { SourceReading } from '../../src/app/reading/source-reading.ts'

import { mutate, randomFrom } from './mutate.ts'
import { makeSeeds } from './seeds.ts'

export interface CampaignResult {
  readonly inputs: number
  readonly events: number
  readonly slowestMs: number
  readonly slowest: string
  readonly failures: readonly string[]
  readonly bySeed: Readonly<Record<string, number>>
}

/** `count` damaged inputs over all seeds in turn. Input i is the same in every run with the same `seed`. */
export async function runCampaign(
  count: number,
  seed: number,
): Promise<CampaignResult> {
  const seeds = await makeSeeds()
  const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-mutation-'))
  const file = join(folder, 'input')
  const failures: string[] = []
  const bySeed: Record<string, number> = {}
  let events = 0
  let slowestMs = 0
  let slowest = ''
  const reading = new SourceReading({
    event(event) {
      events++
      for (let i = 0; i < event.shape.names.length; i++) event.value(i)
      event.time()
      event.host()
    },
  })
  try {
    for (let i = 0; i < count; i++) {
      const from = seeds[i % seeds.length]!
      const random = randomFrom(seed * 1_000_003 + i)
      const other = seeds[Math.floor(random() * seeds.length)]!
      writeFileSync(file, mutate(from.bytes, random, other.bytes))
      const before = events
      const started = performance.now()
      try {
        const { sources } = await reading.run({
          path: file,
          display: from.name,
          bytes: 0,
        })
        // The file itself can always be read, so this is an exception that was caught on the way.
        for (const p of sources.flatMap((s) => s.problems)) {
          if (p.startsWith('unreadable')) {
            failures.push(`input ${i} of ${from.name}: ${p}`)
          }
        }
      } catch (error) {
        failures.push(`input ${i} of ${from.name}: ${(error as Error).stack}`)
      }
      const took = performance.now() - started
      bySeed[from.name] = (bySeed[from.name] ?? 0) + events - before
      if (took > slowestMs) {
        slowestMs = took
        slowest = `input ${i} of ${from.name}`
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return { inputs: count, events, slowestMs, slowest, failures, bySeed }
}
