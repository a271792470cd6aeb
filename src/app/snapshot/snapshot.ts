// `snapshot`: the graph of what processes share on this host, now: the first question of a responder on a live host. The same fields as
// edges that are made of telemetry.
import { readdirSync } from 'node:fs'
import { hostname } from 'node:os'

import { provenance, type Value } from '../../base/record.ts'

import { madeEvent, type PlainEvent } from '../../event/made-event.ts'

import type { ProcessView } from '../../sensors/linux/process-view.ts'
import { listProcesses } from '../../sensors/linux/processes.ts'
import { listUnixSockets } from '../../sensors/linux/unix-sockets.ts'

import { EventLines } from '../stations/event-lines.ts'
import { edgesOf, type SnapshotEdge } from './edges.ts'

export interface Snapshot {
  readonly edges: readonly SnapshotEdge[]
  readonly processes: number
  /** What could not be seen, and why. */
  readonly blind: readonly string[]
}

/** Throws where this system cannot be asked. */
export function takeSnapshot(
  platform: NodeJS.Platform = process.platform,
): Snapshot {
  switch (platform) {
    case 'linux':
      return ofLinux()
    case 'win32':
      return ofWindows()
    default:
      throw new Error(
        `a snapshot of ${platform} cannot be taken yet; it can of Linux, and of the names of pipes on Windows`,
      )
  }
}

function ofLinux(): Snapshot {
  const list = listProcesses()
  const { sockets, blind } = listUnixSockets()
  const all: string[] = []
  if (blind)
    all.push(
      `UNIX sockets: who is connected with whom is not known, since ${blind}`,
    )
  if (list.closed)
    all.push(
      `${list.closed} processes of others: their open files may not be seen by this user`,
    )
  return {
    edges: edgesOf(list, sockets),
    processes: list.processes.size,
    blind: all,
  }
}

/** The names alone: whose they are, only a kernel handle tells. */
function ofWindows(): Snapshot {
  const names = readdirSync('\\\\.\\pipe\\')
  const edges = names.sort().map(
    (name): SnapshotEdge => ({
      kind: 'named_pipe',
      name: `\\${name}`,
      client: undefined,
      server: undefined,
    }),
  )
  return {
    edges,
    processes: 0,
    blind: ['named pipes: their owners and clients are not known'],
  }
}

/** One event an edge, of category `ipc_edge`. */
export function* eventsOf(
  { edges }: Snapshot,
  now: number,
): Generator<PlainEvent> {
  const host = hostname()
  let record = 0
  for (const edge of edges) {
    const fields = fieldsOf(edge)
    yield {
      names: Object.keys(fields),
      values: Object.values(fields),
      product: process.platform === 'win32' ? 'windows' : 'linux',
      category: ['ipc_edge'],
      service: undefined,
      provenance: provenance('hints', 'snapshot', '', edge.kind),
      origin: { file: 'snapshot', record: ++record, offset: 0 },
      time: now,
      host,
    }
  }
}

export function* linesOf(snapshot: Snapshot, now: number): Generator<string> {
  const lines = new EventLines(undefined)
  for (const event of eventsOf(snapshot, now))
    yield lines.line(madeEvent(event))
}

function fieldsOf({
  kind,
  name,
  client,
  server,
}: SnapshotEdge): Record<string, Value> {
  return {
    EdgeKind: kind,
    EndpointName: name,
    ...(client && sideOf('Client', client)),
    ...(server && sideOf('Server', server)),
    ...(client &&
      server && {
        UserDiffers: client.userId === server.userId ? 'no' : 'yes',
      }),
    ...(client && server && { Parentage: parentage(client, server) }),
  }
}

function sideOf(
  side: 'Client' | 'Server',
  p: ProcessView,
): Record<string, Value> {
  const told: Record<string, Value | undefined> = {
    Image: p.image,
    CommandLine: p.commandLine || undefined,
    ProcessId: p.pid,
    UserId: p.userId,
    Container: p.container,
  }
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) =>
      value === undefined ? [] : [[`${side}${name}`, value] as const],
    ),
  )
}

function parentage(client: ProcessView, server: ProcessView): string {
  if (server.ppid === client.pid) return 'client_started_server'
  if (client.ppid === server.pid) return 'server_started_client'
  return client.ppid === server.ppid ? 'siblings' : 'none'
}
