// Is it rare? true, false or unknown, with the numbers that say so. Rare is what was seen three times at most, or on one host in a
// hundred; where little was seen at all, nothing can be called rare.
import { grouped, plural } from '../../base/shown.ts'
import { formatTime } from '../../base/time.ts'

import type { Baseline } from './baseline.ts'
import { isKnown, keyOfParts, type RarityKind, sightingKinds } from './kinds.ts'
import { add, countOf, newSighting, type Sighting } from './sighting.ts'
import type { Population, Sightings } from './sightings.ts'

/** What was seen no more often is rare. */
const rareEvents = 3
/** What was seen on no more than one host in so many is rare. */
const hostsForOne = 100
/** Days that a host must have been followed, and starts that must have been seen of it, for a run of an interpreter to be its first. */
const newAfterDays = 30
const newAfterStarts = 1_000
const dayMs = 24 * 3_600_000

export interface Rarity {
  readonly rare: 'true' | 'false' | 'unknown'
  /** With count, population, first and last. Worked out when it is asked for: few of those that are judged are told of. */
  readonly reason: string
  readonly count?: number
  /** Named ones; of what is on more, as many as are named. */
  readonly hosts?: number
  /** How often the first part was seen with other parts: a pipe that another program makes, a class that another serves. */
  readonly others?: number
}

export interface JudgeOfRarity {
  judge(kind: RarityKind, parts: readonly string[]): Rarity
  /** Whether an interpreter had not run on its host before this time. */
  first(interpreter: string, host: string, time: number): Rarity
}

export class RarityJudge implements JudgeOfRarity {
  readonly #baseline: Baseline
  /** What is judged was counted itself; else the baseline is of the time before. */
  readonly #isOwn: boolean
  readonly #firstParts = new Map<RarityKind, ReadonlyMap<string, number>>()
  #runs: ReadonlyMap<string, Sighting> | undefined

  constructor(baseline: Baseline, isOwn: boolean) {
    this.#baseline = baseline
    this.#isOwn = isOwn
  }

  judge(kind: RarityKind, parts: readonly string[]): Rarity {
    const strange = parts.findIndex((part) => !isKnown(part))
    if (strange >= 0)
      return unknownRarity(
        () => `its ${sightingKinds[kind].parts[strange]} is not known`,
      )
    const all = this.#baseline.of[kind]
    const { leastEvents, many, ofHost } = sightingKinds[kind]
    const host = ofHost ? parts.at(-1) : undefined
    const of = host === undefined ? all.all : all.populationOf(host)
    const where = host === undefined ? '' : ` of host ${host}`
    if (!of || of.events < leastEvents)
      return this.#unknown(
        () =>
          `has ${number(of?.events ?? 0)} ${many}${where}; to say what is rare takes ${number(leastEvents)}`,
      )
    if (!all.keeps(parts))
      return this.#unknown(
        () => 'had no room for it: see "ipcwatch baseline show"',
      )
    const seen = all.of(parts)
    const count = seen ? countOf(seen) : 0
    const span = this.#span(of)
    return {
      rare:
        count <= rareEvents || (!ofHost && isOnFew(seen, all.hostCount))
          ? 'true'
          : 'false',
      get reason() {
        const spread =
          host === undefined ? `, on ${hostsText(all, seen)}` : where
        return `${number(count)} of ${number(of.events)} ${many}${spread}${whenText(seen)}: ${parts.join(', ')}; ${span()}`
      },
      count,
      hosts: seen?.hosts.length ?? 0,
      others: this.#withFirst(kind, parts[0]!) - count,
    }
  }

  /** How often a first part was seen, whatever the others were. */
  #withFirst(kind: RarityKind, first: string): number {
    let known = this.#firstParts.get(kind)
    if (!known) {
      known = byFirst(this.#baseline.of[kind])
      this.#firstParts.set(kind, known)
    }
    return known.get(first) ?? 0
  }

  first(interpreter: string, host: string, time: number): Rarity {
    if (!isKnown(host)) return unknownRarity(() => 'its host is not known')
    const of = this.#baseline.of.interpreter.populationOf(host)
    if (!of)
      return this.#unknown(() => `knows no process starts of host ${host}`)
    const seen = this.#runsOf(interpreter, host)
    const what = `${interpreter} on ${host}`
    const span = this.#span(of)
    if (seen && !(this.#isOwn && seen.first >= time))
      return {
        rare: 'false',
        get reason() {
          return `${what}: ${number(countOf(seen))} runs${whenText(seen)}; ${span()}`
        },
        count: countOf(seen),
      }
    const until = this.#isOwn ? time : of.last
    const isShort = until - of.first < newAfterDays * dayMs
    if (isShort || of.events < newAfterStarts)
      return this.#unknown(
        () =>
          `follows host ${host} from ${formatTime(of.first)} to ${formatTime(until)} with ${number(of.events)} process starts; to call a run the first takes ${newAfterDays} days and ${number(newAfterStarts)}`,
      )
    return {
      rare: 'true',
      get reason() {
        return `${what}: no run before, among ${number(of.events)} process starts; ${span()}`
      },
      count: 0,
    }
  }

  /** Of an interpreter on a host, whatever its lineage. */
  #runsOf(interpreter: string, host: string): Sighting | undefined {
    this.#runs ??= runsByHost(this.#baseline.of.interpreter)
    return this.#runs.get(keyOfParts([interpreter, host]))
  }

  #unknown(why: () => string): Rarity {
    return unknownRarity(() => `${this.#baseline.name} ${why()}`)
  }

  #span({ first, last }: Population): () => string {
    return () =>
      `${this.#baseline.name} is of ${formatTime(first)} to ${formatTime(last)}`
  }
}

export function unknownRarity(why: () => string): Rarity {
  return {
    rare: 'unknown',
    get reason() {
      return why()
    },
  }
}

function isOnFew(seen: Sighting | undefined, hosts: number): boolean {
  return (
    seen !== undefined &&
    !seen.moreHosts &&
    seen.hosts.length * hostsForOne <= hosts
  )
}

function byFirst(all: Sightings): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [[first = ''], sighting] of all.each())
    counts.set(first, (counts.get(first) ?? 0) + countOf(sighting))
  return counts
}

function runsByHost(all: Sightings): ReadonlyMap<string, Sighting> {
  const runs = new Map<string, Sighting>()
  for (const [parts, sighting] of all.each()) {
    const [interpreter = '', , host = ''] = parts
    const key = keyOfParts([interpreter, host])
    const own = runs.get(key) ?? newSighting()
    add(own, sighting)
    runs.set(key, own)
  }
  return runs
}

function hostsText(all: Sightings, seen: Sighting | undefined): string {
  const own = seen ? seen.hosts.length : 0
  return `${seen?.moreHosts ? 'more than ' : ''}${own} of ${plural(all.hostCount, 'host')}`
}

function whenText(seen: Sighting | undefined): string {
  return seen
    ? `, first ${formatTime(seen.first)}, last ${formatTime(seen.last)}`
    : ''
}

function number(n: number): string {
  return grouped(n)
}
