// What is held of facts and matches that all are of one moment, so that none can go before the last is there: bytes decide, not how many.
import { describe, expect, it } from 'vitest'

import { JoinerCollector } from '../../src/app/collectors/joiner.ts'
import { FactLines } from '../../src/app/stations/facts.ts'
import { Recent } from '../../src/base/recent.ts'
import { edgeKinds } from '../../src/enrich/edges/edge.ts'
import { writeFact } from '../../src/enrich/facts/fact.ts'

import { heldBy } from './held.ts'

const mib = 1024 * 1024

/** A pipe that is offered: one of its own, by a process of its own. */
function offer(i: number, long: string): string {
  return writeFact({
    kind: 'pipe',
    time: 1e12,
    host: 'h',
    hostShown: 'h',
    product: 'windows',
    category: 'pipe_created',
    service: 'sysmon',
    fields: {
      ProcessId: i,
      Image: `C:\\${long}${i}.exe`,
      EventType: 'CreatePipe',
      PipeName: `\\${long}${i}`,
    },
    origin: { file: 'a', record: i, offset: i },
  })
}

describe('a join', () => {
  it.each([
    [16_000, 8_000],
    [64_000, 2_000],
  ])(
    'holds little of %i facts of one moment that say %i characters each',
    async (count, length) => {
      const notes: string[] = []
      const held = await heldBy(async () => {
        const joiner = new JoinerCollector(edgeKinds, {
          event: () => {},
          note: (note) => notes.push(note),
        })
        const take = () => {
          const part = lines.drain()
          if (part) joiner.take(part)
        }
        const lines = new FactLines(take)
        for (let i = 0; i < count; i++)
          lines.add(offer(i, 'x'.repeat(length)), 1e12, i)
        take()
        joiner.advance(1e12 + 1)
        return joiner
      })
      // Each says its name twice.
      expect(2 * count * length).toBeGreaterThan(128 * mib)
      expect(held).toBeLessThan(128 * mib)
      expect(notes).toEqual([])
    },
  )
})

describe('a table that forgets', () => {
  it('keeps no more texts than its bytes, and charges what grows', () => {
    const table = new Recent<string[]>(1_000_000, {
      maxBytes: 1_000,
      bytesOf: (all) => all.join('').length,
    })
    for (let i = 0; i < 10; i++) table.set(`${i}`, ['x'.repeat(100)])
    expect(table.get('9')).toBeDefined()
    expect(table.get('0')).toBeUndefined()
    const one = new Recent<string[]>(1_000_000, {
      maxBytes: 1_000,
      bytesOf: (all) => all.join('').length,
    })
    one.set('other', ['y'])
    // The same again and again is charged once.
    for (let i = 0; i < 100; i++) one.set('same', ['x'.repeat(100)])
    expect(one.get('other')).toEqual(['y'])
    expect(one.forgotten).toBe(0)
  })
})
