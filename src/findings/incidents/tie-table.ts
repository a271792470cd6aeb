// Which tie leads to what, and when was it last seen?
import { LaneKeys } from '../../base/lane-keys.ts'

const leastSlots = 1024
const growth = 4

export class TieTable<T> {
  #keys = new LaneKeys(leastSlots)
  /** By slot, as the values. Milliseconds since 1970. */
  #times = new Float64Array(leastSlots)
  #values = emptyValues<T>(leastSlots)

  get size(): number {
    return this.#keys.size
  }

  /** Where a tie stands, or would; valid until the next `put`. */
  slotOf(a: number, b: number): number {
    return this.#keys.slotOf(a, b)
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
    const slot = this.#keys.slotOf(a, b)
    if (!this.#keys.has(slot)) this.#keys.take(slot, a, b)
    this.#times[slot] = time
    this.#values[slot] = value
    if (this.#keys.isFull) this.#rebuild(this.#keys.slots * growth, () => true)
  }

  /** What was last seen before; what has no time (0) stays. */
  forget(before: number): void {
    const times = this.#times
    this.#rebuild(
      this.#keys.slots,
      (slot) => times[slot] === 0 || times[slot]! >= before,
    )
  }

  #rebuild(slots: number, keep: (slot: number) => boolean): void {
    const [keys, times, values] = [this.#keys, this.#times, this.#values]
    this.#keys = new LaneKeys(slots)
    this.#times = new Float64Array(slots)
    this.#values = emptyValues<T>(slots)
    this.#keys.takeAll(keys, keep, (from, to) => {
      this.#times[to] = times[from]!
      this.#values[to] = values[from]
    })
  }
}

function emptyValues<T>(slots: number): (T | undefined)[] {
  return new Array<T | undefined>(slots).fill(undefined)
}
