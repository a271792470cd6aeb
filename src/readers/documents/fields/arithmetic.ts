// What does `= 60 + 7` give? Only sums of numbers are worked out; bookmarks and tables are not.

/** Of an expression, in UTF-16 units. */
const maxUnits = 256
/** Brackets in each other. */
const maxDepth = 16

/** undefined: it is more than numbers. */
export function valueOfSum(text: string): number | undefined {
  if (text.length > maxUnits || !/^[\d\s.+\-*/()^%]+$/.test(text)) {
    return undefined
  }
  const tokens = text.match(/\d+(?:\.\d+)?|\.\d+|[-+*/()^%]/g) ?? []
  const sum = new Sum(tokens)
  const value = sum.terms(0)
  return sum.isDone && Number.isFinite(value) ? value : undefined
}

class Sum {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  get isDone(): boolean {
    return this.#at === this.#tokens.length
  }

  terms(depth: number): number {
    let value = this.#factors(depth)
    for (;;) {
      if (this.#take('+')) value += this.#factors(depth)
      else if (this.#take('-')) value -= this.#factors(depth)
      else return value
    }
  }

  #factors(depth: number): number {
    let value = this.#atom(depth)
    for (;;) {
      if (this.#take('*')) value *= this.#atom(depth)
      else if (this.#take('/')) value /= this.#atom(depth)
      else if (this.#take('^')) value **= this.#atom(depth)
      else if (this.#take('%')) value /= 100
      else return value
    }
  }

  #atom(depth: number): number {
    if (depth > maxDepth) return Number.NaN
    if (this.#take('-')) return -this.#atom(depth + 1)
    if (this.#take('+')) return this.#atom(depth + 1)
    if (this.#take('(')) {
      const value = this.terms(depth + 1)
      return this.#take(')') ? value : Number.NaN
    }
    const token = this.#tokens[this.#at]
    if (token === undefined || !/^[\d.]/.test(token)) return Number.NaN
    this.#at++
    return Number(token)
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false
    this.#at++
    return true
  }
}
