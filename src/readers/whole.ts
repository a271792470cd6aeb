// Keeps the bytes of a source until all are there, for formats that need the whole of it.
import type { Reader, ReaderOptions, WholeFormat } from './reader.ts'

export class WholeReader implements Reader {
  readonly #format: WholeFormat
  readonly #options: ReaderOptions
  #blocks: Buffer[] = []
  #bytes = 0

  constructor(format: WholeFormat, options: ReaderOptions) {
    this.#format = format
    this.#options = options
  }

  push(block: Buffer): void {
    this.#bytes += block.length
    if (this.#bytes > this.#format.maxBytes) this.#blocks = []
    else this.#blocks.push(Buffer.from(block))
  }

  end(): void | Promise<void> {
    const { maxBytes, name } = this.#format
    if (this.#bytes > maxBytes) {
      this.#options.sink.damaged({
        what: 'source',
        offset: 0,
        message: `${this.#bytes} bytes, at most ${maxBytes} are read of ${name}; it was not read`,
        isBound: true,
      })
      return
    }
    const all = Buffer.concat(this.#blocks)
    this.#blocks = []
    return this.#format.take(all, this.#options)
  }
}
