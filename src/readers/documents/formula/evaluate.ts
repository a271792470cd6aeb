// What does a formula come to, as far as constants tell? Text that is put together of pieces is put together here, so that
// the address or command stands whole.
import { acting, type FormulaAction } from './calls.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What names and cells hold; undefined: not known. */
export type Lookup = (name: string) => string | undefined

/** Brackets in each other; Excel takes 64. */
const maxDepth = 80
/** Of a value, in UTF-16 units; a cell holds 32,767. */
const maxValueUnits = 32 * 1024
/** That one formula may give in all, in UTF-16 units. */
const maxWorkUnits = 1024 * 1024
const maxActions = 256
/** Of the name of a server that blanks take apart. */
const maxServiceTokens = 64

export interface Evaluated {
  readonly actions: readonly FormulaAction[]
  /** How text was hidden. */
  readonly tricks: readonly string[]
  /** What comes out; undefined: constants do not tell. */
  readonly value: string | undefined
}

/** `formula`: with or without what it begins with. */
export function evaluate(formula: string, lookup?: Lookup): Evaluated {
  return new Evaluation(tokensOf(formula), lookup).run()
}

class Evaluation {
  readonly #tokens: readonly Token[]
  readonly #lookup: Lookup | undefined
  readonly #actions: FormulaAction[] = []
  readonly #tricks = new Set<string>()
  #at = 0
  #work = maxWorkUnits

  constructor(tokens: readonly Token[], lookup: Lookup | undefined) {
    this.#tokens = tokens
    this.#lookup = lookup
  }

  run(): Evaluated {
    let value: string | undefined
    // What cannot be read as a formula is passed over token by token: the rest may act all the same.
    while (this.#at < this.#tokens.length) {
      const before = this.#at
      this.#passLead()
      value = this.#joined(0)
      if (this.#at === before) this.#at++
    }
    return { actions: this.#actions, tricks: [...this.#tricks], value }
  }

  #passLead() {
    while (['=', '+', '-', '@'].includes(this.#mark() ?? '')) this.#at++
  }

  #mark(): string | undefined {
    const token = this.#tokens[this.#at]
    return token?.kind === 'mark' ? token.text : undefined
  }

  #take(mark: string): boolean {
    if (this.#mark() !== mark) return false
    this.#at++
    return true
  }

  /** Texts joined by `&`; other operators only make numbers. */
  #joined(depth: number): string | undefined {
    let value = this.#sum(depth)
    for (;;) {
      const mark = this.#mark()
      if (mark === '&') {
        this.#at++
        const right = this.#sum(depth)
        if (value !== undefined && right !== undefined) {
          this.#tricks.add('concatenation')
        }
        value = this.#bound((value ?? '…') + (right ?? '…'))
      } else if (mark !== undefined && '=<>'.includes(mark)) {
        this.#at++
        this.#sum(depth)
        value = undefined
      } else return value
    }
  }

  #sum(depth: number): string | undefined {
    let value = this.#unary(depth)
    for (;;) {
      const mark = this.#mark()
      if (mark === undefined || !'+-*/^%:!~#'.includes(mark)) return value
      this.#at++
      if (mark === '%') continue
      const right = this.#unary(depth)
      value = arithmetic(value, mark, right)
    }
  }

  #unary(depth: number): string | undefined {
    let isNegative = false
    while (['+', '-', '@'].includes(this.#mark() ?? '')) {
      if (this.#mark() === '-') isNegative = !isNegative
      this.#at++
    }
    const value = this.#operand(depth)
    return isNegative && value !== undefined ? `-${value}` : value
  }

  #operand(depth: number): string | undefined {
    const token = this.#tokens[this.#at]
    if (!token || depth > maxDepth) return undefined
    if (token.kind === 'mark') {
      if (token.text !== '(' && token.text !== '{') return undefined
      this.#at++
      return this.#arguments(depth + 1)[0]
    }
    const service = token.kind === 'name' && this.#spacedService()
    if (service) return this.#link(service)
    this.#at++
    if (token.kind !== 'name') return token.text
    if (this.#mark() === '|') return this.#link(token.text)
    if (token.isQuoted && token.text.includes('|') && this.#mark() === '!') {
      const bar = token.text.indexOf('|')
      return this.#linked(token.text.slice(0, bar), token.text.slice(bar + 1))
    }
    if (this.#mark() === '(' && !token.isQuoted) {
      this.#at++
      return this.#call(token.text, this.#arguments(depth + 1))
    }
    return this.#named(token.text)
  }

  /** Excel passes over blanks within the name of a server: `C m d|…`. The reading goes on behind it. */
  #spacedService(): string | undefined {
    let end = this.#at
    for (let t = this.#tokens[end]; t && end - this.#at < maxServiceTokens; ) {
      if (t.kind !== 'number' && (t.kind !== 'name' || t.isQuoted)) break
      t = this.#tokens[++end]
    }
    const bar = this.#tokens[end]
    if (end - this.#at < 2 || bar?.kind !== 'mark' || bar.text !== '|')
      return undefined
    const parts = this.#tokens.slice(this.#at, end)
    this.#tricks.add('padding')
    this.#at = end
    return parts.map((t) => t.text).join('')
  }

  /** `service|topic!item`: each may stand between apostrophes. */
  #link(service: string): undefined {
    this.#at++
    const parts: string[] = []
    const topic = this.#tokens[this.#at]
    const isQuoted = topic?.kind === 'name' && topic.isQuoted
    for (;;) {
      const token = this.#tokens[this.#at]
      if (!token || (token.kind === 'mark' && token.text === '!')) break
      if (token.kind === 'mark' && ',;)&'.includes(token.text)) break
      parts.push(token.text)
      this.#at++
      if (token.kind === 'name' && token.isQuoted) break
    }
    // Without an item it is none, but for a topic that only a link can have.
    if (!isQuoted && this.#mark() !== '!') return undefined
    return this.#linked(service, parts.join(''))
  }

  #linked(service: string, topic: string): undefined {
    let item = ''
    if (this.#take('!')) {
      const token = this.#tokens[this.#at]
      if (token && token.kind !== 'mark') {
        item = token.text
        this.#at++
      }
    }
    const dde = { service, topic, ...(item && { item }) }
    this.#act({ name: '', args: [], dde })
    return undefined
  }

  /** Behind the bracket, until it closes. */
  #arguments(depth: number): (string | undefined)[] {
    const args: (string | undefined)[] = []
    let value: string | undefined
    while (this.#at < this.#tokens.length) {
      if (this.#take(')') || this.#take('}')) break
      if (this.#take(',') || this.#take(';')) {
        args.push(value)
        value = undefined
        continue
      }
      const before = this.#at
      value = this.#joined(depth)
      if (this.#at === before) this.#at++
    }
    args.push(value)
    return args
  }

  #call(written: string, args: readonly (string | undefined)[]) {
    const name = plainName(written)
    if (Object.hasOwn(acting, name)) {
      const shown = args.map((a) => a ?? '')
      this.#act({ name, args: shown, ...acting[name]!(shown) })
      return undefined
    }
    const value = textFunction(name, args)
    if (value !== undefined && args.length > 0) this.#tricks.add('functions')
    return value === undefined ? undefined : this.#bound(value)
  }

  #named(name: string): string | undefined {
    const value = this.#lookup?.(name)
    if (value !== undefined) this.#tricks.add('indirection')
    return value
  }

  #act(action: FormulaAction) {
    if (this.#actions.length < maxActions) this.#actions.push(action)
  }

  #bound(text: string): string | undefined {
    this.#work -= text.length
    return this.#work < 0 ? undefined : text.slice(0, maxValueUnits)
  }
}

/** `_xlfn._xlws.WEBSERVICE`, `of:DDE`, `com.sun.star…` are called by their last word. */
function plainName(written: string): string {
  return written
    .replace(/^(?:_xl\w+\.)+/i, '')
    .replace(/^.*:/, '')
    .toUpperCase()
}

function arithmetic(
  left: string | undefined,
  mark: string,
  right: string | undefined,
): string | undefined {
  const [a, b] = [Number(left), Number(right)]
  if (left === undefined || right === undefined || Number.isNaN(a + b)) {
    return undefined
  }
  switch (mark) {
    case '+':
      return String(a + b)
    case '-':
      return String(a - b)
    case '*':
      return String(a * b)
    case '/':
      return String(a / b)
    case '^':
      return String(a ** b)
    default:
      return undefined
  }
}

type TextFunction = (...args: string[]) => string | undefined

const count = (n: string | undefined) => Math.max(0, Math.trunc(Number(n ?? 1)))

const textFunctions: Readonly<Record<string, TextFunction>> = {
  CHAR: (n) => character(Number(n)),
  UNICHAR: (n) => character(Number(n)),
  CODE: (text) => text?.codePointAt(0)?.toString(),
  CONCATENATE: (...args) => args.join(''),
  CONCAT: (...args) => args.join(''),
  TEXTJOIN: (by = '', _, ...rest) => rest.join(by),
  LOWER: (text) => text?.toLowerCase(),
  UPPER: (text) => text?.toUpperCase(),
  TRIM: (text) => text?.trim().replaceAll(/ +/g, ' '),
  CLEAN: (text) => text?.replaceAll(/[\u0000-\u001f]/g, ''),
  T: (text) => text,
  LEFT: (text, n) => text?.slice(0, count(n)),
  RIGHT: (text = '', n) => text.slice(Math.max(0, text.length - count(n))),
  MID: (text, from, n) => {
    const start = count(from) - 1
    return text?.slice(Math.max(0, start), start + count(n))
  },
  SUBSTITUTE: (text, from, to = '') =>
    from ? text?.replaceAll(from, to) : text,
  REPT: (text = '', n) =>
    text.length * count(n) > maxValueUnits ? undefined : text.repeat(count(n)),
  IF: (condition, yes) => (condition === undefined ? undefined : yes),
}

/** What is known of their arguments stands, whatever the others are. */
const joining: ReadonlySet<string> = new Set(['CONCATENATE', 'CONCAT'])

function character(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

/** undefined: it is none that only makes text, or what it is given is not known. */
function textFunction(
  name: string,
  args: readonly (string | undefined)[],
): string | undefined {
  if (!Object.hasOwn(textFunctions, name)) return undefined
  if (joining.has(name) && args.some((a) => a !== undefined))
    return textFunctions[name]!(...args.map((a) => a ?? '…'))
  const known = args.filter((a) => a !== undefined)
  if (known.length < args.length) return undefined
  return textFunctions[name]!(...known)
}
