// Processes through eBPF: what the kernel itself knows of both ends, whatever ends how soon.
import { existsSync } from 'node:fs'

import { Recent } from '../../base/recent.ts'

import { missing } from '../linux/capabilities.ts'
import { KernelClock } from '../linux/clock.ts'
import { ControlGroups } from '../linux/control-groups.ts'
import { Teller } from '../linux/teller.ts'
import { native, nativeFailure } from '../native.ts'
import { everything } from '../scope.ts'
import type {
  Probe,
  RunningSensor,
  Sensor,
  SensorCounts,
  SensorOptions,
} from '../sensor.ts'
import { openLibbpf } from './library.ts'
import { KernelProgram, objectPath } from './program.ts'
import { tell } from './tell.ts'

/** Milliseconds between two looks into the rings. */
const pollMs = 5
const healthMs = 1_000
const maxRequests = 1_000
const types = '/sys/kernel/btf/vmlinux'

export const ebpf: Sensor = {
  name: 'ebpf',
  platform: 'linux',
  group: 'processes',
  sees: 'UNIX sockets with both ends, FIFOs, ptrace and memory of other processes, descriptors that are taken or passed, shared memory, io_uring, starts with arguments and streams',
  probe,
  trial,
  start(options) {
    const sensor = new Kernel(options)
    sensor.begin()
    return sensor
  },
}

function probe(): Probe {
  const lacks = (detail: string): Probe => ({ can: false, detail })
  if (objectPath() === undefined)
    return lacks(`there is no object for ${process.arch}`)
  if (!existsSync(types))
    return lacks(`this kernel does not tell its types (${types}, BTF)`)
  const lacking = missing(['bpf', 'perfmon'])
  if (lacking && missing(['sys_admin'])) return lacks(`it needs ${lacking}`)
  if (!native()) return lacks(nativeFailure())
  try {
    openLibbpf()
  } catch {
    return lacks('libbpf.so.1 is not installed (Debian: libbpf1)')
  }
  return { can: true, detail: 'raw tracepoints, through libbpf' }
}

/** Loads it, and lets go of it. */
function trial(): Probe {
  const first = probe()
  if (!first.can) return first
  try {
    const program = new KernelProgram(everything, [])
    const { refused } = program
    program.close()
    const but = refused.length ? `, without ${refused.join(', ')}` : ''
    return { can: true, detail: first.detail + but }
  } catch (error) {
    return { can: false, detail: (error as Error).message }
  }
}

class Kernel implements RunningSensor {
  readonly #options: SensorOptions
  readonly #teller: Teller
  readonly #program: KernelProgram
  readonly #clock = new KernelClock()
  readonly #groups = new ControlGroups()
  readonly #requests = new Recent<number>(maxRequests)
  readonly #timers: NodeJS.Timeout[] = []
  #counts: SensorCounts = { seen: 0, dropped: 0 }

  constructor(options: SensorOptions) {
    this.#options = options
    this.#teller = new Teller(options)
    const { table } = this.#teller
    this.#program = new KernelProgram(options.scope, table.tree)
  }

  begin(): void {
    this.#timers.push(
      setInterval(() => this.#read(), pollMs),
      setInterval(() => this.#checkHealth(), healthMs),
    )
  }

  counts(): SensorCounts {
    return this.#counts
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#read(true)
    this.#checkHealth()
    this.#teller.stop()
    this.#program.close()
  }

  #read(isLast = false): void {
    const told = {
      teller: this.#teller,
      clock: this.#clock,
      groups: this.#groups,
      requests: this.#requests,
    }
    for (const event of this.#program.read(isLast)) tell(event, told)
  }

  #checkHealth(): void {
    this.#clock.set()
    const before = this.#counts.dropped
    this.#counts = this.#program.counts()
    const { seen, dropped } = this.#counts
    const more = dropped - before
    if (more <= 0) return
    const detail = `a ring of the kernel was full; ${seen} events until now, ${dropped} of them dropped`
    this.#options.emitter.health('dropped', more, detail, Date.now())
  }
}
