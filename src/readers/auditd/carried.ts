// Audit records that other records carry (a container's log, a shipper's message): joined across their carriers, with
// the fields of the first carrier beside.
import type { Gate, RecordSink } from '../reader.ts'
import { addField, type Fields } from '../flat/fields.ts'
import { FlatRecord } from '../flat/flat-record.ts'
import { addBeside, hostOf } from '../inside/beside.ts'
import { CutLines } from './cut.ts'
import { AuditRecord } from './event.ts'
import type { AuditText } from './header.ts'
import { Joiner } from './joiner.ts'

interface CarriedLine extends AuditText {
  readonly offset: number
  readonly beside: Fields
}

export class CarriedAudit {
  readonly #sink: RecordSink
  readonly #gate: Gate
  readonly #joiner: Joiner<CarriedLine>
  readonly #event = new AuditRecord()
  readonly #record = new FlatRecord()
  readonly #cuts = new CutLines()

  constructor(sink: RecordSink, gate: Gate) {
    this.#sink = sink
    this.#gate = gate
    this.#joiner = new Joiner(
      (lines) => this.#give(lines),
      ({ header, offset }) =>
        sink.damaged({
          what: 'text',
          offset,
          message: `a record of event ${header.serial} came after its event had been given; it stands alone`,
        }),
    )
  }

  /** Serials of two hosts are not one, so the carrier's host is part of the identity. */
  add(carried: AuditText, beside: Fields, offset: number): void {
    const text = this.#cuts.whole(carried, offset)
    if (text === undefined) return
    const { header } = carried
    const node = header.node || (hostOf(beside) ?? '')
    this.#joiner.add({ header: { ...header, node }, text, offset, beside })
  }

  end(): void {
    this.#joiner.end()
    this.#cuts.say(this.#sink)
  }

  get isOpen(): boolean {
    return this.#joiner.oldest !== undefined
  }

  #give(lines: readonly CarriedLine[]) {
    const event = this.#event
    event.load(lines)
    if (!this.#gate.wants(event.provenance)) {
      const host = lines[0]!.header.node
      this.#sink.skipped(1, event.writtenAt, host || undefined)
      return
    }
    const fields: Fields = {}
    event.shape.names.forEach((name, i) => {
      const value = event.value(i)
      if (value !== undefined) addField(fields, name, value)
    })
    addBeside(fields, lines[0]!.beside)
    this.#sink.record(
      this.#record.showFields(
        fields,
        event.provenance,
        event.number,
        event.offset,
      ),
    )
  }
}
