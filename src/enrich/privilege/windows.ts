// Windows: integrity level, account, token elevation, and the few programs that only the system runs.
// Sources: Microsoft Learn, "Mandatory Integrity Control", "Well-known SIDs", event 4688 (TokenElevationType).
import type { Process } from '../lineage/process.ts'
import type { Judged, Privilege } from './judged.ts'

export function windowsPrivilege(p: Process): Judged | undefined {
  return (
    ofAccount(p.sid, 'sid') ??
    ofAccount(p.user, 'user') ??
    ofIntegrity(p.integrity) ??
    ofElevation(p.elevation) ??
    ofKernel(p) ??
    ofUser(p.user)
  )
}

const levels: Readonly<Record<string, Privilege>> = {
  untrusted: 'low',
  appcontainer: 'low',
  low: 'low',
  medium: 'user',
  mediumplus: 'user',
  high: 'high',
  system: 'system',
  protected: 'system',
  protectedprocess: 'system',
  's-1-16-0': 'low',
  's-1-16-4096': 'low',
  's-1-16-8192': 'user',
  's-1-16-8448': 'user',
  's-1-16-12288': 'high',
  's-1-16-16384': 'system',
  's-1-16-20480': 'system',
}

function ofIntegrity(integrity: string | undefined): Judged | undefined {
  const name = integrity?.toLowerCase().replaceAll(' ', '') ?? ''
  const privilege = Object.hasOwn(levels, name) ? levels[name] : undefined
  return privilege && { privilege, reason: `integrity ${integrity}` }
}

/** Names in the languages of Windows; authorities are written in each language's own way. */
const systemName =
  /^(?:s-1-5-18|(?:.*\\)?(?:system|système|sistema|systém|rendszer|järjestelmä|система))$/i
const serviceName =
  /^(?:s-1-5-(?:19|20|6)|s-1-5-80-.*|s-1-5-82-.*|(?:nt service|iis apppool)\\.*|(?:.*\\)?(?:local service|network service|lokaler dienst|netzwerkdienst|service local|service réseau|servicio local|servicio de red|servizio locale|servizio di rete))$/i
const lowName = /^(?:window manager|font driver host)\\/i

function ofAccount(
  account: string | undefined,
  what: 'sid' | 'user',
): Judged | undefined {
  if (!account) return undefined
  const reason = what === 'sid' ? `SID ${account}` : `account ${account}`
  if (systemName.test(account)) return { privilege: 'system', reason }
  if (serviceName.test(account)) return { privilege: 'service', reason }
  if (lowName.test(account)) return { privilege: 'low', reason }
  // A computer's own account is what its system is to others.
  if (/\$$/.test(account)) return { privilege: 'system', reason }
  return undefined
}

/** %%1936: the token is what it is; %%1937: elevated; %%1938: limited. */
function ofElevation(elevation: string | undefined): Judged | undefined {
  if (/1937|\(2\)/.test(elevation ?? ''))
    return { privilege: 'high', reason: 'elevated token' }
  if (/1938|\(3\)/.test(elevation ?? ''))
    return { privilege: 'user', reason: 'limited token' }
  return undefined
}

const systemPrograms =
  /^(?:system|registry|memcompression|[a-z]:\\windows\\system32\\(?:smss|csrss|wininit|winlogon|services|lsass|lsaiso)\.exe)$/i

function ofKernel({ pid, image }: Process): Judged | undefined {
  if (pid === 4 && (!image || /^system$/i.test(image)))
    return { privilege: 'system', reason: 'the kernel, pid 4' }
  return image && systemPrograms.test(image)
    ? { privilege: 'system', reason: `${image} runs as nothing else` }
    : undefined
}

function ofUser(user: string | undefined): Judged | undefined {
  return user && !/^(?:-|n\/a)$/i.test(user)
    ? {
        privilege: 'user',
        reason: `account ${user}; whether elevated is not told`,
      }
    : undefined
}
