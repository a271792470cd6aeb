// What stands at this place of the bytes? Numbers are little-endian. Beyond the end there is nothing: 0, an empty
// piece, and `short` says so, since what a hostile document declares need not be there.
export class Cursor {
  readonly bytes: Buffer
  at: number
  /** More was asked for than there is. */
  short = false

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get left(): number {
    return Math.max(0, this.bytes.length - this.at)
  }

  u8(): number {
    return this.#has(1) ? this.bytes.readUInt8(this.at++) : 0
  }

  u16(): number {
    return this.#has(2) ? this.bytes.readUInt16LE(this.#step(2)) : 0
  }

  u32(): number {
    return this.#has(4) ? this.bytes.readUInt32LE(this.#step(4)) : 0
  }

  f64(): number {
    return this.#has(8) ? this.bytes.readDoubleLE(this.#step(8)) : 0
  }

  /** As many as there are, at most `count`. */
  take(count: number): Buffer {
    const taken = Math.min(count, this.left)
    if (taken < count) this.short = true
    return this.bytes.subarray(this.at, (this.at += taken))
  }

  skip(count: number): void {
    if (count > this.left) this.short = true
    this.at = Math.min(this.bytes.length, this.at + count)
  }

  /** Bytes up to a zero, which is passed over. */
  untilZero(): Buffer {
    const zero = this.bytes.indexOf(0, this.at)
    const end = zero < 0 ? this.bytes.length : zero
    if (zero < 0) this.short = true
    const taken = this.bytes.subarray(this.at, end)
    this.at = Math.min(this.bytes.length, end + 1)
    return taken
  }

  #has(count: number): boolean {
    if (this.left >= count) return true
    this.short = true
    this.at = this.bytes.length
    return false
  }

  #step(count: number): number {
    const at = this.at
    this.at += count
    return at
  }
}

/** 0 beyond the end. */
export function u16At(bytes: Buffer, at: number): number {
  return at >= 0 && at + 2 <= bytes.length ? bytes.readUInt16LE(at) : 0
}

/** 0 beyond the end. */
export function u32At(bytes: Buffer, at: number): number {
  return at >= 0 && at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0
}
