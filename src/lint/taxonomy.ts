// Which fields does a log source of Windows fill, as far as that is settled? Those of the events that its category is drawn
// from, and what other providers add to the category.
import { sysmonEvents } from '../event/sources/sysmon.ts'
import { knownEvents } from '../normalise/known-events.ts'

import type { RuleLogSource } from '../ir/rule.ts'

/** What Sigma's taxonomy calls the parts of `Hashes`. */
const hashNames = 'md5 sha1 sha256 imphash Imphash MD5 SHA1 SHA256 IMPHASH'

const ofRegistry = 'Details NewName'

/** By category: what other providers than those of the tables fill, parted by blanks. */
const fromOthers: Readonly<Record<string, string>> = {
  // Microsoft-Windows-Kernel-Process and command line agents
  process_creation: 'GrandParentImage GrandparentCommandLine',
  network_connection: 'CommandLine ParentImage',
  registry_add: ofRegistry,
  registry_delete: ofRegistry,
  registry_event: ofRegistry,
  registry_rename: ofRegistry,
  registry_set: ofRegistry,
  file_delete: 'CreationUtcTime',
  file_delete_detected: 'CreationUtcTime Archived',
  file_change: 'CreationUtcTime',
  create_stream_hash: 'Hashes',
}

const settled = new Map<string, Set<string>>()
const anywhere = new Set<string>()

for (const { own, added, categories } of knownEvents) {
  if (!own) continue
  for (const category of categories) {
    const fields = settled.get(category) ?? new Set()
    settled.set(category, fields)
    const others = Object.hasOwn(fromOthers, category)
      ? fromOthers[category]!.split(' ')
      : []
    for (const name of [...own, ...others]) {
      fields.add(name)
      anywhere.add(name)
    }
    for (const name of added) fields.add(name)
    if (!fields.has('Hashes')) continue
    for (const name of hashNames.split(' ')) {
      fields.add(name)
      anywhere.add(name)
    }
  }
}

/** The ids of a log source, and what they are in words. */
export interface OwnIds {
  readonly has: (id: number) => boolean
  readonly said: string
}

/** Ids that are said. */
const shownIds = 5

function listed(ids: readonly number[]): OwnIds {
  const own = new Set(ids)
  return {
    has: (id) => own.has(id),
    said: [...own].slice(0, shownIds).join(', '),
  }
}

/**
 * Logs of which it is known that some ids are none of theirs. Security: Windows' own are 512 and above (Microsoft, "Security auditing"), those
 * of programs that audit there (AD FS, SQL Server) 100 and above.
 */
const idsOfService: Readonly<Record<string, OwnIds>> = {
  sysmon: {
    ...listed(Object.keys(sysmonEvents).map(Number)),
    said: '1 to 29 and 255',
  },
  security: {
    has: (id) => id >= 100,
    said: 'numbers of three digits and more',
  },
}

/** The ids of the events of Windows that a log source is drawn from; undefined: that is not known. */
export function idsOfSource({
  product,
  category,
  service,
}: RuleLogSource): OwnIds | undefined {
  if (product !== 'windows') return undefined
  if (category === undefined) {
    const known = service !== undefined && Object.hasOwn(idsOfService, service)
    return known ? idsOfService[service] : undefined
  }
  const of = knownEvents.filter(
    (e) =>
      e.categories.includes(category) &&
      (service === undefined || e.service === service),
  )
  return of.length ? listed(of.map((e) => Number(e.id))) : undefined
}

/** undefined: not settled. */
export function fieldsOfSource(
  source: RuleLogSource,
): ReadonlySet<string> | undefined {
  if (source.product !== 'windows' || source.category === undefined) {
    return undefined
  }
  return settled.get(source.category)
}

/** Some settled log source fills it, without any help of ours. */
export function isSettledField(field: string): boolean {
  return anywhere.has(field)
}

/**
 * Pipes that Windows itself opens on every machine for its own protocols ([MS-SCMR], [MS-SRVS], [MS-SAMR], [MS-LSAD],
 * [MS-NRPC], [MS-WKST], [MS-RPRN], [MS-TSCH], [MS-EVEN], [MS-RRP], [MS-RSP], [MS-EFSR], [C706] endpoint mapper).
 */
export const everydayPipes: readonly string[] = [
  'svcctl',
  'srvsvc',
  'samr',
  'lsass',
  'lsarpc',
  'netlogon',
  'wkssvc',
  'spoolss',
  'atsvc',
  'eventlog',
  'winreg',
  'InitShutdown',
  'efsrpc',
  'epmapper',
  'ntsvcs',
]
