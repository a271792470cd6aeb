// A table that forgets: what was not asked for longest goes first, and is counted.
export class Recent<V> {
  readonly #max: number
  readonly #values = new Map<string, V>()
  /** Entries that were forgotten for want of room. */
  forgotten = 0

  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#values.size
  }

  get(key: string): V | undefined {
    const value = this.#values.get(key)
    if (value !== undefined) {
      this.#values.delete(key)
      this.#values.set(key, value)
    }
    return value
  }

  set(key: string, value: V): void {
    this.#values.delete(key)
    this.#values.set(key, value)
    if (this.#values.size <= this.#max) return
    const [oldest] = this.#values.keys()
    this.#values.delete(oldest!)
    this.forgotten++
  }
}
