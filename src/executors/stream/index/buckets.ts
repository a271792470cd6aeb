// A map from numbers to lists of small numbers, built once and read often: flat arrays, no objects. What one look needs lies together, since
// the tables are larger than the processor's nearest memory.

/** Key, place of the first item, place behind the last (0: free). */
const slotNumbers = 4

export class Buckets {
  readonly #slots: Int32Array
  readonly #mask: number
  readonly items: Int32Array

  /** Pairs of key and item; items of one key keep their order. */
  constructor(keys: readonly number[], items: readonly number[]) {
    let size = 8
    while (size < keys.length * 2) size *= 2
    this.#mask = size - 1
    this.#slots = new Int32Array(size * slotNumbers)
    this.items = new Int32Array(items.length)
    let end = 0
    for (const [key, list] of listsOf(keys, items)) {
      const slot = this.#slotOf(key)
      this.items.set(list, end)
      this.#slots[slot] = key
      this.#slots[slot + 1] = end
      end += list.length
      this.#slots[slot + 2] = end
    }
  }

  /** The key's slot for `start` and `end`, or -1. */
  find(key: number): number {
    const slot = this.#slotOf(key)
    return this.#slots[slot + 2] === 0 ? -1 : slot
  }

  start(slot: number): number {
    return this.#slots[slot + 1]!
  }

  end(slot: number): number {
    return this.#slots[slot + 2]!
  }

  #slotOf(key: number): number {
    const wanted = key | 0
    const slots = this.#slots
    let at = mix(wanted) & this.#mask
    for (;;) {
      const slot = at * slotNumbers
      if (slots[slot + 2] === 0 || slots[slot] === wanted) return slot
      at = (at + 1) & this.#mask
    }
  }
}

function listsOf(
  keys: readonly number[],
  items: readonly number[],
): Map<number, number[]> {
  const lists = new Map<number, number[]>()
  keys.forEach((key, i) => {
    const list = lists.get(key | 0)
    if (list) list.push(items[i]!)
    else lists.set(key | 0, [items[i]!])
  })
  return lists
}

export function mix(x: number): number {
  const y = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d)
  return (y ^ (y >>> 12)) >>> 0
}
