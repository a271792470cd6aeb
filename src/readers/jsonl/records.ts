// From a parsed JSON object to a record: its names are found in the tree of keys, a dialect says what they mean, and the
// gate decides whether anyone wants it.
import type {
  Provenance,
  Shape,
  SourceRecord,
  Value,
} from '../../base/record.ts'

import type { Gate, RecordSink } from '../reader.ts'
import {
  type Derive,
  type Dialect,
  type Fields,
  type Layout,
  layoutOf,
  Names,
  type Plan,
} from './dialect.ts'
import { dialects } from './dialects/index.ts'
import { unknown } from './dialects/unknown.ts'
import { withoutEnvelope } from './envelope.ts'
import { type JsonObject, KeyTree } from './shape-table.ts'

/** Wrappers within wrappers. */
const maxWrappers = 3
/** Names shown of a shape that nobody recognises. */
const maxShownKeys = 12
/** Unknown shapes that are shown of one source; records of further ones are still given. */
const maxUnknownShapes = 32

/** What is known of records with one list of names. */
class Known {
  readonly names: Names
  readonly dialect: Dialect
  readonly plan: Plan
  /** Of a mapping only. */
  readonly layout: Layout | undefined
  #asUnknown: Known | undefined

  constructor(names: Names, dialect: Dialect) {
    this.names = names
    this.dialect = dialect
    this.plan = dialect.plan(names)
    this.layout =
      this.plan.kind === 'mapping' ? layoutOf(this.plan.columns) : undefined
  }

  asUnknown(): Known {
    this.#asUnknown ??= new Known(this.names, unknown)
    return this.#asUnknown
  }
}

// One for all files of the process, so that records of two files share a shape.
const objects = new KeyTree<Known>((list) => {
  const names = new Names(withoutEnvelope(list))
  return new Known(names, dialects.find((d) => d.recognises(names)) ?? unknown)
})

/** For fields that came out of text: they have their final names. */
const expansions = new KeyTree<Layout>((list) =>
  layoutOf(list.map((name, i) => ({ name, from: i }))),
)

class FlatRecord implements SourceRecord {
  shape!: Shape
  provenance!: Provenance
  number = 0
  offset = 0
  readonly writtenAt = undefined
  values: readonly Value[] = []
  sources: readonly (number | Derive)[] = []

  value(i: number): Value | undefined {
    const source = this.sources[i]
    if (typeof source === 'number') return this.values[source]
    return source?.(this.values)
  }
}

/** Gives records to a sink; one for each source. */
export class RecordMaker {
  readonly #sink: RecordSink
  readonly #gate: Gate | undefined
  readonly #record = new FlatRecord()
  readonly #wanted = new Map<Provenance, boolean>()
  readonly #shown = new Set<Known | string>()
  #last: Known | undefined
  #unknownShapes = 0
  /** How the records so far are called in the summary; '' before the first. */
  lastDialect = ''

  constructor(sink: RecordSink, gate: Gate | undefined) {
    this.#sink = sink
    this.#gate = gate
  }

  /** `object` may be anything that JSON.parse gives: what is no object is damage. */
  take(object: unknown, number: number, offset: number, wrappers = 0): void {
    if (typeof object !== 'object' || object === null) {
      this.#damaged(
        offset,
        `${printShort(object)} where an object was expected`,
      )
    } else if (Array.isArray(object)) {
      if (wrappers >= maxWrappers) {
        this.#damaged(offset, 'a list in a list where an object was expected')
        return
      }
      for (const item of object) this.take(item, number, offset, wrappers + 1)
    } else {
      this.#takeObject(object as JsonObject, number, offset, wrappers)
    }
  }

  #takeObject(
    object: JsonObject,
    number: number,
    offset: number,
    wrappers: number,
  ) {
    const known = objects.flatten(object)
    if (known !== this.#last) this.#show(known, number)
    const { plan } = known
    if (plan.kind === 'mapping') {
      this.#emitMapped(known, number, offset)
    } else if (plan.kind === 'expansion') {
      this.#expand(known, object, number, offset)
    } else if (wrappers < maxWrappers) {
      for (const inner of plan.unwrap(object)) {
        this.take(inner, number, offset, wrappers + 1)
      }
    } else this.#damaged(offset, 'wrappers within wrappers')
  }

  #emitMapped(known: Known, number: number, offset: number) {
    const { plan, layout } = known
    if (plan.kind !== 'mapping' || !layout) return
    const provenance = plan.provenance(objects.values)
    if (!this.#wants(provenance)) {
      this.#sink.skipped(1)
      return
    }
    const record = this.#record
    record.values = objects.values
    record.sources = layout.sources
    record.shape = layout.shape
    record.provenance = provenance
    record.number = number
    record.offset = offset
    this.#sink.record(record)
  }

  #expand(known: Known, object: JsonObject, number: number, offset: number) {
    const { plan } = known
    if (plan.kind !== 'expansion') return
    const found = plan.expand(objects.values, object)
    if (!found) {
      const other = known.asUnknown()
      this.#show(other, number)
      this.#emitMapped(other, number, offset)
      return
    }
    if (found.damage !== undefined) {
      this.#sink.damaged({ what: 'record', offset, message: found.damage })
    }
    if (!this.#wants(found.provenance)) this.#sink.skipped(1)
    else this.emitFields(found.fields, found.provenance, number, offset)
  }

  /** Fields that have their final names already. */
  emitFields(
    fields: Fields,
    provenance: Provenance,
    number: number,
    offset: number,
  ): void {
    const { shape, sources } = expansions.flatten(fields)
    const record = this.#record
    record.values = expansions.values
    record.sources = sources
    record.shape = shape
    record.provenance = provenance
    record.number = number
    record.offset = offset
    this.#sink.record(record)
  }

  #wants(provenance: Provenance): boolean {
    if (!this.#gate) return true
    let wanted = this.#wanted.get(provenance)
    if (wanted === undefined) {
      wanted = this.#gate.wants(provenance)
      this.#wanted.set(provenance, wanted)
    }
    return wanted
  }

  // Each dialect is said once, and each unknown shape with its keys once.
  #show(known: Known, line: number) {
    this.#last = known
    this.lastDialect = known.dialect.name
    if (this.#shown.has(known)) return
    this.#shown.add(known)
    if (!this.#shown.has(known.dialect.name)) {
      this.#shown.add(known.dialect.name)
      this.#sink.shapeSeen(known.dialect.name)
    }
    if (known.dialect === unknown) this.#showUnknown(known.names, line)
  }

  #showUnknown(names: Names, line: number) {
    const keys = topLevel(names.list)
    const set = `keys\0${keys.join('\0')}`
    if (this.#shown.has(set) || this.#unknownShapes >= maxUnknownShapes) return
    this.#shown.add(set)
    this.#unknownShapes++
    this.#sink.unknownShape(keys.slice(0, maxShownKeys), line)
  }

  #damaged(offset: number, message: string) {
    this.#sink.damaged({ what: 'record', offset, message, lost: 1 })
  }
}

function topLevel(names: readonly string[]): string[] {
  const keys = new Set(names.map((n) => n.split('.')[0]!))
  return [...keys].sort()
}

function printShort(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
