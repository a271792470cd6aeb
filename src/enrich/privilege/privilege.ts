// What may a process do on its host? Five answers and `unknown`, each with the reason: what was seen that says so.
import type { Process } from '../lineage/process.ts'
import type { Judged } from './judged.ts'
import { unixPrivilege } from './unix.ts'
import { windowsPrivilege } from './windows.ts'

export const unknownPrivilege: Judged = {
  privilege: 'unknown',
  reason: 'the recording tells neither its account nor its integrity',
}

/** Services may impersonate, administrators may become system: neither is above the other. */
const ranks = { low: 0, user: 1, high: 2, service: 2, system: 3 } as const

export type Step = 'up' | 'down' | 'same' | 'unknown'

/** From the client to the server. */
export function stepBetween(
  from: Judged['privilege'],
  to: Judged['privilege'],
): Step {
  if (from === 'unknown' || to === 'unknown') return 'unknown'
  const difference = ranks[to] - ranks[from]
  return difference > 0 ? 'up' : difference < 0 ? 'down' : 'same'
}

export function privilegeOf(p: Process | undefined): Judged {
  if (!p) return unknownPrivilege
  const own = p.product === 'windows' ? windowsPrivilege(p) : unixPrivilege(p)
  return own ?? inherited(p) ?? unknownPrivilege
}

/** Who has no more than a user's rights starts programs that have no more; what starts from above may have less. */
function inherited({ parent }: Process): Judged | undefined {
  if (!parent) return undefined
  const own =
    parent.product === 'windows'
      ? windowsPrivilege(parent)
      : unixPrivilege(parent)
  if (own?.privilege !== 'low' && own?.privilege !== 'user') return undefined
  return { ...own, reason: `as its parent: ${own.reason}` }
}
