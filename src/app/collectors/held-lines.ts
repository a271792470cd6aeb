// Findings that wait in memory, outside of the heap: text as bytes, what orders them as numbers. Thousands of strings that live long would
// keep the garbage collector busy.
import { keysEach } from '../stations/findings.ts'
import {
  byTime,
  type FoundLine,
  type FoundText,
  type Run,
} from './found-line.ts'
import { sortedNumbers } from './merge-sort.ts'

const leastBytes = 1024 * 1024
const leastCount = 1024
/** UTF-8 takes so many bytes for a UTF-16 unit at most. */
const maxUnitBytes = 3
/** Time, record, rule, first byte, byte behind the last. */
const columns = 5

export class HeldLines {
  #text = Buffer.allocUnsafeSlow(leastBytes)
  #keys = new Float64Array(leastCount * columns)
  #used = 0
  #count = 0

  get bytes(): number {
    return this.#used + this.#count * columns * Float64Array.BYTES_PER_ELEMENT
  }

  add(found: FoundText): void {
    const start = this.#room(found.line.length * maxUnitBytes)
    this.#used += this.#text.write(found.line, start)
    this.#push(found.time, found.record, found.rule, start, this.#used)
  }

  /** Findings behind one another in one text: `keys` has rule, time, record and end of each; `rules` says what their numbers are here. */
  addAll(lines: Uint8Array, keys: Float64Array, rules: readonly number[]) {
    const start = this.#room(lines.length)
    this.#text.set(lines, start)
    this.#used += lines.length
    let first = start
    for (let i = 0; i < keys.length; i += keysEach) {
      const end = start + keys[i + 3]!
      this.#push(keys[i + 1]!, keys[i + 2]!, rules[keys[i]!]!, first, end)
      first = end
    }
  }

  clear(): void {
    this.#used = 0
    this.#count = 0
  }

  /** In order of time; what it gives is valid until more is added. */
  inOrder(): Run {
    const order = this.#order()
    let at = 0
    return {
      next: () => (at < order.length ? this.#found(order[at++]!) : undefined),
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
        keys[x + 2]! - keys[y + 2]! ||
        byTime(this.#found(a), this.#found(b))
      )
    })
  }

  #found(at: number): FoundLine {
    const keys = this.#keys
    const k = at * columns
    return {
      time: keys[k]!,
      record: keys[k + 1]!,
      rule: keys[k + 2]!,
      text: this.#text,
      from: keys[k + 3]!,
      to: keys[k + 4]!,
    }
  }

  /** Gives where what is added begins. */
  #room(bytes: number): number {
    const start = this.#used
    const needed = start + bytes
    if (needed > this.#text.length) {
      const larger = Buffer.allocUnsafeSlow(
        Math.max(needed, this.#text.length * 2),
      )
      this.#text.copy(larger, 0, 0, start)
      this.#text = larger
    }
    return start
  }

  #push(
    time: number,
    record: number,
    rule: number,
    start: number,
    end: number,
  ) {
    let k = this.#count * columns
    if (k === this.#keys.length) {
      const larger = new Float64Array(k * 2)
      larger.set(this.#keys)
      this.#keys = larger
    }
    const keys = this.#keys
    keys[k++] = time
    keys[k++] = record
    keys[k++] = rule
    keys[k++] = start
    keys[k] = end
    this.#count++
  }
}
