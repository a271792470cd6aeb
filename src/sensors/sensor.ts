// What a sensor is: something that tells what happens on this host while it happens. Each runs in a process of its own, which holds the
// rights that it needs and no others, and writes lines; so a fault of one, or of the kernel's side of it, ends neither the others nor the
// engine.
import type { RulesAsked } from './audit/rules.ts'
import type { Emitter } from './emitter.ts'
import type { Scope } from './scope.ts'

/** Can it run here, now, with the rights of this process? */
export interface Probe {
  readonly can: boolean
  /** By what means; or what is missing. */
  readonly detail: string
  /** It was built for a system on which nobody has seen it run. */
  readonly isUnproven?: true
}

export interface SensorOptions {
  readonly scope: Scope
  readonly emitter: Emitter
  /** Applied for its time, by the sensor that has such. */
  readonly auditRules?: RulesAsked
  /** Of the event log; for sensors that follow channels. */
  readonly channels?: readonly string[]
  /** The file that says how far another run was. */
  readonly positions?: string
  /** It goes on, and somebody should know. */
  readonly warn?: (message: string) => void
  /** It cannot go on. */
  readonly failed: (why: string) => void
}

export interface SensorCounts {
  /** Events that the system's side told of. */
  readonly seen: number
  /** Events that it told of and that were lost for want of room. */
  readonly dropped: number
}

export interface RunningSensor {
  counts(): SensorCounts
  /** Leaves nothing behind. */
  stop(): void | Promise<void>
}

export interface Sensor {
  readonly name: string
  readonly platform: NodeJS.Platform
  /** For people: what it tells of. */
  readonly sees: string
  /** Those that tell of the same: the first of them that can run is taken. Absent: it stands for itself. */
  readonly group?: 'processes' | 'event-log'
  /** It is given what rules ask for, and says how far it was. */
  readonly follows?: 'channels'
  /** Not where nobody named it: it tells again what others tell. */
  readonly onlyNamed?: true
  probe(): Probe
  /** As `probe`, by doing it: what only the kernel can say. For people who ask. */
  trial?(): Probe
  /** Throws where it cannot. */
  start(options: SensorOptions): RunningSensor | Promise<RunningSensor>
}
