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

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
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

/** The same with keys in two parts, of which the first (a host) is shared by many: no key is put together for a question. */
export class RecentByHost<K, V> {
  readonly #half: number
  #young = new Map<string, Map<K, V>>()
  #old = new Map<string, Map<K, V>>()
  #used = 0
  /** Entries that were forgotten for want of room. */
  forgotten = 0

  /** Of `max` entries at most; the last half of them are always there. */
  constructor(max: number) {
    this.#half = Math.max(1, Math.ceil(max / 2))
  }

  get(host: string, key: K): V | undefined {
    const young = this.#young.get(host)?.get(key)
    if (young !== undefined) return young
    const ofHost = this.#old.get(host)
    const old = ofHost?.get(key)
    if (ofHost && old !== undefined) {
      ofHost.delete(key)
      this.set(host, key, old)
    }
    return old
  }

  set(host: string, key: K, value: V): void {
    let ofHost = this.#young.get(host)
    if (!ofHost) {
      ofHost = new Map()
      this.#young.set(host, ofHost)
    }
    const before = ofHost.size
    ofHost.set(key, value)
    this.#used += ofHost.size - before
    if (this.#used > this.#half) this.#forget()
  }

  #forget(): void {
    for (const [host, known] of this.#old) {
      const young = this.#young.get(host)
      for (const key of known.keys()) if (!young?.has(key)) this.forgotten++
    }
    this.#old = this.#young
    this.#young = new Map()
    this.#used = 0
  }
}
