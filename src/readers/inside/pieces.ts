// Texts that were cut to be written: pieces of a stream are joined until one says that it is the last. Where only a line
// break tells, it is first seen whether the source keeps any.

/** Of one text, in UTF-16 units. A longer one is given as far as it is there. */
const maxText = 16 * 1024 * 1024
/** Streams with an open text. */
const maxStreams = 256
/** Pieces that wait for a source to show whether it keeps line breaks. */
const maxUnsure = 256

interface Open<Carrier> {
  readonly pieces: string[]
  readonly carriers: Carrier[]
  length: number
}

export class Pieces<Carrier> {
  readonly #give: (text: string, first: Carrier) => void
  readonly #open = new Map<string, Open<Carrier>>()
  #keepsBreaks: boolean | undefined
  #unsure = 0

  /** `give`: a whole text, with the carrier of its first piece. */
  constructor(give: (text: string, first: Carrier) => void) {
    this.#give = give
  }

  get isOpen(): boolean {
    return this.#open.size > 0
  }

  take(
    stream: string,
    text: string,
    isOpen: boolean | 'unsure',
    carrier: Carrier,
  ): void {
    if (isOpen === 'unsure' && this.#keepsBreaks === false) {
      this.#give(text, carrier)
      return
    }
    if (isOpen === false && text.endsWith('\n')) this.#keepsBreaks = true
    const known = this.#open.get(stream)
    if (!known && isOpen === false) {
      this.#give(text, carrier)
      return
    }
    const open = known ?? this.#begin(stream)
    open.pieces.push(text)
    open.carriers.push(carrier)
    open.length += text.length
    if (isOpen === false || open.length > maxText) this.#close(stream, open)
    else if (isOpen === 'unsure' && this.#keepsBreaks === undefined) {
      if (++this.#unsure > maxUnsure) this.#giveApart()
    }
  }

  /** The source is over. */
  end(): void {
    if (this.#keepsBreaks === undefined && this.#unsure > 0) this.#giveApart()
    for (const [stream, open] of this.#open) this.#close(stream, open)
  }

  #begin(stream: string): Open<Carrier> {
    if (this.#open.size >= maxStreams) {
      const [oldest] = this.#open
      this.#close(oldest![0], oldest![1])
    }
    const open = { pieces: [], carriers: [], length: 0 }
    this.#open.set(stream, open)
    return open
  }

  #close(stream: string, { pieces, carriers }: Open<Carrier>) {
    this.#open.delete(stream)
    this.#give(pieces.join(''), carriers[0]!)
  }

  /** No text of the source ends with a line break: whoever handed it on took them away, and each is whole. */
  #giveApart() {
    this.#keepsBreaks = false
    for (const { pieces, carriers } of this.#open.values()) {
      pieces.forEach((text, i) => {
        this.#give(text, carriers[i]!)
      })
    }
    this.#open.clear()
  }
}
