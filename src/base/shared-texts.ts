/** Longer ones are no names: nothing is gained by holding them. In UTF-16 units. */
const maxUnits = 512

/** Names that stand in many places, such as those of hosts and programs: each is held once, however often it was parsed. */
export class SharedTexts {
  readonly #max: number
  #known = new Map<string, string>()

  /** So many different ones are remembered; beyond, it begins anew. */
  constructor(max: number) {
    this.#max = max
  }

  of(text: string): string {
    if (text.length > maxUnits) return text
    const known = this.#known.get(text)
    if (known !== undefined) return known
    if (this.#known.size >= this.#max) this.#known.clear()
    this.#known.set(text, text)
    return text
  }

  ofAny(text: string | null | undefined): string | undefined {
    return text === null || text === undefined ? undefined : this.of(text)
  }
}
