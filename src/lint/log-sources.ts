// Is the name of a log source a known one with a typing error? Others are no fault: what a source is called is up to whoever keeps it, and
// a rule may wait for events that are told nowhere yet.
import { nearest } from '../base/did-you-mean.ts'

import type { LogSourceSelector } from '../event/log-source.ts'
import { documentCategory } from '../event/sources/document.ts'
import {
  liveCategories,
  liveSocketCategories,
} from '../event/sources/live-sensor.ts'
import { scriptCategory } from '../event/sources/script.ts'
import { windowsChannels } from '../event/sources/windows.ts'
import { knownEvents } from '../normalise/known-events.ts'

/** As in Sigma's taxonomy. */
const ofLinux =
  'auditd auth clamav cron guacamole modsecurity sshd sudo syslog vsftpd'.split(
    ' ',
  )

const known: Readonly<Record<keyof LogSourceSelector, ReadonlySet<string>>> = {
  product: new Set(['windows', 'linux', 'macos']),
  category: new Set([
    ...knownEvents.flatMap((e) => e.categories),
    ...Object.values(liveCategories).flat(),
    ...Object.values(liveSocketCategories).flatMap(Object.values<string>),
    ...[documentCategory, scriptCategory, 'ipc_edge'],
  ]),
  service: new Set([...[...windowsChannels.values()].flat(), ...ofLinux]),
}

/** One edit for so many letters: a short name is soon near another. */
const lettersAnEdit = 3
const maxEdits = 2

export interface Misnamed {
  readonly part: keyof LogSourceSelector
  readonly written: string
  readonly meant: string
}

/** Of other products than these only the product is looked at: their services have names of their own. */
export function misnamedIn(source: LogSourceSelector): Misnamed[] {
  const isForeign =
    source.product !== undefined && !known.product.has(source.product)
  return Object.entries(known).flatMap(([name, names]) => {
    const part = name as keyof LogSourceSelector
    const written = source[part]
    if (written === undefined || names.has(written)) return []
    if (isForeign && part !== 'product') return []
    const edits = Math.min(maxEdits, Math.floor(written.length / lettersAnEdit))
    const [meant] = nearest(written, names, 1, edits)
    return meant === undefined ? [] : [{ part, written, meant }]
  })
}
