// The ends of findings (see `Telling`): the same few again and again, in whatever thread, so each is kept once.

/** In bytes, of all. Names of fields come from input, and so do ends that name what is missing. */
const maxBytes = 16 * 1024 * 1024

export class Ends {
  readonly #all: Uint8Array[] = []
  readonly #numbers = new Map<string, number>()
  #bytes = 0

  of(number: number): Uint8Array {
    return this.#all[number]!
  }

  /** The number of each, known or new; undefined: there are too many. */
  numbersOf(ends: readonly Uint8Array[]): number[] | undefined {
    const numbers: number[] = []
    for (const end of ends) {
      const { buffer, byteOffset, length } = end
      const text = Buffer.from(buffer, byteOffset, length).toString('latin1')
      let number = this.#numbers.get(text)
      if (number === undefined) {
        if (this.#bytes + length > maxBytes) return undefined
        this.#bytes += length
        number = this.#all.push(end) - 1
        this.#numbers.set(text, number)
      }
      numbers.push(number)
    }
    return numbers
  }
}
