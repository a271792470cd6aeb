import { describe, expect, it } from 'vitest'

import { HeldBytes } from './held-bytes.ts'
import { textOf } from './waiting.ts'

function given(held: HeldBytes): string[] {
  const run = held.inOrder()
  const texts: string[] = []
  for (let next = run.next(); next; next = run.next()) texts.push(textOf(next))
  return texts
}

const large = 'x'.repeat(100_000)

describe('bytes that wait', () => {
  it('are given in order of time, as texts, bytes and many together, small and large', () => {
    const held = new HeldBytes()
    held.addText({ time: 3, record: 0 }, 'third ü\ud83d\ude00')
    held.add({ time: 1, record: 0 }, Buffer.from('first'))
    held.addText({ time: 4, record: 0 }, large)
    held.add({ time: 5, record: 0 }, Buffer.from(large))
    held.addText({ time: 6, record: 0 }, 'after')
    held.addAll(Buffer.from('abcde'), Float64Array.from([2, 0, 2, 0.5, 0, 5]))
    expect(given(held)).toEqual([
      'cde',
      'first',
      'ab',
      'third ü\ud83d\ude00',
      large,
      large,
      'after',
    ])
  })

  it('have the numbers before a text', () => {
    const held = new HeldBytes()
    held.addText({ time: 1, record: 0 }, 'text', [7, 0xffff_ffff])
    const { bytes, from, to } = held.inOrder().next()!
    expect([bytes.readUInt32LE(from), bytes.readUInt32LE(from + 4)]).toEqual([
      7, 0xffff_ffff,
    ])
    expect(bytes.toString('utf8', from + 8, to)).toBe('text')
  })

  it('stay as they were given while others are added, until they are cleared once more', () => {
    const held = new HeldBytes()
    for (let i = 0; i < 100; i++)
      held.addText({ time: i, record: 0 }, `first ${i} ${'a'.repeat(2_000)}`)
    const run = held.inOrder()
    const all = Array.from({ length: 100 }, () => run.next()!)
    held.clear()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 100; i++)
        held.addText({ time: i, record: 0 }, `later ${'b'.repeat(2_000)}`)
      held.clear(true)
    }
    expect(all.map((w) => textOf(w).slice(0, 9).trim())).toEqual(
      Array.from({ length: 100 }, (_, i) => `first ${i} aa`.slice(0, 9).trim()),
    )
  })

  it('take the same memory again', () => {
    const held = new HeldBytes()
    const buffers = new Set<ArrayBufferLike>()
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 50; i++)
        held.addText({ time: i, record: 0 }, 'c'.repeat(2_000))
      const run = held.inOrder()
      for (let next = run.next(); next; next = run.next())
        buffers.add(next.bytes.buffer)
      held.clear()
    }
    expect(buffers.size).toBeLessThanOrEqual(4)
  })
})
