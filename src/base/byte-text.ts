// Text that is written as the bytes it will be in the end (UTF-8): pieces that are known as bytes are copied, and what was just written
// can be written again without being made again.

const leastBytes = 128 * 1024
/** UTF-8 takes so many bytes for a UTF-16 unit at most. */
const maxUnitBytes = 3

/** Where in a text something stands that may be wanted again, and what it is of. */
export class Stand {
  fill = -1
  of = -1
  start = 0
  end = 0
}

let fills = 0

export class ByteText {
  #bytes = Buffer.allocUnsafeSlow(leastBytes)
  #length = 0
  /** No two fillings of whatever text share it. */
  #fill = fills++

  get length(): number {
    return this.#length
  }

  add(text: string): void {
    this.#room(text.length * maxUnitBytes)
    this.#length += this.#bytes.write(text, this.#length)
  }

  addBytes(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** One ASCII character. */
  addCode(code: number): void {
    this.#room(1)
    this.#bytes[this.#length++] = code
  }

  /** Adds a text that `again` can repeat. */
  addStanding(text: string, stand: Stand, of: number): void {
    stand.start = this.#length
    this.add(text)
    stand.end = this.#length
    stand.fill = this.#fill
    stand.of = of
  }

  /** Repeats it, if it still stands here and is of the same. */
  again({ fill, of, start, end }: Stand, wanted: number): boolean {
    if (fill !== this.#fill || of !== wanted) return false
    this.#room(end - start)
    this.#bytes.copyWithin(this.#length, start, end)
    this.#length += end - start
    return true
  }

  /** What was written, as bytes of their own; then it is empty. */
  take(): Uint8Array {
    const taken = Uint8Array.prototype.slice.call(this.#bytes, 0, this.#length)
    this.#length = 0
    this.#fill = fills++
    return taken
  }

  #room(bytes: number): void {
    const needed = this.#length + bytes
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(
      Math.max(needed, this.#bytes.length * 2),
    )
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
