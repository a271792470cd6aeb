// Text that is written as the bytes it will be in the end (UTF-8), and the numbers between them.

const leastBytes = 128 * 1024
/** UTF-8 takes so many bytes for a UTF-16 unit at most. */
const maxUnitBytes = 3

export class ByteText {
  #bytes = Buffer.allocUnsafeSlow(leastBytes)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** Valid until more is added. */
  get view(): Uint8Array {
    return new Uint8Array(this.#bytes.buffer, 0, this.#length)
  }

  clear(): void {
    this.#length = 0
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

  /** 32 bits, lowest first. */
  addNumber(n: number): void {
    this.#room(4)
    this.#put(n)
  }

  /** The same of each. */
  addNumbers(numbers: readonly number[]): void {
    this.#room(4 * numbers.length)
    for (let i = 0; i < numbers.length; i++) this.#put(numbers[i]!)
  }

  #put(n: number): void {
    const bytes = this.#bytes
    const at = this.#length
    bytes[at] = n
    bytes[at + 1] = n >>> 8
    bytes[at + 2] = n >>> 16
    bytes[at + 3] = n >>> 24
    this.#length = at + 4
  }

  /** What was written, as bytes of their own; then it is empty. */
  take(): Uint8Array {
    const taken = this.view.slice()
    this.#length = 0
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
