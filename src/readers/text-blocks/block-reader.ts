// Events as text for people, each over several lines: what begins one and what is in it is told by a form, a file each. Every block
// becomes an object that the dialects of JSON know.
import type { JsonObject } from '../flat/json-value.ts'
import { RecordMaker } from '../jsonl/records.ts'
import { LineSplitter } from '../lines.ts'
import type { Reader, ReaderOptions, StreamFormat } from '../reader.ts'

/** Of one event, in UTF-16 units; what is over is another. */
const maxEventLength = 1024 * 1024

export interface TextForm {
  readonly name: string
  /** Of the first bytes of a source, byte by byte; line breaks are LF. */
  looksLike(head: string): boolean
  /** Does this line begin another event than the open one, of which there is at least a line? */
  begins(line: string, open: readonly string[]): boolean
  /** Is this the last line of the open event? Absent: only what begins another ends it. */
  ends?(line: string): boolean
  /** One event, several, or text that holds some. undefined: these lines are no event. */
  object(
    lines: readonly string[],
  ): JsonObject | readonly JsonObject[] | string | undefined
  /** What stands around the events and is none: prompts, headings. */
  isAround?(line: string): boolean
}

export function formatOf(form: TextForm): StreamFormat {
  return {
    name: form.name,
    read: 'stream',
    detect: (head) => (form.looksLike(textOf(head)) ? 3 : 0),
    open: (options) => new BlockReader(options, form),
  }
}

/** Each form asks for the text of the same head, which nobody writes into meanwhile. */
const texts = new WeakMap<Buffer, string>()

function textOf(head: Buffer): string {
  const known = texts.get(head)
  if (known !== undefined) return known
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .replaceAll('\r', '')
  texts.set(head, text)
  return text
}

class BlockReader implements Reader {
  readonly #options: ReaderOptions
  readonly #form: TextForm
  readonly #records: RecordMaker
  readonly #lines: LineSplitter
  #open: string[] = []
  #length = 0
  #line = 0
  #offset = 0

  constructor(options: ReaderOptions, form: TextForm) {
    this.#options = options
    this.#form = form
    this.#records = new RecordMaker(options.sink, options.gate)
    this.#lines = new LineSplitter(
      {
        line: (buffer, start, end, line, offset) =>
          this.#take(buffer.toString('utf8', start, end), line, offset),
        damaged: (damage) => options.sink.damaged(damage),
      },
      { start: options.start ?? 0, linesBefore: options.linesBefore ?? 0 },
    )
  }

  push(block: Buffer): void {
    this.#lines.push(block)
  }

  end(): void {
    this.#lines.end()
    this.#give()
    this.#records.end()
  }

  #take(text: string, line: number, offset: number) {
    const isOther = this.#open.length > 0 && this.#form.begins(text, this.#open)
    if (isOther || this.#length > maxEventLength) this.#give()
    if (this.#open.length === 0) {
      if (text.trim() === '' || this.#form.isAround?.(text)) return
      this.#line = line
      this.#offset = offset
    }
    this.#open.push(text)
    this.#length += text.length
    if (this.#form.ends?.(text)) this.#give()
  }

  #give() {
    const lines = this.#open
    this.#open = []
    this.#length = 0
    if (lines.length === 0) return
    const object = this.#form.object(lines)
    if (object) this.#records.take(object, this.#line, this.#offset)
    else {
      this.#options.sink.damaged({
        what: 'text',
        offset: this.#offset,
        message: `line ${this.#line}: ${lines.length} lines without an event`,
      })
    }
  }
}
