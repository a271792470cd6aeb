// What makes edges: a file for each kind, told of facts in order of time. What a fact says of tables is noted at once; what needs the
// other side acts a little later, since clocks differ and the other side may be told of after it.
import type { Fact, FactName } from '../facts/fact.ts'
import type { Processes } from '../lineage/processes.ts'
import type { Process } from '../lineage/process.ts'
import type { EdgeKind, EdgeParts } from './edge.ts'
import type { Sessions } from './sessions.ts'

export interface EdgeContext {
  readonly processes: Processes
  readonly sessions: Sessions
  edge(parts: EdgeParts): void
}

export interface EdgeMaker {
  readonly kinds: readonly EdgeKind[]
  readonly needs: readonly FactName[]
  /** `process`: who acted. */
  note?(fact: Fact, process: Process | undefined): void
  act?(fact: Fact, process: Process | undefined): void
}

export type OpenMaker = (context: EdgeContext) => EdgeMaker
