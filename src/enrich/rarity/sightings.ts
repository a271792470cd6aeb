// All that was seen of one kind: each sighting, and out of how many on which hosts. Bounded in memory; two of these can be added in any
// order, and say the same as one that saw everything.
import { SharedTexts } from '../../base/shared-texts.ts'

import { keyOfParts, partsOfKey, type RarityKind } from './kinds.ts'
import { Sampled } from './sampled.ts'
import {
  add,
  countOf,
  maxHostsNamed,
  newSighting,
  see,
  type Sighting,
} from './sighting.ts'

/** Bytes for the sightings of a kind. */
const mib = 1024 * 1024
const maxBytes: Readonly<Record<RarityKind, number>> = {
  module: 32 * mib,
  pipe: 8 * mib,
  com: 8 * mib,
  xpc: 8 * mib,
  socket: 8 * mib,
  interpreter: 16 * mib,
  hour: 8 * mib,
}
/** Bytes for what is known of hosts, of each kind. */
const maxHostBytes = 4 * mib
/** Names of hosts that each are held once. */
const maxHostNames = 16_384
/** About what one takes in memory, beside its key. */
const bytesOfSighting = 180 + 2 * 8 * maxHostsNamed
const bytesOfHost = 150

/** Out of how many: of all, or of one host. */
export interface Population {
  events: number
  first: number
  last: number
}

function nobody(): Population {
  return {
    events: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  }
}

function count(to: Population, time: number): void {
  to.events++
  if (time < to.first) to.first = time
  if (time > to.last) to.last = time
}

function join(to: Population, other: Population): void {
  to.events += other.events
  to.first = Math.min(to.first, other.first)
  to.last = Math.max(to.last, other.last)
}

/** As it crosses between threads, or stands in a file. */
export interface PlainSightings {
  readonly kind: RarityKind
  readonly all: Population
  /** See `Sampled`. */
  readonly level: number
  readonly hostLevel: number
  readonly hosts: readonly (readonly [string, Population])[]
  readonly sightings: readonly (readonly [key: string, Sighting])[]
}

export class Sightings {
  readonly kind: RarityKind
  readonly all: Population = nobody()
  readonly #hosts = new Sampled<Population>(maxHostBytes, bytesOfHost)
  readonly #sightings: Sampled<Sighting>
  readonly #names = new SharedTexts(maxHostNames)

  constructor(kind: RarityKind, bytes: number = maxBytes[kind]) {
    this.kind = kind
    this.#sightings = new Sampled(bytes, bytesOfSighting)
  }

  /** One out of all. `record`: equal for one record in several places. */
  see(key: string, time: number, host: string, record?: number): void {
    this.seeOpen(this.open(key), time, host, record)
  }

  /** Of whoever sees the same again and again; undefined: it is let go of. */
  open(key: string): Sighting | undefined {
    return this.#sightings.getOr(key, newSighting)
  }

  seeOpen(
    of: Sighting | undefined,
    time: number,
    host: string,
    record?: number,
  ): void {
    this.out(time, host)
    if (of) see(of, time, host, record)
  }

  /** One that others are rare among. */
  out(time: number, host: string): void {
    count(this.all, time)
    const own = this.#hosts.getOr(host, nobody)
    if (own) count(own, time)
  }

  add(other: PlainSightings): void {
    join(this.all, other.all)
    this.#hosts.raise(other.hostLevel)
    this.#sightings.raise(other.level)
    for (const [host, population] of other.hosts) {
      const own = this.#hosts.getOr(host, nobody)
      if (own) join(own, population)
    }
    for (const [key, sighting] of other.sightings) {
      const own = this.#sightings.getOr(key, newSighting)
      if (own) add(own, sighting, this.#names)
    }
  }

  get size(): number {
    return this.#sightings.size
  }

  get hostCount(): number {
    return this.#hosts.size
  }

  /** About so many kinds of sightings had no room. */
  get letGo(): number {
    return this.#sightings.letGo
  }

  *each(): Generator<readonly [parts: readonly string[], Sighting]> {
    for (const [key, sighting] of this.#sightings.entries())
      yield [partsOfKey(key), sighting]
  }

  /** undefined: never seen, or let go of. */
  of(parts: readonly string[]): Sighting | undefined {
    return this.#sightings.get(keyOfParts(parts))
  }

  keeps(parts: readonly string[]): boolean {
    return this.#sightings.keeps(keyOfParts(parts))
  }

  populationOf(host: string): Population | undefined {
    return this.#hosts.get(host)
  }

  /** In no order; nothing may be added to it afterwards. */
  part(): PlainSightings {
    return {
      kind: this.kind,
      all: this.all,
      level: this.#sightings.level,
      hostLevel: this.#hosts.level,
      hosts: [...this.#hosts.entries()],
      sightings: [...this.#sightings.entries()],
    }
  }

  /** Sorted, so that the same sightings are the same text. */
  plain(): PlainSightings {
    const part = this.part()
    return {
      ...part,
      all: { ...part.all },
      hosts: sorted(part.hosts),
      sightings: sorted(part.sightings),
    }
  }
}

/** What was counted, without what told records apart. */
export function settled(sighting: Sighting): Sighting {
  return { ...sighting, events: countOf(sighting), records: undefined }
}

function sorted<V>(
  entries: readonly (readonly [string, V])[],
): (readonly [string, V])[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
