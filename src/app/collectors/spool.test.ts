import { describe, expect, it } from 'vitest'

import { Spool } from './spool.ts'
import { textOf } from './waiting.ts'

const nobody = {
  overflow: () => {
    throw new Error('a file can be had')
  },
}
const text = 'x'.repeat(64_000)

function filled(megabytes: number, first = 0): Spool {
  const spool = new Spool(nobody)
  for (let i = 0; i < megabytes * 16; i++)
    spool.addText({ time: first + i, record: 0 }, text)
  return spool
}

describe('spools', () => {
  it('hold no more together than one alone may: the one that holds most writes it', () => {
    const large = filled(9)
    const small = filled(4)
    expect([large.hasFile, small.hasFile]).toEqual([false, false])
    const last = filled(6)
    expect([large, small, last].map((s) => s.hasFile)).toEqual([
      true,
      false,
      false,
    ])
    const counts = [large, small, last].map((s) => [...s.drain(true)].length)
    expect(counts).toEqual([9 * 16, 4 * 16, 6 * 16])
  })

  it('do not ask one that is giving what it holds', () => {
    const giving = filled(9)
    const given = giving.drain(true)
    const first = given.next().value!
    expect(textOf(first)).toBe(text)
    const other = filled(8, 1)
    expect([giving.hasFile, other.hasFile]).toEqual([false, true])
    expect([...given]).toHaveLength(9 * 16 - 1)
    expect([...other.drain(true)]).toHaveLength(8 * 16)
  })
})
