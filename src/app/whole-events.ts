// The whole of some events, read once more: findings hold what rules asked, reports show the rest as well.
import type { Event } from '../event/event.ts'

import {
  type EventFields,
  eventKey,
  type Wanted,
} from '../findings/sinks/sink.ts'

import { readEvents } from './input.ts'

/** Events that are kept, and characters of all their values. */
const maxEvents = 5_000
const maxCharacters = 24 * 1024 * 1024

export async function wholeEvents(
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, EventFields>> {
  const keys = new Set(wanted.slice(0, maxEvents).map(eventKey))
  const paths = [...new Set(wanted.map((w) => outermost(w.file)))].filter(
    (p) => p !== '-',
  )
  const found = new Map<string, EventFields>()
  if (!paths.length) return found
  let room = maxCharacters
  const take = (event: Event) => {
    const key = eventKey(event.origin)
    if (!keys.has(key) || found.has(key) || room <= 0) return
    const fields = fieldsOf(event)
    room -= JSON.stringify(fields).length
    found.set(key, fields)
  }
  // The scan has said what is wrong with these files.
  const silent = { unusable() {}, problem() {}, note() {} }
  await readEvents(paths, take, silent, signal)
  return found
}

/** The file in which the record lies, whatever it lies in there. */
function outermost(file: string): string {
  return file.split('!')[0]!
}

function fieldsOf(event: Event): EventFields {
  const fields: Record<string, unknown> = {}
  for (const [i, name] of event.shape.names.entries()) {
    const value = event.value(i)
    if (value !== undefined && value !== null && value !== '')
      fields[name] = value
  }
  return fields
}
