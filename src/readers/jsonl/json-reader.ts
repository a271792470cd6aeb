// Reads JSON as it comes: decides from the beginning how the objects lie, then takes them line by line or finds them by
// their braces. What JSON.parse refuses is looked at again, more patiently.
import type { Damage } from '../../base/record.ts'

import { readPrefix } from '../auditd/prefix.ts'
import { TooCostly } from '../flat/json-names.ts'
import { jsonOf } from '../flat/json-text.ts'
import { HeadedRows } from '../inside/tables.ts'
import { LineSplitter } from '../lines.ts'
import { isToolLine } from '../tool-line.ts'
import type {
  Gate,
  Reader,
  ReaderOptions,
  RecordSink,
  Settled,
} from '../reader.ts'
import { nxlog } from './dialects/nxlog.ts'
import { DocumentScanner } from './document.ts'
import { KnownLines } from './known-lines.ts'
import { flatEventId, LineHosts } from './prefilter.ts'
import {
  beginsAsForwarded,
  beginsAsJson,
  type Framing,
  framingOf,
  objectStart,
  withoutCloses,
} from './recognise.ts'
import { RecordMaker } from './records.ts'
import { TornJson } from './torn-json.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN = 0x7b
const CLOSE = 0x7d
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const lineBreak = Buffer.from('\n')

export class JsonReader implements Reader {
  readonly #sink: RecordSink
  readonly #records: RecordMaker
  /** undefined: each line is parsed. */
  readonly #known: KnownLines | undefined
  readonly #gate: Gate | undefined
  readonly #mayPrefilter: boolean
  readonly #hosts = new LineHosts()
  readonly #lines: LineSplitter
  readonly #document: DocumentScanner
  readonly #torn: TornJson
  readonly #rows = new HeadedRows()
  /** Where the columns of rows were named last. */
  #heading = { line: 1, offset: 0 }
  #framing: Framing | undefined
  #undecided: Buffer[] = []
  /** That a syslog header before the object names; '' where there is none. */
  #prefixHost = ''
  /** Text that is no data was said. */
  #hasStray = false
  /** The first object begins behind other lines. */
  #hasBanner = false
  #hasObject = false
  #offset: number

  constructor(options: ReaderOptions) {
    const { sink, start = 0, linesBefore = 0 } = options
    this.#sink = sink
    this.#gate = options.gate
    this.#mayPrefilter = options.gate?.wantsEventId !== undefined
    this.#offset = start
    this.#records = new RecordMaker(sink, options.gate)
    this.#torn = new TornJson(sink, this.#records, (...object) =>
      this.#object(...object),
    )
    if (!options.parsesAll) this.#known = new KnownLines(this.#records)
    const damaged = (damage: Damage) => sink.damaged(damage)
    this.#lines = new LineSplitter(
      { line: (...line) => this.#line(...line), damaged },
      { start, linesBefore },
    )
    this.#document = new DocumentScanner(
      {
        object: (...object) => this.#object(...object),
        openObject: (...object) => this.#torn.openObject(...object),
        damaged,
      },
      linesBefore,
    )
    // A range of a file begins at a line; only lines are ever cut into ranges.
    if (start > 0 && linesBefore > 0) this.#framing = 'lines'
  }

  push(block: Buffer): void {
    if (this.#framing === undefined) this.#decide(block, false)
    else this.#feed(block)
  }

  end(): void {
    if (this.#framing === undefined) this.#decide(Buffer.alloc(0), true)
    if (this.#framing === 'lines') this.#lines.end()
    this.#document.end()
    const { unused } = this.#rows
    if (unused)
      this.#records.take(unused, this.#heading.line, this.#heading.offset)
    this.#records.end()
  }

  settle(): void {
    this.#records.settle()
  }

  settled(): Settled | undefined {
    const isBetween = this.#framing === 'lines' && !this.#document.isOpen
    const isWaiting = this.#records.isOpen
    return isBetween && !isWaiting ? this.#lines.openLine : undefined
  }

  #decide(block: Buffer, isAll: boolean) {
    const head =
      this.#undecided.length > 0
        ? Buffer.concat([...this.#undecided, block])
        : block
    this.#framing = framingOf(head, isAll)
    if (this.#framing) {
      this.#hasBanner = !beginsAsJson(head)
      this.#document.listsAreRecords = beginsAsForwarded(head)
      this.#undecided = []
      this.#feed(head)
    } else this.#undecided = [Buffer.from(head)]
  }

  #feed(block: Buffer) {
    if (this.#framing === 'lines') {
      this.#known?.startBlock(block)
      this.#lines.push(block)
    } else {
      this.#document.push(block, 0, block.length, this.#offset)
      this.#offset += block.length
    }
  }

  #line(
    buffer: Buffer,
    start: number,
    end: number,
    line: number,
    offset: number,
  ) {
    let from = start
    let to = end
    while (from < to && isBlank(buffer[from]!)) from++
    while (to > from && buffer[to - 1]! <= 0x20) to--
    if (from >= to) return
    const at = offset + from - start
    if (this.#document.isOpen) {
      if (from > start || !this.#isWhole(buffer, from, to)) {
        this.#goOn(buffer, from, to, line, at)
        return
      }
      this.#document.end()
    }
    if (buffer[from] !== OPEN) {
      this.#oddLine(buffer, from, to, line, at)
      return
    }
    this.#hasObject = true
    const isOpening = this.#hasBanner && buffer[to - 1] !== CLOSE
    if (to - from === 1 || isOpening) {
      this.#goOn(buffer, from, to, line, at)
      return
    }
    if (this.#mayPrefilter && this.#isUnwanted(buffer.subarray(from, to))) {
      const host = this.#hosts.otherHost(buffer.subarray(from, to))
      this.#sink.skipped(1, undefined, host)
      return
    }
    const host = this.#prefixHost
    if (this.#known?.take(buffer, [from, to], line, at, host)) return
    let object: unknown
    try {
      object = this.#torn.parse(buffer, from, to, line, at)
    } catch (error) {
      this.#torn.line(buffer, from, to, line, at, error)
      return
    }
    this.#records.take(object, line, at, host)
    this.#known?.learn(buffer, from, to, object)
  }

  // Among lines, an object may be pretty-printed over several: from a brace that stands alone to its counterpart. A
  // line that is an object from its first byte on says that this one was torn.
  #isWhole(buffer: Buffer, from: number, to: number): boolean {
    if (buffer[from] !== OPEN || buffer[to - 1] !== CLOSE) return false
    try {
      jsonOf(buffer, from, to)
      return true
    } catch {
      return false
    }
  }

  #goOn(
    buffer: Buffer,
    from: number,
    to: number,
    line: number,
    offset: number,
  ) {
    this.#document.startLine(line)
    this.#document.push(buffer, from, to, offset)
    this.#document.push(lineBreak, 0, 1, offset + to - from)
  }

  // Asked only while the records before were NXLog's, so that other sources do not pay for it.
  #isUnwanted(line: Buffer): boolean {
    if (this.#records.lastDialect !== nxlog.name) return false
    const id = flatEventId(line)
    return id !== undefined && this.#gate?.wantsEventId?.(id) === false
  }

  // A line of an array written one object a line, an object after a syslog header, or something else altogether.
  #oddLine(
    buffer: Buffer,
    from: number,
    to: number,
    line: number,
    offset: number,
  ) {
    if (this.#listOrText(buffer, from, to, line, offset)) return
    const start = objectStart(buffer, from, to)
    if (start < 0) {
      const isBracket =
        to - from <= 2 && '[],'.includes(String.fromCharCode(buffer[from]!))
      if (!isBracket) this.#strayLine(buffer, from, to, line, offset)
      return
    }
    const prefix = buffer.toString('utf8', from, start)
    this.#prefixHost = readPrefix(prefix).host
    const end = withoutCloses(buffer, to, prefix)
    this.#line(buffer, start, end, line, offset + start - from)
    this.#prefixHost = ''
  }

  // A line that is a list, or a string of JSON in which events are encoded again.
  #listOrText(
    buffer: Buffer,
    from: number,
    to: number,
    line: number,
    offset: number,
  ): boolean {
    const isComma = buffer[to - 1] === COMMA
    const value = listOrString(buffer, from, isComma ? to - 1 : to)
    if (typeof value === 'string') {
      return this.#records.takeText(value, line, offset)
    }
    if (value) this.#list(value, line, offset)
    return value !== undefined
  }

  #list(list: readonly unknown[], line: number, offset: number) {
    const rows = this.#rows.take(list)
    if (rows === undefined) this.#records.take(list, line, offset)
    else if (rows === 'heading') this.#heading = { line, offset }
    else for (const row of rows) this.#records.take(row, line, offset)
  }

  // Text around the data is no lost record; what looks like a piece of one is. Before the first object stand banners of tools and the head of
  // an answer, of which nothing has to be said.
  #strayLine(
    buffer: Buffer,
    from: number,
    to: number,
    line: number,
    offset: number,
  ) {
    const text = buffer.toString('latin1', from, Math.min(to, from + maxStray))
    if (isToolLine(text)) return
    if (!this.#hasBanner || /["{}[\]]/.test(text)) {
      this.#torn.lost(`line ${line} is no JSON object`, offset)
    } else if (!this.#hasObject) return
    else if (!this.#hasStray) {
      this.#hasStray = true
      const message = `line ${line}: text between objects, passed over`
      this.#sink.damaged({ what: 'text', offset, message, isBeside: true })
    }
  }

  #object(
    buffer: Buffer,
    start: number,
    end: number,
    line: number,
    offset: number,
  ) {
    let object: unknown
    try {
      object = this.#torn.parse(buffer, start, end, line, offset)
    } catch (error) {
      if (error instanceof TooCostly) {
        this.#torn.lost(`line ${line} holds ${error.message}`, offset)
        return
      }
      const text = buffer.toString('utf8', start, end)
      this.#torn.salvage(text, line, offset, error)
      return
    }
    if (Array.isArray(object)) this.#list(object, line, offset)
    else this.#records.take(object, line, offset)
  }
}

/** A line that is a list, of other things than objects at first, or a string. */
function listOrString(
  buffer: Buffer,
  from: number,
  to: number,
): readonly unknown[] | string | undefined {
  const [first, last] = [buffer[from], buffer[to - 1]]
  const isString = first === QUOTE && last === QUOTE
  const isList = first === OPEN_LIST && last === CLOSE_LIST
  if (!isString && !(isList && buffer[from + 1] !== OPEN)) return undefined
  try {
    return jsonOf(buffer, from, to).value as readonly unknown[] | string
  } catch {
    return undefined
  }
}

/** Of a line that is no object, looked at, in bytes. */
const maxStray = 4096
/** NULs stand at the end of preallocated logs, a byte-order mark at the beginning. */
function isBlank(c: number): boolean {
  return c <= 0x20 || c === 0xef || c === 0xbb || c === 0xbf
}
