// From the bytes that the kernel's side writes (event.h) to what they tell.
import { isIPv6 } from 'node:net'

export const types = {
  exec: 1,
  exit: 2,
  fork: 3,
  call: 4,
  uringRequest: 5,
  hook: 6,
} as const

/** By number, as calls.h lists them. */
export const callNames = [
  '',
  'connect',
  'bind',
  'accept',
  'accept4',
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'pidfd_getfd',
  'memfd_create',
  'shmget',
  'shmat',
  'mknod',
  'mknodat',
  'openat',
  'openat',
  'openat2',
  'sendmsg',
  'io_uring_setup',
] as const

export type CallName = (typeof callNames)[number]

const streamKinds = [
  undefined,
  'pipe',
  'fifo',
  'socket',
  'network socket',
  'file',
  'character device',
  undefined,
] as const

export interface KernelStream {
  readonly kind: NonNullable<(typeof streamKinds)[number]>
  readonly id: string
}

export interface KernelEvent {
  readonly type: number
  readonly call: CallName
  readonly isCompat: boolean
  /** Nanoseconds of the monotonic clock. */
  readonly time: bigint
  /** In clock ticks since boot. */
  readonly start: number
  readonly cgroup: bigint
  readonly ret: number
  readonly args: readonly [bigint, bigint, bigint]
  readonly pid: number
  readonly tid: number
  readonly ppid: number
  readonly uid: number
  readonly euid: number
  /** undefined: nobody logged in. */
  readonly login: number | undefined
  readonly name: string
  readonly inode: string | undefined
  readonly otherInode: string | undefined
  readonly otherPid: number | undefined
  readonly otherUid: number | undefined
  readonly otherStart: number
  readonly owner: number | undefined
  readonly mode: number
  readonly family: number
  readonly port: number
  readonly access: number
  readonly address: string | undefined
  readonly text: Buffer
  readonly more: Buffer
  readonly streams: readonly (KernelStream | undefined)[]
}

export const headBytes = 216
/** Nanoseconds of a clock tick: USER_HZ is 100 on every architecture. */
const tickNs = 10_000_000n
const none = 0xffff_ffff

/** undefined: it is no event of this format. The bytes are copied. */
export function readKernelEvent(bytes: Buffer): KernelEvent | undefined {
  if (bytes.length < headBytes) return undefined
  const u16 = (at: number) => bytes.readUInt16LE(at)
  const u32 = (at: number) => bytes.readUInt32LE(at)
  const u64 = (at: number) => bytes.readBigUInt64LE(at)
  const textEnd = headBytes + u16(132)
  const moreEnd = textEnd + u16(134)
  if (moreEnd > bytes.length) return undefined
  const family = u16(126)
  return {
    type: u16(120),
    call: callNames[u16(122)] ?? '',
    isCompat: u16(124) !== 0,
    time: u64(0),
    start: ticksOf(u64(8)),
    cgroup: u64(16),
    ret: Number(bytes.readBigInt64LE(24)),
    args: [u64(32), u64(40), u64(48)],
    pid: u32(80),
    tid: u32(84),
    ppid: u32(88),
    uid: u32(92),
    euid: u32(96),
    login: known(u32(100)),
    name: textUntilNul(bytes.subarray(136, 152)),
    inode: idOf(u64(56)),
    otherInode: idOf(u64(64)),
    otherPid: u32(104) || undefined,
    otherUid: known(u32(108)),
    otherStart: ticksOf(u64(72)),
    owner: known(u32(112)),
    mode: u32(116),
    family,
    port: u16(128),
    access: u16(130),
    address: addressOf(bytes.subarray(152, 168), family),
    text: Buffer.from(bytes.subarray(headBytes, textEnd)),
    more: Buffer.from(bytes.subarray(textEnd, moreEnd)),
    streams: [168, 184, 200].map((at) => {
      const kind = streamKinds[u32(at + 8)]
      return kind && { kind, id: String(u64(at)) }
    }),
  }
}

export function streamKind(number: number): string | undefined {
  return streamKinds[number]
}

function known(id: number): number | undefined {
  return id === none ? undefined : id
}

function ticksOf(nanoseconds: bigint): number {
  return Number(nanoseconds / tickNs)
}

function idOf(inode: bigint): string | undefined {
  return inode === 0n ? undefined : String(inode)
}

function textUntilNul(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

const AF_INET = 2
const AF_INET6 = 10

function addressOf(bytes: Buffer, family: number): string | undefined {
  if (family === AF_INET) return bytes.subarray(0, 4).join('.')
  if (family !== AF_INET6) return undefined
  const groups = Array.from({ length: 8 }, (_, i) =>
    bytes.readUInt16BE(i * 2).toString(16),
  )
  const text = groups.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::')
  return isIPv6(text) ? text : groups.join(':')
}

/** Names from the leaf to the root, each with its NUL. */
export function pathOfNames(bytes: Buffer): string | undefined {
  if (!bytes.length) return undefined
  const names = bytes.toString('utf8').split('\0').slice(0, -1)
  return `/${names.reverse().join('/')}`
}

/** As `proc_net(5)` writes it: `@name` is an abstract one. `place`: where a relative name lies. */
export function socketName(
  text: Buffer,
  place: string | undefined,
): string | undefined {
  if (!text.length) return undefined
  if (text[0] === 0) return `@${text.toString('utf8', 1)}`
  return place ?? textUntilNul(text)
}
