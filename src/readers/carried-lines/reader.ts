// Each line is what its carrier was given, or a piece of it; whatever event stands in the whole is opened.
import { Pieces } from '../inside/pieces.ts'
import { mayHoldEvent } from '../inside/event-text.ts'
import { RecordMaker } from '../jsonl/records.ts'
import { LineSplitter } from '../lines.ts'
import type { Reader, ReaderOptions, Settled } from '../reader.ts'
import { isToolLine } from '../tool-line.ts'
import { readCarried, withoutColours } from './prefix.ts'

interface Line {
  readonly number: number
  readonly offset: number
}

export class CarriedLinesReader implements Reader {
  readonly #options: ReaderOptions
  readonly #records: RecordMaker
  readonly #lines: LineSplitter
  readonly #pieces = new Pieces<Line>((text, line) => this.#give(text, line))
  #otherLines = 0
  #firstOther = 0

  constructor(options: ReaderOptions) {
    this.#options = options
    const { sink, gate, start = 0, linesBefore = 0 } = options
    this.#records = new RecordMaker(sink, gate)
    this.#lines = new LineSplitter(
      {
        line: (buffer, from, to, number, offset) =>
          this.#line(buffer.toString('utf8', from, to), number, offset),
        damaged: (damage) => sink.damaged(damage),
      },
      { start, linesBefore },
    )
  }

  push(block: Buffer): void {
    this.#lines.push(block)
  }

  settle(): void {
    this.#records.settle()
  }

  settled(): Settled | undefined {
    const isWaiting = this.#pieces.isOpen || this.#records.isOpen
    return isWaiting ? undefined : this.#lines.openLine
  }

  end(): void {
    this.#lines.end()
    this.#pieces.end()
    this.#records.end()
    if (this.#otherLines === 0) return
    this.#options.sink.damaged({
      what: 'text',
      offset: this.#firstOther,
      message: `${this.#otherLines} lines without an event were not read`,
    })
  }

  #line(text: string, number: number, offset: number) {
    const line = withoutColours(text)
    if (line.trim() === '') return
    const { from, stream, isOpen } = readCarried(line)
    this.#pieces.take(stream, line.slice(from), isOpen, { number, offset })
  }

  #give(text: string, { number, offset }: Line) {
    if (mayHoldEvent(text) && this.#records.takeText(text, number, offset)) {
      return
    }
    if (isToolLine(text.trim())) return
    if (this.#otherLines++ === 0) this.#firstOther = offset
  }
}
