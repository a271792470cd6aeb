// Processes through tracefs: nothing is compiled and nothing is loaded. An instance of its own records starts, forks, ends and the system
// calls by which processes reach each other.
import { Recent } from '../../base/recent.ts'

import { KernelClock } from '../linux/clock.ts'
import { streamFields, streamsOf } from '../linux/descriptors.ts'
import { absolute, SocketLookup } from '../linux/socket-ends.ts'
import { Teller } from '../linux/teller.ts'
import type {
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import { type Args, readTraceLine, type TraceLine } from './trace-line.ts'
import { beginningsOnly, type Call, calls, endsOnly } from './calls.ts'
import { TraceInstance } from './instance.ts'
import { openTracefs, probeTracefs } from './mount.ts'

/** Milliseconds between two looks into the ring: while something happens, since what ends soon is to be looked at in /proc; and else. */
const busyMs = 1
const idleMs = 8
/** Milliseconds after the last event. */
const busyForMs = 200
/** No path with a line break: in text it could forge events. What starts so is told of without its path. */
const oneLine = '!(filename ~ "*\n*")'
const healthMs = 1_000
/** Calls that began and have not ended. */
const maxOpen = 10_000

export const tracefs: Sensor = {
  name: 'tracefs',
  platform: 'linux',
  group: 'processes',
  sees: 'starts with their streams, ptrace and memory of other processes, UNIX sockets with both ends, shared memory',
  probe: probeTracefs,
  start(options) {
    const sensor = new Tracing(options, new TraceInstance(openTracefs()))
    sensor.begin()
    return sensor
  },
}

class Tracing implements RunningSensor {
  readonly #options: SensorOptions
  readonly #instance: TraceInstance
  readonly #teller: Teller
  readonly #sockets = new SocketLookup()
  readonly #clock = new KernelClock()
  /** By thread: the call that it is in. */
  readonly #open = new Recent<{ readonly name: string; readonly args: Args }>(
    maxOpen,
  )
  readonly #timers: NodeJS.Timeout[] = []
  #rest = ''
  #seen = 0
  #overrun = 0
  #wasOn = true
  #lastSeen = 0
  #isStopped = false
  /** By thread: the program that it is about to be. */
  readonly #paths = new Recent<string>(maxOpen)

  constructor(options: SensorOptions, instance: TraceInstance) {
    this.#options = options
    this.#instance = instance
    this.#teller = new Teller(options)
  }

  begin(): void {
    const { scope } = this.#options
    const i = this.#instance
    // Children of a process that is in scope are in scope, the kernel takes care.
    if (scope.kind === 'tree') {
      i.write('options/event-fork', '1')
      i.write('set_event_pid', String(scope.pid))
    }
    for (const event of ['sched_process_fork', 'sched_process_exit'])
      i.enable(`sched/${event}`)
    i.enable('sched/sched_process_exec', oneLine)
    for (const call of ['execve', 'execveat'])
      i.enable(`syscalls/sys_exit_${call}`)
    for (const [call, { filter }] of Object.entries(calls)) {
      if (!endsOnly.has(call)) i.enable(`syscalls/sys_enter_${call}`, filter)
      if (!beginningsOnly.has(call)) i.enable(`syscalls/sys_exit_${call}`)
    }
    i.begin()
    this.#timers.push(
      setInterval(() => this.#try(() => this.#checkHealth()), healthMs),
    )
    this.#poll()
  }

  #poll(): void {
    if (this.#isStopped) return
    const before = this.#seen
    this.#try(() => this.#read())
    const now = Date.now()
    if (this.#seen > before) this.#lastSeen = now
    const isBusy = now - this.#lastSeen < busyForMs
    setTimeout(() => this.#poll(), isBusy ? busyMs : idleMs)
  }

  counts(): SensorCounts {
    return { seen: this.#seen, dropped: this.#overrun }
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    for (const timer of this.#timers) clearInterval(timer)
    this.#try(() => this.#read())
    this.#sockets.settle()
    this.#teller.stop()
    await this.#instance.remove()
  }

  #try(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#options.failed((error as Error).message)
    }
  }

  #read(): void {
    for (let text = this.#instance.read(); text; text = this.#instance.read()) {
      const lines = (this.#rest + text).split('\n')
      this.#rest = lines.pop()!
      for (const line of lines) {
        const told = readTraceLine(line)
        if (told) this.#meet(told)
      }
    }
  }

  #meet({ tid, pid: known, name, time: seconds, what }: TraceLine): void {
    this.#seen++
    const pid = known ?? tid
    const time = this.#clock.ofSeconds(seconds)
    switch (what.kind) {
      case 'fork':
        this.#teller.table.forked(pid, what.child)
        return
      case 'exec':
        this.#paths.set(String(pid), what.path)
        return
      case 'end':
        // Threads end too: only the process is told of.
        if (tid === pid) this.#teller.exited(pid, time)
        return
      case 'enter':
        if (beginningsOnly.has(what.call)) {
          this.#tell({ name: what.call, pid, time, args: what.args, ret: 0 })
          return
        }
        this.#open.set(String(tid), { name: what.call, args: what.args })
        return
      case 'exit':
        if (what.call !== 'execve' && what.call !== 'execveat')
          this.#ended(tid, pid, time, what.call, what.ret)
        else if (what.ret === 0) this.#execed(pid, time, name)
        return
      case 'lost':
        return
    }
  }

  #ended(
    tid: number,
    pid: number,
    time: number,
    name: string,
    ret: number,
  ): void {
    const open = this.#open.get(String(tid))
    if (open) this.#open.delete(String(tid))
    const fits = open?.name === name
    // Where a filter let no beginning through, the end says nothing.
    if (!fits && !endsOnly.has(name)) return
    this.#tell({ name, pid, time, args: fits ? open.args : {}, ret })
  }

  /** Where it ended before it could be looked at, what the kernel said of it is left. */
  #execed(pid: number, time: number, name: string): void {
    const path = this.#paths.get(String(pid))
    this.#paths.delete(String(pid))
    const streams = streamsOf(pid)
    const at = this.#teller.table.get(pid)?.ppid
    const unseen = { name, image: imageOf(path, name, [pid, at ?? pid]) }
    this.#teller.execed(pid, time, { unseen }, streamFields(streams))
    for (const { kind, name, id, path } of streams) {
      if (kind !== 'fifo') continue
      const access = name === 'stdin' ? 'read' : 'write'
      const fields = { path, access, inode: id, success: true }
      const object = `${access} ${path}`
      this.#teller.tell('fifo_open', pid, time, object, () => fields)
    }
  }

  #tell(call: Call): void {
    if (!this.#teller.table.isInScope(call.pid)) return
    const told = { teller: this.#teller, sockets: this.#sockets }
    calls[call.name]?.tell(call, told)
  }

  #checkHealth(): void {
    this.#clock.set()
    const { emitter } = this.#options
    const overrun = this.#instance.overrun
    const more = overrun - this.#overrun
    this.#overrun = overrun
    if (more > 0) {
      const why = 'the ring of the kernel was full'
      emitter.health('dropped', more, why, Date.now())
    }
    const { isOn } = this.#instance
    if (this.#wasOn && !isOn) {
      const why = 'somebody switched tracing off'
      emitter.health('tracing off', 1, why, Date.now())
    }
    this.#wasOn = isOn
  }
}

/** As /proc calls it: absolute, and by what a descriptor leads to where that is a file in memory. */
function imageOf(
  path: string | undefined,
  name: string,
  pids: readonly number[],
): string | undefined {
  if (path === undefined || /^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path)) {
    return name.startsWith('memfd:') ? `/${name} (deleted)` : path
  }
  return pids.reduce((at, pid) => absolute(at, pid), path)
}
