// One way out for all sensors of Linux: who did it is put beside what was done; what is not asked for, and what the sensor does itself, is
// left out; now and then the process table is set right.
import type { RawFields, RawKind } from '../raw-event.ts'
import type { SensorOptions } from '../sensor.ts'
import { actorMembers, type Execed, ProcessTable } from './process-table.ts'

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

  /** `object`: what it was done to. `fields` are put together only for what is told. */
  tell(
    type: RawKind,
    pid: number,
    time: number,
    object: string,
    fields: () => RawFields,
  ): void {
    if (pid === process.pid || !this.table.isInScope(pid)) return
    const { emitter } = this.#options
    if (emitter.isRepeated(type, pid, time, object)) return
    const actor = actorMembers(this.table, pid)
    emitter.emit({ type, time, pid, actor, fields: fields() })
  }

  execed(
    pid: number,
    time: number,
    known: Execed = {},
    fields: RawFields = {},
  ): void {
    const before = this.table.imageOf(pid)
    this.table.execed(pid, known)
    this.tell('exec', pid, time, '', () => ({
      ...fields,
      previous_exe: before,
    }))
  }

  exited(pid: number, time: number): void {
    if (this.table.get(pid)) this.tell('exit', pid, time, '', () => ({}))
    this.table.exited(pid)
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#options.emitter.settle(Number.POSITIVE_INFINITY)
  }
}
