// From a parsed JSON object to a record: its names are found in the tree of keys, a dialect says what they mean, and the
// gate decides whether anyone wants it.
import type { Gate, RecordSink } from '../reader.ts'
import { fieldTree } from '../flat/fields.ts'
import { FlatRecord } from '../flat/flat-record.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { KeyTree } from '../flat/key-tree.ts'
import { type Layout, layoutOf } from '../flat/shapes.ts'
import { Verdicts } from '../flat/written-by.ts'
import { type Dialect, Names, type Plan } from './dialect.ts'
import { dialects } from './dialects/index.ts'
import { unknown } from './dialects/unknown.ts'
import { withoutEnvelope } from './envelope.ts'

/** Wrappers within wrappers. */
const maxWrappers = 3
/** Names shown of a shape that nobody recognises. */
const maxShownKeys = 12
/** Unknown shapes that are shown of one source; records of further ones are still given. */
const maxUnknownShapes = 32
/** Lists of names that are remembered as shown. */
const maxShown = 8192

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

/** Gives records to a sink; one for each source. */
export class RecordMaker {
  readonly #sink: RecordSink
  readonly #verdicts: Verdicts
  readonly #record = new FlatRecord()
  readonly #shown = new Set<Known | string>()
  #last: Known | undefined
  #unknownShapes = 0
  /** How the records so far are called in the summary; '' before the first. */
  lastDialect = ''

  constructor(sink: RecordSink, gate: Gate | undefined) {
    this.#sink = sink
    this.#verdicts = new Verdicts(gate)
    objects.startSource()
    fieldTree.startSource()
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
      this.#expand(known, object, number, offset, wrappers)
    } else {
      const inner = plan.unwrap(object)
      if (inner) this.take(inner, number, offset, wrappers)
      else this.#emitUnknown(known, number, offset)
    }
  }

  // What looked like a dialect from its names alone and is not.
  #emitUnknown(known: Known, number: number, offset: number) {
    const other = known.asUnknown()
    this.#show(other, number)
    this.#emitMapped(other, number, offset)
  }

  #emitMapped(known: Known, number: number, offset: number) {
    const { plan, layout } = known
    if (plan.kind !== 'mapping' || !layout) return
    const provenance = plan.provenance(objects.values)
    if (!this.#verdicts.wants(provenance)) {
      this.#sink.skipped(1)
      return
    }
    this.#sink.record(
      this.#record.show(layout, objects.values, provenance, number, offset),
    )
  }

  #expand(
    known: Known,
    object: JsonObject,
    number: number,
    offset: number,
    wrappers: number,
  ) {
    const { plan } = known
    if (plan.kind !== 'expansion') return
    const found = plan.expand(objects.values, object)
    if (!found) {
      this.#emitUnknown(known, number, offset)
      return
    }
    if ('inner' in found) {
      if (wrappers < maxWrappers) {
        this.take(found.inner, number, offset, wrappers + 1)
      } else this.#damaged(offset, 'JSON text within JSON text, too often')
      return
    }
    if (found.damage !== undefined) {
      this.#sink.damaged({ what: 'record', offset, message: found.damage })
    }
    const { fields, provenance } = found
    if (!this.#verdicts.wants(provenance)) {
      this.#sink.skipped(1)
      return
    }
    this.#sink.record(
      this.#record.showFields(fields, provenance, number, offset),
    )
  }

  // Each dialect is said once, and each unknown shape with its keys once.
  #show(known: Known, line: number) {
    this.#last = known
    this.lastDialect = known.dialect.name
    if (this.#shown.has(known)) return
    if (this.#shown.size < maxShown) this.#shown.add(known)
    if (!this.#shown.has(known.dialect.name)) {
      this.#shown.add(known.dialect.name)
      this.#sink.shapeSeen(known.dialect.name)
    }
    if (known.dialect === unknown) this.#showUnknown(known.names, line)
  }

  #showUnknown(names: Names, line: number) {
    if (this.#unknownShapes >= maxUnknownShapes) return
    const keys = topLevel(names.list)
    const set = `keys\0${keys.join('\0')}`
    if (this.#shown.has(set)) return
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
