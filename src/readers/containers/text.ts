// In which encoding is a text? Readers know UTF-8 only; what Windows tools write as UTF-16 is translated before them.
import type { Flow } from './member.ts'

export interface TextEncoding {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  /** Bytes of the byte-order mark. */
  readonly mark: number
}

/** By its byte-order mark, or by the NULs beside the first character of XML or JSON. undefined: nothing tells. */
export function encodingOf(head: Buffer): TextEncoding | undefined {
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    return { encoding: 'utf-8', mark: 3 }
  }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 }
  if (b === 0 && isOpening(a) && head[3] === 0) {
    return { encoding: 'utf-16le', mark: 0 }
  }
  if (a === 0 && isOpening(b) && head[2] === 0) {
    return { encoding: 'utf-16be', mark: 0 }
  }
  return undefined
}

const isOpening = (c: number | undefined) =>
  c === 0x3c || c === 0x7b || c === 0x5b

/** Offsets behind it count bytes of the UTF-8 text, not of the file. */
export class TranscodingFlow implements Flow {
  readonly #decoder: InstanceType<typeof TextDecoder>
  readonly #inner: Flow

  constructor(encoding: TextEncoding['encoding'], inner: Flow) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true })
    this.#inner = inner
  }

  get done(): boolean {
    return this.#inner.done
  }

  async write(block: Buffer): Promise<void> {
    const text = this.#decoder.decode(block, { stream: true })
    if (text) await this.#inner.write(Buffer.from(text))
  }

  async end(): Promise<void> {
    const rest = this.#decoder.decode()
    if (rest) await this.#inner.write(Buffer.from(rest))
    await this.#inner.end()
  }
}
