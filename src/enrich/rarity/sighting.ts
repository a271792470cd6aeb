// How often was something seen, when first and last, and where? Two of these are one that says both, in whatever order they come.

/** Records that are told from each other; of what was seen more often, copies of a record count as well. */
const maxTold = 16
/** Hosts that are named: the first by name. */
export const maxHostsNamed = 16

export interface Sighting {
  events: number
  /** Milliseconds since 1970. */
  first: number
  last: number
  /** Sorted. */
  hosts: readonly string[]
  moreHosts: boolean
  /** Which records, while they are few: one that lies in several files counts once. undefined: they are many, or are not told apart. */
  records: readonly number[] | undefined
}

export function newSighting(): Sighting {
  return {
    events: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    hosts: [],
    moreHosts: false,
    records: [],
  }
}

export function countOf({ records, events }: Sighting): number {
  return records?.length ?? events
}

export function see(
  s: Sighting,
  time: number,
  host: string,
  record: number | undefined,
): void {
  s.events++
  if (time < s.first) s.first = time
  if (time > s.last) s.last = time
  seeHost(s, host)
  if (s.records === undefined) return
  if (record === undefined) s.records = undefined
  else if (!s.records.includes(record)) addRecords(s, [record])
}

/** `to` then says what both say. */
export function add(to: Sighting, other: Sighting): void {
  const events = to.events + other.events
  const isNew = to.events === 0
  to.first = Math.min(to.first, other.first)
  to.last = Math.max(to.last, other.last)
  to.moreHosts ||= other.moreHosts
  addHosts(to, other.hosts)
  if (isNew) to.records = other.records
  else if (to.records && other.records) addRecords(to, other.records)
  else to.records = undefined
  to.events = events
}

function seeHost(s: Sighting, host: string): void {
  if (s.hosts.includes(host)) return
  if (s.hosts.length === maxHostsNamed && host > s.hosts.at(-1)!)
    s.moreHosts = true
  else addHosts(s, [host])
}

function addHosts(s: Sighting, hosts: readonly string[]): void {
  const all = [...new Set([...s.hosts, ...hosts])].sort()
  s.moreHosts ||= all.length > maxHostsNamed
  s.hosts = all.slice(0, maxHostsNamed)
}

function addRecords(s: Sighting, records: readonly number[]): void {
  const all = [...new Set([...s.records!, ...records])]
  s.records = all.length > maxTold ? undefined : all
}
