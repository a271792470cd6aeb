// What is to be done when a time is over? The earliest first: what is not due costs nothing.

/** A binary heap, times and items each in a list of their own: there are many, and an object for each takes as much as all else of it. Of equal times either may come first. */
export class Due<T> {
  readonly #times: number[] = []
  readonly #items: T[] = []

  get size(): number {
    return this.#items.length
  }

  /** Infinity: nothing waits. */
  get next(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY
  }

  add(at: number, item: T): void {
    const times = this.#times
    let i = times.length
    times.push(at)
    this.#items.push(item)
    while (i > 0) {
      const above = (i - 1) >> 1
      if (times[above]! <= at) break
      this.#move(above, i)
      i = above
    }
    this.#put(i, at, item)
  }

  /** The earliest, if it lies before; then it waits no more. */
  takeBefore(time: number): T | undefined {
    if (!this.size || this.next >= time) return undefined
    const first = this.#items[0]
    const at = this.#times.pop()!
    const item = this.#items.pop()!
    if (this.size) this.#sink(at, item)
    return first
  }

  /** Puts it in the place of the first, and below all that come before it. */
  #sink(at: number, item: T): void {
    const times = this.#times
    let i = 0
    for (;;) {
      let below = 2 * i + 1
      if (below >= times.length) break
      if (below + 1 < times.length && times[below + 1]! < times[below]!) below++
      if (times[below]! >= at) break
      this.#move(below, i)
      i = below
    }
    this.#put(i, at, item)
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from]!, this.#items[from]!)
  }

  #put(i: number, at: number, item: T): void {
    this.#times[i] = at
    this.#items[i] = item
  }
}
