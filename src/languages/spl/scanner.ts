// Reads a search character by character. SPL has no single set of tokens: `a-b` is one word in a search and a subtraction
// in an eval, so each command asks for what it expects next.
import type { SplCode } from './codes.ts'
import { SyntaxProblem } from './report.ts'

interface ScannerNote {
  readonly code: SplCode
  readonly message: string
  readonly at: number
}

/** What a name may hold between parentheses, with one more pair within. */
const parenthesized =
  /\([^()|[\]"=,]{0,100}(?:\([^()|[\]"=,]{0,100}\)[^()|[\]"=,]{0,100})?\)/y

/** A backslash before ASCII punctuation, but for `*`. */
const escaped = /\\([!-)+-/:-@[-`{-~])/g

/** What ends a word. */
const wordStops = '|()[],="\'<>'

export class Scanner {
  readonly text: string
  pos = 0
  /** What was read and will be passed over. */
  readonly notes: ScannerNote[] = []

  constructor(text: string) {
    this.text = text
  }

  note(code: SplCode, message: string, at: number): void {
    this.notes.push({ code, message, at })
  }

  space(): void {
    while (
      this.pos < this.text.length &&
      isSpace(this.text.charCodeAt(this.pos))
    ) {
      this.pos++
    }
  }

  /** The next character behind white space; '' at the end. */
  peek(): string {
    this.space()
    return this.text[this.pos] ?? ''
  }

  /** At a pipe, a closing bracket or the end. */
  atCommandEnd(): boolean {
    const c = this.peek()
    return c === '' || c === '|' || c === ']'
  }

  /** Takes the text if it comes next. */
  take(text: string): boolean {
    this.space()
    if (!this.text.startsWith(text, this.pos)) return false
    this.pos += text.length
    return true
  }

  expect(text: string, context: string): void {
    if (!this.take(text)) this.fail(`expected "${text}" ${context}`)
  }

  /** Takes a word that stands alone; case matters unless `fold`. */
  takeWord(word: string, fold = false): boolean {
    this.space()
    const end = this.pos + word.length
    const found = this.text.slice(this.pos, end)
    if (fold ? found.toLowerCase() !== word.toLowerCase() : found !== word) {
      return false
    }
    const next = this.text[end]
    if (next !== undefined && /[\w.*:{}'-]/.test(next)) return false
    this.pos = end
    return true
  }

  /** Looks ahead for a keyword without taking it. */
  seesWord(word: string, fold = false): boolean {
    const at = this.pos
    const seen = this.takeWord(word, fold)
    this.pos = at
    return seen
  }

  /**
   * A bare value of a search: a word in which a backslash before a quote, a pipe or an opening bracket lets that be text, and
   * before the bracket that closes it too. undefined where none begins.
   */
  bareLiteral(stops = wordStops): string | undefined {
    this.space()
    const start = this.pos
    let open = 0
    const text = this.word(stops, (next) => {
      if ('([)]'.includes(next))
        return '(['.includes(next) ? ++open > 0 : open-- > 0
      return next === '"' || next === '|'
    })
    return text === undefined ? undefined : this.#literal(text, start)
  }

  /** A quoted value of a search. */
  quotedLiteral(): string | undefined {
    if (this.peek() !== '"') return undefined
    const start = this.pos
    this.#skipString()
    if (this.pos >= this.text.length)
      throw new SyntaxProblem('P002', 'a quote is not closed', start)
    this.pos++
    return this.#literal(this.text.slice(start + 1, this.pos - 1), start)
  }

  /**
   * Of a backslash before punctuation the punctuation stays, as Splunk Enterprise 10.4.2 does; before a letter, a digit and white
   * space it stands for itself, so that a path may be written plainly, and `*` is a wildcard whatever stands before it.
   */
  #literal(text: string, at: number): string {
    return text.replace(escaped, (_, sign: string) => {
      if (!/[\\"|()]/.test(sign))
        this.note(
          'P055',
          `the backslash before "${sign}" is dropped, as Splunk does`,
          at,
        )
      return sign
    })
  }

  /**
   * A word of a search or of a command's arguments; undefined where none begins. `isText` says which signs that would end it do
   * not, behind a single backslash.
   */
  word(
    stops = wordStops,
    isText: (sign: string) => boolean = () => false,
  ): string | undefined {
    this.space()
    const start = this.pos
    while (this.pos < this.text.length) {
      const c = this.text[this.pos]!
      if (isSpace(c.charCodeAt(0))) break
      if (c === '!' && this.text[this.pos + 1] === '=') break
      if (c === '<' && this.text.startsWith('<<', this.pos)) {
        const end = this.text.indexOf('>>', this.pos)
        if (end > 0 && end - this.pos < 20) {
          this.pos = end + 2
          continue
        }
      }
      if (stops.includes(c)) break
      this.pos++
      if (c !== '\\') continue
      const next = this.text[this.pos] ?? ''
      if (next === '\\' || isText(next)) this.pos++
    }
    return this.pos > start ? this.text.slice(start, this.pos) : undefined
  }

  /** A double-quoted text, its escapes resolved: `\\` and `\"`; any other backslash stands for itself. */
  string(): string | undefined {
    if (this.peek() !== '"') return undefined
    const start = this.pos
    this.pos++
    let out = ''
    for (;;) {
      const c = this.text[this.pos]
      if (c === undefined) {
        throw new SyntaxProblem('P002', 'a quote is not closed', start)
      }
      this.pos++
      if (c === '"') return out
      const next = this.text[this.pos]
      if (c === '\\' && (next === '\\' || next === '"')) {
        out += next
        this.pos++
      } else out += c
    }
  }

  /** A single-quoted field name. */
  quotedName(): string | undefined {
    if (this.peek() !== "'") return undefined
    const start = this.pos
    const end = this.text.indexOf("'", start + 1)
    if (end < 0) throw new SyntaxProblem('P002', 'a quote is not closed', start)
    this.pos = end + 1
    return this.text.slice(start + 1, end)
  }

  /** A comma, or several: what stands between two of them is nothing. */
  takeCommas(): boolean {
    let any = false
    while (this.take(',')) any = true
    return any
  }

  /** A word that ends in parentheses, as aggregates name their columns: `total(all)`. */
  callName(): string | undefined {
    const start = this.pos
    const word = this.word()
    const call = word === undefined ? null : this.#parentheses()
    if (call !== null) return this.text.slice(start, this.pos).trimStart()
    this.pos = start
    return undefined
  }

  #parentheses(): string | null {
    parenthesized.lastIndex = this.pos
    const found = parenthesized.exec(this.text)
    if (!found) return null
    this.pos = parenthesized.lastIndex
    return found[0]
  }

  /** A field name as commands write it: bare, single- or double-quoted. */
  name(what: string): string {
    const name =
      this.quotedName() ?? this.string() ?? this.callName() ?? this.word()
    if (name === undefined || name === '') this.fail(`expected ${what}`)
    return name
  }

  optionalName(): string | undefined {
    return this.quotedName() ?? this.string() ?? this.callName() ?? this.word()
  }

  fail(expected: string, code: 'P001' | 'P010' = 'P001'): never {
    this.space()
    const found = this.text.slice(this.pos, this.pos + 20).split(/[\r\n]/)[0]
    const end = this.pos >= this.text.length
    throw new SyntaxProblem(
      end || code === 'P010' ? 'P010' : code,
      `${expected}, found ${end ? 'the end of the search' : `"${found}"`}`,
      Math.min(this.pos, this.text.length),
    )
  }

  /** Behind a problem: to the pipe, or the closing bracket of the search that it stands in. */
  skipCommand(from: number): void {
    this.pos = from
    let depth = 0
    while (this.pos < this.text.length) {
      const c = this.text[this.pos]!
      if (c === '"') this.#skipString()
      else if (c === '[') depth++
      else if (c === ']') {
        if (depth === 0) return
        depth--
      } else if (c === '|' && depth === 0) return
      this.pos++
    }
  }

  #skipString(): void {
    this.pos++
    while (this.pos < this.text.length && this.text[this.pos] !== '"') {
      this.pos += this.text[this.pos] === '\\' ? 2 : 1
    }
  }
}

function isSpace(code: number): boolean {
  return (
    code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff
  )
}
