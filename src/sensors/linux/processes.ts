// Which processes are there, and what do they hold open? Read from /proc; processes that end meanwhile, and those of others that may not be
// looked into, are counted.
// Source: proc(5), proc_pid_fd(5).
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { linkOf, type ProcessView, viewOf } from './process-view.ts'

export type OpenKind = 'pipe' | 'socket' | 'fifo' | 'memfd' | 'shared memory'

export interface OpenFile {
  readonly pid: number
  readonly fd: number
  readonly kind: OpenKind
  /** Inode of the pipe or the socket; of a file `device:inode`. */
  readonly id: string
  readonly path: string | undefined
  readonly access: 'read' | 'write' | 'both'
}

export interface ProcessList {
  readonly processes: ReadonlyMap<number, ProcessView>
  readonly open: readonly OpenFile[]
  /** Processes whose open files may not be seen. */
  readonly closed: number
}

/** Open files of all processes together. */
const maxOpen = 1_000_000

export function listProcesses(proc = '/proc'): ProcessList {
  const processes = new Map<number, ProcessView>()
  const open: OpenFile[] = []
  let closed = 0
  for (const name of readdirSync(proc)) {
    if (!/^\d{1,10}$/.test(name)) continue
    const view = viewOf(Number(name), proc)
    if (!view) continue
    processes.set(view.pid, view)
    const files = openOf(join(proc, name), view.pid)
    if (!files) closed++
    for (const file of files ?? []) if (open.length < maxOpen) open.push(file)
  }
  return { processes, open, closed }
}

/** undefined: it may not be looked into. */
export function openOf(folder: string, pid: number): OpenFile[] | undefined {
  const fds = join(folder, 'fd')
  try {
    return readdirSync(fds).flatMap((fd) => fileOf(folder, fds, pid, fd) ?? [])
  } catch (error) {
    // Gone meanwhile is no blindness.
    const { code } = error as NodeJS.ErrnoException
    return code === 'EACCES' || code === 'EPERM' ? undefined : []
  }
}

function fileOf(
  folder: string,
  fds: string,
  pid: number,
  fd: string,
): OpenFile | undefined {
  const path = join(fds, fd)
  const link = linkOf(path)
  if (link === undefined) return undefined
  const told = kindOf(link, path)
  if (!told) return undefined
  const access = accessOf(join(folder, 'fdinfo', fd))
  return { pid, fd: Number(fd), access, ...told }
}

function kindOf(
  link: string,
  path: string,
): Pick<OpenFile, 'kind' | 'id' | 'path'> | undefined {
  const [, kind, inode] = /^(pipe|socket):\[(\d{1,20})\]$/.exec(link) ?? []
  if (inode !== undefined) {
    return { kind: kind as 'pipe' | 'socket', id: inode, path: undefined }
  }
  const isMemory = link.startsWith('/memfd:') || link.startsWith('/dev/shm/')
  if (!isMemory && !link.startsWith('/')) return undefined
  try {
    const stats = statSync(path)
    if (!isMemory && !stats.isFIFO()) return undefined
    const kind = stats.isFIFO()
      ? 'fifo'
      : link.startsWith('/memfd:')
        ? 'memfd'
        : 'shared memory'
    return { kind, id: `${stats.dev}:${stats.ino}`, path: link }
  } catch {
    return undefined
  }
}

/** fdinfo writes the flags in octal; their last two bits say how it was opened. */
function accessOf(path: string): OpenFile['access'] {
  try {
    const flags = /^flags:\s*0?([0-7]+)/m.exec(readFileSync(path, 'utf8'))?.[1]
    const mode = Number.parseInt(flags ?? '2', 8) & 3
    return mode === 0 ? 'read' : mode === 1 ? 'write' : 'both'
  } catch {
    return 'both'
  }
}
