import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Compactor } from './compact.ts'
import { type Entry, Journal } from './journal.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcwatch-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const batch = (latest: number, bytes = 1): Entry => ({
  kind: 'batch',
  sources: [
    { key: 1, kind: 'growing', path: 'a.log', identity: '1:1', last: latest },
  ],
  parts: [{ kind: 'bases', text: 'x'.repeat(bytes) } as never],
  watermark: latest,
  latest,
})

function entries(): Entry[] {
  const journal = Journal.open(folder)
  const all = [...journal.entries()]
  journal.close()
  return all
}

describe('the journal of a watch', () => {
  it('gives back what was appended, Infinity and undefined with it', () => {
    const journal = Journal.open(folder)
    const entry = { ...batch(1), watermark: Number.NEGATIVE_INFINITY }
    journal.append(entry)
    journal.close()
    expect(entries()).toEqual([entry])
  })

  it('cuts off what a fall left half written, wherever it was cut', () => {
    const journal = Journal.open(folder)
    journal.append(batch(1))
    const whole = journal.bytes
    journal.append(batch(2))
    journal.close()
    const path = join(folder, 'journal')
    for (let size = statSync(path).size - 1; size > whole; size -= 7) {
      truncateSync(path, size)
      expect(entries()).toEqual([batch(1)])
      expect(statSync(path).size).toBe(whole)
      appendFileSync(path, Buffer.alloc(size - whole, 7))
    }
  })

  it('goes on behind what was cut off', () => {
    appendFileSync(join(folder, 'journal'), 'rubbish')
    const journal = Journal.open(folder)
    let torn = 0
    expect([...journal.entries((bytes) => (torn = bytes))]).toEqual([])
    expect(torn).toBe(7)
    journal.append(batch(3))
    journal.close()
    expect(entries()).toEqual([batch(3)])
  })

  it('refuses the state of another version, with a way out', () => {
    writeFileSync(join(folder, 'version'), '99\n')
    expect(() => Journal.open(folder)).toThrow(/version "99".*another --state/)
  })

  it('keeps what is within the horizon when it is made shorter, and how far each source is', () => {
    const journal = Journal.open(folder)
    const big = 1024 * 1024
    for (let i = 1; i <= 20; i++) journal.append(batch(i * 1_000, big))
    expect(new Compactor().run(journal, 20_000, 5_000)).toBe(0)
    const kept = [...journal.entries()].filter((e) => e.kind === 'batch')
    expect(kept.filter((b) => b.parts.length).map((b) => b.latest)).toEqual(
      [15, 16, 17, 18, 19, 20].map((n) => n * 1_000),
    )
    expect(kept.every((b) => b.told)).toBe(true)
    expect(kept.at(-1)!.sources).toMatchObject([{ key: 1, last: 20_000 }])
    journal.close()
  })
})
