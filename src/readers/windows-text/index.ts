// Windows events as text for people: `wevtutil /f:text` (`Event[0]:`, then `Log Name: …` a line each), and the classic input
// of Splunk (`LogName=Security`, the message behind `Message=`). Each becomes an object that the dialects know.
import type { JsonObject } from '../flat/json-value.ts'
import { classicFields } from '../inside/rendered-event.ts'
import { RecordMaker } from '../jsonl/records.ts'
import { LineSplitter } from '../lines.ts'
import type { Reader, ReaderOptions, StreamFormat } from '../reader.ts'

/** Of one event, in UTF-16 units; what is over is another. */
const maxEventLength = 1024 * 1024

export const windowsText: StreamFormat = {
  name: 'windows-text',
  read: 'stream',
  detect(head) {
    const text = head.toString('latin1')
    const isListed = /^\s{0,8}Log Name: /m.test(text) && eventMark.test(text)
    const isClassic = /^LogName=/m.test(text) && /^EventCode=\d/m.test(text)
    return isListed || (isClassic && !/^[\s"]*[{[<_]/.test(text)) ? 3 : 0
  },
  open: (options) => new WindowsTextReader(options),
}

const eventMark = /^(?:\xef\xbb\xbf|\ufeff)?Event\[\d{1,9}\]:?\s*$/m
const timeLine =
  /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d(?:\.\d{1,6})?(?: [AP]M)?$/

class WindowsTextReader implements Reader {
  readonly #options: ReaderOptions
  readonly #records: RecordMaker
  readonly #lines: LineSplitter
  #open: string[] = []
  #length = 0
  #line = 0
  #offset = 0

  constructor(options: ReaderOptions) {
    this.#options = options
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
    const begins = eventMark.test(text) || timeLine.test(text)
    const isNext =
      text.startsWith('LogName=') &&
      this.#open.some((l) => l.startsWith('LogName='))
    if (begins || isNext || this.#length > maxEventLength) this.#give()
    if (this.#open.length === 0) {
      if (text.trim() === '') return
      this.#line = line
      this.#offset = offset
    }
    this.#open.push(text)
    this.#length += text.length
  }

  #give() {
    const lines = this.#open
    this.#open = []
    this.#length = 0
    if (lines.length === 0) return
    const object = listed(lines) ?? classic(lines)
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

function classic(lines: readonly string[]): JsonObject | undefined {
  const fields = classicFields(lines.join('\n'))
  const isTimed = timeLine.test(lines[0]!)
  return fields && (isTimed ? { ...fields, TimeGenerated: lines[0]! } : fields)
}

/** All that stands behind `Description:` is the message. */
function listed(lines: readonly string[]): JsonObject | undefined {
  if (!eventMark.test(lines[0]!)) return undefined
  const object: { [name: string]: string } = {}
  for (let i = 1; i < lines.length; i++) {
    const pair = /^\s{0,8}([A-Z][A-Za-z ]{0,31}): ?(.*)$/.exec(lines[i]!)
    if (!pair) continue
    const [, name, value] = pair as unknown as [string, string, string]
    if (name === 'Description') {
      object.Message = [value, ...lines.slice(i + 1)].join('\n').trim()
      return object
    }
    if (value.trim() !== '' && value.trim() !== 'N/A')
      object[name] = value.trim()
  }
  return object
}
