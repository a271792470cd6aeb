// Which shapes does a source hold? Each dialect is said once, and each unknown shape with its keys once.
import type { RecordSink } from '../reader.ts'
import type { Names } from './dialect.ts'
import { unknown } from './dialects/unknown.ts'
import type { Known } from './known.ts'

/** Names shown of a shape that nobody recognises. */
const maxShownKeys = 12
/** Unknown shapes that are shown of one source; records of further ones are still given. */
const maxUnknownShapes = 32

let sources = 0

/** One for each source. */
export class ShownShapes {
  readonly #id = ++sources
  readonly #sink: RecordSink
  readonly #shown = new Set<string>()
  #last: Known | undefined
  #unknownShapes = 0

  constructor(sink: RecordSink) {
    this.#sink = sink
  }

  /** How the records so far are called in the summary; '' before the first. */
  get lastDialect(): string {
    return this.#last?.dialect.name ?? ''
  }

  /** A record is given that is known so. */
  meet(known: Known, line: number): void {
    if (known !== this.#last) this.#show(known, line)
  }

  say(shape: string): void {
    if (this.#shown.has(shape)) return
    this.#shown.add(shape)
    this.#sink.shapeSeen(shape)
  }

  #show(known: Known, line: number) {
    this.#last = known
    if (known.shownTo === this.#id) return
    known.shownTo = this.#id
    this.say(known.dialect.name)
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
}

function topLevel(names: readonly string[]): string[] {
  const keys = new Set(names.map((n) => n.split('.')[0]!))
  return [...keys].sort()
}
