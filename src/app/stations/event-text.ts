// Events as text, as `ipcwatch events` prints them.
import type { Event } from '../../event/event.ts'

import { copyKey } from '../../findings/identity.ts'

import { compileWhere } from '../rules/where.ts'
import { EventLines } from './event-lines.ts'
import { EventRows } from './event-rows.ts'
import type { Part, Station } from './station.ts'

/** Plain data: it crosses to worker threads as JSON. */
export interface EventTextConfig {
  readonly format: 'ndjson' | 'table'
  /** undefined: all. */
  readonly fields?: readonly string[]
  /** Conditions as `compileWhere` takes them; all must hold. */
  readonly where: readonly string[]
  /** Tell what is needed to know copies of an event by. */
  readonly copies?: boolean
}

export interface TextPart extends Part {
  readonly kind: 'text'
  /** Whole lines, one an event. */
  readonly text: string
  readonly events: number
  /** Of each event, where copies are asked for: two lanes of its key (equal for copies), and which of `files` it is of. */
  readonly keys: Uint32Array
  readonly files: readonly string[]
}

/** Numbers of each event in `keys`. */
export const keysEach = 3

/** Text is handed on when so many characters of it are there. */
const flushAt = 256 * 1024

export class EventText implements Station {
  readonly #print: (event: Event) => string
  readonly #holds: (event: Event) => boolean
  readonly #full: () => void
  readonly #copies: boolean
  #text = ''
  #events = 0
  #keys: number[] = []
  #files: string[] = []

  constructor(
    { format, fields, where, copies = false }: EventTextConfig,
    full: () => void,
  ) {
    this.#copies = copies
    const lines = new EventLines(fields)
    const rows = new EventRows(fields)
    this.#print =
      format === 'ndjson' ? (e) => lines.line(e) : (e) => rows.row(e)
    this.#holds = compileWhere(where).holds
    this.#full = full
  }

  meet(event: Event): void {
    if (!this.#holds(event)) return
    this.#text += this.#print(event)
    this.#events++
    if (this.#copies) this.#addKey(event)
    if (this.#text.length >= flushAt) this.#full()
  }

  #addKey(event: Event) {
    const { file } = event.origin
    if (this.#files.at(-1) !== file) this.#files.push(file)
    const { a, b } = copyKey(event, event.host(), event.time())
    this.#keys.push(a, b, this.#files.length - 1)
  }

  drain(): TextPart[] | undefined {
    if (!this.#text) return undefined
    const part: TextPart = {
      kind: 'text',
      text: this.#text,
      events: this.#events,
      keys: Uint32Array.from(this.#keys),
      files: this.#files,
    }
    this.#text = ''
    this.#events = 0
    this.#keys = []
    this.#files = []
    return [part]
  }
}
