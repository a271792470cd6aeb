// Processes by looking at /proc again and again, with `ss` for the ends of sockets: without any right, without anything compiled. What
// lasts for less than the time between two looks is not seen.
import { readFileSync } from 'node:fs'

import { listProcesses, type OpenFile } from '../linux/processes.ts'
import { streamFields, streamsOf } from '../linux/descriptors.ts'
import { peerFields, targetFields } from '../linux/process-table.ts'
import type { ProcessView } from '../linux/process-view.ts'
import { absolute, ownerOf } from '../linux/socket-ends.ts'
import { Teller } from '../linux/teller.ts'
import { listUnixSockets } from '../linux/unix-sockets.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'

/** Milliseconds between two looks, at least; and how many times as long as a look took. */
const everyMs = 1_000
const restShare = 10

export const procSnapshot: Sensor = {
  name: 'proc-snapshot',
  platform: 'linux',
  group: 'processes',
  sees: 'once a second: processes, UNIX sockets with both ends, FIFOs, files in memory, who traces whom',
  probe: (): Probe => ({
    can: true,
    detail:
      process.getuid?.() === 0
        ? '/proc'
        : '/proc; of processes of other users only that they are there',
  }),
  start: (options) => new Snapshots(options),
}

/** What was seen before, by what names it for good. */
type Seen = ReadonlySet<string>

class Snapshots implements RunningSensor {
  readonly #teller: Teller
  /** Process to its start and program. */
  #programs = new Map<number, string>()
  #things: Seen = new Set()
  #timer: NodeJS.Timeout | undefined
  #seen = 0

  constructor(options: SensorOptions) {
    this.#teller = new Teller(options)
    // What is there already is no news.
    this.#look(true)
  }

  counts(): SensorCounts {
    return { seen: this.#seen, dropped: 0 }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#look(false)
    clearTimeout(this.#timer)
    this.#teller.stop()
  }

  #look(isFirst: boolean): void {
    const began = Date.now()
    const { processes, open } = listProcesses()
    const programs = new Map<number, string>()
    for (const view of processes.values()) {
      programs.set(view.pid, `${view.startTicks} ${view.image}`)
      if (!isFirst) this.#meet(view, began)
    }
    if (!isFirst) this.#endOthers(programs, began)
    this.#programs = programs
    const things = new Set<string>()
    const first = (key: string) => {
      things.add(key)
      return !isFirst && !this.#things.has(key)
    }
    this.#lookAtFiles(open, began, first)
    this.#lookAtSockets(open, began, first)
    this.#lookAtTracers(processes, began, first)
    this.#things = things
    const rest = Math.max(everyMs, (Date.now() - began) * restShare)
    this.#timer = setTimeout(() => this.#look(false), rest)
  }

  #meet({ pid, ppid, startTicks, image }: ProcessView, time: number): void {
    const before = this.#programs.get(pid)
    if (before === `${startTicks} ${image}`) return
    this.#seen++
    if (before === undefined || !before.startsWith(`${startTicks} `)) {
      this.#teller.table.forked(ppid, pid, startTicks)
    }
    this.#teller.execed(pid, time, {}, streamFields(streamsOf(pid)))
  }

  #endOthers(there: ReadonlyMap<number, string>, time: number): void {
    for (const [pid, before] of this.#programs) {
      const now = there.get(pid)
      // Another program of the same process is no end.
      if (now?.split(' ')[0] === before.split(' ')[0]) continue
      this.#seen++
      if (now === undefined) this.#teller.exited(pid, time)
    }
  }

  #lookAtFiles(
    open: readonly OpenFile[],
    time: number,
    first: (key: string) => boolean,
  ): void {
    for (const { pid, kind, id, path, access } of open) {
      if (kind !== 'fifo' && kind !== 'memfd') continue
      if (!first(`${kind} ${pid} ${id} ${access}`)) continue
      this.#seen++
      const isFifo = kind === 'fifo'
      const object = isFifo ? `${access} ${path}` : (path ?? id)
      this.#teller.tell(
        isFifo ? 'fifo_open' : 'memfd_create',
        pid,
        time,
        object,
        () => ({ success: true, path, inode: id, ...(isFifo && { access }) }),
      )
    }
  }

  #lookAtSockets(
    open: readonly OpenFile[],
    time: number,
    first: (key: string) => boolean,
  ): void {
    const holders = new Map<string, number>()
    for (const { kind, id, pid } of open) {
      if (kind === 'socket' && !holders.has(id)) holders.set(id, pid)
    }
    const { sockets } = listUnixSockets()
    const byInode = new Map(sockets.map((s) => [s.inode, s]))
    for (const { inode, peer, path: own, isListening } of sockets) {
      // The end that has the name is the server's.
      if (isListening || own !== undefined || peer === undefined) continue
      const name = byInode.get(peer)?.path
      if (name === undefined || !first(`socket ${inode}`)) continue
      const client = holders.get(inode)
      if (client === undefined) continue
      this.#seen++
      const server = holders.get(peer)
      const path = absolute(name, server)
      this.#teller.tell('connect', client, time, `${path} ${server}`, () => ({
        success: true,
        family: 'unix',
        path,
        owner: ownerOf(path),
        inode,
        peer_inode: peer,
        ...peerFields(this.#teller.table, server),
      }))
    }
  }

  #lookAtTracers(
    processes: ReadonlyMap<number, ProcessView>,
    time: number,
    first: (key: string) => boolean,
  ): void {
    for (const { pid, ppid } of processes.values()) {
      const tracer = tracerOf(pid)
      if (!tracer || !first(`tracer ${tracer} ${pid}`)) continue
      // A parent whose child asked for it is no news.
      if (tracer === ppid) continue
      this.#seen++
      const request = 'PTRACE_ATTACH'
      this.#teller.tell('ptrace', tracer, time, `${request} ${pid}`, () => ({
        success: true,
        request,
        ...targetFields(this.#teller.table, pid),
      }))
    }
  }
}

/** 0: nobody. Source: proc_pid_status(5). */
function tracerOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^TracerPid:\s+(\d{1,10})$/m.exec(text)?.[1] ?? 0)
  } catch {
    return 0
  }
}
