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
/** Of their texts, in bytes as they are charged. */
const maxOpenBytes = 24 * 1024 * 1024
/** Places of edges that are closed, kept before they are let go of. */
const maxClosed = 4_096
/** Edges whose server has others run programs: the last that a start is held against. */
const maxRunning = 256
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
  readonly key: string
  readonly parts: EdgeParts
  count: number
  last: number
  outcome: Outcome | undefined
  file: WrittenFile | undefined
  /** What it was charged. */
  bytes: number
}

export interface EdgeListener {
  /** In order of the time when each was first seen. */
  closed(edge: OpenEdge): void
  /** It is open now, or more is known of it. */
  changed?(edge: OpenEdge): void
}

export class OpenEdges {
  readonly #listener: EdgeListener
  readonly #open = new Map<string, OpenEdge>()
  /** As they were opened; those before `#from` are closed. */
  #queue: (OpenEdge | undefined)[] = []
  #from = 0
  #bytes = 0
  readonly #ofProcess = new Map<Process, OpenEdge[]>()
  /** Edges whose server has others run programs for it. */
  #running: OpenEdge[] = []
  /** Edges that went out, or were held against no more starts, early: for want of room. */
  early = 0

  constructor(listener: EdgeListener) {
    this.#listener = listener
  }

  add(parts: EdgeParts): void {
    this.closeBefore(parts.time - edgeWindowMs)
    const key = keyOfOpen(parts)
    const known = this.#open.get(key)
    if (known) {
      known.count++
      known.last = parts.time
      return
    }
    const edge: OpenEdge = {
      key,
      parts,
      count: 1,
      last: parts.time,
      outcome: undefined,
      file: undefined,
      bytes: key.length + unitsOfParts(parts),
    }
    this.#open.set(key, edge)
    this.#bytes += edge.bytes
    this.#queue.push(edge)
    const [client, server] = [parts.client.process, parts.server.process]
    if (client) this.#remember(client, edge)
    if (server) this.#remember(server, edge)
    if (parts.runs) this.#running.push(edge)
    if (this.#running.length > maxRunning) {
      this.#running.shift()
      this.early++
    }
    this.#listener.changed?.(edge)
    this.#makeRoom()
  }

  #makeRoom(): void {
    while (this.#open.size > maxOpen || this.#bytes > maxOpenBytes) {
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
      this.#take(edge, { process: child, by, delayMs })
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
        this.#take(edge, { process: child, by: 'server', delayMs })
    }
  }

  #take(edge: OpenEdge, next: Outcome): void {
    if (edge.outcome && !isAbove(next, edge.outcome)) return
    const units = next.process.units - (edge.outcome?.process.units ?? 0)
    edge.outcome = next
    edge.bytes += units
    this.#bytes += units
    this.#listener.changed?.(edge)
  }

  /** What the server of an open edge wrote. */
  wrote(process: Process, fact: Fact): void {
    const path = textIn(fact, 'TargetFilename')
    for (const edge of this.#ofProcess.get(process) ?? []) {
      const { time } = fact
      const isSoon = time >= edge.parts.time && time - edge.last <= outcomeMs
      const isServer = edge.parts.server.process === process
      if (!path || !isSoon || !isServer || edge.file) continue
      edge.file = { path, fact }
      edge.bytes += fact.units
      this.#bytes += fact.units
      this.#listener.changed?.(edge)
    }
    this.#makeRoom()
  }

  /** Milliseconds since 1970 when the oldest was first seen. */
  get first(): number {
    return this.#queue[this.#from]?.parts.time ?? Number.POSITIVE_INFINITY
  }

  closeBefore(time: number): void {
    while (this.first < time) this.#closeFirst()
  }

  #closeFirst(): void {
    const edge = this.#queue[this.#from]
    if (!edge) return
    // What is closed is let go of, and now and then its place.
    this.#queue[this.#from++] = undefined
    if (this.#from > maxClosed) {
      this.#queue = this.#queue.slice(this.#from)
      this.#from = 0
    }
    this.#open.delete(edge.key)
    this.#bytes -= edge.bytes
    const { client, server } = edge.parts
    if (client.process) this.#forget(client.process, edge)
    if (server.process) this.#forget(server.process, edge)
    this.#listener.closed(edge)
  }

  #remember(process: Process, edge: OpenEdge): void {
    const before = this.#ofProcess.get(process)
    if (!before) {
      this.#ofProcess.set(process, [edge])
      return
    }
    if (before.length >= maxOfProcess) before.shift()
    before.push(edge)
  }

  #forget(process: Process, edge: OpenEdge): void {
    const edges = this.#ofProcess.get(process)
    const at = edges?.indexOf(edge) ?? -1
    if (!edges || at < 0) return
    if (edges.length === 1) this.#ofProcess.delete(process)
    else edges.splice(at, 1)
  }
}

function unitsOfParts({ facts, client, server }: EdgeParts): number {
  let units = (client.process?.units ?? 0) + (server.process?.units ?? 0)
  for (const fact of facts) units += fact.units
  return units
}

function isAbove(a: Outcome, b: Outcome): boolean {
  const [x, y] = [privilegeOf(a.process), privilegeOf(b.process)]
  return stepBetween(y.privilege, x.privilege) === 'up'
}

/** In this run: processes by their numbers. */
function keyOfOpen({ kind, client, server, endpoint }: EdgeParts): string {
  const place = endpoint.template ?? endpoint.name
  return `${kind}\0${client.process?.number ?? sideKey(client)}\0${place}\0${server.process?.number ?? sideKey(server)}`
}

/** In every run. */
export function identityOf({ kind, client, server, endpoint }: EdgeParts) {
  const place = endpoint.template ?? endpoint.name
  return [kind, sideKey(client), place, sideKey(server)].join('\0')
}

function sideKey({ process, image, user, address, logonId }: Side): string {
  if (process) return keyOf(process)
  return [image, user, address, logonId].join('\0')
}
