// A map from numbers to lists of small numbers, built once and read often: flat arrays, no objects.

export class Buckets {
  readonly #keys: Int32Array
  /** One more than the index into `#starts`; 0: free. */
  readonly #places: Int32Array
  readonly #mask: number
  readonly #starts: Int32Array
  readonly items: Int32Array

  /** Pairs of key and item; items of one key keep their order. */
  constructor(keys: readonly number[], items: readonly number[]) {
    let size = 8
    while (size < keys.length * 2) size *= 2
    this.#mask = size - 1
    this.#keys = new Int32Array(size)
    this.#places = new Int32Array(size)
    const counts: number[] = []
    const places = keys.map((key) => {
      const at = this.#probe(key)
      if (this.#places[at] === 0) {
        this.#keys[at] = key
        this.#places[at] = counts.push(0)
      }
      const place = this.#places[at]! - 1
      counts[place]!++
      return place
    })
    this.#starts = new Int32Array(counts.length + 1)
    counts.forEach((n, i) => {
      this.#starts[i + 1] = this.#starts[i]! + n
    })
    this.items = new Int32Array(items.length)
    const next = this.#starts.slice()
    places.forEach((place, i) => {
      this.items[next[place]!++] = items[i]!
    })
  }

  /** The key's place for `start` and `end`, or -1. */
  find(key: number): number {
    return this.#places[this.#probe(key | 0)]! - 1
  }

  start(place: number): number {
    return this.#starts[place]!
  }

  end(place: number): number {
    return this.#starts[place + 1]!
  }

  #probe(key: number): number {
    const wanted = key | 0
    let at = mix(wanted) & this.#mask
    while (this.#places[at] !== 0 && this.#keys[at] !== wanted) {
      at = (at + 1) & this.#mask
    }
    return at
  }
}

export function mix(x: number): number {
  const y = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d)
  return (y ^ (y >>> 12)) >>> 0
}
