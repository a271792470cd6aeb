// The words of a field's code: parted by blanks, quotes hold them together, a backslash begins a switch or keeps the next
// character. What a nested field gave is taken as it is: it neither parts words nor ends quotes.
// ECMA-376 part 1, 17.16.3.

export interface FieldWord {
  readonly text: string
  readonly isQuoted: boolean
  /** `\a`, `\*`: text without its backslash. */
  readonly isSwitch: boolean
}

/** Literal text, or the value of a nested field. */
export interface CodePiece {
  readonly text: string
  readonly isValue: boolean
}

/** Words of one field. */
const maxWords = 4096

const isOpening = (c: string) => c === '"' || c === '\u201c' || c === '\u201e'
const isClosing = (c: string) => c === '"' || c === '\u201d' || c === '\u201c'

export function wordsOf(code: readonly CodePiece[]): readonly FieldWord[] {
  const reading = new WordReading()
  for (const piece of code) {
    if (piece.isValue) reading.value(piece.text)
    else reading.literal(piece.text)
  }
  return reading.finish()
}

class WordReading {
  readonly #words: FieldWord[] = []
  #word: string | undefined
  #isQuoted = false
  #inQuotes = false
  #isSwitch = false

  value(text: string) {
    this.#word = (this.#word ?? '') + text
  }

  literal(text: string) {
    for (let i = 0; i < text.length; i++) {
      const c = text[i]!
      if (c === '\\') i += this.#backslash(text[i + 1])
      else if (this.#inQuotes ? isClosing(c) : isOpening(c)) this.#quote()
      else if (!this.#inQuotes && /\s/.test(c)) this.#close()
      else this.value(c)
    }
  }

  finish(): readonly FieldWord[] {
    this.#close()
    return this.#words
  }

  /** How many further characters it took. */
  #backslash(next: string | undefined): number {
    if (next === '\\' || next === '"') {
      this.value(next)
      return 1
    }
    if (this.#inQuotes || this.#word !== undefined || next === undefined) {
      this.value('\\')
      return 0
    }
    this.#isSwitch = true
    this.value(next)
    this.#close()
    return 1
  }

  #quote() {
    if (this.#inQuotes) {
      this.#inQuotes = false
      this.#close()
      return
    }
    this.#close()
    this.#word = ''
    this.#inQuotes = true
    this.#isQuoted = true
  }

  #close() {
    if (this.#word !== undefined && this.#words.length < maxWords) {
      this.#words.push({
        text: this.#word,
        isQuoted: this.#isQuoted,
        isSwitch: this.#isSwitch,
      })
    }
    this.#word = undefined
    this.#isQuoted = false
    this.#isSwitch = false
  }
}
