// What are a new program's standard input and output? A shell that reads from a socket, or from the pipe that a
// downloader writes to, shows itself here.
import type { Value } from '../../base/record.ts'

import { derived, type Row } from '../row.ts'

// XNU, bsd/sys/proc_info.h, PROX_FDTYPE_*.
const kinds: Readonly<Record<number, string>> = {
  1: 'file',
  2: 'socket',
  3: 'shared memory',
  4: 'semaphore',
  5: 'kqueue',
  6: 'pipe',
}

/** Longest list of descriptors that is looked at, in UTF-16 units of JSON. */
const maxList = 256 * 1024

interface Descriptor {
  readonly kind: string
  readonly pipe: Value | undefined
}

/** `fds`: a list of objects, which readers hand over as JSON text. */
function descriptor(
  name: string,
  fd: number,
  what: (d: Descriptor) => Value | undefined,
): Row {
  return derived(name, ['fds'], (fds) => {
    const found = descriptorsOf(fds).get(fd)
    return found && what(found)
  })
}

export const descriptorRows: readonly Row[] = [
  descriptor('StdinType', 0, (d) => d.kind),
  descriptor('StdinPipeId', 0, (d) => d.pipe),
  descriptor('StdoutType', 1, (d) => d.kind),
  descriptor('StdoutPipeId', 1, (d) => d.pipe),
]

function descriptorsOf(value: Value | undefined): Map<number, Descriptor> {
  const found = new Map<number, Descriptor>()
  for (const item of parseList(value)) {
    if (typeof item !== 'object' || item === null) continue
    const { fd, fdtype, pipe } = item as Record<string, unknown>
    if (typeof fd !== 'number') continue
    const id = (pipe as { pipe_id?: unknown } | undefined)?.pipe_id
    found.set(fd, {
      kind: kinds[Number(fdtype)] ?? String(fdtype),
      pipe: typeof id === 'number' || typeof id === 'string' ? id : undefined,
    })
  }
  return found
}

function parseList(value: Value | undefined): readonly unknown[] {
  if (typeof value !== 'string' || value.length > maxList) return []
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
