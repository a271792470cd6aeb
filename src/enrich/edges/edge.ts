// Who reached whom, through what: one edge, before it is an event.
import type { Fact } from '../facts/fact.ts'
import type { Process } from '../lineage/process.ts'
import type { Judged } from '../privilege/judged.ts'

export const edgeKinds = [
  'named_pipe',
  'com',
  'office',
  'xpc',
  'unix_socket',
  'dbus',
  'fifo',
  'pipe',
  'process_access',
  'remote_thread',
  'shared_memory',
  'apple_event',
] as const

export type EdgeKind = (typeof edgeKinds)[number]

/** One end of an edge. What is not known is said, with why. */
export interface Side {
  readonly process: Process | undefined
  /** Where no process is known. */
  readonly image?: string | undefined
  readonly user?: string | undefined
  /** Where it is another host. */
  readonly address?: string | undefined
  readonly logonId?: string | undefined
  /** Where it is told by other means than the process. */
  readonly judged?: Judged | undefined
  /** How it is known, or why it is not. */
  readonly known: string
}

export interface Endpoint {
  readonly name: string
  /** The name with what varies made equal. */
  readonly template?: string | undefined
  /** What it is called: a class, a service, a bus. */
  readonly title?: string | undefined
  /** Whose it is, by account. */
  readonly owner?: string | undefined
}

export interface EdgeParts {
  readonly kind: EdgeKind
  readonly time: number
  readonly client: Side
  readonly server: Side
  readonly endpoint: Endpoint
  /** Whose starts are the server's acts, where it has others run programs for it. */
  readonly runs?: ((starter: Process, started: Process) => boolean) | undefined
  /** What was asked for: rights, a request, a member. */
  readonly action?: string | undefined
  /** Where who passes it on said so: `denied` or `granted`. */
  readonly verdict?: string | undefined
  /** Milliseconds since the server offered it. */
  readonly delayMs?: number | undefined
  /** The record that completes it, then those that it rests on besides. */
  readonly facts: readonly Fact[]
}
