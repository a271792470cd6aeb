// What sensors of processes tell, in the words of the kernel: one flat object, a line of JSON each. Names that a kind does not have are
// left out. `readers/jsonl/dialects/live-sensor.ts` reads it, `normalise/live-sensor.ts` says what it means.

export type RawKind =
  | 'exec'
  | 'exit'
  | 'connect'
  | 'bind'
  | 'accept'
  | 'fifo_create'
  | 'fifo_open'
  | 'memory_open'
  | 'ptrace'
  | 'process_vm'
  | 'pidfd_getfd'
  | 'memfd_create'
  | 'shmget'
  | 'shmat'
  | 'io_uring_setup'
  | 'descriptor_pass'
  | 'bus_call'
  /** What launchd keeps; of nobody's doing. */
  | 'launch_item'
  /** What the sensor could not see: see `HealthKind`. */
  | 'health'
  /** How often something that was told came again within a second. */
  | 'repeated'

export type RawValue = string | number | boolean | readonly string[]

export type RawFields = Readonly<Record<string, RawValue | undefined>>

export interface RawEvent {
  readonly type: RawKind
  /** Milliseconds since 1970, with what the clock has of fractions. */
  readonly time: number
  /** Of whom the event is; absent of `health`. */
  readonly pid?: number
  /** Who did it: members of a JSON object, written already. */
  readonly actor?: string
  readonly fields: RawFields
}

export type HealthKind =
  | 'dropped'
  | 'sensor ended'
  | 'tracing off'
  | 'audit disabled'
  | 'audit owner changed'
  | 'audit rules removed'
  | 'log cleared'
