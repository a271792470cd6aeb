// The cipher of old Office files. Not offered by the platform any more.
export class Rc4 {
  readonly #state = Uint8Array.from({ length: 256 }, (_, i) => i)
  #i = 0
  #j = 0

  constructor(key: Buffer) {
    const s = this.#state
    for (let i = 0, j = 0; i < 256; i++) {
      j = (j + s[i]! + key[i % key.length]!) & 255
      ;[s[i], s[j]] = [s[j]!, s[i]!]
    }
  }

  /** The next byte to be mixed in. */
  next(): number {
    const s = this.#state
    this.#i = (this.#i + 1) & 255
    this.#j = (this.#j + s[this.#i]!) & 255
    ;[s[this.#i], s[this.#j]] = [s[this.#j]!, s[this.#i]!]
    return s[(s[this.#i]! + s[this.#j]!) & 255]!
  }

  decrypt(bytes: Buffer): Buffer {
    const out = Buffer.from(bytes)
    for (let i = 0; i < out.length; i++) out[i] = out[i]! ^ this.next()
    return out
  }
}
