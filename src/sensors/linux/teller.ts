// One way out for all sensors of Linux: who did it is put beside what was done; what is not asked for, and what the sensor does itself, is
// left out; now and then the process table is set right.
import type { RawKind, RawValue } from '../raw-event.ts'
import type { SensorOptions } from '../sensor.ts'
import { actorFields, type Execed, ProcessTable } from './process-table.ts'

type Fields = Readonly<Record<string, RawValue | undefined>>

/** Milliseconds between two looks at /proc. */
const reconcileMs = 10_000
const settleMs = 250

export class Teller {
  readonly table: ProcessTable
  readonly #options: SensorOptions
  readonly #timers: NodeJS.Timeout[] = []

  constructor(options: SensorOptions) {
    this.#options = options
    this.table = new ProcessTable(options.scope)
    this.table.begin()
    const every = (ms: number, work: () => void) =>
      this.#timers.push(setInterval(work, ms))
    every(reconcileMs, () => this.table.reconcile())
    every(settleMs, () => options.emitter.settle(Date.now()))
  }

  tell(
    type: RawKind,
    pid: number,
    time: number,
    fields: Fields,
    object = '',
  ): void {
    if (pid === process.pid || !this.table.isInScope(pid)) return
    const all = { ...actorFields(this.table, pid), ...fields }
    this.#options.emitter.emit({ type, time, pid, fields: all }, object)
  }

  execed(
    pid: number,
    time: number,
    known: Execed = {},
    fields: Fields = {},
  ): void {
    const before = this.table.get(pid)?.image
    this.table.execed(pid, known)
    this.tell('exec', pid, time, { ...fields, previous_exe: before })
  }

  exited(pid: number, time: number): void {
    if (this.table.get(pid)) this.tell('exit', pid, time, {})
    this.table.exited(pid)
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#options.emitter.settle(Number.POSITIVE_INFINITY)
  }
}
