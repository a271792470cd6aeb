// Which keys were met? Keys of two lanes of 32 bits each (see `Digest`) in arrays: some hundred thousand objects that live long would keep
// the garbage collector busy. What is known of a key its owner keeps by the slot.

/** Of the slots so many are taken at most; else a search takes long. */
const fullAt = 0.5

export class LaneKeys {
  /** A power of two. */
  readonly slots: number
  readonly #a: Int32Array
  readonly #b: Int32Array
  readonly #taken: Uint8Array
  size = 0

  constructor(slots: number) {
    this.slots = slots
    this.#a = new Int32Array(slots)
    this.#b = new Int32Array(slots)
    this.#taken = new Uint8Array(slots)
  }

  /** Time for a larger one. */
  get isFull(): boolean {
    return this.size > this.slots * fullAt
  }

  /** Where a key stands, or would. */
  slotOf(a: number, b: number): number {
    const mask = this.slots - 1
    let at = (a ^ Math.imul(b, 0x9e3779b1)) & mask
    while (this.#taken[at] === 1 && !this.#isAt(at, a, b)) at = (at + 1) & mask
    return at
  }

  has(slot: number): boolean {
    return this.#taken[slot] === 1
  }

  /** Puts a key into the free slot that `slotOf` gave. */
  take(slot: number, a: number, b: number): void {
    this.#a[slot] = a
    this.#b[slot] = b
    this.#taken[slot] = 1
    this.size++
  }

  /** Takes over those keys of another that `keep` (its slot) wants; `moved` tells from which slot into which. */
  takeAll(
    from: LaneKeys,
    keep: (slot: number) => boolean,
    moved: (from: number, to: number) => void,
  ): void {
    for (let at = 0; at < from.slots; at++) {
      if (from.#taken[at] !== 1 || !keep(at)) continue
      const [a, b] = [from.#a[at]!, from.#b[at]!]
      const to = this.slotOf(a, b)
      this.take(to, a, b)
      moved(at, to)
    }
  }

  #isAt(slot: number, a: number, b: number): boolean {
    return this.#a[slot] === (a | 0) && this.#b[slot] === (b | 0)
  }
}
