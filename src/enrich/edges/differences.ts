// What differs across an edge? Each answer is yes, no or unknown: what is not known is not taken for equal.
import { ancestorsOf, type Process, programOf } from '../lineage/process.ts'
import type { Side } from './edge.ts'

export type Differs = 'yes' | 'no' | 'unknown'

export function differs(
  a: string | boolean | undefined,
  b: string | boolean | undefined,
): Differs {
  if (a === undefined || b === undefined) return 'unknown'
  return String(a).toLowerCase() === String(b).toLowerCase() ? 'no' : 'yes'
}

/** Whose account: Windows by name or SID, others by effective id. */
export function accountOf(side: Side): string | undefined {
  const p = side.process
  if (!p) return side.user
  return p.product === 'windows'
    ? (p.user ?? p.sid)
    : (p.effectiveUserId ?? p.userId ?? p.user)
}

export type Parentage =
  | 'client_started_server'
  | 'server_started_client'
  | 'siblings'
  | 'none'
  | 'unknown'

export function parentageOf(client: Side, server: Side): Parentage {
  const [a, b] = [client.process, server.process]
  if (client.address !== undefined) return 'none'
  if (!a || !b) return 'unknown'
  if ([...ancestorsOf(b)].includes(a)) return 'client_started_server'
  if ([...ancestorsOf(a)].includes(b)) return 'server_started_client'
  if (a.parent && a.parent === b.parent && !isHub(a.parent)) return 'siblings'
  return isWhole(a) && isWhole(b) ? 'none' : 'unknown'
}

/** Its parents are known up to one that starts everything. */
function isWhole(p: Process): boolean {
  if (isHub(p)) return true
  for (const ancestor of ancestorsOf(p)) {
    if (isHub(ancestor)) return true
  }
  return false
}

const hubs = new Set([
  'system',
  'services.exe',
  'svchost.exe',
  'wininit.exe',
  'winlogon.exe',
  'smss.exe',
  'explorer.exe',
  'userinit.exe',
  'systemd',
  'init',
  'launchd',
  'containerd-shim',
  'sshd',
  'cron',
])

/** What starts everything on a host ties nothing together. */
export function isHub(p: Process): boolean {
  return (
    p.pid === 0 || p.pid === 1 || p.pid === 4 || hubs.has(programOf(p.image))
  )
}
