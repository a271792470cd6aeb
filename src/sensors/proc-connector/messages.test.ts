import { describe, expect, it } from 'vitest'

import { listenRequest, processMessage } from './messages.ts'

/** As include/uapi/linux/cn_proc.h lays it out: numbers behind the head of the event. */
function message(what: number, ...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(76)
  bytes.writeUInt32LE(what, 36)
  bytes.writeBigUInt64LE(5n, 44)
  for (const [i, n] of numbers.entries()) bytes.writeInt32LE(n, 52 + i * 4)
  return bytes
}

describe('what the process connector tells', () => {
  it('is a start, a fork, an end, and who traces whom', () => {
    expect(processMessage(message(2, 8, 8))).toEqual({
      what: { kind: 'exec', pid: 8 },
      time: 5n,
    })
    expect(processMessage(message(1, 7, 7, 9, 9))?.what).toEqual({
      kind: 'fork',
      pid: 7,
      child: 9,
    })
    expect(processMessage(message(0x8000_0000, 9, 9))?.what).toEqual({
      kind: 'exit',
      pid: 9,
    })
    expect(processMessage(message(0x100, 9, 9, 7, 7))?.what).toEqual({
      kind: 'ptrace',
      pid: 9,
      tracer: 7,
    })
  })

  it('leaves threads out, and what is short or of another kind', () => {
    expect(processMessage(message(1, 7, 7, 10, 9))).toBeUndefined()
    expect(processMessage(message(0x8000_0000, 10, 9))).toBeUndefined()
    expect(processMessage(message(0x200, 9, 9))).toBeUndefined()
    expect(processMessage(Buffer.alloc(40))).toBeUndefined()
  })

  it('is asked for in the words of the connector', () => {
    expect(listenRequest().toString('hex')).toBe(
      '28000000030000000000000000000000010000000100000000000000000000000400000001000000',
    )
  })
})
