// Where the reading of a formula is: its tokens, the names of its own that are seen there, and the sheet that it counts from.
import { cellOf } from './references.ts'
import type { Token } from './tokens.ts'
import type { Place, Scope } from './value.ts'

/** Tokens of one row of a list that are looked at. */
const maxRow = 1024

export class FormulaReading {
  #tokens: readonly Token[]
  at = 0
  scope: Scope | undefined
  sheet: string | undefined

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get isDone(): boolean {
    return this.at >= this.#tokens.length
  }

  /** The next, or one so far behind it. */
  token(ahead = 0): Token | undefined {
    return this.#tokens[this.at + ahead]
  }

  /** The next, if it is one. */
  mark(): string | undefined {
    const token = this.token()
    return token?.kind === 'mark' ? token.text : undefined
  }

  take(mark: string): boolean {
    if (this.mark() !== mark) return false
    this.at++
    return true
  }

  /** What makes a formula of a text, however often. */
  passLead(): void {
    while (['=', '+', '-', '@'].includes(this.mark() ?? '')) this.at++
  }

  /** A name that stands before a comma: passed over with it. */
  boundName(): string | undefined {
    const [token, next] = [this.token(), this.token(1)]
    if (token?.kind !== 'name' || next?.kind !== 'mark') return undefined
    if (next.text !== ',' && next.text !== ';') return undefined
    this.at += 2
    return ownName(token.text)
  }

  /** A cell that the next tokens name, which are not passed over. */
  reference(): { readonly cell: string; readonly sheet?: string } | undefined {
    const [token, bang, behind] = [this.token(), this.token(1), this.token(2)]
    if (token?.kind !== 'name') return undefined
    const isSheet = bang?.kind === 'mark' && bang.text === '!'
    if (isSheet && behind?.kind === 'name')
      return { sheet: token.text, cell: cellOf(behind.text) ?? '' }
    return { cell: cellOf(token.text) ?? '' }
  }

  /** In a list in braces: values before the first that is in another row. */
  rowLength(): number {
    let count = 1
    for (let i = 0; i < maxRow; i++) {
      const token = this.token(i)
      if (!token) break
      if (token.kind !== 'mark') continue
      if (token.text === ';' || token.text === '}') break
      if (token.text === ',') count++
    }
    return count
  }

  place(): Place {
    const { at, scope, sheet } = this
    return { tokens: this.#tokens, at, scope, sheet }
  }

  /** Reads elsewhere, and goes on here. */
  within<T>(place: Place, read: () => T): T {
    const before = this.place()
    this.#goTo(place)
    const value = read()
    this.#goTo(before)
    return value
  }

  #goTo({ tokens, at, scope, sheet }: Place) {
    this.#tokens = tokens
    this.at = at
    this.scope = scope
    this.sheet = sheet
  }
}

/** What LET and LAMBDA name is written `_xlpm.name`. */
export function ownName(written: string): string {
  return written.replace(/^_xlpm\./i, '').toLowerCase()
}
