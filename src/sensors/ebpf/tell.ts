// What the kernel's side saw, as raw events.
import { resolve } from 'node:path'

import type { Recent } from '../../base/recent.ts'

import type { KernelClock } from '../linux/clock.ts'
import type { ControlGroups } from '../linux/control-groups.ts'
import { streamFields } from '../linux/descriptors.ts'
import { argumentsAsLine } from '../linux/process-view.ts'
import { peerFields, targetFields } from '../linux/process-table.ts'
import { ptraceRequests } from '../linux/ptrace.ts'
import { absolute } from '../linux/socket-ends.ts'
import type { Teller } from '../linux/teller.ts'
import type { RawFields, RawKind } from '../raw-event.ts'
import {
  type CallName,
  type KernelEvent,
  pathOfNames,
  socketName,
  streamKind,
  types,
} from './decode.ts'

export interface Told {
  readonly teller: Teller
  readonly clock: KernelClock
  readonly groups: ControlGroups
  /** By pid: when it asked io_uring to connect. */
  readonly requests: Recent<number>
}

/** Milliseconds within which a connection that io_uring was asked for is accepted. */
const acceptedWithinMs = 2_000

export function tell(e: KernelEvent, told: Told): void {
  const { teller, clock, requests } = told
  const time = clock.ofNanoseconds(e.time)
  switch (e.type) {
    case types.fork:
      teller.table.forked(e.pid, e.otherPid!, e.otherStart)
      return
    case types.exit:
      teller.exited(e.pid, time)
      return
    case types.exec:
      execed(e, time, told)
      return
    case types.uringRequest:
      requests.set(String(e.pid), time)
      return
    case types.hook:
      teller.table.known(e.pid, identityOf(e))
      hooked(e, time, told)
      return
    default:
      teller.table.known(e.pid, identityOf(e))
      if (e.call !== '') tellers[e.call](e, time, told)
  }
}

function identityOf(e: KernelEvent) {
  const { pid, ppid, uid, euid, login } = e
  return {
    pid,
    ppid,
    startTicks: e.start,
    realUserId: uid,
    userId: euid,
    loginUserId: login,
  }
}

function execed(e: KernelEvent, time: number, told: Told): void {
  const image = pathOfNames(e.text)
  const isRemoved = e.mode === 0
  const known = {
    ...identityOf(e),
    name: e.name,
    image: image && (isRemoved ? `${image} (deleted)` : image),
    commandLine: argumentsAsLine(e.more.toString('utf8')),
    ...told.groups.of(e.cgroup, e.pid),
  }
  const names = ['stdin', 'stdout', 'stderr'] as const
  const streams = e.streams.flatMap((s, fd) =>
    s ? [{ name: names[fd]!, ...s }] : [],
  )
  told.teller.execed(
    e.pid,
    time,
    { known, isWhole: true },
    streamFields(streams),
  )
}

const result = (e: KernelEvent): RawFields => ({
  syscall: e.call,
  arch: e.isCompat ? compatArch : nativeArch,
  success: true,
  ret: e.ret,
})

/** As audit calls them. */
const nativeArch = process.arch === 'arm64' ? 'aarch64' : 'x86_64'
const compatArch = process.arch === 'arm64' ? 'arm' : 'i386'

type Tell = (e: KernelEvent, time: number, told: Told) => void

const tellers: Readonly<Record<Exclude<CallName, ''>, Tell>> = {
  connect: (e, time, told) => socket('connect', e, time, told),
  bind: (e, time, told) => socket('bind', e, time, told),
  accept: accepted,
  accept4: accepted,
  sendmsg: passed,
  ptrace: reached,
  process_vm_readv: memory,
  process_vm_writev: memory,
  pidfd_getfd: taken,
  memfd_create(e, time, { teller }) {
    const path = `${pathOfNames(e.text)} (deleted)`
    teller.tell('memfd_create', e.pid, time, path, () => ({
      ...result(e),
      path,
    }))
  },
  shmget(e, time, { teller }) {
    const [key, size, flags] = e.args
    const text = (key & 0xffff_ffffn).toString(16)
    teller.tell('shmget', e.pid, time, text, () => ({
      ...result(e),
      key: text,
      size: Number(size),
      mode: octal(Number(flags & 0o777n)),
    }))
  },
  shmat(e, time, { teller }) {
    const shmid = Number(BigInt.asIntN(32, e.args[0]))
    teller.tell('shmat', e.pid, time, String(shmid), () => ({
      ...result(e),
      shmid,
    }))
  },
  mknod: made,
  mknodat: made,
  openat: opened,
  openat2: opened,
  io_uring_setup(e, time, { teller }) {
    teller.tell('io_uring_setup', e.pid, time, '', () => result(e))
  },
}

const AF_UNIX = 1
const families: Readonly<Record<number, string>> = {
  1: 'unix',
  2: 'inet',
  10: 'inet6',
}

/** The name of a UNIX socket, or address and port. */
function placeOf(e: KernelEvent): string | undefined {
  if (e.family !== AF_UNIX) return `${e.address} ${e.port}`
  const name = socketName(e.text, pathOfNames(e.more))
  return name === undefined ? undefined : absolute(name, e.otherPid)
}

/** The other end: as the kernel knows it, with what the table knows of the process. */
function socketFields(e: KernelEvent, { teller }: Told): RawFields {
  const isUnix = e.family === AF_UNIX
  return {
    family: families[e.family],
    path: isUnix ? placeOf(e) : undefined,
    owner: e.owner,
    ip: e.address,
    port: isUnix ? undefined : e.port,
    inode: e.inode,
    peer_inode: e.otherInode,
    ...peerFields(teller.table, e.otherPid),
    ...(e.otherUid !== undefined && { peer_uid: e.otherUid }),
  }
}

function socket(kind: RawKind, e: KernelEvent, time: number, told: Told): void {
  const object = `${placeOf(e)} ${e.otherPid}`
  told.teller.tell(kind, e.pid, time, object, () => ({
    ...result(e),
    ...socketFields(e, told),
  }))
}

/** What no call of its own brought about. */
function hooked(e: KernelEvent, time: number, told: Told): void {
  const { teller, requests } = told
  const common = {
    syscall: e.call,
    arch: e.isCompat ? compatArch : nativeArch,
    success: true,
    ...(e.args[0] === 1n && { via: 'io_uring' }),
  }
  if (e.call === 'connect') {
    requests.delete(String(e.pid))
    const object = `${placeOf(e)} ${e.otherPid}`
    teller.tell('connect', e.pid, time, object, () => ({
      ...common,
      ...socketFields(e, told),
    }))
  } else if (e.otherPid !== e.pid)
    teller.tell('ptrace', e.pid, time, `${e.otherPid}`, () => ({
      ...common,
      request: 'access',
      ...targetFields(teller.table, e.otherPid),
    }))
}

/** Who accepted names who connected; where that was by io_uring, nothing else tells of it on kernels without hooks. */
function accepted(e: KernelEvent, time: number, told: Told): void {
  socket('accept', e, time, told)
  const client = e.otherPid
  if (e.family !== AF_UNIX || client === undefined) return
  const asked = told.requests.get(String(client))
  if (asked === undefined || Math.abs(time - asked) > acceptedWithinMs) return
  told.requests.delete(String(client))
  const path = placeOf(e)
  told.teller.tell('connect', client, asked, `${path} ${e.pid}`, () => ({
    syscall: 'connect',
    via: 'io_uring',
    success: true,
    family: 'unix',
    path,
    owner: e.owner,
    inode: e.otherInode,
    peer_inode: e.inode,
    ...peerFields(told.teller.table, e.pid),
  }))
}

function passed(e: KernelEvent, time: number, told: Told): void {
  const object = `${placeOf(e)} ${e.otherPid}`
  told.teller.tell('descriptor_pass', e.pid, time, object, () => ({
    ...result(e),
    ...socketFields(e, told),
    passed_kind: streamKind(e.mode),
    passed_inode: String(e.args[1]),
    passed_count: Number(e.args[2]),
  }))
}

function reached(e: KernelEvent, time: number, { teller }: Told): void {
  const request = ptraceRequests[Number(e.args[0])]
  teller.tell('ptrace', e.pid, time, `${request} ${e.otherPid}`, () => ({
    ...result(e),
    request,
    ...targetFields(teller.table, e.otherPid),
  }))
}

function memory(e: KernelEvent, time: number, { teller }: Told): void {
  if (e.otherPid === e.pid) return
  teller.tell('process_vm', e.pid, time, `${e.call} ${e.otherPid}`, () => ({
    ...result(e),
    ...targetFields(teller.table, e.otherPid),
  }))
}

function taken(e: KernelEvent, time: number, { teller }: Told): void {
  const fd = Number(e.args[1])
  teller.tell('pidfd_getfd', e.pid, time, `${e.otherPid} ${fd}`, () => ({
    ...result(e),
    target_fd: fd,
    taken_kind: streamKind(e.mode),
    taken_inode: e.inode,
    ...targetFields(teller.table, e.otherPid),
  }))
}

function made(e: KernelEvent, time: number, { teller }: Told): void {
  const [name = ''] = e.text.toString('utf8').split('\0')
  const folder = pathOfNames(e.more)
  const path = folder === undefined ? name : resolve(folder, name)
  const mode = octal(Number(e.args[e.call === 'mknod' ? 1 : 2] & 0o777n))
  teller.tell('fifo_create', e.pid, time, path, () => ({
    ...result(e),
    path,
    mode,
  }))
}

const accesses = [undefined, 'read', 'write', 'read-write'] as const
const processMemory = /^\/proc\/(\d{1,10})\/(?:task\/\d{1,10}\/)?mem$/

function opened(e: KernelEvent, time: number, { teller }: Told): void {
  const path = pathOfNames(e.text)
  const access = accesses[e.access & 3]
  const [, target] = processMemory.exec(path ?? '') ?? []
  if (Number(target) === e.pid) return
  const kind = target === undefined ? 'fifo_open' : 'memory_open'
  teller.tell(kind, e.pid, time, `${access} ${path}`, () => ({
    ...result(e),
    path,
    access,
    inode: e.inode,
    owner: e.owner,
    ...targetFields(teller.table, target ? Number(target) : undefined),
  }))
}

function octal(mode: number): string {
  return `0${mode.toString(8)}`
}
