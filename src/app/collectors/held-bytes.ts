// What waits in memory, outside of the heap: thousands of objects that live long would keep the garbage collector busy.
import { sortedNumbers } from './merge-sort.ts'
import { byTime, type Run, type Waiting, type WaitingKey } from './waiting.ts'

const leastCount = 1024
/** Bytes of a block; what is larger has one of its own. */
const blockBytes = 64 * 1024
/** Blocks that are kept for what comes after all was given: of a stream, which gives some every moment. */
const maxLent = 32
/** Blocks of which nobody needs what is in them: one list, since mostly one is emptied while another fills. */
let free: Buffer[] = []
/** Of UTF-8, for a UTF-16 unit. */
const mostBytesOfUnit = 3
/** Which piece, first byte, byte behind the last. */
const placeNumbers = 3
/** Time, record and end of each, in what is added together. */
const keysEach = 3
const bytesOfKey = 8 + 8 + placeNumbers * 4

export class HeldBytes {
  /** Copied into, and used again: a buffer for each record would be much garbage. */
  #blocks: Buffer[] = []
  /** Of what was given last, which somebody may still look at. */
  #lent: Buffer[] = []
  /** Bytes of the current block that are taken. */
  #taken = 0
  #times = new Float64Array(leastCount)
  #records = new Float64Array(leastCount)
  #places = new Uint32Array(leastCount * placeNumbers)
  #used = 0
  #count = 0

  /** Of memory. */
  get size(): number {
    return this.#used + this.#count * bytesOfKey
  }

  /** Many bytes are its own from now on; few are copied. */
  add({ time, record }: WaitingKey, bytes: Uint8Array): void {
    const start = this.#put(bytes)
    this.#push(time, record, start, start + bytes.length)
  }

  /** The numbers, of 32 bits each, and the text behind them. */
  addText(
    { time, record }: WaitingKey,
    text: string,
    numbers: readonly number[] = [],
  ): void {
    const head = numbers.length * 4
    const start = this.#room(head + mostBytesOf(text))
    const block = this.#blocks.at(-1)!
    for (const [i, n] of numbers.entries())
      block.writeUInt32LE(n, start + i * 4)
    const end = start + head + block.write(text, start + head)
    this.#take(end - start)
    this.#push(time, record, start, end)
  }

  /** Several behind one another: `keys` has time, record and end of each. */
  addAll(bytes: Uint8Array, keys: Float64Array): void {
    const start = this.#put(bytes)
    let first = start
    for (let i = 0; i < keys.length; i += keysEach) {
      const end = start + keys[i + 2]!
      this.#push(keys[i]!, keys[i + 1]!, first, end)
      first = end
    }
  }

  /** `isLetGo`: nobody looks at what was given since the last time; else that stays valid until the time after this. */
  clear(isLetGo = false): void {
    const own = this.#blocks.filter((b) => b.length === blockBytes)
    if (isLetGo) free = [...free, ...own]
    else {
      const most = Math.max(this.#blocks.length, maxLent)
      free = [...free, ...this.#lent].slice(-most)
      this.#lent = own.slice(0, maxLent)
    }
    this.#blocks = []
    this.#taken = 0
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
      bytes: this.#blocks[places[p]!]!,
      from: places[p + 1]!,
      to: places[p + 2]!,
    }
  }

  /** Where they begin in the current block. */
  #put(bytes: Uint8Array): number {
    if (bytes.length > blockBytes) {
      const { buffer, byteOffset, length } = bytes
      this.#blocks.push(Buffer.from(buffer, byteOffset, length))
      this.#taken = 0
      this.#take(length)
      return 0
    }
    const start = this.#room(bytes.length)
    this.#blocks.at(-1)!.set(bytes, start)
    this.#take(bytes.length)
    return start
  }

  /** Where in the current block so many bytes have room. */
  #room(bytes: number): number {
    const block = this.#blocks.at(-1)
    if (block && block.length - this.#taken >= bytes) return this.#taken
    const again = bytes <= blockBytes ? free.pop() : undefined
    this.#blocks.push(
      again ?? Buffer.allocUnsafeSlow(Math.max(bytes, blockBytes)),
    )
    this.#taken = 0
    return 0
  }

  #take(bytes: number): void {
    this.#taken += bytes
    this.#used += bytes
  }

  #push(time: number, record: number, start: number, end: number): void {
    const at = this.#count++
    if (at === this.#times.length) this.#grow()
    this.#times[at] = time
    this.#records[at] = record
    const places = this.#places
    const p = at * placeNumbers
    places[p] = this.#blocks.length - 1
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

/** Exact where that is worth a look. */
function mostBytesOf(text: string): number {
  const most = text.length * mostBytesOfUnit
  return most * 8 > blockBytes ? Buffer.byteLength(text) : most
}
