// Where a reader of PowerShell stands in its text. What a sign means depends on where it stands, so the text is cut while it is read.
import { type Budget, maxDepth } from '../budget.ts'

export class Cursor {
  readonly text: string
  readonly end: number
  readonly budget: Budget
  at: number
  #depth = 0

  constructor(text: string, budget: Budget) {
    this.text = text
    this.end = text.length
    this.budget = budget
    this.at = 0
  }

  get c(): string {
    return this.text[this.at] ?? ''
  }

  peek(ahead = 1): string {
    return this.text[this.at + ahead] ?? ''
  }

  is(s: string): boolean {
    return this.text.startsWith(s, this.at)
  }

  accept(s: string): boolean {
    if (!this.is(s)) return false
    this.at += s.length
    return true
  }

  /** Sticky; taken where it matches. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found?.[0]) return undefined
    this.at += found[0].length
    return found[0]
  }

  /** A word without case, whole. */
  word(...words: readonly string[]): string | undefined {
    const here = this.text.slice(this.at, this.at + 16).toLowerCase()
    const found = words.find(
      (w) => here.startsWith(w) && !/[\w-]/.test(here[w.length] ?? ' '),
    )
    if (found) this.at += found.length
    return found
  }

  /** Spaces, comments, and lines that go on. */
  blanks(lines = false): void {
    for (;;) {
      const { c } = this
      if (c === ' ' || c === '\t' || c === '\u00a0' || c === '\ufeff') this.at++
      else if (c === '`' && /[\r\n]/.test(this.peek()))
        this.at += this.is('`\r\n') ? 3 : 2
      else if (lines && (c === '\n' || c === '\r')) this.at++
      else if (c === '<' && this.peek() === '#') {
        const end = this.text.indexOf('#>', this.at)
        this.at = end < 0 ? this.end : end + 2
      } else if (c === '#' && this.#beginsComment()) {
        const end = this.text.indexOf('\n', this.at)
        this.at = end < 0 ? this.end : end
      } else return
    }
  }

  #beginsComment(): boolean {
    return this.at === 0 || /[\s;{}()|&,=]/.test(this.text[this.at - 1]!)
  }

  get done(): boolean {
    return this.at >= this.end || this.budget.spent
  }

  enter(): boolean {
    this.#depth++
    if (this.#depth < maxDepth && this.budget.step()) return true
    if (this.#depth >= maxDepth) this.budget.tooDeep()
    // Nothing of it is read: the text ends here for this one.
    this.at = this.end
    return false
  }

  leave(): void {
    this.#depth--
  }
}
