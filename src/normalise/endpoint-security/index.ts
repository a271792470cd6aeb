// macOS Endpoint Security as eslogger and products of its shape write it, under Sigma's names. The actor of an event is
// `process`; of an exec it is the new image, and what the process was before is `PreviousImage`.
import { entryOf } from '../../base/entry.ts'
import type { Shape, SourceRecord } from '../../base/record.ts'

import { type LogSource, logSource } from '../../event/log-source.ts'
import { endpointSecurityEvents } from '../../event/sources/endpoint-security.ts'

import type { Addition, ProviderNormaliser } from '../provider.ts'
import { firstText, firstTime } from '../read-first.ts'

import { eventRows, rowAdditions } from './events.ts'
import { processAdditions, fieldAt } from './process.ts'

export const endpointSecurity: ProviderNormaliser = {
  applies: (p) => p.family === 'endpoint-security',
  plan(shape, { id }) {
    const row = entryOf(eventRows, id)
    const categories = entryOf(endpointSecurityEvents, id)?.categories
    const time = firstTime(shape, ['time', 'timestamp', '@timestamp'])
    const host = firstText(shape, ['hostname', 'host', 'host.name', 'computer'])
    const actor = id === 'exec' ? 'event.exec.target' : 'process'
    const executable = id === 'mmap' ? isExecutable(shape) : undefined
    return {
      add: [
        ...processAdditions(shape, { of: actor, as: '' }),
        ...(id === 'exec' ? previousImage(shape) : []),
        ...(row ? rowAdditions(shape, id, row) : []),
        ...(row?.target
          ? targetAdditions(shape, `event.${id}.${row.target}`, categories)
          : []),
      ],
      // An event without a row belongs to no category that is known here.
      logSource: source(categories),
      ...(executable && {
        logSourceOf: (r: SourceRecord) =>
          executable(r) ? imageLoad : source([]),
      }),
      ...(time && { time }),
      ...(host && { host }),
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
function previousImage(shape: Shape): Addition[] {
  const image = fieldAt(shape, 'process.executable.path')
  return [
    { name: 'PreviousImage', from: 'process.executable.path' },
    {
      name: 'ParentImage',
      from: (r) =>
        image(r) === '/usr/libexec/xpcproxy' ? '/sbin/launchd' : image(r),
    },
  ]
}

function targetAdditions(
  shape: Shape,
  of: string,
  categories: readonly string[] | undefined,
): Addition[] {
  const additions = processAdditions(shape, { of, as: 'Target' })
  if (!categories?.includes('process_access')) return additions
  const actor = processAdditions(shape, { of: 'process', as: 'Source' })
  return [...additions, ...actor.filter((a) => sourceNames.has(a.name))]
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
  const protection = fieldAt(shape, 'event.mmap.protection')
  return (r) => (Number(protection(r) ?? 0) & protExec) !== 0
}
