// Processes through the kernel's process connector: starts, ends, and who traces whom. The least of the sensors, and one that most kernels and
// containers of the host's network allow.
import { KernelClock } from '../linux/clock.ts'
import { missing } from '../linux/capabilities.ts'
import { streamFields, streamsOf } from '../linux/descriptors.ts'
import { Netlink } from '../linux/netlink.ts'
import { targetFields } from '../linux/process-table.ts'
import { Teller } from '../linux/teller.ts'
import { native, nativeFailure } from '../native.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import {
  listenRequest,
  type ProcessMessage,
  processMessage,
} from './messages.ts'

const NETLINK_CONNECTOR = 11
const CN_IDX_PROC = 1
/** Milliseconds between two looks: what starts is looked at in /proc. */
const pollMs = 2
const healthMs = 1_000

export const procConnector: Sensor = {
  name: 'proc-connector',
  platform: 'linux',
  group: 'processes',
  sees: 'starts with their streams, ends, and who traces whom',
  probe,
  start: (options) => new Connector(options),
}

function probe(): Probe {
  const lacking = missing(['net_admin'])
  if (lacking) return { can: false, detail: `it needs ${lacking}` }
  if (!native()) return { can: false, detail: nativeFailure() }
  return { can: true, detail: 'through netlink' }
}

class Connector implements RunningSensor {
  readonly #options: SensorOptions
  readonly #teller: Teller
  readonly #clock = new KernelClock()
  readonly #socket = new Netlink(NETLINK_CONNECTOR, CN_IDX_PROC)
  readonly #timers: NodeJS.Timeout[]
  #seen = 0
  #gaps = 0

  constructor(options: SensorOptions) {
    this.#options = options
    this.#teller = new Teller(options)
    this.#socket.send(listenRequest())
    this.#timers = [
      setInterval(() => this.#read(), pollMs),
      setInterval(() => this.#clock.set(), healthMs),
    ]
  }

  counts(): SensorCounts {
    return { seen: this.#seen, dropped: this.#gaps }
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#read()
    this.#teller.stop()
    this.#socket.close()
  }

  #read(): void {
    const { datagrams, isLossy } = this.#socket.read()
    for (const datagram of datagrams) {
      const message = processMessage(datagram)
      if (!message) continue
      this.#seen++
      this.#meet(message.what, this.#clock.ofNanoseconds(message.time))
    }
    if (!isLossy) return
    this.#gaps++
    const why = 'the socket of the sensor was full, how often is not known'
    this.#options.emitter.health('dropped', 1, why, Date.now())
    this.#teller.table.reconcile()
  }

  #meet(what: ProcessMessage, time: number): void {
    const { pid, kind } = what
    switch (kind) {
      case 'fork':
        this.#teller.table.forked(pid, what.child)
        return
      case 'exec':
        this.#teller.execed(pid, time, {}, streamFields(streamsOf(pid)))
        return
      case 'exit':
        this.#teller.exited(pid, time)
        return
      case 'ptrace': {
        const { tracer } = what
        if (tracer === 0) return
        // Whether it was attached to or asked for it is not told: a parent whose child asked is no news.
        if (this.#teller.table.get(pid)?.ppid === tracer) return
        const request = 'PTRACE_ATTACH'
        this.#teller.tell('ptrace', tracer, time, `${request} ${pid}`, () => ({
          syscall: 'ptrace',
          success: true,
          request,
          ...targetFields(this.#teller.table, pid),
        }))
      }
    }
  }
}
