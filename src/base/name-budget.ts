// How much may be remembered of shapes? They come from input: a hundred with ten names cost what one with a thousand does, and long names cost
// what many short ones do, so bytes are charged, neither shapes nor names.

/** What one memory keeps, in bytes as they are charged. Real input has some hundred shapes of some dozen names. */
const maxBytes = 8 * 1024 * 1024
/** Of a name: its places in lists and tables. */
const bytesOfName = 128
/** Of a UTF-16 unit of a name, which also stands in the key of its shape. */
const bytesOfUnit = 2
const bytesOfShape = 1024

export class NameBudget {
  readonly #most: number
  #kept = 0

  constructor(most = maxBytes) {
    this.#most = most
  }

  /** One more shape is to be remembered. true: first forget all that was; this one is then the first. */
  mustForget(names: readonly string[]): boolean {
    const cost = costOf(names)
    const full = this.#kept > 0 && this.#kept + cost > this.#most
    this.#kept = full ? cost : this.#kept + cost
    return full
  }

  /** One more shape may be remembered beside the others; false: what is made of it is to be let go. */
  mayKeep(names: readonly string[]): boolean {
    const cost = costOf(names)
    if (this.#kept + cost > this.#most) return false
    this.#kept += cost
    return true
  }
}

function costOf(names: readonly string[]): number {
  let cost = bytesOfShape
  for (const { length } of names) cost += bytesOfName + bytesOfUnit * length
  return cost
}
