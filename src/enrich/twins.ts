// Which events are one process start, written by two providers? Who writes starts, and whose record leads, the providers'
// tables say.
import type { Provenance } from '../base/record.ts'

import { type Event, fieldOf } from '../event/event.ts'
import { kindOf } from '../event/sources/kinds.ts'
import type { EventKind } from '../event/sources/source.ts'

import { hostName } from './host-name.ts'

export interface Twin {
  /** Host and image; equal for both. */
  readonly key: string
  /** undefined where the record does not tell it. */
  readonly pid: number | undefined
  readonly commandLine: string | undefined
  /** Milliseconds since 1970. */
  readonly time: number
  /** The record tells more of the process than others, so a finding begins with it. */
  readonly leads: boolean
}

/** Two providers write the same start within this time. */
const gapMs = 2_000
/** What a time of whole seconds may be off besides. */
const secondMs = 1_000

/** Starts farther apart are two. */
export const maxTwinGapMs: number = gapMs + secondMs

const starts = new WeakMap<Provenance, { readonly is: EventKind['start'] }>()

/** What the tables say of a provenance, looked up once. */
function startOf(p: Provenance): EventKind['start'] {
  let known = starts.get(p)
  if (!known) {
    known = { is: kindOf(p)?.start }
    starts.set(p, known)
  }
  return known.is
}

/** undefined for anything but a start that another provider may write too. */
export function twinOf(event: Event): Twin | undefined {
  const start = startOf(event.shape.provenance)
  if (!start) return undefined
  const image = fieldOf(event, 'Image')
  const time = event.time()
  if (typeof image !== 'string' || time === undefined) return undefined
  const pid = fieldOf(event, 'StartedProcessId')
  const commandLine = fieldOf(event, 'CommandLine')
  return {
    key: `${hostName(event.host())}\0${image.toLowerCase()}`,
    pid: typeof pid === 'number' ? pid : undefined,
    commandLine:
      typeof commandLine === 'string' && commandLine.trim()
        ? commandLine.trim().toLowerCase()
        : undefined,
    time,
    leads: start === 'leads',
  }
}

/** Could two of one key be the same start? A process id tells, and where one has none the command line. */
export function isTwin(a: Twin, b: Twin): boolean {
  const isWhole = a.time % secondMs === 0 || b.time % secondMs === 0
  const gap = isWhole ? maxTwinGapMs : gapMs
  if (a.leads === b.leads || Math.abs(a.time - b.time) > gap) return false
  if (a.pid !== undefined && b.pid !== undefined) return a.pid === b.pid
  if (a.commandLine === undefined || b.commandLine === undefined) return true
  return a.commandLine === b.commandLine
}
