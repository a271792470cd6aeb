// From a parsed JSON object to a record: its names are found in the tree of keys, a dialect says what they mean, and the
// gate decides whether anyone wants it.
import { CarriedAudit } from '../auditd/carried.ts'
import { HeaderReader } from '../auditd/header.ts'
import { addField, type Fields, fieldTree } from '../flat/fields.ts'
import { FlatRecord } from '../flat/flat-record.ts'
import { isEmpty, type JsonObject } from '../flat/json-value.ts'
import type { Lookup } from '../flat/shapes.ts'
import { addBeside } from '../inside/beside.ts'
import {
  eventSigns,
  eventsInText,
  type FieldsEvent,
  mayHoldEvent,
  type TextEvent,
} from '../inside/event-text.ts'
import { forwarded } from '../inside/forwarded.ts'
import { arePlain, Opener } from '../inside/opener.ts'
import { Pieces } from '../inside/pieces.ts'
import { rowOfPairs, rowsOfLists, rowsUnderHeading } from '../inside/tables.ts'
import { everyRecord, type Gate, type RecordSink } from '../reader.ts'
import type { Expansion, Piece } from './dialect.ts'
import { unknown } from './dialects/unknown.ts'
import { openedEnvelope } from './envelope.ts'
import {
  type Known,
  kindOf,
  knownOfColumns,
  objects,
  plainerObject,
} from './known.ts'
import { ShownShapes } from './shown-shapes.ts'

/** Where an object stands, and what its carriers say. */
interface Place {
  readonly number: number
  readonly offset: number
  readonly wrappers: number
  readonly beside: Fields | undefined
}

/** An object with a piece of a text. */
interface Carrier {
  readonly known: Known
  readonly piece: Piece
  readonly object: JsonObject
  readonly place: Place
}

/** Wrappers within wrappers, texts within texts. */
const maxWrappers = 6

function inner(place: Place): Place {
  return { ...place, wrappers: place.wrappers + 1 }
}

/** Gives records to a sink; one for each source. */
export class RecordMaker {
  readonly #sink: RecordSink
  readonly #gate: Gate
  readonly #shapes: ShownShapes
  readonly #record = new FlatRecord()
  readonly #headers = new HeaderReader()
  readonly #opener = new Opener(kindOf, this.#headers, (message) =>
    this.#sink.damaged({ what: 'record', offset: this.#openedAt, message }),
  )
  #openedAt = 0
  readonly #audit: CarriedAudit
  readonly #pieces = new Pieces<Carrier>((text, carrier) =>
    this.#givePieces(text, carrier),
  )
  #columns: readonly string[] | undefined
  #ofColumns: Known | undefined
  /** As of `#ofColumns`; undefined: it was not asked yet. */
  #areCounted: boolean | undefined

  constructor(sink: RecordSink, gate: Gate | undefined) {
    this.#sink = sink
    this.#gate = gate ?? everyRecord
    this.#shapes = new ShownShapes(sink)
    this.#audit = new CarriedAudit(sink, this.#gate)
    objects.startSource()
    fieldTree.startSource()
  }

  /** How the records so far are called in the summary; '' before the first. */
  get lastDialect(): string {
    return this.#shapes.lastDialect
  }

  /** The source is over: what only waits for more is given. */
  end(): void {
    this.#pieces.end()
    this.#audit.end()
  }

  /** The source is quiet: what waits for records of the same audit event is given. */
  settle(): void {
    this.#audit.end()
  }

  /** A text of which only some pieces came, or an audit event that may get more records, is held. */
  get isOpen(): boolean {
    return this.#pieces.isOpen || this.#audit.isOpen
  }

  /** `object` may be anything that JSON.parse gives: what is no object is damage. `carrier`: the host that a header before it names. */
  take(object: unknown, number: number, offset: number, carrier = ''): void {
    const beside = carrier === '' ? undefined : { host: carrier }
    this.#take(object, { number, offset, wrappers: 0, beside })
  }

  /** A line that is written as one before was. false: it must be taken as an object. */
  takeAlike(
    known: Known,
    values: Lookup,
    number: number,
    offset: number,
    carrier = '',
  ): boolean {
    // A list may be a column of rows.
    if (values.line?.isList(0) || this.#mayCarry(known, values)) return false
    this.#shapes.meet(known, number)
    const beside = carrier === '' ? undefined : { host: carrier }
    this.#emitMapped(known, { number, offset, wrappers: 0, beside }, values)
    return true
  }

  /** A row of a table, of which each cell says something. false: it must be taken as an object. */
  takeRow(
    columns: readonly string[],
    row: readonly string[],
    number: number,
    offset: number,
  ): boolean {
    if (columns !== this.#columns) {
      this.#columns = columns
      this.#ofColumns = knownOfColumns(columns)
      this.#areCounted = undefined
    }
    const known = this.#ofColumns
    if (!known || !arePlain(columns, row)) return false
    for (let i = 0; i < row.length; i++) objects.values[i] = row[i]!
    this.#shapes.meet(known, number)
    this.#emitMapped(known, { number, offset, wrappers: 0, beside: undefined })
    this.#areCounted ??= this.#asksNothing(known)
    return true
  }

  /** Rows like those that `takeRow` took need only be counted. */
  get areCounted(): boolean {
    return this.#areCounted ?? false
  }

  count(rows: number): void {
    if (rows > 0) this.#sink.counted?.(rows)
  }

  /** Of others the values say who wrote them. */
  #asksNothing({ dialect }: Known): boolean {
    return (
      dialect === unknown && (this.#sink.areCounted?.(this.#record) ?? false)
    )
  }

  /** A line of text that may hold events. false: it holds none. */
  takeText(text: string, number: number, offset: number): boolean {
    const events = eventsInText(text, this.#headers)
    const place = { number, offset, wrappers: 0, beside: undefined }
    for (const event of events) this.#giveInner(event, {}, place)
    return events.length > 0
  }

  #take(object: unknown, place: Place) {
    if (typeof object === 'string') this.#takeListedText(object, place)
    else if (typeof object !== 'object' || object === null) {
      this.#damaged(
        place.offset,
        `${printShort(object)} where an object was expected`,
      )
    } else if (place.wrappers > maxWrappers) {
      this.#damaged(place.offset, `wrapped over ${maxWrappers} times`)
    } else if (Array.isArray(object)) this.#takeList(object, inner(place))
    else this.#takeObject(object as JsonObject, place)
  }

  #takeList(list: readonly unknown[], place: Place) {
    const entries = forwarded(list)
    if (entries) {
      for (const { record, beside } of entries) {
        if (place.beside) addBeside(beside, place.beside)
        this.#take(record, { ...place, beside })
      }
      return
    }
    const pairs = rowOfPairs(list)
    if (pairs) {
      this.#take(pairs, place)
      return
    }
    const rows = rowsUnderHeading(list)
    const hasItems = list.some((item) => typeof item !== 'number')
    if (rows) for (const row of rows) this.#take(row, place)
    else if (hasItems) for (const item of list) this.#take(item, place)
    else {
      const message = `${printShort(list)} where an object was expected`
      this.#damaged(place.offset, message)
    }
  }

  /** An item of a list of texts. */
  #takeListedText(text: string, place: Place) {
    const events = eventsInText(text, this.#headers)
    if (events.length) this.#shapes.say('events in text of others')
    else {
      const message = `${printShort(text)} where an object was expected`
      this.#damaged(place.offset, message)
    }
    for (const event of events) this.#giveInner(event, {}, place)
  }

  #takeObject(given: JsonObject, place: Place) {
    const first = objects.flatten(given)
    const plainer = first.mayBePlainer ? plainerObject(given) : undefined
    const object = plainer ?? given
    const known = plainer ? objects.flatten(plainer) : first
    const { plan } = known
    if (plan.kind === 'mapping') {
      const rows = Array.isArray(objects.values[0]) && rowsOfLists(object)
      if (rows) {
        for (const row of rows) this.#take(row, inner(place))
        return
      }
      if (this.#mayCarry(known)) {
        if (this.#open(known, object, place)) return
        objects.flatten(object)
      }
      this.#shapes.meet(known, place.number)
      this.#emitMapped(known, place)
      return
    }
    if (plan.kind === 'piece') {
      this.#takePiece({ known, piece: plan, object, place })
      return
    }
    this.#shapes.meet(known, place.number)
    this.#expand(known, plan, object, place)
  }

  #takePiece(carrier: Carrier) {
    const { known, piece, object } = carrier
    const text = openedEnvelope(object, known.envelope)[piece.text]
    if (typeof text !== 'string') this.#givePieces(undefined, carrier)
    else {
      const { values } = objects
      this.#pieces.take(
        piece.stream(values),
        text,
        piece.isOpen(values),
        carrier,
      )
    }
  }

  /** A text that is whole, in the first of the objects that had its pieces. */
  #givePieces(text: string | undefined, carrier: Carrier) {
    const { known, piece, object, place } = carrier
    const opened = openedEnvelope(object, known.envelope)
    if (text === undefined || text === opened[piece.text]) {
      this.#emitUnknown(known, object, place)
      return
    }
    const whole = { ...opened, [piece.text]: text }
    this.#emitUnknown(objects.flatten(whole), whole, place)
  }

  #mayCarry({ carriers }: Known, values: Lookup = objects.values): boolean {
    if (carriers === undefined) return true
    const { line } = values
    return carriers.some((i) => {
      if (line?.isPlain(i) && !line.mayHoldAt(i, eventSigns)) return false
      const value = values.at(i)
      return Array.isArray(value)
        ? value.some((v) => typeof v === 'string' && mayHoldEvent(v))
        : typeof value === 'string' && mayHoldEvent(value)
    })
  }

  /** false: there is nothing inside, and it is a record itself. */
  #open(known: Known, object: JsonObject, place: Place): boolean {
    this.#openedAt = place.offset
    const found =
      known.carriers === undefined
        ? this.#opener.open(object)
        : this.#opener.openMembers(
            known.names.list,
            known.carriers,
            objects.values.slice(0, known.names.list.length),
          )
    if (!found) return false
    for (const { isText } of found) {
      this.#shapes.say(isText ? 'events in text of others' : 'lists of records')
    }
    for (const { event, beside } of found) this.#giveInner(event, beside, place)
    return true
  }

  #giveInner(event: TextEvent, beside: Fields, place: Place) {
    const both: Fields = { ...beside }
    if (place.beside) addBeside(both, place.beside)
    if (event.kind === 'audit') {
      this.#audit.add(event, both, place.offset)
    } else if (event.kind === 'fields') {
      addBeside(event.fields, both)
      this.#emitFields(event, place)
    } else {
      const { wrappers, offset } = place
      const { damage: message } = event
      if (message !== undefined) {
        this.#sink.damaged({ what: 'record', offset, message, lost: 0 })
      }
      this.#take(event.value, {
        ...place,
        wrappers: wrappers + 1,
        beside: both,
      })
    }
  }

  // What looked like a dialect from its names alone and is not.
  #emitUnknown(known: Known, object: JsonObject, place: Place) {
    const other = known.asUnknown()
    if (this.#open(other, object, place)) return
    objects.flatten(object)
    this.#shapes.meet(other, place.number)
    this.#emitMapped(other, place)
  }

  #emitMapped(known: Known, place: Place, values: Lookup = objects.values) {
    const { plan, layout } = known
    if (plan.kind !== 'mapping' || !layout) return
    const provenance = plan.provenance(values)
    const { number, offset, beside } = place
    const record = this.#record.show(layout, values, provenance, number, offset)
    if (!this.#gate.wants(provenance)) {
      this.#sink.skipped(1, undefined, record)
      return
    }
    const isBare = beside === undefined || isEmpty(beside)
    if (isBare || known.saysMore(beside)) this.#sink.record(record)
    else {
      const fields: Fields = {}
      layout.shape.names.forEach((name, i) => {
        const value = record.value(i)
        if (value !== undefined) addField(fields, name, value)
      })
      addBeside(fields, beside)
      this.#emitFields({ fields, provenance }, place)
    }
  }

  #expand(known: Known, plan: Expansion, object: JsonObject, place: Place) {
    const opened = openedEnvelope(object, known.envelope)
    const found = plan.expand(objects.values, opened, this.#headers)
    if (!found) {
      this.#emitUnknown(known, object, place)
    } else if ('inside' in found) {
      for (const event of found.inside) {
        this.#giveInner(event, found.beside, place)
      }
    } else {
      if (place.beside) addBeside(found.fields, place.beside)
      this.#emitFields(found, place)
    }
  }

  #emitFields(event: Omit<FieldsEvent, 'kind'>, { number, offset }: Place) {
    const { fields, provenance, damage } = event
    if (damage !== undefined) {
      this.#sink.damaged({ what: 'record', offset, message: damage, lost: 0 })
    }
    const record = this.#record.showFields(fields, provenance, number, offset)
    if (this.#gate.wants(provenance)) this.#sink.record(record)
    else this.#sink.skipped(1, undefined, record)
  }

  #damaged(offset: number, message: string) {
    this.#sink.damaged({ what: 'record', offset, message, lost: 1 })
  }
}

function printShort(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
