import { describe, expect, it } from 'vitest'

import {
  headBytes,
  pathOfNames,
  readKernelEvent,
  socketName,
  types,
} from './decode.ts'

/** As event.h lays it out. */
function event(write: (head: Buffer) => void, text = '', more = ''): Buffer {
  const head = Buffer.alloc(headBytes)
  const [a, b] = [Buffer.from(text), Buffer.from(more)]
  head.writeUInt32LE(0xffff_ffff, 100)
  head.writeUInt32LE(0xffff_ffff, 108)
  head.writeUInt16LE(a.length, 132)
  head.writeUInt16LE(b.length, 134)
  write(head)
  return Buffer.concat([head, a, b])
}

describe('what the kernel side writes', () => {
  it('is a call with both ends', () => {
    const bytes = event((h) => {
      h.writeBigUInt64LE(5_000_000_001n, 0)
      h.writeBigUInt64LE(123_456_789_000n, 8)
      h.writeBigInt64LE(-115n, 24)
      h.writeBigUInt64LE(77n, 56)
      h.writeUInt32LE(7, 80)
      h.writeUInt32LE(9, 104)
      h.writeUInt16LE(types.call, 120)
      h.writeUInt16LE(1, 122)
      h.writeUInt16LE(1, 124)
      h.writeUInt16LE(1, 126)
      h.write('a b', 136)
    }, '/run/x.sock')
    expect(readKernelEvent(bytes)).toMatchObject({
      type: types.call,
      call: 'connect',
      isCompat: true,
      time: 5_000_000_001n,
      start: 12_345,
      ret: -115,
      pid: 7,
      otherPid: 9,
      otherUid: undefined,
      login: undefined,
      inode: '77',
      otherInode: undefined,
      name: 'a b',
      text: Buffer.from('/run/x.sock'),
    })
  })

  it('has addresses of both families', () => {
    const at = (family: number, bytes: readonly number[]) =>
      readKernelEvent(
        event((h) => {
          h.writeUInt16LE(family, 126)
          h.set(bytes, 152)
        }),
      )?.address
    expect(at(2, [127, 0, 0, 1])).toBe('127.0.0.1')
    expect(at(10, [...Array(15).fill(0), 1])).toBe('::1')
    expect(at(10, [0xfe, 0x80, ...Array(13).fill(0), 1])).toBe('fe80::1')
    expect(at(1, [])).toBeUndefined()
  })

  it('is nothing where it is shorter than it says', () => {
    const whole = event(() => {}, 'text', 'more')
    for (let n = 0; n < whole.length; n++)
      expect(readKernelEvent(whole.subarray(0, n))).toBeUndefined()
    expect(readKernelEvent(whole)).toBeDefined()
  })
})

describe('a path', () => {
  it('is written from the leaf to the root', () => {
    expect(pathOfNames(Buffer.from('mem\x0042\0proc\0'))).toBe('/proc/42/mem')
    expect(pathOfNames(Buffer.from('memfd:x\0'))).toBe('/memfd:x')
    expect(pathOfNames(Buffer.alloc(0))).toBeUndefined()
  })

  it('of a socket may be abstract, relative, or none', () => {
    expect(socketName(Buffer.from('\0a b'), undefined)).toBe('@a b')
    expect(socketName(Buffer.from('x.sock\0'), '/tmp/x.sock')).toBe(
      '/tmp/x.sock',
    )
    expect(socketName(Buffer.from('/run/x\0'), undefined)).toBe('/run/x')
    expect(socketName(Buffer.alloc(0), undefined)).toBeUndefined()
  })
})
