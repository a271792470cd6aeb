// What a reader hands over: one decoded unit of a source under its provider's own names.
// A record is a view. Its names live in a shape that alike records share, so that everything
// known about the names (which normaliser, which rules) is worked out once for a shape.

import { ownText } from './own-text.ts'
import type { SoughtTexts } from './sought-texts.ts'

export type Scalar = string | number | boolean | null

/** A field's value. A list holds several values of one field (auditd's PATH names, JSON arrays of scalars). */
export type Value = Scalar | readonly Scalar[]

let shapes = 0

/** An ordered list of field names. Compared by reference; readers share one among alike records. */
export class Shape {
  readonly id = shapes++
  readonly names: readonly string[]
  /** Made for one record, since no more are shared: nothing is to be remembered of it. */
  isPassing = false
  #index: Map<string, number> | undefined

  constructor(names: readonly string[]) {
    this.names = names
  }

  /** The position of a name, -1 where the shape has none. Exact and case-sensitive. */
  indexOf(name: string): number {
    if (!this.#index) {
      this.#index = new Map()
      this.names.forEach((n, i) => {
        if (!this.#index!.has(n)) this.#index!.set(n, i)
      })
    }
    return this.#index.get(name) ?? -1
  }
}

/**
 * Who wrote a record and which kind of record it is, as its own header says. Equal
 * provenances are one object, so a decision about one can be kept in a map.
 */
export interface Provenance {
  /** Which kind of source: readers name it, and the normaliser of that name says what the other three mean. */
  readonly family: string
  readonly provider: string
  readonly channel: string
  readonly id: string
}

const interned = new Map<string, Provenance>()

/** Provenances come from input, so what is kept of them is bounded; what is over is still correct, only not shared. */
const maxProvenances = 65_536
/** UTF-16 units of all. */
const maxProvenanceUnits = 8 * 1024 * 1024
let provenanceUnits = 0

export function provenance(
  family: string,
  provider: string,
  channel: string,
  id: string,
): Provenance {
  const key = `${family}\0${provider}\0${channel}\0${id}`
  const known = interned.get(key)
  if (known) return known
  const made: Provenance = {
    family,
    provider: ownText(provider),
    channel: ownText(channel),
    id: ownText(id),
  }
  const units = provenanceUnits + key.length
  if (interned.size < maxProvenances && units <= maxProvenanceUnits) {
    provenanceUnits = units
    interned.set(key, made)
  }
  return made
}

/** Valid only until the sink returns: readers reuse the object. */
export interface SourceRecord {
  readonly shape: Shape
  readonly provenance: Provenance
  /** EventRecordID in EVTX and Windows XML, the audit serial in auditd, the 1-based line elsewhere. */
  readonly number: number
  /** Of the record's first byte in the file or archive member. */
  readonly offset: number
  /**
   * The time that is known without decoding fields (in EVTX that of the System part, else of the record's header), in milliseconds since
   * 1970 UTC; undefined where only fields tell the time.
   */
  readonly writtenAt: number | undefined
  /** The value of the name at `i` of the shape; undefined where this record lacks it. Decoded on demand. */
  value(i: number): Value | undefined
  /** false: none of the texts stands in any value. undefined: nobody has looked. Asks for less than the values do. */
  mayHold?(texts: SoughtTexts): boolean | undefined
}

/** Something a reader could not read. Reading goes on; what was kept is said. */
export interface Damage {
  /** `chunk 7`, `line`, `record`. */
  readonly what: string
  /** Byte offset in the file or member. */
  readonly offset: number
  /** What was found and what was expected, one line. */
  readonly message: string
  /** How many records are known to be lost; undefined where that cannot be known. */
  readonly lost?: number
  /** It lies between records and is none: in a letter, its words. */
  readonly isBeside?: true
  /** Nothing is wrong with the data: a named bound of the reader was reached, and what is behind it was not read. */
  readonly isBound?: true
}
