// What waits in memory, outside of the heap: thousands of objects that live long would keep the garbage collector busy.
import { sortedNumbers } from './merge-sort.ts'
import { byTime, type Run, type Waiting, type WaitingKey } from './waiting.ts'

const leastCount = 1024
/** Time, record, which piece, first byte, byte behind the last. */
const columns = 5
/** Time, record and end of each, in what is added together. */
const keysEach = 3

export class HeldBytes {
  /** As they came: nothing is copied. */
  #pieces: Buffer[] = []
  #keys = new Float64Array(leastCount * columns)
  #used = 0
  #count = 0

  /** Of memory. */
  get size(): number {
    return this.#used + this.#count * columns * Float64Array.BYTES_PER_ELEMENT
  }

  /** The bytes are its own from now on. */
  add({ time, record }: WaitingKey, bytes: Uint8Array): void {
    this.#put(bytes)
    this.#push(time, record, 0, bytes.length)
  }

  /** Several behind one another: `keys` has time, record and end of each. */
  addAll(bytes: Uint8Array, keys: Float64Array): void {
    this.#put(bytes)
    let first = 0
    for (let i = 0; i < keys.length; i += keysEach) {
      const end = keys[i + 2]!
      this.#push(keys[i]!, keys[i + 1]!, first, end)
      first = end
    }
  }

  clear(): void {
    this.#pieces = []
    this.#used = 0
    this.#count = 0
  }

  /** In order of time; what it gives is valid until more is added. */
  inOrder(): Run {
    const order = this.#order()
    let at = 0
    return {
      next: () => (at < order.length ? this.#at(order[at++]!) : undefined),
    }
  }

  #order(): Uint32Array {
    const keys = this.#keys
    return sortedNumbers(this.#count, (a, b) => {
      const x = a * columns
      const y = b * columns
      // Infinity less Infinity is no number, which decides nothing.
      return (
        keys[x]! - keys[y]! ||
        keys[x + 1]! - keys[y + 1]! ||
        byTime(this.#at(a), this.#at(b))
      )
    })
  }

  #at(at: number): Waiting {
    const keys = this.#keys
    const k = at * columns
    return {
      time: keys[k]!,
      record: keys[k + 1]!,
      bytes: this.#pieces[keys[k + 2]!]!,
      from: keys[k + 3]!,
      to: keys[k + 4]!,
    }
  }

  #put({ buffer, byteOffset, length }: Uint8Array): void {
    this.#pieces.push(Buffer.from(buffer, byteOffset, length))
    this.#used += length
  }

  #push(time: number, record: number, start: number, end: number): void {
    let k = this.#count * columns
    if (k === this.#keys.length) {
      const larger = new Float64Array(k * 2)
      larger.set(this.#keys)
      this.#keys = larger
    }
    const keys = this.#keys
    keys[k++] = time
    keys[k++] = record
    keys[k++] = this.#pieces.length - 1
    keys[k++] = start
    keys[k] = end
    this.#count++
  }
}
