// The same client that opens the same endpoint again and again is one edge with a count. An edge stays open for a while after it was
// first seen; what a side starts meanwhile is what came of it.
import { type Fact, textIn } from '../facts/fact.ts'
import type { Process } from '../lineage/process.ts'
import { keyOf } from '../lineage/process.ts'
import { privilegeOf, stepBetween } from '../privilege/privilege.ts'
import type { EdgeParts, Side } from './edge.ts'

/** Milliseconds from the first to the last that one edge counts. */
export const edgeWindowMs = 60_000
/** A start belongs to an edge that was seen no longer ago, in milliseconds. */
const outcomeMs = 30_000
/** Edges that are open at once. */
const maxOpen = 20_000
/** Edges of one process that a start is held against. */
const maxOfProcess = 8

export interface Outcome {
  readonly process: Process
  readonly by: 'client' | 'server'
  readonly delayMs: number
}

/** What the server wrote, of what is told of files. */
export interface WrittenFile {
  readonly path: string
  readonly fact: Fact
}

export interface OpenEdge {
  readonly parts: EdgeParts
  count: number
  last: number
  outcome: Outcome | undefined
  file: WrittenFile | undefined
}

export class OpenEdges {
  readonly #close: (edge: OpenEdge) => void
  readonly #open = new Map<string, OpenEdge>()
  readonly #ofProcess = new WeakMap<Process, OpenEdge[]>()
  /** Edges whose server has others run programs for it. */
  #running: OpenEdge[] = []
  /** Edges that went out early, for want of room. */
  early = 0

  /** `close` gets them in order of the time when each was first seen. */
  constructor(close: (edge: OpenEdge) => void) {
    this.#close = close
  }

  add(parts: EdgeParts): void {
    this.closeBefore(parts.time - edgeWindowMs)
    const key = identityOf(parts)
    const known = this.#open.get(key)
    if (known) {
      known.count++
      known.last = parts.time
      return
    }
    const edge: OpenEdge = {
      parts,
      count: 1,
      last: parts.time,
      outcome: undefined,
      file: undefined,
    }
    this.#open.set(key, edge)
    for (const { process } of [parts.client, parts.server]) {
      if (process) this.#remember(process, edge)
    }
    if (parts.runs) this.#running.push(edge)
    if (this.#open.size > maxOpen) {
      this.early++
      this.#closeFirst()
    }
  }

  /** What a side of an open edge started. */
  started(child: Process, time: number): void {
    const { parent } = child
    for (const edge of (parent && this.#ofProcess.get(parent)) ?? []) {
      const delayMs = time - edge.parts.time
      if (delayMs < 0 || time - edge.last > outcomeMs) continue
      const by = edge.parts.client.process === parent ? 'client' : 'server'
      take(edge, { process: child, by, delayMs })
    }
    if (parent && this.#running.length) this.#startedFor(parent, child, time)
  }

  /** By those who run programs in the server's place. */
  #startedFor(parent: Process, child: Process, time: number): void {
    this.#running = this.#running.filter((e) => time - e.last <= outcomeMs)
    for (const edge of this.#running) {
      const { runs, facts } = edge.parts
      const delayMs = time - edge.parts.time
      if (delayMs < 0 || facts[0]!.host !== child.host) continue
      if (runs!(parent, child))
        take(edge, { process: child, by: 'server', delayMs })
    }
  }

  /** What the server of an open edge wrote. */
  wrote(process: Process, fact: Fact): void {
    const path = textIn(fact, 'TargetFilename')
    for (const edge of this.#ofProcess.get(process) ?? []) {
      const { time } = fact
      const isSoon = time >= edge.parts.time && time - edge.last <= outcomeMs
      if (path && isSoon && edge.parts.server.process === process)
        edge.file ??= { path, fact }
    }
  }

  /** Milliseconds since 1970 when the oldest was first seen. */
  get first(): number {
    for (const edge of this.#open.values()) return edge.parts.time
    return Number.POSITIVE_INFINITY
  }

  closeBefore(time: number): void {
    while (this.first < time) this.#closeFirst()
  }

  #closeFirst(): void {
    for (const [key, edge] of this.#open) {
      this.#open.delete(key)
      this.#close(edge)
      return
    }
  }

  #remember(process: Process, edge: OpenEdge): void {
    const before = this.#ofProcess.get(process) ?? []
    this.#ofProcess.set(process, [...before, edge].slice(-maxOfProcess))
  }
}

function take(edge: OpenEdge, next: Outcome): void {
  if (!edge.outcome || isAbove(next, edge.outcome)) edge.outcome = next
}

function isAbove(a: Outcome, b: Outcome): boolean {
  const [x, y] = [privilegeOf(a.process), privilegeOf(b.process)]
  return stepBetween(y.privilege, x.privilege) === 'up'
}

export function identityOf({ kind, client, server, endpoint }: EdgeParts) {
  const place = endpoint.template ?? endpoint.name
  return [kind, sideKey(client), place, sideKey(server)].join('\0')
}

function sideKey({ process, image, user, address, logonId }: Side): string {
  if (process) return keyOf(process)
  return [image, user, address, logonId].join('\0')
}
