import { describe, expect, it } from 'vitest'

import { callOfBus, MessageReader, text } from './wire.ts'

const call = callOfBus(7, {
  interface: 'org.freedesktop.DBus',
  member: 'GetConnectionUnixProcessID',
  signature: 's',
  body: text(':1.5'),
})

describe('messages of a bus', () => {
  it('are read as they are written, however the stream is cut', () => {
    for (const size of [1, 3, 64, 10_000]) {
      const reader = new MessageReader()
      const stream = Buffer.concat([call, call])
      const got = []
      for (let at = 0; at < stream.length; at += size)
        got.push(...reader.push(stream.subarray(at, at + size)))
      expect(got).toHaveLength(2)
      expect(got[1]).toMatchObject({
        type: 1,
        serial: 7,
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'GetConnectionUnixProcessID',
        destination: 'org.freedesktop.DBus',
        sender: undefined,
      })
    }
  })

  it('are refused where they are none, and bounded', () => {
    expect(() => new MessageReader().push(Buffer.alloc(16, 0x41))).toThrow(
      'no message',
    )
    const long = Buffer.from(call)
    long.writeUInt32LE(0x7fff_ffff, 4)
    expect(() => new MessageReader().push(long)).toThrow('too long')
  })

  it('end or throw on any bytes', () => {
    for (let i = 0; i < call.length; i++) {
      const torn = Buffer.from(call)
      torn[i] = torn[i]! ^ 0xff
      try {
        new MessageReader().push(torn)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }
  })
})
