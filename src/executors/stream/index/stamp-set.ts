// A set of small numbers that is emptied by counting on: the atoms that hold for one value, the rules to be tried on one
// event.

export class StampSet {
  readonly #stamps: Int32Array
  #serial = 1
  /** The members in the order found, `count` of them. */
  readonly list: Int32Array
  count = 0

  constructor(size: number) {
    this.#stamps = new Int32Array(size)
    this.list = new Int32Array(size)
  }

  empty(): void {
    this.count = 0
    if (++this.#serial === 0x7fffffff) {
      this.#stamps.fill(0)
      this.#serial = 1
    }
  }

  add(member: number): void {
    if (this.#stamps[member] === this.#serial) return
    this.#stamps[member] = this.#serial
    this.list[this.count++] = member
  }

  has(member: number): boolean {
    return this.#stamps[member] === this.#serial
  }
}
