// A baseline comes from a file that anybody may have written: each line is what it says or the file is refused, with the line and what was
// expected there. What is read is bounded as what is counted is.
import { parseTime } from '../../base/time.ts'

import { Baseline } from './baseline.ts'
import { baselineVersion } from './baseline-text.ts'
import {
  keyOfParts,
  type RarityKind,
  rarityKinds,
  sightingKinds,
} from './kinds.ts'
import { maxLevel } from './sampled.ts'
import { maxHostsNamed, type Sighting } from './sighting.ts'
import type { PlainSightings, Population } from './sightings.ts'

/** Bytes of a line. */
export const maxBaselineLine = 64 * 1024
/** UTF-16 units of a host or a part. */
const maxText = 512

export class BadBaseline extends Error {}

type Fields = Readonly<Record<string, unknown>>

interface Open {
  readonly kind: RarityKind
  readonly all: Population
  readonly level: number
  readonly hostLevel: number
  readonly hosts: [string, Population][]
  readonly sightings: [string, Sighting][]
}

/** Lines without their ends. Throws `BadBaseline`. */
export function readBaseline(name: string, lines: Iterable<string>): Baseline {
  const baseline = new Baseline(name)
  let number = 0
  let open: Open | undefined
  const close = () => {
    if (open) add(baseline, open)
  }
  try {
    for (const line of lines) {
      number++
      const fields = fieldsOf(line)
      if (number === 1) checkHead(fields)
      else if (isHeading(fields)) {
        close()
        open = headingOf(fields, open)
      } else readRow(fields, open)
    }
    if (number === 0) throw new BadBaseline('it is empty')
    close()
  } catch (error) {
    if (!(error instanceof BadBaseline)) throw error
    throw new BadBaseline(`line ${Math.max(1, number)}: ${error.message}`)
  }
  return baseline
}

function add(baseline: Baseline, open: Open): void {
  const plain: PlainSightings = open
  baseline.add(plain)
}

function fieldsOf(line: string): Fields {
  if (line.length > maxBaselineLine)
    throw new BadBaseline(`it is longer than ${maxBaselineLine} characters`)
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new BadBaseline(`expected a JSON object: ${(error as Error).message}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadBaseline('expected a JSON object')
  return value as Fields
}

function checkHead(fields: Fields): void {
  if (own(fields, 'ipcwatch') !== 'baseline')
    throw new BadBaseline(
      'expected {"ipcwatch":"baseline",...}: it is no baseline',
    )
  const version = own(fields, 'version')
  if (version !== baselineVersion)
    throw new BadBaseline(
      `expected version ${baselineVersion}, found ${JSON.stringify(version) ?? 'none'}: another release of ipcwatch wrote it`,
    )
}

function isHeading(fields: Fields): boolean {
  return Object.hasOwn(fields, 'level')
}

function headingOf(fields: Fields, before: Open | undefined): Open {
  const kind = kindOf(fields)
  if (before && rarityKinds.indexOf(kind) <= rarityKinds.indexOf(before.kind))
    throw new BadBaseline(`"kind": ${kind} stands behind ${before.kind}`)
  return {
    kind,
    all: populationOf(fields),
    level: countIn(fields, 'level', maxLevel),
    hostLevel: countIn(fields, 'hostLevel', maxLevel),
    hosts: [],
    sightings: [],
  }
}

function readRow(fields: Fields, open: Open | undefined): void {
  const kind = kindOf(fields)
  if (!open || open.kind !== kind)
    throw new BadBaseline(`expected how many there are of kind ${kind} first`)
  const all = populationOf(fields)
  if (all.events > open.all.events)
    throw new BadBaseline(
      `"events": ${all.events} are more than the ${open.all.events} of all`,
    )
  const isHost = !Object.hasOwn(fields, sightingKinds[kind].parts[0]!)
  if (isHost && open.sightings.length)
    throw new BadBaseline('hosts come before what was seen')
  if (isHost) append(open.hosts, textIn(fields, 'host'), all)
  else append(open.sightings, keyIn(fields, kind), sightingOf(fields, all))
}

function append<V>(to: [string, V][], key: string, value: V): void {
  const before = to.at(-1)?.[0]
  if (before !== undefined && before >= key)
    throw new BadBaseline('it is not sorted, or stands there twice')
  to.push([key, value])
}

function sightingOf(fields: Fields, of: Population): Sighting {
  const hosts = own(fields, 'hosts')
  const are =
    Array.isArray(hosts) &&
    hosts.length > 0 &&
    hosts.length <= maxHostsNamed &&
    hosts.every((h, i) => isText(h) && (i === 0 || hosts[i - 1] < h))
  if (!are)
    throw new BadBaseline(
      `"hosts": expected 1 to ${maxHostsNamed} names in order, found ${shown(hosts)}`,
    )
  const moreHosts = own(fields, 'moreHosts') ?? false
  if (typeof moreHosts !== 'boolean')
    throw new BadBaseline(
      `"moreHosts": expected true or false, found ${shown(moreHosts)}`,
    )
  return { ...of, hosts: hosts as string[], moreHosts, records: undefined }
}

function keyIn(fields: Fields, kind: RarityKind): string {
  return keyOfParts(
    sightingKinds[kind].parts.map((name) => textIn(fields, name)),
  )
}

function kindOf(fields: Fields): RarityKind {
  const kind = rarityKinds.find((k) => k === own(fields, 'kind'))
  if (kind) return kind
  throw new BadBaseline(
    `"kind": expected one of ${rarityKinds.join(', ')}, found ${shown(own(fields, 'kind'))}`,
  )
}

function populationOf(fields: Fields): Population {
  const events = countIn(fields, 'events', Number.MAX_SAFE_INTEGER)
  const [first, last] = [timeIn(fields, 'first'), timeIn(fields, 'last')]
  if (events === 0) throw new BadBaseline('"events": expected one or more')
  if (first > last) throw new BadBaseline('"first" is later than "last"')
  return { events, first, last }
}

function countIn(fields: Fields, name: string, most: number): number {
  const value = own(fields, name)
  if (
    Number.isSafeInteger(value) &&
    Number(value) >= 0 &&
    Number(value) <= most
  )
    return Number(value)
  throw new BadBaseline(
    `"${name}": expected a whole number up to ${most}, found ${shown(value)}`,
  )
}

function timeIn(fields: Fields, name: string): number {
  const value = own(fields, name)
  const time = typeof value === 'string' ? parseTime(value) : undefined
  if (time !== undefined) return time
  throw new BadBaseline(`"${name}": expected a time, found ${shown(value)}`)
}

function textIn(fields: Fields, name: string): string {
  const value = own(fields, name)
  if (isText(value)) return value
  throw new BadBaseline(
    `"${name}": expected text of up to ${maxText} characters, found ${shown(value)}`,
  )
}

function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= maxText &&
    !/[\u0000-\u001f\u007f]/.test(value)
  )
}

function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none'
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
