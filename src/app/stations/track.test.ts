import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import type { Event } from '../../event/event.ts'

import type { Part, Station } from './station.ts'
import { Track } from './track.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipcwatch-track-'))
afterAll(() => rmSync(folder, { recursive: true }))

const path = join(folder, 'a.jsonl')
const text = `${JSON.stringify({ product: 'linux', Image: '/bin/a' })}\n`
writeFileSync(path, text.repeat(3))
const piece = { path, display: path, bytes: 3 * text.length }

interface MetPart extends Part {
  readonly kind: 'met'
  readonly events: number
}

class Counting implements Station {
  readonly #wanted: boolean
  readonly #full: () => void
  #events = 0

  constructor(wanted: boolean, full: () => void) {
    this.#wanted = wanted
    this.#full = full
  }

  get wantsAll(): boolean {
    return this.#wanted
  }

  meet(_event: Event): void {
    if (++this.#events === 2) this.#full()
  }

  drain(): MetPart[] | undefined {
    const events = this.#events
    this.#events = 0
    return events ? [{ kind: 'met', events }] : undefined
  }
}

async function partsOf(wanted: readonly boolean[]) {
  const parts: Part[] = []
  const track = new Track((full) => ({
    stations: wanted.map((w) => new Counting(w, full)),
    gate: { wants: () => false },
  }))
  await track.read(piece, (batch) => parts.push(...batch.parts))
  return parts
}

it('decodes what no rule asks for where a station wants it, and for all stations then', async () => {
  expect(await partsOf([false])).toEqual([])
  const met = (events: number) => ({ kind: 'met', events })
  expect(await partsOf([false, true])).toEqual([2, 2, 1, 1].map(met))
})
