// Gives the records of lines that are written as lines before them, without parsing them; and learns how those are written that had to be
// parsed.
import { AlikeLines } from '../alike-lines/alike-lines.ts'
import type { JsonObject } from '../flat/json-value.ts'
import { type Known, knownLine } from './known.ts'
import type { RecordMaker } from './records.ts'

// One for all sources of the process, as what is known of names.
let shared: AlikeLines<Known> | undefined
let isOpened = false

function sharedLines(): AlikeLines<Known> | undefined {
  if (!isOpened) shared = AlikeLines.open<Known>()
  isOpened = true
  return shared
}

export class KnownLines {
  readonly #alike = sharedLines()
  readonly #records: RecordMaker
  /** It is known how the last line is written, and yet it has to be parsed. */
  #isKnown = false

  constructor(records: RecordMaker) {
    this.#records = records
    this.#alike?.startSource()
  }

  /** Call before lines of a block. */
  startBlock(block: Buffer): void {
    this.#alike?.startBlock(block)
  }

  /** `host`: that a header before the line names. false: it has to be parsed. */
  take(
    buffer: Buffer,
    [from, to]: readonly [from: number, to: number],
    line: number,
    offset: number,
    host: string,
  ): boolean {
    this.#isKnown = false
    const alike = this.#alike
    const known = alike?.find(buffer, from, to)
    if (!known) return false
    this.#isKnown = true
    return this.#records.takeAlike(known, alike!.values, line, offset, host)
  }

  /** A line that had to be parsed, and was taken. */
  learn(buffer: Buffer, from: number, to: number, value: unknown): void {
    const alike = this.#alike
    if (this.#isKnown || !alike?.mayLearn || !isObject(value)) return
    const known = knownLine(value)
    if (known) alike.learn(buffer.subarray(from, to), value, known)
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
