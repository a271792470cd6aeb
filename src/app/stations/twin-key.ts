// Which events are written by two providers, and what do both say alike?
import type { Provenance, Value } from '../../base/record.ts'

import { type Event, fieldOf } from '../../event/event.ts'

export interface Twin {
  /** Equal for both. */
  readonly key: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** Sysmon tells more of a process than the Security log, so its record leads. */
  readonly leads: boolean
}

const sysmon = 'Microsoft-Windows-Sysmon'
const security = 'Microsoft-Windows-Security-Auditing'

/** A process start that both Sysmon (1) and the Security log (4688) write: host, process id and image. undefined for anything else. */
export function twinOf(event: Event): Twin | undefined {
  const p: Provenance = event.shape.provenance
  if (p.family !== 'windows') return undefined
  let pid: Value | undefined
  const leads = p.provider === sysmon
  if (p.id === '1' && leads) pid = fieldOf(event, 'ProcessId')
  else if (p.id === '4688' && p.provider === security) {
    pid = fieldOf(event, 'NewProcessId')
  } else return undefined
  const image = fieldOf(event, 'Image')
  const time = event.time()
  if (pid === undefined || typeof image !== 'string' || time === undefined) {
    return undefined
  }
  const key = `${event.host()?.toLowerCase()}\0${Number(pid)}\0${image.toLowerCase()}`
  return { key, time, leads }
}
