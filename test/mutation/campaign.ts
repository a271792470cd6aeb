// Feeds damaged sources to the whole reading road: every record decoded, every field of every event asked for.
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { SourceReading } from '../../src/app/reading/source-reading.ts'

import { mutate, randomFrom } from './mutate.ts'
import { makeSeeds, type Seed } from './seeds.ts'
import { cpuMs, isSuspect, Tally } from './tally.ts'

/** Inputs that are read side by side: most of the time of a small one goes by in waiting for its file. */
const lanes = 4

export interface Campaign {
  readonly tally: Tally
  /** Events of all inputs made of a seed. */
  readonly bySeed: Readonly<Record<string, number>>
}

/** `count` damaged inputs over all seeds in turn, or over those given. Input i is the same in every run with the same `seed`. */
export async function runCampaign(
  count: number,
  seed: number,
  given?: readonly Seed[],
): Promise<Campaign> {
  const seeds = given ?? (await makeSeeds())
  const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-mutation-'))
  const tally = new Tally()
  const bySeed: Record<string, number> = {}
  const inputOf = (i: number) => damaged(seeds, seed, i)
  const slow: number[] = []
  let next = 0
  const lane = async (n: number) => {
    const read = new Lane(join(folder, String(n)), tally, bySeed)
    while (next < count) {
      const i = next++
      const started = performance.now()
      await read.input(i, inputOf(i))
      tally.inputs++
      const took = performance.now() - started
      if (isSuspect(took)) slow.push(i)
      else tally.took(`input ${i} of ${inputOf(i).name}`, took)
    }
    read.close()
  }
  try {
    await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)))
    const again = new Lane(join(folder, 'again'), new Tally(), {})
    for (const i of slow) {
      const started = cpuMs()
      await again.input(i, inputOf(i))
      tally.took(`input ${i} of ${inputOf(i).name}`, cpuMs() - started)
    }
    again.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
  return { tally, bySeed }
}

function damaged(seeds: readonly Seed[], seed: number, i: number): Seed {
  const { name, bytes } = seeds[i % seeds.length]!
  const random = randomFrom(seed * 1_000_003 + i)
  const other = seeds[Math.floor(random() * seeds.length)]!
  return { name, bytes: mutate(bytes, random, other.bytes) }
}

class Lane {
  readonly #path: string
  readonly #file: number
  readonly #tally: Tally
  readonly #bySeed: Record<string, number>
  #events = 0
  readonly #reading = new SourceReading({
    event: (event) => {
      this.#events++
      for (let i = 0; i < event.shape.names.length; i++) event.value(i)
      event.time()
      event.host()
    },
  })

  constructor(path: string, tally: Tally, bySeed: Record<string, number>) {
    this.#path = path
    this.#file = openSync(path, 'w')
    this.#tally = tally
    this.#bySeed = bySeed
  }

  async input(i: number, { name, bytes }: Seed): Promise<void> {
    // Written over what was there: a file that is emptied first is a new one to the disk.
    writeSync(this.#file, bytes, 0, bytes.length, 0)
    ftruncateSync(this.#file, bytes.length)
    const label = `input ${i} of ${name}`
    this.#events = 0
    try {
      const { sources } = await this.#reading.run({
        path: this.#path,
        display: name,
        bytes: 0,
      })
      // The file itself can always be read, so this is an exception that was caught on the way.
      for (const p of sources.flatMap((s) => s.problems)) {
        if (p.startsWith('unreadable')) this.#tally.fail(label, p)
      }
    } catch (error) {
      this.#tally.fail(label, error)
    }
    this.#bySeed[name] = (this.#bySeed[name] ?? 0) + this.#events
  }

  close(): void {
    closeSync(this.#file)
  }
}
