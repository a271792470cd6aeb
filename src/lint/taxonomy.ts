// Which fields does a log source of Windows fill, as far as that is settled? Those of the events that its category is drawn
// from, and what other providers add to the category.
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

/** The ids of the events of Windows that a category is drawn from; undefined: it is not drawn from such. */
export function idsOfSource({
  product,
  category,
  service,
}: RuleLogSource): ReadonlySet<number> | undefined {
  if (product !== 'windows' || category === undefined) return undefined
  const of = knownEvents.filter(
    (e) =>
      e.categories.includes(category) &&
      (service === undefined || e.service === service),
  )
  return of.length ? new Set(of.map((e) => Number(e.id))) : undefined
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
