// A table that forgets: of two generations the older is dropped when the younger is full; what is asked for moves to the younger.
export class Recent<V> {
  readonly #half: number
  #young = new Map<string, V>()
  #old = new Map<string, V>()
  /** Entries that were forgotten for want of room. */
  forgotten = 0

  /** Of `max` entries at most; the last half of them are always there. */
  constructor(max: number) {
    this.#half = Math.max(1, Math.ceil(max / 2))
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) {
      this.#old.delete(key)
      this.set(key, old)
    }
    return old
  }

  set(key: string, value: V): void {
    this.#young.set(key, value)
    if (this.#young.size <= this.#half) return
    for (const known of this.#old.keys()) {
      if (!this.#young.has(known)) this.forgotten++
    }
    this.#old = this.#young
    this.#young = new Map()
  }
}
