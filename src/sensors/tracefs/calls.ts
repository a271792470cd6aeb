// What do the system calls that the instance records mean? Their arguments are numbers: what stands behind a descriptor or a pointer is
// looked up in /proc while the process still runs, so of what ends at once less is told.
import { ptraceRequests } from '../linux/ptrace.ts'
import { behind, processOf, socketInode } from '../linux/descriptors.ts'
import { peerFields, targetFields } from '../linux/process-table.ts'
import type { SocketEnds, SocketLookup } from '../linux/socket-ends.ts'
import type { Teller } from '../linux/teller.ts'
import type { RawFields } from '../raw-event.ts'
import type { Args } from './trace-line.ts'

export interface Call {
  readonly name: string
  readonly pid: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly args: Args
  readonly ret: number
}

interface Traced {
  /** Which of its calls: in the language of the kernel. */
  readonly filter?: string
  readonly tell: (call: Call, told: Told) => void
}

export interface Told {
  readonly teller: Teller
  readonly sockets: SocketLookup
}

const result = ({ name, ret }: Call): RawFields => ({
  syscall: name,
  success: ret >= 0,
  ret,
})

const S_IFIFO = 0x1000
const O_ACCMODE = 3
const reaching = Object.keys(ptraceRequests)
  .map((r) => `request == ${r}`)
  .join(' || ')

export const calls: Readonly<Record<string, Traced>> = {
  ptrace: {
    filter: reaching,
    tell(call, { teller }) {
      const request = ptraceRequests[call.args.request!]
      const target = call.args.pid!
      const object = `${request} ${target}`
      teller.tell('ptrace', call.pid, call.time, object, () => ({
        ...result(call),
        request,
        ...targetFields(teller.table, target),
      }))
    },
  },
  process_vm_readv: { tell: memory },
  process_vm_writev: { tell: memory },
  pidfd_getfd: {
    tell(call, { teller }) {
      const target = processOf(call.pid, call.args.pidfd!)
      const object = `${target} ${call.args.fd}`
      teller.tell('pidfd_getfd', call.pid, call.time, object, () => ({
        ...result(call),
        target_fd: call.args.fd,
        ...targetFields(teller.table, target),
      }))
    },
  },
  memfd_create: {
    tell(call, { teller }) {
      const path = call.ret >= 0 ? behind(call.pid, call.ret) : undefined
      const object = `${path}`
      teller.tell('memfd_create', call.pid, call.time, object, () => ({
        ...result(call),
        path,
      }))
    },
  },
  shmget: { tell: segment },
  shmat: { tell: segment },
  io_uring_setup: {
    tell(call, { teller }) {
      const { pid, time } = call
      teller.tell('io_uring_setup', pid, time, '', () => result(call))
    },
  },
  mknod: { filter: `mode & ${S_IFIFO}`, tell: made },
  mknodat: { filter: `mode & ${S_IFIFO}`, tell: made },
  connect: { tell: connected },
  accept: { tell: accepted },
  accept4: { tell: accepted },
  // Its argument is a pointer: what a process writes to is seen among its descriptors, a moment later.
  openat: { filter: `flags & ${O_ACCMODE}`, tell: opened },
}

/** Calls of which only the end is recorded. */
export const endsOnly: ReadonlySet<string> = new Set([
  'accept',
  'accept4',
  'execve',
  'execveat',
])

/** Its end does not fit to a beginning: most that end were not recorded. */
export const beginningsOnly: ReadonlySet<string> = new Set(['openat'])

function memory(call: Call, { teller }: Told): void {
  const target = call.args.pid!
  const object = `${call.name} ${target}`
  teller.tell('process_vm', call.pid, call.time, object, () => ({
    ...result(call),
    ...targetFields(teller.table, target),
  }))
}

function segment(call: Call, { teller }: Told): void {
  const { key, shmid, size, shmflg = 0 } = call.args
  const kind = call.name === 'shmget' ? 'shmget' : 'shmat'
  const asked = () =>
    kind === 'shmget'
      ? { key: (key ?? 0).toString(16), size, mode: octal(shmflg) }
      : { shmid }
  const object = `${key ?? shmid}`
  teller.tell(kind, call.pid, call.time, object, () => ({
    ...result(call),
    ...asked(),
  }))
}

const octal = (mode: number) => `0${(mode & 0o777).toString(8)}`

function made(call: Call, { teller }: Told): void {
  const mode = octal(call.args.mode ?? 0)
  // Each is another one: of which name is not known.
  const object = String(call.time)
  teller.tell('fifo_create', call.pid, call.time, object, () => ({
    ...result(call),
    mode,
  }))
}

function connected(call: Call, { teller, sockets }: Told): void {
  const { pid, time } = call
  const inode = socketInode(pid, call.args.fd!)
  if (inode === undefined) return
  sockets.held(inode, pid)
  sockets.ask(inode, (ends) => {
    if (!ends) return
    teller.tell('connect', pid, time, `${ends.path} ${ends.peerPid}`, () => ({
      ...result(call),
      ...endFields(teller, inode, ends),
    }))
  })
}

function accepted(call: Call, { sockets }: Told): void {
  const inode = call.ret >= 0 ? socketInode(call.pid, call.ret) : undefined
  if (inode !== undefined) sockets.held(inode, call.pid)
}

function endFields(teller: Teller, inode: string, ends: SocketEnds): RawFields {
  return {
    family: 'unix',
    path: ends.path,
    owner: ends.owner,
    inode,
    peer_inode: ends.peerInode,
    ...peerFields(teller.table, ends.peerPid),
  }
}

const processMemory = /^\/proc\/(\d{1,10})\/(?:task\/\d{1,10}\/)?mem$/

function opened(call: Call, { teller }: Told): void {
  const { pid, time } = call
  // The number of the descriptor is not known: the last that were opened are the highest, mostly.
  for (let fd = 3; fd < maxLooked; fd++) {
    const path = behind(pid, fd)
    if (path === undefined) continue
    const [, target] = processMemory.exec(path) ?? []
    if (target === undefined || Number(target) === pid) continue
    teller.tell('memory_open', pid, time, path, () => ({
      syscall: 'openat',
      success: true,
      path,
      access: 'write',
      ...targetFields(teller.table, Number(target)),
    }))
  }
}

/** Descriptors of a process that are looked at after an open. */
const maxLooked = 32
