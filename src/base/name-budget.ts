// How much may be remembered of shapes? They come from input: a hundred with ten names cost what one with a thousand does, so names are
// counted, not shapes.

/** Names of all shapes that one memory keeps. Real input has some hundred shapes of some dozen names. */
const maxNames = 131_072
/** What a shape costs besides its names, in names. */
const costOfShape = 32

export class NameBudget {
  #kept = 0

  /** One more shape is to be remembered. true: first forget all that was; this one is then the first. */
  mustForget(names: number): boolean {
    const cost = names + costOfShape
    const full = this.#kept > 0 && this.#kept + cost > maxNames
    this.#kept = full ? cost : this.#kept + cost
    return full
  }
}
