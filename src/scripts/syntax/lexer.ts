// Text of a language of expressions -> tokens. What is a comment, what stands in quotes and what may be a name is told by the rules of the
// language; no text is ever taken apart twice.
import {
  type Escapes,
  unescapeC,
  unescaped,
  type Unescaped,
  unescapeQuote,
} from './escapes.ts'
import { holed } from '../fold/value.ts'
import type { Node } from './node.ts'
import type { Token } from './token.ts'

export interface StringRule {
  readonly open: string
  readonly close: string
  /** Of a language; `quote`: only the quote and the backslash; `double`: the quote twice; `none`: as it stands; `raw`: so, but a backslash keeps the text open. */
  readonly escape: Escapes | 'c' | 'quote' | 'double' | 'none' | 'raw'
  /** It may go on behind the end of its line. */
  readonly lines?: true
  /** Which expressions may stand in it. */
  readonly holds?: RegExp
  /** What opens an expression in which its quotes may stand. */
  readonly nests?: string
  /** What may follow a name there and belongs to it; sticky. */
  readonly links?: RegExp
  /** What is in it is a command. */
  readonly runs?: true
}

export interface LexRules {
  readonly caseless?: true
  readonly lineComments: readonly string[]
  /** Such as VB's Rem: a word. */
  readonly commentWord?: string
  readonly blockComments: readonly (readonly [string, string])[]
  readonly strings: readonly StringRule[]
  /** Sticky. */
  readonly name: RegExp
  readonly operators: readonly string[]
  /** A line that ends so goes on. */
  readonly goesOn?: '_' | '\\' | '¬'
  /** Whatever else a language has: here documents, quotes with names. */
  readonly special?: (
    lexer: Lexer,
    before: Token | undefined,
  ) => Token | undefined
  /** A letter beyond ASCII is several to it: nobody knows how long such a text is. */
  readonly bytes?: true
  /** A number that begins with 0 is one of base 8. */
  readonly octal?: true
  /** Blocks by indentation: `{` and `}` are made of it. */
  readonly indented?: true
}

const number =
  /0[xX][0-9a-fA-F]{1,16}n?|&[hH][0-9a-fA-F]{1,16}&?|&[oO][0-7]{1,22}&?|0[bB][01]{1,64}|0[oO][0-7]{1,21}|(?:\d[\d_]{0,30}(?:\.\d{1,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?(?:[nL]|[%!#@&](?![\w"(.&%!#@]))?/y

/** Tokens of one text. */
const maxTokens = 400_000

export class Lexer {
  readonly text: string
  readonly end: number
  at: number
  readonly #rules: LexRules
  /** An expression within quotes. */
  readonly inner: (from: number, to: number) => Node
  readonly #ops: ReadonlyMap<string, readonly string[]>
  #brackets = 0
  readonly tokens: Token[] = []
  #indents = [0]

  constructor(
    text: string,
    range: { readonly start: number; readonly end: number },
    rules: LexRules,
    inner: (from: number, to: number) => Node,
  ) {
    this.text = text
    this.at = range.start
    this.end = range.end
    this.#rules = rules
    this.inner = inner
    this.#ops = byFirst(rules.operators)
  }

  run(): readonly Token[] {
    if (this.#rules.indented) this.#indent()
    while (this.at < this.end && this.tokens.length < maxTokens) this.#next()
    const { at } = this
    for (; this.#indents.length > 1; this.#indents.pop()) this.#mark('}', at)
    this.tokens.push({ ...blank, kind: 'end', start: at, end: at, value: '' })
    return this.tokens
  }

  /** The token from `start` to where the lexer stands. */
  token(kind: Token['kind'], start: number, value: string): Token {
    const spaced = start > 0 && /\s/.test(this.text[start - 1]!)
    return { kind, start, end: this.at, value, spaced }
  }

  #next(): void {
    const { text } = this
    const start = this.at
    const c = text[start]!
    if (c === '\n' || c === '\r') this.#line()
    else if (c <= ' ' || c === '\u00a0' || c === '\ufeff') this.at++
    else if (!this.#comment() && !this.#continued()) {
      const before = this.tokens.at(-1)
      const token =
        this.#rules.special?.(this, before) ?? this.#string() ?? this.#plain()
      if (token) this.tokens.push(token)
      if (this.at <= start) this.at = start + 1
    }
  }

  #line(): void {
    const start = this.at
    if (this.text.startsWith('\r\n', start)) this.at += 2
    else this.at++
    // Within brackets a line goes on, where lines mean anything at all.
    if (this.#brackets > 0 && this.#rules.indented) return
    const last = this.tokens.at(-1)
    if (last && last.kind !== 'line') {
      this.tokens.push(this.token('line', start, '\n'))
    }
    if (this.#rules.indented) this.#indent()
  }

  /** Python: the columns before the first word of a line say which block it is in. */
  #indent(): void {
    const { text } = this
    let i = this.at
    let column = 0
    for (; text[i] === ' ' || text[i] === '\t'; i++) column++
    const c = text[i]
    if (i >= this.end || c === '\n' || c === '\r' || c === '#') return
    this.at = i
    if (column > this.#indents.at(-1)!) {
      this.#indents.push(column)
      this.#mark('{', i)
    }
    while (column < this.#indents.at(-1)!) {
      this.#indents.pop()
      this.#mark('}', i)
    }
  }

  #mark(value: string, at: number): void {
    this.tokens.push({ ...blank, kind: 'op', start: at, end: at, value })
  }

  #comment(): boolean {
    const { text, at } = this
    const { lineComments, blockComments, commentWord } = this.#rules
    for (const [open, close] of blockComments) {
      if (!text.startsWith(open, at)) continue
      const end = text.indexOf(close, at + open.length)
      this.at = end < 0 ? this.end : Math.min(this.end, end + close.length)
      return true
    }
    const word = commentWord && this.#isWord(commentWord)
    if (!word && !lineComments.some((c) => text.startsWith(c, at))) return false
    this.at = this.lineEnd(at)
    return true
  }

  #isWord(word: string): boolean {
    const { text, at } = this
    const here = text.slice(at, at + word.length + 1).toLowerCase()
    if (!here.startsWith(word) || /\w/.test(here[word.length] ?? ' ')) {
      return false
    }
    const before = this.tokens.at(-1)
    return !before || before.kind === 'line' || before.value === ':'
  }

  lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from)
    return end < 0 || end > this.end ? this.end : end
  }

  #continued(): boolean {
    const { goesOn } = this.#rules
    const { text, at } = this
    if (!goesOn || text[at] !== goesOn) return false
    if (goesOn === '_' && !/\s/.test(text[at - 1] ?? ' ')) return false
    let i = at + 1
    while (text[i] === ' ' || text[i] === '\t') i++
    if (text[i] === '\r') i++
    if (text[i] !== '\n') return false
    this.at = i + 1
    return true
  }

  #string(): Token | undefined {
    for (const rule of this.#rules.strings) {
      if (this.text.startsWith(rule.open, this.at)) return this.quoted(rule)
    }
    return undefined
  }

  /** What stands in quotes that open here. */
  quoted(rule: StringRule): Token {
    const start = this.at
    const from = start + rule.open.length
    const to = this.#closing(rule, from)
    const closed = this.text.startsWith(rule.close, to)
    this.at = Math.min(this.end, closed ? to + rule.close.length : to)
    return this.textToken(rule, start, from, Math.min(to, this.end))
  }

  textToken(rule: StringRule, start: number, from: number, to: number): Token {
    const raw = this.text.slice(from, to)
    const { text, via: hides, isOpen } = meant(raw, rule)
    const via = hides | this.#wideIn(raw)
    const open = isOpen && { parts: [unread(from, to)] }
    const token = { ...this.token('text', start, text), via, ...open }
    const runs = rule.runs && { runs: rule.runs }
    if (!rule.holds || !raw) return { ...token, ...runs }
    const parts = this.#parts(rule, from, to)
    return { ...token, ...runs, ...(parts && { parts }) }
  }

  #closing(rule: StringRule, from: number): number {
    const { text, end } = this
    const { close, lines, nests } = rule
    const doubles = rule.escape === 'double'
    const escapes = !doubles && rule.escape !== 'none'
    for (let i = from; i < end; i++) {
      const c = text[i]!
      if (escapes && c === '\\') i++
      else if (nests && text.startsWith(nests, i))
        i = bracesEnd(text, i + nests.length - 1, end)
      else if (c === '\n' && !lines) return i
      else if (c === close[0] && text.startsWith(close, i)) {
        if (!doubles || !text.startsWith(close, i + close.length)) {
          return i
        }
        i += close.length
      }
    }
    return end
  }

  /** The expressions in a text, and the text between them. */
  #parts(rule: StringRule, from: number, to: number): Node[] | undefined {
    const raw = this.text.slice(from, to)
    const parts: Node[] = []
    let done = 0
    for (const found of raw.matchAll(new RegExp(rule.holds!.source, 'g'))) {
      const { index } = found
      if (index < done || raw[index - 1] === '\\') continue
      const open = index + found[0].length - 1
      const opens = raw[open] === '{' || raw[open] === '('
      const close = opens
        ? rule.nests
          ? bracesEnd(raw, open, raw.length) + 1
          : closingBracket(raw, open, raw.length)
        : linked(raw, open + 1, rule.links)
      if (close > raw.length) break
      if (index > done) parts.push(this.#piece(rule, from + done, from + index))
      const inside = opens ? [open + 1, close - 1] : [index, close]
      parts.push(this.inner(from + inside[0]!, from + inside[1]!))
      done = close
    }
    if (!parts.length) return undefined
    if (done < raw.length) parts.push(this.#piece(rule, from + done, to))
    return parts
  }

  #piece(rule: StringRule, start: number, end: number): Node {
    const raw = this.text.slice(start, end)
    const { text, via, isOpen } = meant(raw, rule)
    if (isOpen) return unread(start, end)
    const hides = via | this.#wideIn(raw)
    return { kind: 'text', value: text, via: hides, start, end }
  }

  #wideIn(raw: string): number {
    return this.#rules.bytes && /[^\x00-\x7f]/.test(raw) ? holed : 0
  }

  #plain(): Token | undefined {
    const { text, at } = this
    const c = text[at]!
    if (isDigit(c) || ((c === '.' || c === '&') && this.#numberNext())) {
      number.lastIndex = at
      const found = number.exec(text)
      if (found) return this.#number(found[0])
    }
    const { name, caseless } = this.#rules
    name.lastIndex = at
    const found = name.exec(text)
    if (found?.[0]) {
      this.at += found[0].length
      return this.token(
        'name',
        at,
        caseless ? found[0].toLowerCase() : found[0],
      )
    }
    const op = this.#ops.get(c)?.find((o) => text.startsWith(o, at)) ?? c
    this.at += op.length
    if ('([{'.includes(op)) this.#brackets++
    else if (')]}'.includes(op) && this.#brackets > 0) this.#brackets--
    return this.token('op', at, op)
  }

  #numberNext(): boolean {
    const { text, at } = this
    if (text[at] === '.') {
      const last = this.tokens.at(-1)
      // Behind a value it joins two, or asks for a member.
      const value = last && (last.kind !== 'op' || ')]'.includes(last.value))
      return isDigit(text[at + 1] ?? '') && !value
    }
    return /^&(?:h[0-9a-f]|o[0-7])/i.test(text.slice(at, at + 3))
  }

  #number(raw: string): Token {
    const start = this.at
    this.at += raw.length
    const isReal = /^[\d_]*(?:\.|\d[eE])/.test(raw) && { isReal: true as const }
    const { octal } = this.#rules
    const isOctal = octal && /^0[0-7_]+$/.test(raw)
    const number = isOctal
      ? Number.parseInt(raw.replace(/_/g, ''), 8)
      : numberIn(raw)
    return { ...this.token('number', start, raw), number, ...isReal }
  }
}

const blank = { spaced: false } as const

function numberIn(raw: string): number {
  const clean = raw.replace(/_/g, '')
  if (clean.startsWith('&')) return numberOfVb(clean)
  const hex = /^0x([0-9a-f]+)/i.exec(clean)
  if (hex) return Number.parseInt(hex[1]!, 16)
  const binary = /^0b([01]+)/i.exec(clean)
  if (binary) return Number.parseInt(binary[1]!, 2)
  const octal = /^0o([0-7]+)/i.exec(clean)
  if (octal) return Number.parseInt(octal[1]!, 8)
  return Number.parseFloat(clean)
}

/** `&HFFFF` is the whole number of 16 bits that is written so, `&HFFFF&` that of 32. */
function numberOfVb(raw: string): number {
  const base = /^&h/i.test(raw) ? 16 : 8
  const n = Number.parseInt(raw.slice(2), base)
  const isShort = n <= 0xffff && !raw.endsWith('&')
  if (isShort) return n > 0x7fff ? n - 0x10000 : n
  return n > 0x7fffffff && n <= 0xffffffff ? n - 2 ** 32 : n
}

function isDigit(c: string): boolean {
  return c >= '0' && c <= '9'
}

/** Where the braces at `open` are closed; those in quotes do not count. */
function bracesEnd(text: string, open: number, to: number): number {
  let depth = 0
  let quote = ''
  for (let i = open; i < to; i++) {
    const c = text[i]!
    if (c === '\\') i++
    else if (quote) {
      if (c === quote) quote = ''
    } else if (c === "'" || c === '"') quote = c
    else if (c === '{') depth++
    else if (c === '}' && --depth === 0) return i
  }
  return to
}

/** Behind the items of what a name stands for. */
function linked(raw: string, from: number, links: RegExp | undefined): number {
  let at = from
  for (let n = 0; links && n < maxLinks; n++) {
    links.lastIndex = at
    const open = links.exec(raw)?.[0]
    if (!open) break
    const close = /[[{]$/.test(open)
      ? closingBracket(raw, at + open.length - 1, raw.length)
      : at + open.length
    if (close > raw.length) break
    at = close
  }
  return at
}

/** Items of items, in one text. */
const maxLinks = 8

/** A text of which more is meant than is followed: what it says is not known. */
function unread(start: number, end: number): Node {
  return { kind: 'name', name: '', start, end }
}

function meant(raw: string, rule: StringRule): Unescaped {
  if (typeof rule.escape === 'object') return unescaped(raw, rule.escape)
  switch (rule.escape) {
    case 'c':
      return unescapeC(raw)
    case 'quote':
      return { text: unescapeQuote(raw), via: 0 }
    case 'double': {
      const { close } = rule
      const text = raw.includes(close)
        ? raw.replaceAll(close + close, close)
        : raw
      return { text, via: 0 }
    }
    case 'none':
    case 'raw':
      return { text: raw, via: 0 }
  }
}

/** Behind the bracket that closes the one at `open`; behind `to` where none does. */
export function closingBracket(text: string, open: number, to: number): number {
  const opens = text[open]!
  const closes =
    opens === '('
      ? ')'
      : opens === '['
        ? ']'
        : opens === '<'
          ? '>'
          : opens === '{'
            ? '}'
            : opens
  let depth = 0
  for (let i = open; i < to; i++) {
    const c = text[i]
    if (c === '\\') i++
    else if (c === closes && (opens !== closes || i > open)) {
      if (opens === closes || --depth === 0) return i + 1
    } else if (c === opens && opens !== closes) depth++
  }
  return to + 1
}

function byFirst(
  ops: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>()
  for (const op of [...ops].sort((a, b) => b.length - a.length)) {
    const known = map.get(op[0]!)
    if (known) known.push(op)
    else map.set(op[0]!, [op])
  }
  return map
}
