// When are two findings the same? When rule and evidence are: the id is a hash of both, and of nothing that a run could change. Of each
// piece of evidence it takes host, time, record, offset and base name: equally named logs of two hosts differ, and a folder that is
// moved, or packed into an archive, changes nothing.
import { baseName } from '../base/base-name.ts'
import { type Digest, digest, hex, mixed } from '../base/digest.ts'
import { TextLanes } from '../base/text-lanes.ts'

import type { Event, EventShape } from '../event/event.ts'

import { tellingFields } from './telling-fields.ts'

/** 16 hex digits. What a finding says beyond rule and evidence (the row of a search) is part of `evidence`. */
export function findingId(rule: Digest, evidence: Digest): string {
  const { a, b } = mixedDigest(rule, evidence)
  return hex(a) + hex(b)
}

/** The same before it is text. */
export function mixedDigest(rule: Digest, evidence: Digest): Digest {
  return { a: mixed(rule.a, evidence.a), b: mixed(rule.b, evidence.b) }
}

/** Several pieces of evidence as one, in whatever order they come; one alone is itself. */
export function joined(pieces: readonly Digest[], said?: string): Digest {
  const inOrder = [...pieces].sort((x, y) => x.a - y.a || x.b - y.b)
  if (said !== undefined) inOrder.unshift(digest(said))
  let [{ a, b } = digest('')] = inOrder
  for (const next of inOrder.slice(1)) {
    a = mixed(a, next.a)
    b = mixed(b, next.b)
  }
  return { a, b }
}

/** What identifies the record that an event is made of. */
export interface RecordIdentity {
  /** For ids. */
  readonly id: Digest
  /**
   * Equal where the same record lies in files of other names and formats as well: host, provider, channel, millisecond and
   * EventRecordID, or where there is none its time and its place in the file. Two records that share it are the same if they also say the same.
   */
  readonly record: number
}

/** Neighbours share file and host: their parts are made once. */
export class Identities {
  #file: string | undefined
  #fileDigest: Digest = digest('')
  #host: string | undefined
  #hostDigest: Digest = digest('')
  #shortDigest: Digest = digest('')

  /** `host` and `time` are the event's. */
  of(
    event: Event,
    host: string | undefined,
    time: number | undefined,
  ): RecordIdentity {
    const { record, offset, part } = event.origin
    const at = this.#hostOf(host)
    const file = this.#fileOf(event.origin.file, part)
    const a = withNumber(at.a, time ?? 0)
    const b = withNumber(at.b, time ?? 0)
    const said = time === undefined ? contentDigest(event) : undefined
    return {
      id: {
        a: withPlace(mixed(withLane(a, said?.a), file.a), record, offset),
        b: withPlace(mixed(withLane(b, said?.b), file.b), record, offset),
      },
      record: this.#recordOf(event, at, time, said),
    }
  }

  #recordOf(
    event: Event,
    at: Digest,
    time: number | undefined,
    said: Digest | undefined,
  ): number {
    const kind = kindOf(event.shape)
    const number = recordId(event)
    if (number !== undefined && time !== undefined) {
      const { a, b } = numbered(kind, this.#shortDigest, time, number)
      return laneNumber(a, b)
    }
    const { record, offset } = event.origin
    // Every first record of a file has the same place.
    const content = offset === 0 ? contentDigest(event) : said
    const when = time ?? 0
    const lane = (own: number, content: number | undefined, kind: number) =>
      withPlace(
        mixed(withLane(withNumber(own, when), content), kind),
        record,
        offset,
      )
    return laneNumber(
      lane(at.a, content?.a, kind.a),
      lane(at.b, content?.b, kind.b),
    )
  }

  #fileOf(file: string, part: string | undefined): Digest {
    if (file !== this.#file) {
      this.#file = file
      this.#fileDigest = digest(baseName(file))
    }
    return part === undefined
      ? this.#fileDigest
      : mixedDigest(this.#fileDigest, digest(part))
  }

  #hostOf(host: string | undefined): Digest {
    if (host !== this.#host) {
      this.#host = host
      this.#hostDigest = digest(host ?? '')
      this.#shortDigest = digest(shortHost(host))
    }
    return this.#hostDigest
  }
}

const kinds = new WeakMap<EventShape, Digest>()

/** Who wrote it, and what kind of event it is. Channels are spelled in several ways. */
function kindOf(shape: EventShape): Digest {
  let kind = kinds.get(shape)
  if (!kind) {
    const { provider, channel, id } = shape.provenance
    kind = digest(`${provider}\0${channel}\0${id}`.toLowerCase())
    kinds.set(shape, kind)
  }
  return kind
}

const recordIds = new WeakMap<EventShape, number>()

/** EventRecordID counts the records of a channel, whatever file they lie in. */
function recordId(event: Event): number | undefined {
  const { shape } = event
  let at = recordIds.get(shape)
  if (at === undefined) {
    at = shape.indexOf('EventRecordID')
    recordIds.set(shape, at)
  }
  if (at < 0) return undefined
  const number = Number(event.value(at) ?? Number.NaN)
  // Some exporters write 0 where they know none.
  return number > 0 && Number.isFinite(number) ? number : undefined
}

/** Without its domain: logs of one host call it by either name. */
export function shortHost(host: string | undefined): string {
  const name = host ?? ''
  const dot = /^[\d.]+$/.test(name) ? -1 : name.indexOf('.')
  return (dot < 0 ? name : name.slice(0, dot)).toLowerCase()
}

/** A channel gives a number once, until it is cleared: whatever file the record lies in, and however exactly that states the time. */
function numbered(
  kind: Digest,
  at: Digest,
  time: number,
  number: number,
): Digest {
  const when = Math.floor(time)
  return {
    a: withNumber(mixed(withNumber(at.a, when), kind.a), number),
    b: withNumber(mixed(withNumber(at.b, when), kind.b), number),
  }
}

/**
 * Equal for copies of one event, in whatever files they lie: when, where, by whom, and what it says: where it has a number, in the fields
 * that tell most of it, which all formats have.
 */
export function copyKey(
  event: Event,
  host: string | undefined,
  time: number | undefined,
): Digest {
  const kind = kindOf(event.shape)
  const number = recordId(event)
  if (number !== undefined && time !== undefined) {
    const of = numbered(kind, digest(shortHost(host)), time, number)
    const said = tellingDigest(event)
    return { a: mixed(of.a, said.a), b: mixed(of.b, said.b) }
  }
  const at = digest(host ?? '')
  const said = contentDigest(event)
  return {
    a: mixed(withNumber(mixed(at.a, kind.a), time ?? 0), said.a),
    b: mixed(withNumber(mixed(at.b, kind.b), time ?? 0), said.b),
  }
}

const tellings = new WeakMap<EventShape, readonly number[]>()

function tellingOf(shape: EventShape): readonly number[] {
  let known = tellings.get(shape)
  if (!known) {
    known = tellingFields(shape)
    tellings.set(shape, known)
  }
  return known
}

/** Formats differ in case. */
function tellingDigest(event: Event): Digest {
  const values = tellingOf(event.shape).map((i) => event.value(i) ?? '')
  return digest(values.join('\0').toLowerCase())
}

/** Equal for records that share a number and say the same in every field. */
export function recordKey(
  { record }: { readonly record: number },
  values: readonly unknown[],
): number {
  const { a, b } = digest(values.join('\0'))
  return laneNumber(withNumber(a, record), withNumber(b, record))
}

/** The same of text, as four UTF-16 units: shorter than digits, and as good to compare. */
export function recordText(record: number, content: string): string {
  const said = digest(content)
  const a = withNumber(said.a, record)
  const b = withNumber(said.b, record)
  return String.fromCharCode(a >>> 16, a & 0xffff, b >>> 16, b & 0xffff)
}

/** 53 bits of both lanes. */
function laneNumber(a: number, b: number): number {
  return (a >>> 0) * 0x200000 + (b >>> 11)
}

interface OwnName {
  readonly position: number
  readonly digest: Digest
}

const ownNames = new WeakMap<EventShape, readonly OwnName[]>()

/** Of the record's own names, by name: in which order a shape has them depends on what was read before. */
function ownNamesOf(shape: EventShape): readonly OwnName[] {
  let known = ownNames.get(shape)
  if (!known) {
    const names = shape.names.slice(0, shape.ownNames)
    known = [...names.keys()]
      .sort((a, b) => (names[a]! < names[b]! ? -1 : 1))
      .map((position) => ({ position, digest: digest(names[position]!) }))
    ownNames.set(shape, known)
  }
  return known
}

/** Costs a look at every letter of the record: only for those that time, place and number do not tell apart. */
function contentDigest(event: Event): Digest {
  const lanes = new TextLanes()
  for (const { position, digest: name } of ownNamesOf(event.shape)) {
    const value = event.value(position)
    if (value === undefined) continue
    lanes.add(name, typeof value === 'string' ? value : String(value))
  }
  return lanes.digest
}

function withLane(lane: number, more: number | undefined): number {
  return more === undefined ? lane : mixed(lane, more)
}

export function withPlace(
  lane: number,
  record: number,
  offset: number,
): number {
  return withNumber(withNumber(lane, record), offset)
}

/** Whole numbers to 2^53; of times the parts of a millisecond too. */
function withNumber(lane: number, n: number): number {
  const low = mixed(lane, n | 0)
  const high = Math.floor(n / 0x100000000)
  const part = n % 1
  if (part !== 0) return mixed(low, high ^ Math.round(part * 1e6))
  return high === 0 ? low : mixed(low, high)
}

const digits = new TextEncoder().encode('0123456789abcdef')

/** Of an id as text. */
export const idBytes = 16

/** Writes the text of an id into bytes; gives where it ends. */
export function addFindingId(
  to: Uint8Array,
  at: number,
  a: number,
  b: number,
): number {
  for (let i = 0; i < 8; i++) {
    const shift = 28 - 4 * i
    to[at + i] = digits[(a >>> shift) & 0xf]!
    to[at + 8 + i] = digits[(b >>> shift) & 0xf]!
  }
  return at + idBytes
}
