// A log that grows: what is appended is read as it comes, by one reader that lasts. It may be renamed meanwhile; it may be emptied and
// begun anew, which its size tells, or the bytes before the position.
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'

import { Dates, readDatesOf } from '../../../base/date-order.ts'
import type { SourceRecord } from '../../../base/record.ts'

import { headBytes } from '../../../readers/containers/member-flow.ts'
import { encodingOf } from '../../../readers/containers/text.ts'
import { nameContent } from '../../../readers/detect/index.ts'
import { openReader, recogniseFormat } from '../../../readers/index.ts'
import type {
  Reader,
  RecordSink,
  StreamFormat,
} from '../../../readers/reader.ts'

import { Normaliser } from '../../../normalise/normaliser.ts'

import { clocksOf } from '../../reading/clock-probe.ts'
import { datesOf, withDates } from '../../reading/date-probe.ts'
import { SourceAccount } from '../../reading/source-account.ts'
import { fingerprint } from './fingerprint.ts'
import type { Source, SourceListener, SourceState } from './source.ts'

/** Bytes before the position that are looked at again, whether they are still the same. */
const overlapBytes = 64

const LF = 10

export interface GrowingOptions {
  readonly key: number
  readonly path: string
  readonly identity: string
  /** Where another run, or another name of the same bytes, was. */
  readonly from?: SourceState
  /** The file to open, where it is not the one that is named: what was unpacked of it. */
  readonly opens?: string
  /** Several write into it: what nobody knows of one must not hide what comes behind. */
  readonly isShared?: true
}

/** Its name belongs to another file; the next look finds its own. */
export class Moved extends Error {}

export class GrowingFile implements Source {
  readonly key: number
  path: string
  readonly identity: string
  readonly account: SourceAccount
  behind = 0
  readonly #opens: string | undefined
  readonly #isShared: boolean
  /** Of such a file, what was passed over at its beginning; and how many lines will be next. */
  #passed = { bytes: 0, lines: 0 }
  #linesToPass = 1
  readonly #listener: SourceListener
  readonly #normaliser = new Normaliser()
  #from: SourceState | undefined
  #file: FileHandle | undefined
  #reader: Reader | undefined
  #mayResume = false
  /** Bytes of the file that were read, its byte-order mark among them. */
  #position = 0
  #mark = 0
  #overlap: Buffer = Buffer.alloc(0)
  /** Of the last record that was given. */
  #last = -1
  /** Records up to here were given by another run. */
  #givenUpTo = -1
  #isQuiet = false

  constructor(
    { key, path, identity, from, opens, isShared }: GrowingOptions,
    listener: SourceListener,
  ) {
    this.key = key
    this.path = path
    this.identity = identity
    this.account = new SourceAccount(path)
    this.#opens = opens
    this.#isShared = isShared ?? false
    this.#listener = listener
    this.#from = from
  }

  async read(maxBytes: number): Promise<number> {
    const file = await this.#opened()
    let { size } = await file.stat()
    if (size < this.#position) this.#startOver()
    if (size === this.#position) return 0
    if (!this.#reader && !(await this.#begin(file, size))) {
      this.behind = size - this.#position
      return 0
    }
    // It was cut since it was found to go on from what was read.
    if (size < this.#position) {
      this.#startOver()
      return await this.read(maxBytes)
    }
    const overlap = this.#overlap.length
    const from = this.#position - overlap
    const wanted = overlap + Math.min(maxBytes, size - this.#position)
    const bytes = Buffer.allocUnsafe(wanted)
    const { bytesRead } = await file.read(bytes, 0, wanted, from)
    if (
      bytesRead < overlap ||
      !bytes.subarray(0, overlap).equals(this.#overlap)
    ) {
      this.#startOver()
      return await this.read(maxBytes)
    }
    const added = bytes.subarray(overlap, bytesRead)
    this.#take(added, bytes.subarray(0, bytesRead))
    size = Math.max(size, this.#position)
    this.behind = size - this.#position
    return added.length
  }

  #take(added: Buffer, withOverlap: Buffer): void {
    if (!added.length) return
    this.#isQuiet = false
    this.#overlap = Buffer.from(withOverlap.subarray(-overlapBytes))
    this.#position += added.length
    this.account.bytes += added.length
    this.#reader!.push(added)
  }

  settle(): void {
    this.#isQuiet = true
    this.#reader?.settle?.()
  }

  async state(): Promise<SourceState> {
    const { key, path, identity } = this
    if (!this.#reader && this.#from) return { ...this.#from, path, identity }
    const resume = this.#mayResume ? this.#reader?.settled?.() : undefined
    return {
      key,
      kind: 'growing',
      path,
      identity,
      read: await fingerprint(await this.#opened(), this.#position),
      ...(resume && { resume }),
      last: Math.max(this.#last, this.#givenUpTo),
    }
  }

  async end(): Promise<void> {
    // What is too little to tell its format may be all that there is.
    this.#isQuiet = true
    while (!this.#reader && (await this.read(headBytes)) > 0);
    this.#reader?.end()
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  async #opened(): Promise<FileHandle> {
    if (this.#file) return this.#file
    const file = await open(this.#opens ?? this.path)
    const { dev, ino } = await file.stat({ bigint: true })
    const isOther = `${dev}:${ino}` !== this.identity
    if (isOther && !this.#opens && this.identity.includes(':')) {
      await file.close()
      throw new Moved(`"${this.path}" is another file now`)
    }
    this.#file = file
    return file
  }

  /** Tells the format by the beginning; false: there is not enough of it yet. */
  async #begin(file: FileHandle, size: number): Promise<boolean> {
    if (size <= this.#passed.bytes) return false
    const { bytes: passed } = this.#passed
    const head = Buffer.alloc(Math.min(size - passed, headBytes))
    await file.read(head, 0, head.length, passed)
    const mayGrow = head.length < headBytes && !this.#isQuiet
    if (mayGrow && !head.includes(LF)) return false
    if (passed === 0) this.#mark = encodingOf(head)?.mark ?? 0
    const text = head.subarray(passed === 0 ? this.#mark : 0)
    const format = recogniseFormat(text, basename(this.path))
    this.account.opened = true
    this.account.format = format?.name
    if (format?.read !== 'stream') {
      this.account.content = nameContent(head)
      if (this.#isShared && !mayGrow && this.#passOver(head)) {
        return await this.#begin(file, size)
      }
      // What is longer than any beginning will not be told later; what is shorter may.
      if (head.length >= headBytes) this.#position = size
      return false
    }
    this.#open(format, text)
    return true
  }

  /** Each time twice as many lines: there may be millions, and what is good among them is not far behind. */
  #passOver(head: Buffer): boolean {
    let to = 0
    let lines = 0
    for (; lines < this.#linesToPass; lines++) {
      const at = head.indexOf(LF, to)
      if (at < 0) break
      to = at + 1
    }
    if (to === 0) to = head.length
    if (to === 0) return false
    const { bytes } = this.#passed
    this.account.damage({
      what: 'text',
      offset: bytes,
      message: `${to} bytes of no kind that is known here, passed over`,
    })
    this.#passed = { bytes: bytes + to, lines: this.#passed.lines + lines }
    this.#linesToPass *= 2
    return true
  }

  #open(format: StreamFormat, head: Buffer): void {
    const { split } = format
    this.#mayResume = split?.by !== 'lines' || (split.allowed?.(head) ?? true)
    readDatesOf(new Dates())
    this.#normaliser.clocks = clocksOf(format, head)
    const from = this.#from
    this.#from = undefined
    const { bytes, lines } = this.#passed
    const place = from?.resume ?? { offset: bytes, linesBefore: lines }
    if (!from?.resume) this.#givenUpTo = from?.last ?? -1
    this.#position = this.#mark + place.offset
    const reader = openReader(format, {
      sink: this.#sink(),
      // What names its source names it as in a scan: ids rest on it.
      file: this.path,
      start: place.offset,
      linesBefore: place.linesBefore,
      ...(this.#listener.gate && { gate: this.#listener.gate }),
    })
    this.#reader = withDates(reader, datesOf(head))
  }

  /** Its bytes are others now. */
  #startOver(): void {
    // A line that is open goes on in the copy that was made before, if one was.
    this.#reader?.settle?.()
    this.#reader = undefined
    this.#from = undefined
    this.#passed = { bytes: 0, lines: 0 }
    this.#linesToPass = 1
    this.#position = 0
    this.#overlap = Buffer.alloc(0)
    this.#last = -1
    this.#givenUpTo = -1
  }

  #sink(): RecordSink {
    const { account } = this
    return {
      record: (record) => this.#record(record),
      skipped: (count) => {
        account.skipped += count
      },
      damaged: (damage) => account.damage(damage),
      unknownShape: (keys, line) => account.unknownShape(keys, line),
      shapeSeen: (name) => account.shape(name),
    }
  }

  #record(record: SourceRecord): void {
    const { offset, provenance } = record
    if (offset <= this.#givenUpTo) return
    if (offset > this.#last) this.#last = offset
    this.account.events++
    if (provenance.family === 'unknown') this.account.strange++
    this.#listener.event(this.#normaliser.event(record, this.path), this)
  }
}
