// What does a formula come to, as far as constants tell? Text that is put together of pieces is put together here, so that
// the address or command stands whole.
import { acting, type FormulaAction } from './calls.ts'
import { maxValueUnits, one, textFunction } from './functions.ts'
import { cellOf, cellsBetween } from './references.ts'
import { arithmetic, compared } from './operators.ts'
import { type Token, tokensOf } from './tokens.ts'
import { Lambda, type Place, type Scope, type Value } from './value.ts'

/** What a name or a cell holds. */
export interface Held {
  /** As it was kept. */
  readonly text?: string | undefined
  /** What it comes to is asked before the text that was kept. */
  readonly formula?: string | undefined
  /** Of which the formula names cells without more words. */
  readonly sheet?: string | undefined
}

/** `sheet`: absent: that of the formula; undefined: not known. */
export type Lookup = (name: string, sheet?: string) => Held | undefined

/** Brackets in each other; Excel takes 64. */
const maxDepth = 80
/** That one formula may give in all, in UTF-16 units. */
const maxWorkUnits = 1024 * 1024
const maxActions = 256
/** Operands, of all that it leads to together. */
const maxSteps = 200_000
/** Operands in each other, those of names, cells and functions that are called among them. */
const maxNested = 400
/** Formulas of names and cells in each other. */
const maxInner = 32
/** Functions of the formula's own that are called. */
const maxApplied = 1_000
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
  readonly #lookup: Lookup | undefined
  readonly #actions: FormulaAction[] = []
  readonly #tricks = new Set<string>()
  readonly #known = new Map<string, Value>()
  #tokens: readonly Token[]
  #at = 0
  #scope: Scope | undefined
  #sheet: string | undefined
  #work = maxWorkUnits
  #steps = 0
  #nested = 0
  /** Formulas of names and cells that are being read: what acts in them is told where they stand. */
  #inner = 0
  #applied = 0

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
      value = textOf(this.#joined(0))
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
  #joined(depth: number): Value {
    let value = this.#sum(depth)
    for (;;) {
      const mark = this.#mark()
      if (mark === '&') {
        this.#at++
        const [left, right] = [textOf(value), textOf(this.#sum(depth))]
        if (left !== undefined && right !== undefined)
          this.#tricks.add('concatenation')
        value = this.#bound((left ?? '…') + (right ?? '…'))
      } else if (mark !== undefined && '=<>'.includes(mark)) {
        let sign = ''
        for (let m = this.#mark(); m && '=<>'.includes(m); m = this.#mark()) {
          sign += m
          this.#at++
        }
        value = compared(textOf(value), sign, textOf(this.#sum(depth)))
      } else return value
    }
  }

  #sum(depth: number): Value {
    let value = this.#unary(depth)
    for (;;) {
      const mark = this.#mark()
      if (mark === undefined || !'+-*/^%:!~#'.includes(mark)) return value
      this.#at++
      if (mark === '%') continue
      const right = this.#unary(depth)
      value = arithmetic(textOf(value), mark, textOf(right))
    }
  }

  #unary(depth: number): Value {
    let isNegative = false
    while (['+', '-', '@'].includes(this.#mark() ?? '')) {
      if (this.#mark() === '-') isNegative = !isNegative
      this.#at++
    }
    const value = this.#operand(depth)
    const text = isNegative ? textOf(value) : undefined
    return text === undefined ? value : `-${text}`
  }

  #operand(depth: number): Value {
    this.#nested++
    const value = this.#nested > maxNested ? undefined : this.#read(depth)
    this.#nested--
    return value
  }

  #read(depth: number): Value {
    const token = this.#tokens[this.#at]
    if (!token || depth > maxDepth || ++this.#steps > maxSteps) return undefined
    if (token.kind === 'mark') {
      if (token.text !== '(' && token.text !== '{') return undefined
      this.#at++
      const values = this.#arguments(depth + 1)
      const value = token.text === '{' ? values.map(textOf) : values[0]
      return this.#called(value, depth)
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
      return this.#called(this.#function(token.text, depth + 1), depth)
    }
    return this.#reference(token.text)
  }

  /** `Sheet!B2`, `B2:C4`, or a name. */
  #reference(first: string): Value {
    let sheet: string | undefined
    let name = first
    const next = this.#tokens[this.#at + 1]
    if (this.#mark() === '!' && next?.kind === 'name') {
      sheet = first
      name = next.text
      this.#at += 2
    }
    const last = this.#tokens[this.#at + 1]
    if (this.#mark() !== ':' || last?.kind !== 'name')
      return this.#named(name, sheet)
    const cells = cellsBetween(name, last.text)
    if (!cells) return undefined
    this.#at += 2
    return cells.map((cell) => textOf(this.#named(cell, sheet)))
  }

  #function(written: string, depth: number): Value {
    const name = plainName(written)
    if (name === 'LET') return this.#let(depth)
    if (name === 'LAMBDA') return this.#lambda()
    return this.#call(name, written, this.#arguments(depth))
  }

  /** What is in brackets behind a function that a formula made. */
  #called(value: Value, depth: number): Value {
    let made = value
    while (made instanceof Lambda && this.#take('('))
      made = this.#apply(made, this.#arguments(depth + 1), depth)
    return made
  }

  /** Names and values in turn, and what comes of them. */
  #let(depth: number): Value {
    const outer = this.#scope
    for (let name = this.#boundName(); name; name = this.#boundName()) {
      const value = this.#joined(depth)
      this.#scope = { name, value, outer: this.#scope }
      if (!this.#take(',')) this.#take(';')
    }
    const value = this.#arguments(depth)[0]
    this.#scope = outer
    return value
  }

  #lambda(): Lambda {
    const parameters: string[] = []
    for (let name = this.#boundName(); name; name = this.#boundName())
      parameters.push(name)
    const lambda = new Lambda(this.#place(), parameters)
    let open = 1
    while (this.#at < this.#tokens.length && open > 0) {
      const mark = this.#mark()
      if (mark === '(') open++
      else if (mark === ')') open--
      this.#at++
    }
    return lambda
  }

  /** A name that stands before a comma: passed over with it. */
  #boundName(): string | undefined {
    const token = this.#tokens[this.#at]
    const next = this.#tokens[this.#at + 1]
    if (token?.kind !== 'name' || next?.kind !== 'mark') return undefined
    if (next.text !== ',' && next.text !== ';') return undefined
    this.#at += 2
    return ownName(token.text)
  }

  #apply(lambda: Lambda, args: readonly Value[], depth: number): Value {
    if (++this.#applied > maxApplied) return undefined
    let { scope } = lambda.place
    for (const [i, name] of lambda.parameters.entries())
      scope = { name, value: args[i], outer: scope }
    return this.#within({ ...lambda.place, scope }, () =>
      this.#joined(depth + 1),
    )
  }

  #place(): Place {
    const [tokens, at] = [this.#tokens, this.#at]
    return { tokens, at, scope: this.#scope, sheet: this.#sheet }
  }

  #within(place: Place, read: () => Value): Value {
    const before = this.#place()
    this.#goTo(place)
    const value = read()
    this.#goTo(before)
    return value
  }

  #goTo({ tokens, at, scope, sheet }: Place) {
    this.#tokens = tokens
    this.#at = at
    this.#scope = scope
    this.#sheet = sheet
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
  #arguments(depth: number): Value[] {
    const args: Value[] = []
    let value: Value
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

  #call(name: string, written: string, args: readonly Value[]): Value {
    if (Object.hasOwn(acting, name)) {
      const shown = args.map((a) => textOf(a) ?? '')
      this.#act({ name, args: shown, ...acting[name]!(shown) })
      return undefined
    }
    if (name === 'INDIRECT') return this.#indirect(textOf(args[0]))
    const texts = args.map((a) => (a instanceof Lambda ? undefined : a))
    const value = textFunction(name, texts)
    if (value === undefined) {
      const own = this.#named(written)
      return own instanceof Lambda ? this.#apply(own, args, 0) : undefined
    }
    if (args.length > 0) this.#tricks.add('functions')
    return typeof value === 'string' ? this.#bound(value) : value
  }

  /** The cell or name that a text names. */
  #indirect(text: string | undefined): Value {
    if (!text) return undefined
    this.#tricks.add('functions')
    const bang = text.lastIndexOf('!')
    const sheet = text.slice(0, Math.max(0, bang)).replace(/^'|'$/g, '')
    const name = text.slice(bang + 1)
    return this.#named(cellOf(name) ?? name, sheet || undefined)
  }

  #named(name: string, sheet = this.#sheet): Value {
    const own = ownName(name)
    for (let s = this.#scope; s; s = s.outer) {
      if (++this.#steps > maxSteps) return undefined
      if (s.name === own) return s.value
    }
    const held = this.#lookup?.(cellOf(name) ?? name, sheet)
    if (!held) return undefined
    const value = this.#madeBy(held, sheet) ?? held.text
    if (value !== undefined) this.#tricks.add('indirection')
    return value
  }

  /** What the formula of a name or a cell comes to, worked out once. */
  #madeBy({ formula, sheet: own }: Held, sheet: string | undefined): Value {
    if (!formula || this.#inner >= maxInner) return undefined
    const key = `${own ?? sheet ?? ''}!${formula}`
    if (this.#known.has(key)) return this.#known.get(key)
    // One that leads to itself comes to nothing.
    this.#known.set(key, undefined)
    this.#inner++
    const tokens = tokensOf(formula)
    const value = this.#within(
      { tokens, at: 0, scope: undefined, sheet: own ?? sheet },
      () => {
        this.#passLead()
        return this.#joined(0)
      },
    )
    this.#inner--
    this.#known.set(key, value)
    return value
  }

  #act(action: FormulaAction) {
    if (this.#inner === 0 && this.#actions.length < maxActions)
      this.#actions.push(action)
  }

  #bound(text: string): string | undefined {
    this.#work -= text.length
    return this.#work < 0 ? undefined : text.slice(0, maxValueUnits)
  }
}

/** `_xlfn._xlws.WEBSERVICE`, `of:DDE`, `COM.MICROSOFT.WEBSERVICE` are called by what stands behind whose they are. */
function plainName(written: string): string {
  return written
    .replace(/^(?:_xl\w+\.)+/i, '')
    .replace(/^.*:/, '')
    .replace(/^(?:com|org)\.\w+\./i, '')
    .toUpperCase()
}

function textOf(value: Value): string | undefined {
  return value instanceof Lambda ? undefined : one(value)
}

/** What LET and LAMBDA name is written `_xlpm.name`. */
function ownName(written: string): string {
  return written.replace(/^_xlpm\./i, '').toLowerCase()
}
