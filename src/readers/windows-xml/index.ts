// Windows events as XML: one or many in a file, with or without a root around them, across lines, or one in each line of
// a syslog (Sysmon for Linux). Events are found by their tags; what stands between them is counted.
import type { Damage } from '../../base/record.ts'

import { fieldTree } from '../flat/fields.ts'
import { FlatRecord } from '../flat/flat-record.ts'
import { isEncodedAgain, skipBlank } from '../jsonl/recognise.ts'
import {
  everyRecord,
  type Gate,
  type Reader,
  type ReaderOptions,
  type StreamFormat,
} from '../reader.ts'
import { isToolLine } from '../tool-line.ts'
import { parseWindowsEventXml, readHead } from './event.ts'

/** In bytes. Events have at most 64 KiB of data, rendered text beside them. */
export const maxEventBytes = 4 * 1024 * 1024

export const windowsXml: StreamFormat = {
  name: 'windows-xml',
  read: 'stream',
  detect(head) {
    const text = head.toString('latin1').replace(/^(?:\xef\xbb\xbf|\s)+/, '')
    const event = text.search(/<Event[\s>]/)
    const isEvent = event >= 0 && /<System[\s>]/.test(text.slice(event))
    if (/^<Events?[\s>]/.test(text)) return isEvent ? 3 : 1
    if (text.startsWith('<?xml')) return isEvent ? 3 : 0
    if (!isEvent || text[0] === '{' || text[0] === '[') return 0
    if (isWithinText(text, event)) return 0
    // A string of JSON, whose backslashes are escapes.
    if (text[0] === '"' && isEncodedAgain(head, skipBlank(head, 0))) return 1
    return 2
  },
  open: (options) => new WindowsXmlReader(options),
}

/** In a member of an object that stands before it in its line, or with its quotes escaped. */
function isWithinText(text: string, event: number): boolean {
  const start = text.lastIndexOf('\n', event) + 1
  const end = text.indexOf('\n', event)
  const line = text.slice(start, end < 0 ? undefined : end)
  const isMember =
    /\{\s{0,64}"/.test(text.slice(start, event)) && /\}\s*$/.test(line)
  return isMember || /^<Event {1,8}xmlns=\\/.test(text.slice(event, event + 32))
}

const START = Buffer.from('<Event')
const END = Buffer.from('</Event>')
const CDATA = Buffer.from('<![CDATA[')
const CDATA_END = Buffer.from(']]>')
const LF = 0x0a

export class WindowsXmlReader implements Reader {
  readonly #options: ReaderOptions
  readonly #record = new FlatRecord()
  readonly #gate: Gate
  #kept: Buffer = Buffer.alloc(0)
  /** In the kept bytes: where the end of the open event need not be looked for again. */
  #searched = 0
  /** File offset of the first kept byte. */
  #offset: number
  #events = 0
  #strayLines = 0
  #firstStray = 0

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#gate = options.gate ?? everyRecord
    this.#offset = options.start ?? 0
    fieldTree.startSource()
  }

  push(block: Buffer): void {
    const bytes =
      this.#kept.length > 0 ? Buffer.concat([this.#kept, block]) : block
    const read = this.#readEvents(bytes, false)
    this.#kept = Buffer.from(bytes.subarray(read))
    this.#searched = Math.max(0, this.#searched - read)
    this.#offset += read
    if (this.#kept.length > maxEventBytes) {
      this.#damaged(
        0,
        `an event has over ${maxEventBytes} bytes, more than is read; it was skipped`,
        1,
      )
      this.#offset += this.#kept.length
      this.#kept = Buffer.alloc(0)
      this.#searched = 0
    }
  }

  end(): void {
    this.#readEvents(this.#kept, true)
    this.#kept = Buffer.alloc(0)
    const { sink } = this.#options
    if (this.#strayLines > 0) {
      sink.damaged({
        what: 'text',
        offset: this.#firstStray,
        message: `${this.#strayLines} lines without an event were not read`,
        isBeside: true,
      })
    }
  }

  /** How many bytes are done with. */
  #readEvents(bytes: Buffer, isAll: boolean): number {
    let done = 0
    const ends = new Finder(bytes, END)
    const breaks = new Finder(bytes, CDATA_END)
    for (;;) {
      const start = findStart(bytes, done)
      if (start < 0) return this.#passRest(bytes, done, isAll)
      this.#countStray(bytes, done, start)
      const from = Math.max(start + START.length, this.#searched - END.length)
      const tag = ends.next(from)
      // Another event that begins before this one's end: this one was cut off.
      let other = findStart(tag < 0 ? bytes : bytes.subarray(0, tag), from)
      const end = other < 0 && tag >= 0 ? endOf(bytes, start, ends, breaks) : -1
      if (other < 0 && tag >= 0 && end < 0) other = findStart(bytes, tag)
      if (other >= 0) {
        this.#event(bytes, start, cutEnd(bytes, start, other))
        done = other
      } else if (end >= 0) {
        this.#event(bytes, start, end + END.length)
        done = end + END.length
      } else if (isAll) {
        this.#event(bytes, start, bytes.length)
        return bytes.length
      } else {
        this.#searched = Math.max(from, bytes.length)
        return start
      }
      this.#searched = 0
    }
  }

  // The last line may hold the beginning of a tag, or of the text before one.
  #passRest(bytes: Buffer, from: number, isAll: boolean): number {
    const lastLine = bytes.lastIndexOf(LF) + 1
    const to = isAll
      ? bytes.length
      : Math.max(
          from,
          lastLine,
          bytes.length - START.length - 1 - maxPrefixBytes,
        )
    this.#countStray(bytes, from, to)
    return Math.max(from, to)
  }

  // Whole lines between events that hold anything but tags and declarations.
  #countStray(bytes: Buffer, from: number, to: number) {
    const between = bytes.subarray(from, to)
    let lineStart = 0
    for (;;) {
      const at = between.indexOf(LF, lineStart)
      if (at < 0) return
      let i = lineStart
      while (i < at && (between[i]! <= 0x20 || between[i]! >= 0xbb)) i++
      const isStray =
        i < at &&
        between[i] !== 0x3c &&
        lineStart > 0 &&
        !isToolLine(
          between
            .toString('latin1', i, Math.min(at, i + maxPrefixBytes))
            .trim(),
        )
      if (isStray && this.#strayLines++ === 0) {
        this.#firstStray = this.#offset + from + lineStart
      }
      lineStart = at + 1
    }
  }

  #event(bytes: Buffer, start: number, end: number) {
    const { sink } = this.#options
    const text = bytes.toString('utf8', start, end)
    this.#events++
    if (this.#events === 1) sink.shapeSeen('Windows event XML')
    const early = this.#options.gate && readHead(text)
    if (early && !this.#gate.wants(early.provenance)) {
      const { fields, provenance } = early
      const head = this.#record.showFields(fields, provenance, 0, 0)
      sink.skipped(1, undefined, head)
      return
    }
    const event = parseWindowsEventXml(text)
    if (!event) {
      this.#damaged(start, 'an event without a System part', 1)
      return
    }
    if (event.damage !== undefined) {
      const kept = Object.keys(event.fields).length
      this.#damaged(start, `event XML ${event.damage}; ${kept} fields kept`, 0)
    }
    const { fields, provenance, recordId } = event
    const number = recordId ?? this.#events
    const offset = this.#offset + start
    const record = this.#record.showFields(fields, provenance, number, offset)
    if (this.#gate.wants(provenance)) sink.record(record)
    else sink.skipped(1, undefined, record)
  }

  #damaged(at: number, message: string, lost: number) {
    const damage: Damage = {
      what: 'event',
      offset: this.#offset + at,
      message,
      lost,
    }
    this.#options.sink.damaged(damage)
  }
}

/** Text before an event in its line, in bytes, that is kept to be told from a line without one. */
const maxPrefixBytes = 4096

/** `<Event>` or `<Event xmlns=…>`, not `<Events>` or `<EventData>`. */
function findStart(bytes: Buffer, from: number): number {
  let at = from
  for (;;) {
    at = bytes.indexOf(START, at)
    if (at < 0) return -1
    const next = bytes[at + START.length]
    if (next === undefined) return -1
    if (next === 0x3e || next <= 0x20 || next === 0x2f) return at
    at += START.length
  }
}

/** Finds a mark again and again from places that only go forward, without ever looking at a byte twice. */
class Finder {
  readonly #bytes: Buffer
  readonly #mark: Buffer
  #found = -1
  #isOver = false

  constructor(bytes: Buffer, mark: Buffer) {
    this.#bytes = bytes
    this.#mark = mark
  }

  /** The first mark at or behind `from`; -1 where there is none. */
  next(from: number): number {
    if (this.#isOver) return -1
    if (this.#found < from) {
      this.#found = this.#bytes.indexOf(this.#mark, from)
      this.#isOver = this.#found < 0
    }
    return this.#found
  }
}

/** Where the end tag begins; one within CDATA is text. */
function endOf(
  bytes: Buffer,
  start: number,
  ends: Finder,
  breaks: Finder,
): number {
  let passed = start
  for (;;) {
    const end = ends.next(passed)
    if (end < 0) return -1
    const open = bytes.subarray(passed, end).lastIndexOf(CDATA)
    if (open < 0) return end
    const close = breaks.next(passed + open)
    if (close < 0) return -1
    if (close < end) return end
    passed = close
  }
}

/** An event that was cut off ends with its line, if it was written in one. */
function cutEnd(bytes: Buffer, start: number, next: number): number {
  const line = bytes.subarray(start, next).lastIndexOf(LF)
  return line > 0 ? start + line : next
}
