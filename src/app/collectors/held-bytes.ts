// What waits in memory, outside of the heap: thousands of objects that live long would keep the garbage collector busy.
import { sortedNumbers } from './merge-sort.ts'
import { byTime, type Run, type Waiting, type WaitingKey } from './waiting.ts'

const leastCount = 1024
/** Which piece, first byte, byte behind the last. */
const placeNumbers = 3
/** Time, record and end of each, in what is added together. */
const keysEach = 3
const bytesOfKey = 8 + 8 + placeNumbers * 4

export class HeldBytes {
  /** As they came: nothing is copied. */
  #pieces: Buffer[] = []
  #times = new Float64Array(leastCount)
  #records = new Float64Array(leastCount)
  #places = new Uint32Array(leastCount * placeNumbers)
  #used = 0
  #count = 0

  /** Of memory. */
  get size(): number {
    return this.#used + this.#count * bytesOfKey
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
    const times = this.#times
    const records = this.#records
    // Infinity less Infinity is no number, which decides nothing.
    return sortedNumbers(
      this.#count,
      (a, b) =>
        times[a]! - times[b]! ||
        records[a]! - records[b]! ||
        byTime(this.#at(a), this.#at(b)),
    )
  }

  #at(at: number): Waiting {
    const places = this.#places
    const p = at * placeNumbers
    return {
      time: this.#times[at]!,
      record: this.#records[at]!,
      bytes: this.#pieces[places[p]!]!,
      from: places[p + 1]!,
      to: places[p + 2]!,
    }
  }

  #put({ buffer, byteOffset, length }: Uint8Array): void {
    this.#pieces.push(Buffer.from(buffer, byteOffset, length))
    this.#used += length
  }

  #push(time: number, record: number, start: number, end: number): void {
    const at = this.#count++
    if (at === this.#times.length) this.#grow()
    this.#times[at] = time
    this.#records[at] = record
    const places = this.#places
    const p = at * placeNumbers
    places[p] = this.#pieces.length - 1
    places[p + 1] = start
    places[p + 2] = end
  }

  #grow(): void {
    const size = this.#times.length * 2
    const [times, records, places] = [this.#times, this.#records, this.#places]
    this.#times = new Float64Array(size)
    this.#times.set(times)
    this.#records = new Float64Array(size)
    this.#records.set(records)
    this.#places = new Uint32Array(size * placeNumbers)
    this.#places.set(places)
  }
}
