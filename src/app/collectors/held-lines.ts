// Findings that wait in memory, outside of the heap: text as bytes, what orders them as numbers. Thousands of strings that live long would
// keep the garbage collector busy.
import { keysEach } from '../stations/findings.ts'
import { byTime, type FoundLine } from './found-line.ts'

const leastBytes = 1024 * 1024
const leastCount = 1024
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

  add(found: FoundLine): void {
    const start = this.#write(found.line)
    this.#push(found.time, found.record, found.rule, start, this.#used)
  }

  /** Findings behind one another in one text: `keys` has rule, time, record and end of each; `rules` says what their numbers are here. */
  addAll(lines: string, keys: readonly number[], rules: readonly number[]) {
    const start = this.#write(lines)
    const ascii = this.#used - start === lines.length
    let from = 0
    let first = start
    for (let i = 0; i < keys.length; i += keysEach) {
      const end = keys[i + 3]!
      const bytes = ascii
        ? end - from
        : Buffer.byteLength(lines.slice(from, end))
      this.#push(
        keys[i + 1]!,
        keys[i + 2]!,
        rules[keys[i]!]!,
        first,
        first + bytes,
      )
      first += bytes
      from = end
    }
  }

  clear(): void {
    this.#used = 0
    this.#count = 0
  }

  /** In order of time. */
  *inOrder(): Generator<FoundLine> {
    for (const at of this.#order()) yield this.#found(at)
  }

  /** In order of time: the numbers, and where the text is. */
  eachInOrder(
    each: (
      time: number,
      record: number,
      rule: number,
      text: Buffer,
      start: number,
      end: number,
    ) => void,
  ): void {
    const keys = this.#keys
    for (const at of this.#order()) {
      const k = at * columns
      each(
        keys[k]!,
        keys[k + 1]!,
        keys[k + 2]!,
        this.#text,
        keys[k + 3]!,
        keys[k + 4]!,
      )
    }
  }

  #order(): number[] {
    const order = Array.from({ length: this.#count }, (_, i) => i)
    const keys = this.#keys
    return order.sort((a, b) => {
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
      line: this.#text.toString('utf8', keys[k + 3]!, keys[k + 4]!),
    }
  }

  /** Gives where it begins. */
  #write(text: string): number {
    const start = this.#used
    const room = start + text.length * 3
    if (room > this.#text.length) {
      const larger = Buffer.allocUnsafeSlow(
        Math.max(room, this.#text.length * 2),
      )
      this.#text.copy(larger, 0, 0, start)
      this.#text = larger
    }
    // Text of one byte a character is copied, not encoded.
    const encoding = Buffer.byteLength(text) === text.length ? 'latin1' : 'utf8'
    this.#used += this.#text.write(text, start, encoding)
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
