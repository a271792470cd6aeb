// What is to be done when a time is over? The earliest first: what is not due costs nothing.

interface Entry<T> {
  readonly at: number
  readonly item: T
}

/** A binary heap. Of equal times either may come first. */
export class Due<T> {
  readonly #heap: Entry<T>[] = []

  get size(): number {
    return this.#heap.length
  }

  /** Infinity: nothing waits. */
  get next(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY
  }

  add(at: number, item: T): void {
    const heap = this.#heap
    let i = heap.length
    const entry = { at, item }
    heap.push(entry)
    while (i > 0) {
      const above = (i - 1) >> 1
      if (heap[above]!.at <= at) break
      heap[i] = heap[above]!
      i = above
    }
    heap[i] = entry
  }

  /** The earliest, if it lies before; then it waits no more. */
  takeBefore(time: number): T | undefined {
    const heap = this.#heap
    const first = heap[0]
    if (!first || first.at >= time) return undefined
    const last = heap.pop()!
    if (heap.length) this.#sink(last)
    return first.item
  }

  /** Puts it in the place of the first, and below all that come before it. */
  #sink(entry: Entry<T>): void {
    const heap = this.#heap
    let i = 0
    for (;;) {
      let below = 2 * i + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && heap[below + 1]!.at < heap[below]!.at)
        below++
      if (heap[below]!.at >= entry.at) break
      heap[i] = heap[below]!
      i = below
    }
    heap[i] = entry
  }
}
