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
  readonly hosts: string[]
  moreHosts: boolean
  /** Which records, while they are few: one that lies in several files counts once. undefined: they are many, or are not told apart. */
  records: number[] | undefined
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
  addHost(s, host)
  if (record === undefined) s.records = undefined
  else addRecord(s, record)
}

/** `to` then says what both say. */
export function add(to: Sighting, other: Sighting): void {
  to.events += other.events
  to.first = Math.min(to.first, other.first)
  to.last = Math.max(to.last, other.last)
  to.moreHosts ||= other.moreHosts
  for (const host of other.hosts) addHost(to, host)
  if (other.records === undefined) to.records = undefined
  else for (const record of other.records) addRecord(to, record)
}

function addHost(s: Sighting, host: string): void {
  const { hosts } = s
  let at = hosts.length
  while (at > 0 && hosts[at - 1]! > host) at--
  if (at > 0 && hosts[at - 1] === host) return
  if (at < maxHostsNamed) hosts.splice(at, 0, host)
  else s.moreHosts = true
  if (hosts.length <= maxHostsNamed) return
  hosts.pop()
  s.moreHosts = true
}

function addRecord(s: Sighting, record: number): void {
  const { records } = s
  if (!records || records.includes(record)) return
  if (records.length < maxTold) records.push(record)
  else s.records = undefined
}
