// Who wrote a record, and is it wanted? Answered from the header's slots, before anything else of the record is
// decoded; the answer is kept with the template, so that no text is built for records that are not wanted.
import { type Provenance, provenance } from '../../base/record.ts'

import type { Gate } from '../reader.ts'
import type { Head, HeadCache } from './heads.ts'
import type { Slots } from './slots.ts'
import { type Source, sourceKind } from './source.ts'
import type { HeadSources } from './system-part.ts'
import { filetimeMs } from './text.ts'
import { valueType } from './value.ts'

export class Gatekeeper {
  readonly #gate: Gate | undefined
  readonly #slots: Slots
  /** Of the record asked about last. */
  provenance: Provenance = provenance('windows', '', '', '')
  #head: HeadSources | undefined
  /** The bytes of the host that was told last. */
  #host: Buffer | undefined
  #hostSource: Source | undefined

  constructor(gate: Gate | undefined, slots: Slots) {
    this.#gate = gate
    this.#slots = slots
  }

  /** The record's slots are read as far as its System part needs them. */
  admits(cache: HeadCache): boolean {
    const head = cache.sources
    this.#head = head
    const id = head.eventId && this.#slots.evaluate(head.eventId)
    for (const known of cache.heads) {
      if (
        known.eventId === id &&
        this.#isIn(head.provider, known.provider) &&
        this.#isIn(head.channel, known.channel)
      ) {
        return this.#ask(known)
      }
    }
    const made: Head = {
      eventId: id,
      provider: this.#copyOf(head.provider),
      channel: this.#copyOf(head.channel),
      provenance: this.#provenanceOf(head),
      gate: undefined,
      wanted: true,
    }
    if (this.#isPlain(head.provider) && this.#isPlain(head.channel)) {
      cache.remember(made)
    }
    return this.#ask(made)
  }

  /** For records whose System part is not at their beginning. */
  admitsHead(head: HeadSources): boolean {
    this.#head = head
    this.provenance = this.#provenanceOf(head)
    return this.#gate ? this.#gate.wants(this.provenance) : true
  }

  /** The host of the record asked about last; undefined where it is that of the one before. */
  otherHost(): string | undefined {
    const source = this.#head?.computer
    if (!source || this.#isLastHost(source)) return undefined
    this.#host = this.#copyOf(source)
    this.#hostSource = source
    return String(this.#slots.evaluate(source) ?? '')
  }

  /** When the event came about, of the record asked about last, in milliseconds since 1970; undefined: no slot holds a time. */
  get createdAt(): number | undefined {
    const source = this.#head?.time
    if (source?.kind !== sourceKind.slot) return undefined
    const { bytes, types, offsets, lengths } = this.#slots
    const { slot } = source
    if (types[slot] !== valueType.filetime || lengths[slot] !== 8)
      return undefined
    return filetimeMs(bytes, offsets[slot]!)
  }

  /** Asked for each record that is not wanted: bytes are compared at once, and what the template says itself is known by that. */
  #isLastHost(source: Source): boolean {
    if (source.kind !== sourceKind.slot) return source === this.#hostSource
    const { bytes, offsets, lengths } = this.#slots
    const known = this.#host
    const at = offsets[source.slot]!
    return (
      known !== undefined &&
      known.length === lengths[source.slot] &&
      bytes.compare(known, 0, known.length, at, at + known.length) === 0
    )
  }

  #ask(head: Head): boolean {
    this.provenance = head.provenance
    if (!this.#gate) return true
    if (head.gate !== this.#gate) {
      head.gate = this.#gate
      head.wanted = this.#gate.wants(head.provenance)
    }
    return head.wanted
  }

  #provenanceOf(head: HeadSources): Provenance {
    const text = (source: Source | undefined) =>
      String((source && this.#slots.evaluate(source)) ?? '')
    return provenance(
      'windows',
      text(head.provider),
      text(head.channel),
      text(head.eventId),
    )
  }

  #copyOf(source: Source | undefined): Buffer | undefined {
    if (source?.kind !== sourceKind.slot) return undefined
    const { offsets, lengths } = this.#slots
    const at = offsets[source.slot]!
    return Buffer.from(
      this.#slots.bytes.subarray(at, at + lengths[source.slot]!),
    )
  }

  #isIn(source: Source | undefined, known: Buffer | undefined): boolean {
    if (!known) return true
    const { types, offsets, lengths } = this.#slots
    if (types[source!.slot] !== valueType.string) return false
    if (lengths[source!.slot] !== known.length) return false
    const at = offsets[source!.slot]!
    const bytes = this.#slots.bytes
    for (let i = 0; i < known.length; i++) {
      if (bytes[at + i] !== known[i]) return false
    }
    return true
  }

  /** Said by the template itself, or by the bytes of one slot that holds text. */
  #isPlain(source: Source | undefined): boolean {
    return (
      !source ||
      source.kind === sourceKind.literal ||
      (source.kind === sourceKind.slot &&
        this.#slots.types[source.slot] === valueType.string)
    )
  }
}
