import { describe, expect, it } from 'vitest'

import { encodeFiletime } from '../../../test/tools/evtx-values.ts'
import { filetime, filetimeMs, hexNumber, sid } from './text.ts'

function ticks(n: bigint): Buffer {
  const b = Buffer.alloc(8)
  b.writeBigUInt64LE(n)
  return b
}

describe('FILETIME', () => {
  it('keeps every unit of 100 ns', () => {
    const at = 132_469_766_916_991_234n
    expect(filetime(ticks(at), 0)).toBe('2020-10-12T11:44:51.6991234Z')
    expect(filetime(ticks(at + 1n), 0)).toBe('2020-10-12T11:44:51.6991235Z')
  })

  it('tells the beginning and the end of its calendar', () => {
    expect(filetime(ticks(0n), 0)).toBe('1601-01-01T00:00:00.0000000Z')
    expect(filetime(ticks(2_650_467_743_999_999_999n), 0)).toBe(
      '9999-12-31T23:59:59.9999999Z',
    )
  })

  it('is a plain number past the year 9999', () => {
    expect(filetime(ticks(2_650_467_744_000_000_000n), 0)).toMatch(/^0x/)
    expect(filetimeMs(ticks(2n ** 64n - 1n), 0)).toBeUndefined()
    // What Windows writes for no time.
    expect(filetimeMs(ticks(0n), 0)).toBeUndefined()
  })

  it('is milliseconds with a fraction', () => {
    const ms = Date.UTC(2024, 0, 2, 3, 4, 5, 678)
    expect(filetimeMs(encodeFiletime(ms), 0)).toBe(ms)
    expect(filetimeMs(encodeFiletime(ms + 0.25), 0)).toBe(ms + 0.25)
  })
})

describe('SIDs', () => {
  it('reads an authority of six bytes', () => {
    const b = Buffer.from('0101010203040506ff000000', 'hex')
    expect(sid(b, 0, 12)).toBe('S-1-1108152157446-255')
  })

  it('is none where the parts do not fit', () => {
    const b = Buffer.from('0105000000000005ff000000', 'hex')
    expect(sid(b, 0, 12)).toBeUndefined()
  })

  it('tells accounts apart that differ in one part', () => {
    const b = Buffer.from('0101000000000005ff000000', 'hex')
    expect(sid(b, 0, 12)).toBe('S-1-5-255')
    b[8] = 0xfe
    expect(sid(b, 0, 12)).toBe('S-1-5-254')
  })
})

describe('hex numbers', () => {
  it('gives each number its own text', () => {
    const b = Buffer.alloc(8)
    for (let i = 0; i < 5000; i++) {
      b.writeUInt32LE(i * 7919, 0)
      b.writeUInt32LE(i & 3, 4)
      const n = BigInt(i * 7919) + (BigInt(i & 3) << 32n)
      expect(hexNumber(b, 0, 8)).toBe(`0x${n.toString(16)}`)
    }
  })
})
