// Prints the events of pieces as text.
import type { Event } from '../../event/event.ts'

import type { Batch, Piece, PieceReport } from '../reading/batch.ts'
import { type EngineAccount, emptyAccount } from './account.ts'
import { EventLines } from './event-lines.ts'
import { EventRows } from './event-rows.ts'
import { SourceReading } from '../reading/source-reading.ts'
import { compileWhere } from '../rules/where.ts'

export interface PrinterConfig {
  readonly format: 'ndjson' | 'table'
  /** undefined: all. */
  readonly fields?: readonly string[]
  /** Conditions as `compileWhere` takes them; all must hold. */
  readonly where: readonly string[]
}

/** Text is handed on when so many characters of it are there. */
const flushAt = 256 * 1024

export class EventPrinter {
  readonly #print: (event: Event) => string
  readonly #holds: (event: Event) => boolean

  constructor({ format, fields, where }: PrinterConfig) {
    const lines = new EventLines(fields)
    const rows = new EventRows(fields)
    this.#print =
      format === 'ndjson' ? (e) => lines.line(e) : (e) => rows.row(e)
    this.#holds = compileWhere(where).holds
  }

  async read(
    piece: Piece,
    emit: (batch: Batch) => void,
    signal?: AbortSignal,
  ): Promise<PieceReport> {
    let text = ''
    let count = 0
    const flush = () => {
      if (text)
        emit({ lines: text, counts: [0, count], twins: [], bases: [], fed: [] })
      text = ''
      count = 0
    }
    const reading = new SourceReading({
      event: (event) => {
        if (!this.#holds(event)) return
        text += this.#print(event)
        count++
        if (text.length >= flushAt) flush()
      },
      ...(signal && { signal }),
    })
    const report = await reading.run(piece)
    flush()
    return report
  }

  account(): EngineAccount {
    return emptyAccount
  }
}
