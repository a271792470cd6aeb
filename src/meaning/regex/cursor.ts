// A place in the text of a regular expression.
import { RegexProblem } from './tree.ts'

export class Cursor {
  readonly source: string
  at = 0

  constructor(source: string) {
    this.source = source
  }

  get next(): string | undefined {
    return this.source[this.at]
  }

  eat(sign: string): boolean {
    if (!this.source.startsWith(sign, this.at)) return false
    this.at += sign.length
    return true
  }

  /** What the expression (with the flag `y`) matches here; it is then passed over. */
  take(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.at
    const m = sticky.exec(this.source)
    if (!m) return undefined
    this.at += m[0].length
    return m
  }

  codePoint(): number {
    const code = this.source.codePointAt(this.at)!
    this.at += code > 0xffff ? 2 : 1
    return code
  }

  problem(what: string): RegexProblem {
    return new RegexProblem(`${what}, at character ${this.at + 1}`)
  }
}
