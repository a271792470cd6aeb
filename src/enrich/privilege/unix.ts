// Linux and macOS: the effective user decides; a set-user-id program is above who called it.
// Sources: credentials(7), systemd "Users, Groups, UIDs and GIDs" (system accounts below 1000), macOS: accounts of people from 501 on.
import type { Process } from '../lineage/process.ts'
import type { Judged } from './judged.ts'

const nobody = new Set(['65534', '4294967294', '-2'])

export function unixPrivilege(p: Process): Judged | undefined {
  const id = p.effectiveUserId ?? p.userId
  if (id !== undefined && /^-?\d{1,10}$/.test(id)) return ofId(id, p)
  if (p.user === 'root') return { privilege: 'system', reason: 'user root' }
  return p.user ? { privilege: 'user', reason: `user ${p.user}` } : undefined
}

function ofId(id: string, { userId, product }: Process): Judged {
  const real = userId !== undefined && userId !== id ? ` of uid ${userId}` : ''
  const reason = `euid ${id}${real}`
  if (id === '0') return { privilege: 'system', reason }
  if (nobody.has(id)) return { privilege: 'low', reason }
  const firstPerson = product === 'macos' ? 500 : 1000
  return Number(id) < firstPerson
    ? { privilege: 'service', reason: `${reason}, a system account` }
    : { privilege: 'user', reason }
}
