// A table that forgets: of two generations the older is dropped when the younger is full; what is asked for moves to the younger.

/** Texts come from input: a table keeps no more of them, in bytes as they are charged, than this. */
const maxBytes = 8 * 1024 * 1024

/** What texts a table keeps. */
export interface Texts<V> {
  readonly maxBytes?: number
  /** Of a value, besides its key; one that grows is to be set again. */
  readonly bytesOf?: (value: V) => number
}

interface Entry<V> {
  value: V
  bytes: number
}

export class Recent<V> {
  readonly #room: Generation<V>
  #young = new Map<string, Entry<V>>()
  #old = new Map<string, Entry<V>>()
  /** Entries that were forgotten for want of room. */
  forgotten = 0

  /** Of `max` entries at most; the last half of them are always there, unless their texts are long. */
  constructor(max: number, texts: Texts<V> = {}) {
    this.#room = new Generation(max, texts)
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key)
    if (young) return young.value
    const old = this.#old.get(key)
    if (!old) return undefined
    this.#old.delete(key)
    this.set(key, old.value)
    return old.value
  }

  delete(key: string): void {
    const young = this.#young.get(key)
    if (young) this.#room.without(young)
    this.#young.delete(key)
    this.#old.delete(key)
  }

  set(key: string, value: V): void {
    const room = this.#room
    const entry = room.with(this.#young.get(key), value, key.length)
    if (entry) this.#young.set(key, entry)
    if (!room.isFull) return
    for (const known of this.#old.keys()) {
      if (!this.#young.has(known)) this.forgotten++
    }
    this.#old = this.#young
    this.#young = new Map()
    room.clear()
  }
}

/** The same with keys in two parts, of which the first (a host) is shared by many: no key is put together for a question. */
export class RecentByHost<K, V> {
  readonly #room: Generation<V>
  #young = new Map<string, Map<K, Entry<V>>>()
  #old = new Map<string, Map<K, Entry<V>>>()
  /** Entries that were forgotten for want of room. */
  forgotten = 0

  /** Of `max` entries at most; the last half of them are always there, unless their texts are long. */
  constructor(max: number, texts: Texts<V> = {}) {
    this.#room = new Generation(max, texts)
  }

  get(host: string, key: K): V | undefined {
    const young = this.#young.get(host)?.get(key)
    if (young) return young.value
    const ofHost = this.#old.get(host)
    const old = ofHost?.get(key)
    if (!ofHost || !old) return undefined
    ofHost.delete(key)
    this.set(host, key, old.value)
    return old.value
  }

  set(host: string, key: K, value: V): void {
    const room = this.#room
    let ofHost = this.#young.get(host)
    if (!ofHost) {
      ofHost = new Map()
      this.#young.set(host, ofHost)
    }
    const units = typeof key === 'string' ? key.length : 0
    const entry = room.with(ofHost.get(key), value, units)
    if (entry) ofHost.set(key, entry)
    if (room.isFull) this.#forget()
  }

  delete(host: string, key: K): void {
    const ofHost = this.#young.get(host)
    const young = ofHost?.get(key)
    if (young) this.#room.without(young)
    ofHost?.delete(key)
    this.#old.get(host)?.delete(key)
  }

  #forget(): void {
    for (const [host, known] of this.#old) {
      const young = this.#young.get(host)
      for (const key of known.keys()) if (!young?.has(key)) this.forgotten++
    }
    this.#old = this.#young
    this.#young = new Map()
    this.#room.clear()
  }
}

/** What the younger half holds. */
class Generation<V> {
  readonly #most: number
  readonly #mostBytes: number
  readonly #bytesOf: ((value: V) => number) | undefined
  #used = 0
  #bytes = 0

  constructor(max: number, texts: Texts<V>) {
    this.#most = Math.max(1, Math.ceil(max / 2))
    this.#mostBytes = (texts.maxBytes ?? maxBytes) / 2
    this.#bytesOf = texts.bytesOf
  }

  get isFull(): boolean {
    return this.#used > this.#most || this.#bytes > this.#mostBytes
  }

  /** Charges a value, in the place of another where there was one; gives the entry if it is new. */
  with(
    known: Entry<V> | undefined,
    value: V,
    keyUnits: number,
  ): Entry<V> | undefined {
    const bytes = keyUnits + (this.#bytesOf?.(value) ?? 0)
    if (known) {
      this.#bytes += bytes - known.bytes
      known.value = value
      known.bytes = bytes
      return undefined
    }
    this.#used++
    this.#bytes += bytes
    return { value, bytes }
  }

  without({ bytes }: Entry<V>): void {
    this.#used--
    this.#bytes -= bytes
  }

  clear(): void {
    this.#used = 0
    this.#bytes = 0
  }
}
