// Events as text, as `ipcwatch events` prints them.
import type { Event } from '../../event/event.ts'

import { compileWhere } from '../rules/where.ts'
import { CopyMarker, type CopyMarks } from './copy-marks.ts'
import { csvOfEvent } from './event-csv.ts'
import { EventLines } from './event-lines.ts'
import { EventRows } from './event-rows.ts'
import type { Part, Station } from './station.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface EventTextConfig {
  readonly format: 'ndjson' | 'table' | 'csv'
  /** undefined: all. */
  readonly fields?: readonly string[]
  /** Conditions as `compileWhere` takes them; all must hold. */
  readonly where: readonly string[]
  /** Tell what is needed to know copies of an event by. */
  readonly copies?: boolean
}

export interface TextPart extends Part, CopyMarks {
  readonly kind: 'text'
  /** Whole lines, one an event. */
  readonly text: string
  readonly events: number
}

const noMarks: CopyMarks = { keys: new Uint32Array(0), files: [] }

/** Text is handed on when so many characters of it are there. */
const flushAt = 256 * 1024

export class EventText implements Station {
  readonly #print: (event: Event) => string
  readonly #holds: (event: Event) => boolean
  readonly #full: () => void
  /** Absent: copies are not asked for. */
  readonly #copies: CopyMarker | undefined
  #text = ''
  #events = 0

  constructor(
    { format, fields, where, copies = false }: EventTextConfig,
    full: () => void,
  ) {
    this.#copies = copies ? new CopyMarker() : undefined
    const lines = new EventLines(fields)
    const rows = new EventRows(fields)
    const printers = {
      ndjson: (e: Event) => lines.line(e),
      table: (e: Event) => rows.row(e),
      csv: (e: Event) => csvOfEvent(e, fields),
    }
    this.#print = printers[format]
    this.#holds = compileWhere(where).holds
    this.#full = full
  }

  meet(event: Event): void {
    if (!this.#holds(event)) return
    this.#text += this.#print(event)
    this.#events++
    this.#copies?.add(event)
    if (this.#text.length >= flushAt) this.#full()
  }

  drain(): TextPart[] | undefined {
    if (!this.#text) return undefined
    const part: TextPart = {
      kind: 'text',
      text: this.#text,
      events: this.#events,
      ...(this.#copies?.drain() ?? noMarks),
    }
    this.#text = ''
    this.#events = 0
    return [part]
  }
}
