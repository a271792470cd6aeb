// In which encoding is a text? Readers know UTF-8 only; what Windows tools write as UTF-16 is translated before them.
import type { Flow } from './member.ts'

export interface TextEncoding {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'
  /** Bytes of the byte-order mark. */
  readonly mark: number
}

/** By its byte-order mark, or by the NULs beside its first characters. undefined: nothing tells. */
export function encodingOf(head: Buffer): TextEncoding | undefined {
  const [a, b, c, d] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    return { encoding: 'utf-8', mark: 3 }
  }
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) {
    return { encoding: 'utf-32le', mark: 4 }
  }
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) {
    return { encoding: 'utf-32be', mark: 4 }
  }
  if (b === 0 && c === 0 && d === 0 && isOpening(a)) {
    return { encoding: 'utf-32le', mark: 0 }
  }
  if (a === 0 && b === 0 && c === 0 && isOpening(d)) {
    return { encoding: 'utf-32be', mark: 0 }
  }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 }
  if (b === 0 && isOpening(a) && head[3] === 0) {
    return { encoding: 'utf-16le', mark: 0 }
  }
  if (a === 0 && isOpening(b) && head[2] === 0) {
    return { encoding: 'utf-16be', mark: 0 }
  }
  return bySpacing(head)
}

/** Of a beginning that is plain text but for the NULs between, in bytes. */
const spacedBytes = 64
/** Characters that tell it from chance. */
const minCharacters = 8

const spacings = [
  { encoding: 'utf-16le', unit: 2, at: 0 },
  { encoding: 'utf-16be', unit: 2, at: 1 },
  { encoding: 'utf-32le', unit: 4, at: 0 },
  { encoding: 'utf-32be', unit: 4, at: 3 },
] as const

function bySpacing(head: Buffer): TextEncoding | undefined {
  const sample = head.subarray(0, spacedBytes)
  const found = spacings.find(
    ({ unit, at }) =>
      sample.length >= unit * minCharacters &&
      sample.every((b, i) => (i % unit === at ? isPlain(b) : b === 0)),
  )
  return found && { encoding: found.encoding, mark: 0 }
}

/** Of ASCII, a letter, a mark, a blank or a break. */
function isPlain(b: number): boolean {
  return (b >= 0x20 && b < 0x7f) || b === 9 || b === 10 || b === 13
}

const isOpening = (c: number | undefined) =>
  c === 0x3c || c === 0x7b || c === 0x5b

interface Decoder {
  decode(block?: Buffer, options?: { readonly stream: boolean }): string
}

const unitBytes = 4
const replacement = 0xfffd

/** TextDecoder does not know it. */
class Utf32Decoder implements Decoder {
  readonly #isLittle: boolean
  #rest: Buffer = Buffer.alloc(0)

  constructor(isLittle: boolean) {
    this.#isLittle = isLittle
  }

  decode(block?: Buffer): string {
    if (!block) return this.#rest.length > 0 ? '\ufffd' : ''
    const bytes =
      this.#rest.length > 0 ? Buffer.concat([this.#rest, block]) : block
    const end = bytes.length - (bytes.length % unitBytes)
    let text = ''
    for (let at = 0; at < end; at += unitBytes) {
      const code = this.#isLittle
        ? bytes.readUInt32LE(at)
        : bytes.readUInt32BE(at)
      text += String.fromCodePoint(isScalar(code) ? code : replacement)
    }
    this.#rest = Buffer.from(bytes.subarray(end))
    return text
  }
}

function isScalar(code: number): boolean {
  return code < 0xd800 || (code > 0xdfff && code <= 0x10ffff)
}

/** Offsets behind it count bytes of the UTF-8 text, not of the file. */
export class TranscodingFlow implements Flow {
  readonly #decoder: Decoder
  readonly #inner: Flow

  constructor(encoding: TextEncoding['encoding'], inner: Flow) {
    this.#decoder =
      encoding === 'utf-32le' || encoding === 'utf-32be'
        ? new Utf32Decoder(encoding === 'utf-32le')
        : new TextDecoder(encoding, { ignoreBOM: true })
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
