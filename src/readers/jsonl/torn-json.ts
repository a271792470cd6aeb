// What JSON.parse refuses, looked at more patiently: several objects on one line, one that is not quite JSON, one whose end is missing.
import { TooCostly } from '../flat/json-names.ts'
import { jsonOf } from '../flat/json-text.ts'
import { salvage } from '../flat/salvage.ts'
import type { RecordSink } from '../reader.ts'
import { DocumentScanner, type ObjectSink } from './document.ts'
import { isEscaped } from './recognise.ts'
import type { RecordMaker } from './records.ts'

/** Objects that are looked for inside one whose end is missing. */
const maxPieces = 10_000

const LF = 0x0a

export class TornJson {
  readonly #sink: RecordSink
  readonly #records: RecordMaker
  readonly #object: ObjectSink['object']

  /** `object` takes one of those that stand on a line. */
  constructor(
    sink: RecordSink,
    records: RecordMaker,
    object: ObjectSink['object'],
  ) {
    this.#sink = sink
    this.#records = records
    this.#object = object
  }

  /** One object, of which it is said where a value is not kept as it stands. Throws where it is no JSON. */
  parse(
    buffer: Buffer,
    from: number,
    to: number,
    line: number,
    offset: number,
  ): unknown {
    const { value, damage } = jsonOf(buffer, from, to)
    if (damage !== undefined) {
      const message = `line ${line}: ${damage}`
      this.#sink.damaged({ what: 'record', offset, message, lost: 0 })
    }
    return value
  }

  /** Several objects on one line, or one that is not quite JSON: `error` is what was wrong with it. */
  line(
    buffer: Buffer,
    from: number,
    to: number,
    line: number,
    offset: number,
    error: unknown,
  ): void {
    if (error instanceof TooCostly) {
      this.lost(`line ${line} holds ${error.message}`, offset)
      return
    }
    if (isEscaped(buffer, from)) {
      const text = buffer.toString('utf8', from, to)
      if (this.#records.takeText(text, line, offset)) return
    }
    const objects: [number, number, number][] = []
    let isWhole = true
    const scanner = new DocumentScanner(
      {
        object: (b, s, e, _, o) => {
          if (b === buffer) objects.push([s, e, o])
        },
        openObject: () => {
          isWhole = false
        },
        damaged: () => {
          isWhole = false
        },
      },
      line - 1,
    )
    scanner.push(buffer, from, to, offset)
    scanner.end()
    if (isWhole && objects.length > 1) {
      for (const [s, e, o] of objects) this.#object(buffer, s, e, line, o)
    } else {
      const text = buffer.toString('utf8', from, to)
      this.salvage(text, line, offset, error)
    }
  }

  /**
   * The end of one object is missing and everything behind it was taken for its inside: objects that begin in the first
   * column are objects of their own, as every pretty-printer writes them.
   */
  openObject(bytes: Buffer, line: number, offset: number): void {
    let from = 0
    let lineNow = line
    for (let pieces = 0; from < bytes.length; pieces++) {
      if (pieces >= maxPieces) {
        const rest = bytes.length - from
        this.lost(
          `line ${lineNow}: ${rest} bytes of open objects`,
          offset + from,
        )
        return
      }
      const next = bytes.indexOf('\n{', from)
      const to = next < 0 ? bytes.length : next + 1
      this.#piece(bytes, from, to, lineNow, offset + from)
      for (let i = from; i < to; i++) if (bytes[i] === LF) lineNow++
      from = to
    }
  }

  #piece(
    bytes: Buffer,
    from: number,
    to: number,
    line: number,
    offset: number,
  ) {
    let object: unknown
    try {
      object = this.parse(bytes, from, to, line, offset)
    } catch (error) {
      if (error instanceof TooCostly) {
        this.lost(`line ${line} holds ${error.message}`, offset)
        return
      }
    }
    if (object !== undefined) {
      this.#records.take(object, line, offset)
      return
    }
    const text = bytes.toString('utf8', from, to)
    this.salvage(text, line, offset, new SyntaxError('its end is missing'))
  }

  /** What can be kept of it is given, and said. */
  salvage(text: string, line: number, offset: number, error: unknown): void {
    const saved = salvage(text)
    if (!saved) {
      const why = error instanceof Error ? error.message : String(error)
      this.lost(`line ${line} is not valid JSON: ${oneLine(why)}`, offset)
      return
    }
    this.#sink.damaged({
      what: 'record',
      offset,
      message: `line ${line} is not valid JSON (${saved.faults}); ${Object.keys(saved.object).length} members kept`,
      lost: 0,
    })
    this.#records.take(saved.object, line, offset)
  }

  lost(message: string, offset: number): void {
    this.#sink.damaged({ what: 'line', offset, message, lost: 1 })
  }
}

function oneLine(message: string): string {
  const line = message.replaceAll(/[\u0000-\u001f]+/g, ' ')
  return line.length > 120 ? `${line.slice(0, 120)}…` : line
}
