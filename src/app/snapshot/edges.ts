// Who is connected with whom, through what, now: the ends of pipes, FIFOs, sockets and shared memory, joined by what the kernel calls
// them. One edge for two processes and one endpoint, however many descriptors they share.
import type { ProcessView } from '../../sensors/linux/process-view.ts'
import type { OpenFile, ProcessList } from '../../sensors/linux/processes.ts'
import type { UnixSocket } from '../../sensors/linux/unix-sockets.ts'

export type SnapshotKind =
  | 'unix_socket'
  | 'pipe'
  | 'fifo'
  | 'shared_memory'
  | 'named_pipe'

export interface SnapshotEdge {
  readonly kind: SnapshotKind
  /** The path, or what the kernel calls it. */
  readonly name: string
  /** Who writes, or connected; undefined: nobody that can be seen. */
  readonly client: ProcessView | undefined
  /** Who reads, or listens. */
  readonly server: ProcessView | undefined
}

/** Processes that are joined through one endpoint: each with each. */
const maxHolders = 64

export function edgesOf(
  list: ProcessList,
  sockets: readonly UnixSocket[],
): SnapshotEdge[] {
  const edges = new Map<string, SnapshotEdge>()
  const add = (edge: SnapshotEdge) => {
    const { kind, name, client, server } = edge
    if (client && client === server) return
    edges.set(`${kind} ${name} ${client?.pid} ${server?.pid}`, edge)
  }
  ofFiles(list, add)
  ofSockets(list, sockets, add)
  return [...edges.values()].sort(byName)
}

function byName(a: SnapshotEdge, b: SnapshotEdge): number {
  const [x, y] = [`${a.kind} ${a.name}`, `${b.kind} ${b.name}`]
  if (x !== y) return x < y ? -1 : 1
  return (
    (a.client?.pid ?? 0) - (b.client?.pid ?? 0) ||
    (a.server?.pid ?? 0) - (b.server?.pid ?? 0)
  )
}

const kindOfFile: Readonly<Partial<Record<OpenFile['kind'], SnapshotKind>>> = {
  pipe: 'pipe',
  fifo: 'fifo',
  memfd: 'shared_memory',
  'shared memory': 'shared_memory',
}

function ofFiles(
  { processes, open }: ProcessList,
  add: (edge: SnapshotEdge) => void,
): void {
  const byId = new Map<string, OpenFile[]>()
  for (const file of open) {
    if (file.kind === 'socket') continue
    const key = `${file.kind} ${file.id}`
    const files = byId.get(key)
    if (files) files.push(file)
    else byId.set(key, [file])
  }
  for (const files of byId.values()) {
    const [first] = files
    const kind = kindOfFile[first!.kind]!
    const name = first!.path ?? `pipe:[${first!.id}]`
    const writers = holders(files, 'write', processes)
    const readers = holders(files, 'read', processes)
    for (const client of writers) {
      for (const server of readers) {
        // Of shared memory nobody is the client: one edge for two.
        const isTwice =
          kind === 'shared_memory' &&
          client.pid > server.pid &&
          writers.has(server)
        if (!isTwice) add({ kind, name, client, server })
      }
    }
    if (kind !== 'pipe' && (!writers.size || !readers.size)) {
      for (const client of writers)
        add({ kind, name, client, server: undefined })
      for (const server of readers)
        add({ kind, name, client: undefined, server })
    }
  }
}

function holders(
  files: readonly OpenFile[],
  way: 'read' | 'write',
  processes: ReadonlyMap<number, ProcessView>,
): ReadonlySet<ProcessView> {
  const all = new Set<ProcessView>()
  for (const { access, pid } of files) {
    const process = processes.get(pid)
    const does = access === way || access === 'both'
    if (does && process && all.size < maxHolders) all.add(process)
  }
  return all
}

function ofSockets(
  { processes, open }: ProcessList,
  sockets: readonly UnixSocket[],
  add: (edge: SnapshotEdge) => void,
): void {
  const holderOf = new Map<string, ProcessView>()
  for (const { kind, id, pid } of open) {
    const process = processes.get(pid)
    if (kind === 'socket' && process && !holderOf.has(id))
      holderOf.set(id, process)
  }
  const byInode = new Map(sockets.map((s) => [s.inode, s]))
  for (const socket of sockets) {
    const own = holderOf.get(socket.inode)
    if (socket.isListening) {
      const name = socket.path ?? `socket:[${socket.inode}]`
      if (own)
        add({ kind: 'unix_socket', name, client: undefined, server: own })
      continue
    }
    const peer =
      socket.peer === undefined ? undefined : byInode.get(socket.peer)
    // Who has the name was connected to; of two without one, each pair is told once.
    const isServer =
      socket.path !== undefined ||
      (peer?.path === undefined && Number(socket.inode) < Number(peer?.inode))
    if (!peer || !isServer) continue
    const name = socket.path ?? `socket:[${socket.inode}]`
    const client = holderOf.get(peer.inode)
    if (own || client) add({ kind: 'unix_socket', name, client, server: own })
  }
}
