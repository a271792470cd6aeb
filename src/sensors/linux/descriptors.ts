// What is behind a descriptor of a process that still runs? Source: proc_pid_fd(5), proc_pid_fdinfo(5), pidfd_open(2).
import { readFileSync, statSync } from 'node:fs'

import { linkOf } from './process-view.ts'

/** `pipe:[12]`, `socket:[12]`, a path; undefined: it is closed, or the process is gone. */
export function behind(pid: number, fd: number): string | undefined {
  return linkOf(`/proc/${pid}/fd/${fd}`)
}

export function socketInode(pid: number, fd: number): string | undefined {
  return /^socket:\[(\d{1,20})\]$/.exec(behind(pid, fd) ?? '')?.[1]
}

/** The process that a pidfd is of. */
export function processOf(pid: number, pidfd: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/fdinfo/${pidfd}`, 'utf8')
    const [, target] = /^Pid:\s+(\d{1,10})$/m.exec(text) ?? []
    return target === undefined ? undefined : Number(target)
  } catch {
    return undefined
  }
}

export type StreamKind =
  | 'pipe'
  | 'socket'
  | 'network socket'
  | 'fifo'
  | 'file'
  | 'character device'

export interface Stream {
  readonly name: 'stdin' | 'stdout' | 'stderr'
  readonly kind: StreamKind
  readonly id: string | undefined
  /** Of a FIFO. */
  readonly path: string | undefined
}

/** What is at 0, 1 and 2 of a new program. */
export function streamsOf(pid: number): readonly Stream[] {
  return (['stdin', 'stdout', 'stderr'] as const).flatMap((name, fd) => {
    const stream = streamAt(pid, fd)
    return stream ? [{ name, ...stream }] : []
  })
}

/** `stdin_type`, `stdin_id` and so on. */
export function streamFields(
  streams: readonly Pick<Stream, 'name' | 'kind' | 'id'>[],
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    streams.flatMap(({ name, kind, id }) => [
      [`${name}_type`, kind],
      [`${name}_id`, id],
    ]),
  )
}

function streamAt(pid: number, fd: number): Omit<Stream, 'name'> | undefined {
  const link = behind(pid, fd)
  if (link === undefined) return undefined
  const [, kind, id] = /^(pipe|socket):\[(\d{1,20})\]$/.exec(link) ?? []
  if (kind === 'pipe') return { kind, id, path: undefined }
  if (id !== undefined) {
    const isNetwork = isNetworkSocket(pid, id)
    return {
      kind: isNetwork ? 'network socket' : 'socket',
      id,
      path: undefined,
    }
  }
  try {
    const stats = statSync(`/proc/${pid}/fd/${fd}`)
    if (stats.isFIFO())
      return { kind: 'fifo', id: String(stats.ino), path: link }
    const isCharacter = stats.isCharacterDevice()
    const other = isCharacter ? 'character device' : 'file'
    return { kind: other, id: undefined, path: undefined }
  } catch {
    return undefined
  }
}

/** In the network that the process is in. Source: proc_pid_net(5). */
function isNetworkSocket(pid: number, inode: string): boolean {
  return ['tcp', 'tcp6', 'udp', 'udp6'].some((table) => {
    try {
      const text = readFileSync(`/proc/${pid}/net/${table}`, 'latin1')
      return text.includes(` ${inode} `)
    } catch {
      return false
    }
  })
}
