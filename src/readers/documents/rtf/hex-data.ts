// Bytes of an object, written as hexadecimal digits with anything between them.
export class HexData {
  #bytes = Buffer.alloc(0)
  #length = 0
  #high = -1

  get length(): number {
    return this.#length
  }

  content(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Below 0: no digit, which is passed over. */
  nibble(value: number): void {
    if (value < 0) return
    if (this.#high < 0) {
      this.#high = value
      return
    }
    this.#room(1)
    this.#bytes[this.#length++] = this.#high * 16 + value
    this.#high = -1
  }

  bytes(bytes: Buffer): void {
    this.#high = -1
    this.#room(bytes.length)
    bytes.copy(this.#bytes, this.#length)
    this.#length += bytes.length
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const more = Buffer.alloc(Math.max(256, 2 * (this.#length + count)))
    this.#bytes.copy(more, 0, 0, this.#length)
    this.#bytes = more
  }
}
