// Linux audit as auditd, audispd, ausearch, auoms and the kernel's own printing write it: one record of the source is
// one event, joined from its lines.
import type { SourceRecord } from '../../base/record.ts'
import { plural } from '../../base/shown.ts'

import { LineSplitter } from '../lines.ts'
import type { Reader, ReaderOptions, Settled, StreamFormat } from '../reader.ts'

import { auomsEvent } from './auoms.ts'
import { endsInHead, joinedHead } from './broken-head.ts'
import { CutLines, isCut } from './cut.ts'
import { type AuditLine, AuditRecord } from './event.ts'
import { ReadyRecord } from './ready-record.ts'
import {
  type Header,
  HeaderReader,
  readHeader,
  recordsOfLine,
} from './header.ts'
import { Joiner } from './joiner.ts'
import { readPrefix } from './prefix.ts'
import { outOfQuotes } from './quoted.ts'
import { lookAtDates } from './stamp.ts'
import { type Piece, Wrapping } from './wrapped.ts'

/** In bytes. The kernel's records have at most 8,970, auoms fuses those of an event into one line. */
const maxLineBytes = 4 * 1024 * 1024

/** Of the beginning, in bytes: it tells how lines are broken. */
const lookedAt = 64 * 1024

/** Lines of the head of a source that are looked at to recognise it. */
const maxDetectLines = 64

export const auditd: StreamFormat = {
  name: 'auditd',
  read: 'stream',
  detect(head) {
    const lines = head
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split('\n', maxDetectLines)
      .map((l) => l.trim())
      .filter((l) => l && !isDecoration(l))
    if (!mayBegin(lines[0] ?? '')) return 0
    const records = lines.filter((l, i) => beginsRecord(l, lines[i + 1])).length
    if (records === 0) return 0
    if (beginsRecord(lines[0]!, lines[1])) return 3
    return records * 2 >= lines.length ? 2 : 1
  },
  open: (options) => new AuditdReader(options),
}

function beginsRecord(line: string, next = ''): boolean {
  if (readHeader(line)) return true
  return endsInHead(line) && joinedHead(line, next) !== undefined
}

/** JSON and XML may carry records; a syslog priority the kernel's clock (`dmesg`, `dmesg -T`) and a container's name stand before one. */
function mayBegin(line: string): boolean {
  const object = line.indexOf('{"')
  return (
    line !== '' &&
    (object < 0 || object > line.indexOf('audit(')) &&
    (!/^[{[<]/.test(line) || /^<\d|^\[ *[\w][\w .:/@-]+\] /.test(line))
  )
}

/** What `ausearch` and `journalctl` put between events, and comments. */
function isDecoration(line: string): boolean {
  return (
    line === '----' ||
    line.startsWith('time->') ||
    line.startsWith('#') ||
    /^-- .{1,200} --$/.test(line)
  )
}

export class AuditdReader implements Reader {
  readonly #options: ReaderOptions
  readonly #lines: LineSplitter
  readonly #joiner: Joiner<AuditLine>
  readonly #headers = new HeaderReader()
  readonly #record = new AuditRecord()
  readonly #ready = new ReadyRecord()
  readonly #seen = new Set<string>()
  readonly #wrapping = new Wrapping()
  /** The last record: it may go on in the next line. */
  #open: OpenRecord | undefined
  /** A line that ended within the head of a record. */
  #head: { text: string; line: number; offset: number } | undefined
  #hasLookedAhead = false
  readonly #cuts = new CutLines()
  #otherLines = 0
  #firstOther = 0

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#joiner = new Joiner(
      (lines) => this.#emit(lines),
      (line) => this.#late(line),
    )
    this.#lines = new LineSplitter(
      {
        line: (buffer, start, end, line, offset) =>
          this.#line(buffer.toString('utf8', start, end), line, offset),
        damaged: (damage) => options.sink.damaged(damage),
      },
      { start: options.start ?? 0, maxBytes: maxLineBytes },
    )
  }

  push(block: Buffer): void {
    if (!this.#hasLookedAhead) {
      this.#hasLookedAhead = true
      this.#lookAt(block.toString('latin1'))
    }
    this.#lines.push(block)
  }

  settle(): void {
    this.#close()
    this.#joiner.end()
  }

  settled(): Settled {
    const open = this.#joiner.oldest ?? this.#open
    const { offset } = open ?? this.#lines.openLine
    return { offset, linesBefore: 0 }
  }

  end(): void {
    this.#lines.end()
    const head = this.#head
    if (head) this.#notRecord(head.text, head.line, head.offset)
    this.#close()
    this.#joiner.end()
    this.#cuts.say(this.#options.sink)
    if (this.#otherLines > 0) {
      this.#say(
        this.#firstOther,
        `${this.#otherLines} lines of other programs were not read`,
      )
    }
  }

  #say(offset: number, message: string) {
    this.#options.sink.damaged({ what: 'text', offset, message })
  }

  #late({ header, offset }: AuditLine) {
    this.#say(
      offset,
      `a record of event ${header.serial} came after its event had been given; it stands alone`,
    )
  }

  #lookAt(text: string) {
    lookAtDates(text)
    const lines = text.slice(0, lookedAt).split('\n')
    if (lines.length > 1) lines.pop()
    const plain = lines.map((l) => l.replace(/\r$/, ''))
    this.#wrapping.lookAt(
      plain,
      (l) => !isBlank(l) && !isDecoration(l.trim()) && !standsAlone(l),
    )
    this.#wrapping.lookForCuts(plain, (line) => {
      const header = readHeader(line)
      return header !== undefined && isCut(line, header)
    })
  }

  #line(written: string, line: number, offset: number) {
    const text = outOfQuotes(written)
    this.#wrapping.see(text)
    const head = this.#head
    this.#head = undefined
    const both = head && joinedHead(head.text, text)
    const headOfBoth = both === undefined ? undefined : this.#headers.read(both)
    if (headOfBoth) {
      this.#begin(headOfBoth, { text: both!, line: text }, head!.offset)
      return
    }
    if (head) this.#notRecord(head.text, head.line, head.offset)
    const header = this.#headers.read(text)
    if (header) {
      this.#begin(header, { text, line: text }, offset)
      return
    }
    if (endsInHead(text)) {
      this.#close()
      this.#head = { text, line, offset }
      return
    }
    this.#notRecord(text, line, offset)
  }

  #begin(header: Header, piece: Piece, offset: number) {
    this.#close()
    const { length } = piece.text
    this.#open = { header, pieces: [piece], length, offset }
  }

  #notRecord(text: string, line: number, offset: number) {
    if (isBlank(text) || isDecoration(text.trim())) return
    // A log that several programs write.
    if (readPrefix(text).timeText !== '') {
      if (this.#otherLines++ === 0) this.#firstOther = offset
      return
    }
    if (this.#goesOn(text)) return
    this.#options.sink.damaged({
      what: 'line',
      offset,
      message: `line ${line} is no audit record: "${excerpt(text)}"`,
      lost: 1,
      isBeside: true,
    })
  }

  /** Is it the rest of the record whose line was broken before it? */
  #goesOn(text: string): boolean {
    const open = this.#open
    if (!open || text.includes('audit(')) return false
    if (open.length + text.length > maxLineBytes) return false
    if (!this.#wrapping.isBreak(open.pieces.at(-1)!.line, text)) return false
    open.pieces.push({ text, line: text })
    open.length += text.length
    return true
  }

  /** The record that was open is whole. */
  #close() {
    const open = this.#open
    if (!open) return
    this.#open = undefined
    const { header, offset, pieces } = open
    const [first] = pieces
    const text = pieces.length === 1 ? first!.text : this.#joined(open)
    const records = recordsOfLine(text, header, this.#headers)
    for (const [i, record] of records.entries()) {
      const isLast = i === records.length - 1
      const whole = isLast
        ? this.#cuts.whole(record, offset, this.#wrapping.isAtCut(text))
        : record.text
      if (whole !== undefined)
        this.#joiner.add({ header: record.header, text: whole, offset })
    }
  }

  #joined({ pieces, header, offset }: OpenRecord): string {
    this.#see('lines broken at a width')
    const { text, lost } = this.#wrapping.join(pieces, header.interpreted)
    if (lost > 0) {
      this.#options.sink.damaged({
        what: 'record',
        offset,
        message: `a record of event ${header.serial} is broken over several lines within ${plural(lost, 'value')} that cannot be put together, and left out`,
        lost: 0,
      })
    }
    return text
  }

  #emit(lines: readonly AuditLine[]) {
    const [first] = lines
    if (first!.header.type.startsWith('AUOMS_')) {
      this.#see('auoms lines')
      this.#ready.show(auomsEvent(first!), first!)
      this.#give(this.#ready)
      return
    }
    this.#see(first!.header.interpreted ? 'ausearch text' : 'audit lines')
    const record = this.#record
    record.load(lines)
    this.#give(record)
    if (record.tornAt >= 0) {
      this.#options.sink.damaged({
        what: 'record',
        offset: record.tornAt,
        message: `a record of event ${first!.header.serial} is cut within a value; what was before it is kept`,
      })
    }
  }

  #give(record: SourceRecord) {
    const { sink, gate } = this.#options
    if (gate && !gate.wants(record.provenance))
      sink.skipped(1, record.writtenAt, record)
    else sink.record(record)
  }

  #see(name: string) {
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    this.#options.sink.shapeSeen(name)
  }
}

/** It begins a record, if only a torn one, or is another program's. */
function standsAlone(line: string): boolean {
  return (
    line.includes('audit(') ||
    readPrefix(line).timeText !== '' ||
    readHeader(line) !== undefined
  )
}

interface OpenRecord {
  readonly header: Header
  readonly pieces: Piece[]
  /** Of all of them, in UTF-16 units. */
  length: number
  readonly offset: number
}

/** Preallocated logs end in NULs. */
function isBlank(text: string): boolean {
  return /^[\s\0\ufeff]*$/.test(text)
}

const maxExcerpt = 60

function excerpt(text: string): string {
  const clean = text.replaceAll(/[^\x20-\x7e]/g, '.')
  return clean.length > maxExcerpt ? `${clean.slice(0, maxExcerpt)}...` : clean
}
