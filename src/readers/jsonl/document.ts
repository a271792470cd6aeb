// Where do the objects lie in JSON that is not one object a line: arrays, pretty-printed objects one after another, a
// search's answer around its hits? Only braces, brackets and strings are looked at; each object is parsed by itself, so
// that memory holds one at a time.
import type { Damage } from '../../base/record.ts'

import { KeptBytes } from '../kept-bytes.ts'

/** In bytes, of one object; a larger one is taken for a wrapper around a list of records, or skipped. */
export const maxObjectBytes = 16 * 1024 * 1024
/** Levels at which a list of records inside a wrapper is looked for. */
const maxWrapperDepth = 8

export interface ObjectSink {
  /** One whole object, or a list that is an item of the list at the top; bytes are valid only during the call. */
  object(
    buffer: Buffer,
    start: number,
    end: number,
    line: number,
    offset: number,
  ): void
  /** An object whose end never came. */
  openObject(bytes: Buffer, line: number, offset: number): void
  damaged(damage: Damage): void
}

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d
const LF = 0x0a

export class DocumentScanner {
  /** Lists at the top are records, each as a whole: a forwarder's time and what was written then. */
  listsAreRecords = false
  readonly #sink: ObjectSink
  readonly #maxBytes: number
  #line: number
  #depth = 0
  /** The depth at which records begin: 0, or that of the list within a wrapper. */
  #base = 0
  #inString = false
  #escaped = false
  #inRecord = false
  /** The record is a list in a list: a row, or a time and what was written then. */
  #isRow = false
  /** The record is a text among others: a list may hold events as XML. */
  #isText = false
  /** In a list at the top, whose items are records. */
  #inTopList = false
  #inGarbage = false
  /** Around this is an object over the bound: what its lists hold are records. */
  #inWrapper = false
  #recordLine = 1
  #recordOffset = 0
  readonly #kept: KeptBytes
  /** Which of the containers around the current byte are lists, by depth. */
  readonly #isList = new Uint8Array(maxWrapperDepth)
  /** In the open record: depth of the first list of objects; 0 while there is none. */
  #listDepth = 0
  #listLine = 1
  #listOffset = 0

  constructor(
    sink: ObjectSink,
    linesBefore: number,
    maxBytes = maxObjectBytes,
  ) {
    this.#sink = sink
    this.#kept = new KeptBytes(maxBytes)
    this.#line = linesBefore + 1
    this.#maxBytes = maxBytes
  }

  /** Is an object open? */
  get isOpen(): boolean {
    return this.#inRecord || this.#depth > 0
  }

  /** What is pushed next stands in this line. */
  startLine(line: number): void {
    this.#line = line
  }

  /** `offset` is that of `start` in the file. */
  push(buffer: Buffer, start: number, end: number, offset: number): void {
    let from = this.#inRecord ? start : -1
    for (let i = start; i < end; i++) {
      const c = buffer[i]!
      if (c === LF) this.#line++
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (c === BACKSLASH) this.#escaped = true
        else if (c === QUOTE) {
          this.#inString = false
          if (this.#isText) {
            this.#isText = false
            this.#finish(buffer, from, i + 1)
            from = -1
          }
        }
        continue
      }
      if (c === QUOTE) {
        if (this.#inRecord || this.#depth > 0) this.#inString = true
        else if (this.#inTopList) {
          this.#begin(offset + i - start)
          from = i
          this.#isText = true
          this.#inString = true
        } else this.#garbage(offset + i - start)
      } else if (c === OPEN || c === OPEN_LIST) {
        if (
          !this.#inRecord &&
          (c === OPEN ? this.#isPlace() : this.#isItem())
        ) {
          this.#begin(offset + i - start)
          this.#isRow = c === OPEN_LIST
          from = i
        }
        this.#enter(c === OPEN_LIST, offset + i - start)
      } else if (c === CLOSE || c === CLOSE_LIST) {
        if (this.#depth > 0) this.#depth--
        else this.#inTopList = false
        if (this.#depth === 0) this.#inWrapper = false
        const end = this.#isRow ? CLOSE_LIST : CLOSE
        if (this.#inRecord && this.#depth === this.#base && c === end) {
          this.#finish(buffer, from, i + 1)
          from = -1
        } else if (this.#base > 0 && this.#depth < this.#base) this.#base = 0
        else if (this.#inRecord && this.#depth <= this.#base) this.#depth++
      } else if (c > 0x20 && this.#depth === 0) {
        // A byte-order mark may stand here, too.
        if (c !== COMMA && c < 0xbb) this.#garbage(offset + i - start)
      }
    }
    if (from >= 0) this.#keep(buffer, from, end)
  }

  /** Is a list that begins here a record: an item of the list at the top, or that list itself? */
  #isItem(): boolean {
    const mayBegin = this.#inTopList || this.listsAreRecords
    return mayBegin && this.#depth === 0 && this.#base === 0
  }

  /** May a record begin here? */
  #isPlace(): boolean {
    const depth = this.#depth
    if (depth === this.#base) return true
    const isItem =
      this.#inWrapper &&
      depth > 0 &&
      depth <= maxWrapperDepth &&
      this.#isList[depth - 1] === 1
    if (isItem) this.#base = depth
    return isItem
  }

  end(): void {
    if (this.#inRecord) {
      this.#sink.openObject(
        this.#kept.bytes,
        this.#recordLine,
        this.#recordOffset,
      )
    }
    this.#reset()
  }

  #reset() {
    this.#inRecord = false
    this.#isText = false
    this.#inTopList = false
    this.#inString = false
    this.#escaped = false
    this.#depth = 0
    this.#base = 0
    this.#kept.clear()
    this.#listDepth = 0
  }

  #begin(offset: number) {
    this.#inRecord = true
    this.#isRow = false
    this.#inGarbage = false
    this.#recordLine = this.#line
    this.#recordOffset = offset
    this.#listDepth = 0
  }

  #enter(isList: boolean, offset: number) {
    // A list at the top holds records itself and is no level.
    if (isList && this.#depth === 0 && !this.#inRecord) {
      this.#inTopList = true
      return
    }
    const depth = this.#depth++
    if (depth < maxWrapperDepth) this.#isList[depth] = isList ? 1 : 0
    const inList =
      depth > 0 && depth <= maxWrapperDepth && this.#isList[depth - 1] === 1
    if (!isList && inList && this.#listDepth === 0 && this.#base === 0) {
      this.#listDepth = depth
      this.#listOffset = offset
      this.#listLine = this.#line
    }
  }

  #finish(buffer: Buffer, from: number, to: number) {
    if (this.#kept.length > 0) {
      this.#keep(buffer, from, to)
      // What grew over the bound became a wrapper and has already been given out.
      if (this.#kept.length > 0) {
        const { bytes } = this.#kept
        this.#kept.clear()
        this.#sink.object(
          bytes,
          0,
          bytes.length,
          this.#recordLine,
          this.#recordOffset,
        )
      }
    } else {
      this.#sink.object(buffer, from, to, this.#recordLine, this.#recordOffset)
    }
    this.#inRecord = false
  }

  #garbage(offset: number) {
    if (this.#inGarbage) return
    this.#inGarbage = true
    this.#sink.damaged({
      what: 'text',
      offset,
      message: `line ${this.#line}: text between objects, skipped to the next one`,
      isBeside: true,
    })
  }

  #keep(buffer: Buffer, from: number, to: number) {
    if (!this.#kept.add(buffer, from, to)) this.#tooLarge(buffer, from, to)
  }

  // An object over the bound: if it holds a list of objects, these are the records, from the list's first on. Otherwise
  // it is given up, and what follows is looked at as if it stood at the top.
  #tooLarge(buffer: Buffer, from: number, to: number) {
    const whole = Buffer.concat([this.#kept.bytes, buffer.subarray(from, to)])
    const listDepth = this.#listDepth
    const skip = this.#listOffset - this.#recordOffset
    const offset = this.#recordOffset
    const line = this.#line
    this.#kept.release()
    this.#reset()
    if (listDepth === 0) {
      this.#sink.damaged({
        what: 'record',
        offset,
        message: `an object has over ${this.#maxBytes} bytes, more than is read; it was skipped`,
        isBound: true,
        lost: 1,
      })
      return
    }
    this.#inWrapper = true
    this.#base = listDepth
    this.#depth = listDepth
    this.#isList[listDepth - 1] = 1
    this.#line = this.#listLine
    this.push(whole, skip, whole.length, offset + skip)
    this.#line = line
  }
}
