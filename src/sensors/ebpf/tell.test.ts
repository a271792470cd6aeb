import { describe, expect, it } from 'vitest'

import { Recent } from '../../base/recent.ts'

import type { Teller } from '../linux/teller.ts'
import {
  headBytes,
  type KernelEvent,
  readKernelEvent,
  types,
} from './decode.ts'
import { tell, type Told } from './tell.ts'

/** What is told of each: its kind and its fields. */
type Seen = readonly [string, Readonly<Record<string, unknown>>]

function desk(): { told: Told; seen: Seen[] } {
  const seen: Seen[] = []
  const table = { known: () => {}, get: () => undefined, identity: () => '' }
  const teller: Pick<Teller, 'tell'> = {
    tell: (kind, _pid, _time, _object, fields) => {
      seen.push([kind, fields()])
    },
  }
  const told = {
    teller: { ...teller, table },
    clock: { ofNanoseconds: (at: bigint) => Number(at / 1_000_000n) },
    groups: { of: () => ({}) },
    requests: new Recent<number>(10),
  } as unknown as Told
  return { told, seen }
}

const calls = { connect: 1, accept: 3, ptrace: 5 } as const

function event(
  type: number,
  call: keyof typeof calls | undefined,
  { isUring = false, pid = 7, other = 9, at = 1_000_000n } = {},
): KernelEvent {
  const text = Buffer.from('/run/x.sock')
  const head = Buffer.alloc(headBytes)
  head.writeBigUInt64LE(at, 0)
  head.writeBigUInt64LE(isUring ? 1n : 0n, 32)
  head.writeUInt32LE(pid, 80)
  head.writeUInt32LE(other, 104)
  head.writeUInt32LE(0xffff_ffff, 108)
  head.writeUInt16LE(type, 120)
  head.writeUInt16LE(call ? calls[call] : 0, 122)
  head.writeUInt16LE(1, 126)
  head.writeUInt16LE(text.length, 132)
  return readKernelEvent(Buffer.concat([head, text]))!
}

describe('a connection by io_uring', () => {
  it('is told of by the hook, with who listens', () => {
    const { told, seen } = desk()
    tell(event(types.hook, 'connect', { isUring: true }), told)
    expect(seen).toHaveLength(1)
    expect(seen[0]![0]).toBe('connect')
    expect(seen[0]![1]).toMatchObject({
      syscall: 'connect',
      via: 'io_uring',
      path: '/run/x.sock',
      peer_pid: 9,
    })
  })

  it('is told of when it is accepted, where there is no hook', () => {
    const { told, seen } = desk()
    tell(event(types.uringRequest, undefined, { pid: 7 }), told)
    tell(event(types.call, 'accept', { pid: 9, other: 7 }), told)
    expect(seen.map(([kind]) => kind)).toEqual(['accept', 'connect'])
  })

  it('is not told of twice', () => {
    const { told, seen } = desk()
    tell(event(types.uringRequest, undefined, { pid: 7 }), told)
    tell(event(types.hook, 'connect', { isUring: true }), told)
    tell(event(types.call, 'accept', { pid: 9, other: 7 }), told)
    expect(seen.map(([kind]) => kind)).toEqual(['connect', 'accept'])
  })
})

describe('a hook', () => {
  it('tells of a connection of another call without io_uring', () => {
    const { told, seen } = desk()
    tell(event(types.hook, 'connect'), told)
    expect(seen[0]![1]).not.toHaveProperty('via')
  })

  it('tells who may reach into whom, and nothing of a process and itself', () => {
    const { told, seen } = desk()
    tell(event(types.hook, 'ptrace', { isUring: true }), told)
    tell(event(types.hook, 'ptrace', { pid: 9 }), told)
    expect(seen.map(([kind]) => kind)).toEqual(['ptrace'])
    expect(seen[0]![1]).toMatchObject({ request: 'access', via: 'io_uring' })
  })
})
