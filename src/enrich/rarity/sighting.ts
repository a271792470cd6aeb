// How often was something seen, when first and last, and where? Two of these are one that says both, in whatever order they come.
import type { SharedTexts } from '../../base/shared-texts.ts'

/** Records that are told from each other; of what was seen more often, copies of a record count as well. */
const maxTold = 16
/** Hosts that are named: the first by name. */
export const maxHostsNamed = 16

export interface Sighting {
  events: number
  /** Milliseconds since 1970. */
  first: number
  last: number
  /** Sorted. Most were seen on few: a list is made anew with each, since one that grows in place takes room for sixteen more. */
  hosts: readonly string[]
  moreHosts: boolean
  /** Which records, while they are few: one that lies in several files counts once. undefined: they are many, or are not told apart. */
  records: readonly number[] | undefined
}

const none: readonly never[] = []

export function newSighting(): Sighting {
  return {
    events: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    hosts: none,
    moreHosts: false,
    records: none,
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
export function add(to: Sighting, other: Sighting, names?: SharedTexts): void {
  to.events += other.events
  to.first = Math.min(to.first, other.first)
  to.last = Math.max(to.last, other.last)
  to.moreHosts ||= other.moreHosts
  for (const host of other.hosts) addHost(to, names?.of(host) ?? host)
  if (other.records === undefined) to.records = undefined
  else for (const record of other.records) addRecord(to, record)
}

function addHost(s: Sighting, host: string): void {
  const { hosts } = s
  let at = hosts.length
  while (at > 0 && hosts[at - 1]! > host) at--
  if (at > 0 && hosts[at - 1] === host) return
  if (hosts.length >= maxHostsNamed) s.moreHosts = true
  if (at < maxHostsNamed)
    s.hosts = hosts.toSpliced(at, 0, host).slice(0, maxHostsNamed)
}

function addRecord(s: Sighting, record: number): void {
  const { records } = s
  if (!records || records.includes(record)) return
  s.records = records.length < maxTold ? [...records, record] : undefined
}
