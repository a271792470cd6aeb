// Which tie leads to what, and when was it last seen? Numbers in arrays: some hundred thousand objects that live long would keep the
// garbage collector busy.

const leastSlots = 1024
/** Of the slots so many are taken at most; else a search takes long. */
const fullAt = 0.5
const growth = 4

export class TieTable<T> {
  #a = new Int32Array(leastSlots)
  #b = new Int32Array(leastSlots)
  /** Milliseconds since 1970. */
  #times = new Float64Array(leastSlots)
  #values = emptyValues<T>(leastSlots)
  size = 0

  /** Where a tie stands, or would: open addressing. */
  slotOf(a: number, b: number): number {
    const mask = this.#a.length - 1
    let at = a & mask
    while (
      this.#values[at] !== undefined &&
      (this.#a[at] !== (a | 0) || this.#b[at] !== (b | 0))
    ) {
      at = (at + 1) & mask
    }
    return at
  }

  value(slot: number): T | undefined {
    return this.#values[slot]
  }

  time(slot: number): number {
    return this.#times[slot]!
  }

  setTime(slot: number, time: number): void {
    this.#times[slot] = time
  }

  put(a: number, b: number, value: T, time: number): void {
    const slot = this.slotOf(a, b)
    const isNew = this.#values[slot] === undefined
    this.#a[slot] = a
    this.#b[slot] = b
    this.#times[slot] = time
    this.#values[slot] = value
    if (isNew && ++this.size > this.#a.length * fullAt)
      this.#rebuild(this.#a.length * growth, Number.NEGATIVE_INFINITY)
  }

  /** What was last seen before; what has no time (0) stays. */
  forget(before: number): void {
    this.#rebuild(this.#a.length, before)
  }

  #rebuild(slots: number, from: number): void {
    const [as, bs, times, values] = [
      this.#a,
      this.#b,
      this.#times,
      this.#values,
    ]
    this.#a = new Int32Array(slots)
    this.#b = new Int32Array(slots)
    this.#times = new Float64Array(slots)
    this.#values = emptyValues<T>(slots)
    this.size = 0
    for (let at = 0; at < values.length; at++) {
      const value = values[at]
      if (value === undefined) continue
      if (times[at]! !== 0 && times[at]! < from) continue
      this.put(as[at]!, bs[at]!, value, times[at]!)
    }
  }
}

function emptyValues<T>(slots: number): (T | undefined)[] {
  return new Array<T | undefined>(slots).fill(undefined)
}
