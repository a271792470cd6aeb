// The tokens of a text, as a parser goes through them.
import type { Token } from './token.ts'

export class TokenStream {
  #tokens: readonly Token[] = []
  #at = 0

  /** From their beginning. The last says that they end. */
  take(tokens: readonly Token[]): void {
    this.#tokens = tokens
    this.#at = 0
  }

  /** Passes by what nothing can be made of. */
  skip(): void {
    this.#at++
  }

  peek(ahead = 0): Token {
    const at = Math.max(0, this.#at + ahead)
    return this.#tokens[Math.min(at, this.#tokens.length - 1)]!
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.#at++
    return token
  }

  get place(): number {
    return this.#at
  }

  back(place: number): void {
    this.#at = place
  }

  is(value: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.value === value && token.kind !== 'text'
  }

  accept(...values: readonly string[]): Token | undefined {
    const token = this.peek()
    if (token.kind === 'text' || !values.includes(token.value)) return undefined
    return this.next()
  }

  skipLines(): void {
    while (this.peek().kind === 'line' || this.is(';')) this.skip()
  }

  /** To the end of the line or statement. */
  skipStatement(): void {
    for (;;) {
      const { kind, value } = this.peek()
      if (kind === 'end' || kind === 'line' || value === ';') return
      this.skip()
    }
  }

  skipBreaks(): void {
    while (this.peek().kind === 'line') this.skip()
  }

  /** The end of the token that was taken last. */
  get before(): number {
    return this.#tokens[Math.max(0, this.#at - 1)]!.end
  }

  /** What is too deep is passed by in one go. */
  passBrackets(): void {
    let open = 0
    for (; this.peek().kind !== 'end'; this.skip()) {
      const { value, kind } = this.peek()
      if (kind !== 'op') continue
      if (value === '(' || value === '[' || value === '{') open++
      else if (value === ')' || value === ']' || value === '}') {
        if (--open < 0) return
      }
    }
  }
}
