// A table that never holds more than its share of memory, and holds the same whatever the order in which its keys came: where it is full,
// it keeps one key in two, then in four, chosen by what the keys are and not by when they came.
import { digest, mixed } from '../../base/digest.ts'

export class Sampled<V> {
  readonly #maxBytes: number
  readonly #bytesEach: number
  readonly #entries = new Map<string, V>()
  #bytes = 0
  #level = 0

  /** `bytesEach`: beside the key; the same for every value, so that what is kept depends on the keys alone. */
  constructor(maxBytes: number, bytesEach: number) {
    this.#maxBytes = maxBytes
    this.#bytesEach = bytesEach
  }

  get size(): number {
    return this.#entries.size
  }

  /** One key in two to the power of this is kept. */
  get level(): number {
    return this.#level
  }

  /** About so many keys had no room. */
  get letGo(): number {
    return this.#entries.size * (2 ** this.#level - 1)
  }

  keeps(key: string): boolean {
    return this.#level === 0 || isKept(key, this.#level)
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)
  }

  /** undefined where the key is let go of. */
  getOr(key: string, made: () => V): V | undefined {
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    if (!this.keeps(key)) return undefined
    const value = made()
    this.#entries.set(key, value)
    this.#bytes += this.#cost(key)
    while (this.#bytes > this.#maxBytes) this.raise(this.#level + 1)
    return this.#entries.get(key)
  }

  /** Another table that this one is to take in may have let go of more. */
  raise(level: number): void {
    if (level <= this.#level) return
    this.#level = level
    for (const key of this.#entries.keys()) {
      if (isKept(key, level)) continue
      this.#entries.delete(key)
      this.#bytes -= this.#cost(key)
    }
  }

  entries(): IterableIterator<[string, V]> {
    return this.#entries.entries()
  }

  #cost(key: string): number {
    return key.length * 2 + this.#bytesEach
  }
}

/** A table whose keys are made to be kept by all levels keeps none. */
export const maxLevel = 31

function isKept(key: string, level: number): boolean {
  if (level > maxLevel) return false
  const { a, b } = digest(key)
  return (mixed(a, b) & (2 ** level - 1)) === 0
}
