// Linux and macOS: the effective user decides; a set-user-id program is above who called it. So are capabilities and entitlements.
// Sources: credentials(7), systemd "Users, Groups, UIDs and GIDs" (system accounts below 1000), macOS: accounts of people from 501 on.
import type { Process } from '../lineage/process.ts'
import type { Judged } from './judged.ts'

const nobody = new Set(['65534', '4294967294', '-2'])

/** With any of these a process can become root, or act on what is root's. Source: capabilities(7). */
const asGoodAsRoot = new Set([
  'CAP_SYS_ADMIN',
  'CAP_SYS_PTRACE',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_SETUID',
  'CAP_SETGID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_CHOWN',
  'CAP_FOWNER',
  'CAP_BPF',
])
/** Entitlements that the kernel keeps as flags of the code's signature. Source: XNU, osfmk/kern/cs_blobs.h. */
const entitled = new Set([
  'CS_INSTALLER',
  'CS_NVRAM_UNRESTRICTED',
  'CS_DATAVAULT_CONTROLLER',
])

export function unixPrivilege(p: Process): Judged | undefined {
  const own = ofAccount(p)
  if (own?.privilege === 'system') return own
  const { capabilities = [], codeFlags = [] } = p
  const may = [
    ...capabilities.filter((c) => asGoodAsRoot.has(c)),
    ...codeFlags.filter((f) => entitled.has(f)),
  ]
  if (!may.length) return own
  const reason = [own?.reason, `with ${may.join(', ')}`].filter(Boolean)
  return { privilege: 'high', reason: reason.join(', ') }
}

function ofAccount(p: Process): Judged | undefined {
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
