// Cuts pushed blocks into chunks. Whole chunks are read where they lie in the block; only a chunk that two blocks
// share is copied. Where no chunk begins, the next chunk magic is looked for.
import type { Reader, ReaderOptions } from '../reader.ts'
import { readChunk } from './chunk.ts'
import {
  chunkBytes,
  chunkHeaderBytes,
  chunkMagic,
  fileHeaderBytes,
  fileMagic,
  hex,
  recordMagic,
} from './layout.ts'
import { RecordView } from './record-view.ts'

const nothingWritten = Buffer.alloc(chunkBytes)

export class EvtxReader implements Reader {
  readonly #options: ReaderOptions
  readonly #view: RecordView
  readonly #pending = Buffer.alloc(chunkBytes)
  #pendingBytes = 0
  /** Offset in the file of the first byte that was not read yet. */
  #offset: number
  #headerDone: boolean
  #shapeSaid = false

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#view = new RecordView(options.gate)
    this.#offset = options.start ?? 0
    this.#headerDone = this.#offset > 0
  }

  push(block: Buffer): void {
    let at = 0
    while (at < block.length) {
      const need = this.#headerDone ? chunkBytes : fileHeaderBytes
      if (this.#pendingBytes === 0 && block.length - at >= need) {
        at += this.#take(block.subarray(at, at + need))
        continue
      }
      const copied = Math.min(need - this.#pendingBytes, block.length - at)
      block.copy(this.#pending, this.#pendingBytes, at, at + copied)
      this.#pendingBytes += copied
      at += copied
      if (this.#pendingBytes === need) this.#drain(need)
    }
  }

  #drain(need: number) {
    const taken = this.#take(this.#pending.subarray(0, need))
    this.#pending.copyWithin(0, taken, need)
    this.#pendingBytes = need - taken
  }

  end(): void {
    const rest = this.#pending.subarray(0, this.#pendingBytes)
    if (!this.#headerDone && !startsWith(rest, chunkMagic)) {
      this.#options.sink.damaged({
        what: 'file header',
        offset: 0,
        message: rest.length
          ? `${rest.length} of ${fileHeaderBytes} bytes`
          : 'the file is empty',
      })
      return
    }
    if (isUnwritten(rest)) return
    if (rest.length > chunkHeaderBytes && startsWith(rest, chunkMagic)) {
      this.#sayShape()
      this.#chunk(rest)
      return
    }
    this.#options.sink.damaged({
      what: 'end of file',
      offset: this.#offset,
      message: `${rest.length} bytes where a chunk of ${chunkBytes} begins`,
    })
  }

  /** Returns how many of the bytes, which are a header or a chunk in length, are done with. */
  #take(bytes: Buffer): number {
    if (!this.#headerDone) {
      this.#headerDone = true
      this.#sayShape()
      if (startsWith(bytes, chunkMagic)) return 0
      if (!startsWith(bytes, fileMagic)) {
        this.#options.sink.damaged({
          what: 'file header',
          offset: this.#offset,
          message: `begins with ${bytes.hexSlice(0, 8)}, not with ElfFile`,
        })
      }
      this.#offset += bytes.length
      return bytes.length
    }
    this.#sayShape()
    const taken = this.#takeChunk(bytes)
    this.#offset += taken
    return taken
  }

  #takeChunk(bytes: Buffer): number {
    if (startsWith(bytes, chunkMagic)) {
      this.#chunk(bytes)
      return bytes.length
    }
    if (isUnwritten(bytes)) return bytes.length
    const next = bytes.indexOf(chunkMagic)
    if (next > 0) {
      this.#options.sink.damaged({
        what: this.#name(),
        offset: this.#offset,
        message: `${next} bytes that no chunk begins with`,
      })
      return next
    }
    const found = `begins with ${bytes.hexSlice(0, 8)}, not with ElfChnk`
    if (bytes.indexOf(recordMagic) >= 0) {
      this.#chunk(bytes, found)
    } else {
      this.#options.sink.damaged({
        what: this.#name(),
        offset: this.#offset,
        message: `${found}, and holds no record`,
      })
    }
    return bytes.length
  }

  #chunk(bytes: Buffer, trouble?: string) {
    readChunk(
      bytes,
      this.#offset,
      this.#name(),
      this.#view,
      this.#options.sink,
      trouble,
    )
  }

  #name(): string {
    const number = (this.#offset - fileHeaderBytes) / chunkBytes
    return Number.isInteger(number) && number >= 0
      ? `chunk ${number}`
      : `chunk at ${hex(this.#offset)}`
  }

  #sayShape() {
    if (this.#shapeSaid) return
    this.#shapeSaid = true
    this.#options.sink.shapeSeen('EVTX')
  }
}

function startsWith(bytes: Buffer, magic: Buffer): boolean {
  return (
    bytes.length >= magic.length &&
    bytes.compare(magic, 0, magic.length, 0, magic.length) === 0
  )
}

/** Space that was allocated and never used. */
function isUnwritten(bytes: Buffer): boolean {
  return bytes.compare(nothingWritten, 0, bytes.length) === 0
}
