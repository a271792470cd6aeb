// macOS Endpoint Security as eslogger and products of its shape write it, under Sigma's names. The actor of an event is
// `process`; of an exec it is the new image, and what the process was before is `PreviousImage`.
import { entryOf } from '../../base/entry.ts'
import type { Shape, SourceRecord } from '../../base/record.ts'

import { type LogSource, logSource } from '../../event/log-source.ts'
import { endpointSecurityEvents } from '../../event/sources/endpoint-security.ts'

import type { ProviderNormaliser } from '../provider.ts'
import { additionsOf, alias, derived, type Row } from '../row.ts'
import { whenAndWhere } from '../when-where.ts'

import { eventRows, rowsOfEvent } from './events.ts'
import { processRows } from './process.ts'

/** Family `endpoint-security`: the id is the event's member name (`exec`, `xpc_connect`). */
export const endpointSecurity: ProviderNormaliser = {
  applies: (p) => p.family === 'endpoint-security',
  plan(shape, { id }) {
    const target = entryOf(eventRows, id)?.target
    const categories = entryOf(endpointSecurityEvents, id)?.categories
    const actor = id === 'exec' ? 'event.exec.target' : 'process'
    const executable = id === 'mmap' ? isExecutable(shape) : undefined
    const rows = [
      ...processRows(shape, actor, ''),
      ...(id === 'exec' ? previousImage : []),
      ...rowsOfEvent(id),
      ...(target ? targetRows(shape, `event.${id}.${target}`, categories) : []),
    ]
    return {
      add: additionsOf(rows, shape),
      // An event without a row belongs to no category that is known here.
      logSource: source(categories),
      ...(executable && {
        logSourceOf: (r: SourceRecord) =>
          executable(r) ? imageLoad : source([]),
      }),
      ...whenAndWhere(shape, {
        time: ['time', 'timestamp', '@timestamp'],
        host: ['hostname', 'host', 'host.name'],
      }),
    }
  },
}

const known = new Map<string, LogSource>()

function source(categories: readonly string[] | undefined): LogSource {
  const key = String(categories?.join())
  let made = known.get(key)
  if (!made) {
    made = logSource('macos', categories, ['endpointsecurity'])
    known.set(key, made)
  }
  return made
}

const imageLoad = source(['image_load'])

// A process that forks and executes has the image of its parent in between, and posix_spawn shows the same. launchd
// starts its services through xpcproxy, which is nobody's parent. `exec` without a fork is the one case where the parent
// is one step further away.
const previousImage: readonly Row[] = [
  alias('PreviousImage', 'process.executable.path'),
  derived('ParentImage', ['process.executable.path'], (image) =>
    image === '/usr/libexec/xpcproxy' ? '/sbin/launchd' : image,
  ),
]

function targetRows(
  shape: Shape,
  of: string,
  categories: readonly string[] | undefined,
): Row[] {
  const rows = processRows(shape, of, 'Target')
  if (!categories?.includes('process_access')) return rows
  const actor = processRows(shape, 'process', 'Source')
  return [...rows, ...actor.filter((row) => sourceNames.has(row.name))]
}

/** Sigma's names for the actor of a process access. */
const sourceNames = new Set([
  'SourceImage',
  'SourceProcessId',
  'SourceProcessGuid',
  'SourceUser',
])

/** PROT_EXEC (XNU, bsd/sys/mman.h). */
const protExec = 4

function isExecutable(shape: Shape): (record: SourceRecord) => boolean {
  const at = shape.indexOf('event.mmap.protection')
  return (r) => at >= 0 && (Number(r.value(at) ?? 0) & protExec) !== 0
}
