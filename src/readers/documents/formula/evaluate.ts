// What does a formula come to, as far as constants tell? Text that is put together of pieces is put together here, so that
// the address or command stands whole.
import type { Dde } from '../dde.ts'
import { acting, type FormulaAction, type GivenCell } from './calls.ts'
import { maxValueUnits, one, textFunction } from './functions.ts'
import { cellOf, cellsBetween } from './references.ts'
import { linkOf, linkTo, spacedService } from './links.ts'
import { arithmetic, compared } from './operators.ts'
import { FormulaReading, ownName } from './reading.ts'
import { type Token, tokensOf } from './tokens.ts'
import { Lambda, type Value } from './value.ts'

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
/** Cells that one call is given, of which it is told. */
const maxCells = 256

interface Given {
  readonly args: readonly Value[]
  readonly cells: readonly GivenCell[]
}

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
  readonly #reading: FormulaReading
  #work = maxWorkUnits
  #steps = 0
  #nested = 0
  /** Formulas of names and cells that are being read: what acts in them is told where they stand. */
  #inner = 0
  #applied = 0
  /** Those that the call that is open has been given. */
  #cells: GivenCell[] = []

  constructor(tokens: readonly Token[], lookup: Lookup | undefined) {
    this.#reading = new FormulaReading(tokens)
    this.#lookup = lookup
  }

  run(): Evaluated {
    let value: string | undefined
    // What cannot be read as a formula is passed over token by token: the rest may act all the same.
    const reading = this.#reading
    while (!reading.isDone) {
      const before = reading.at
      reading.passLead()
      value = textOf(this.#joined(0))
      if (reading.at === before) reading.at++
    }
    return { actions: this.#actions, tricks: [...this.#tricks], value }
  }

  /** Texts joined by `&`; other operators only make numbers. */
  #joined(depth: number): Value {
    let value = this.#sum(depth)
    for (;;) {
      const mark = this.#reading.mark()
      if (mark === '&') {
        this.#reading.at++
        const [left, right] = [textOf(value), textOf(this.#sum(depth))]
        if (left !== undefined && right !== undefined)
          this.#tricks.add('concatenation')
        value = this.#bound((left ?? '…') + (right ?? '…'))
      } else if (mark !== undefined && '=<>'.includes(mark)) {
        let sign = ''
        for (
          let m = this.#reading.mark();
          m && '=<>'.includes(m);
          m = this.#reading.mark()
        ) {
          sign += m
          this.#reading.at++
        }
        value = compared(textOf(value), sign, textOf(this.#sum(depth)))
      } else return value
    }
  }

  #sum(depth: number): Value {
    let value = this.#unary(depth)
    for (;;) {
      const mark = this.#reading.mark()
      if (mark === undefined || !'+-*/^%:!~#'.includes(mark)) return value
      this.#reading.at++
      if (mark === '%') continue
      const right = this.#unary(depth)
      value = arithmetic(textOf(value), mark, textOf(right))
    }
  }

  #unary(depth: number): Value {
    let isNegative = false
    while (['+', '-', '@'].includes(this.#reading.mark() ?? '')) {
      if (this.#reading.mark() === '-') isNegative = !isNegative
      this.#reading.at++
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
    const token = this.#reading.token()
    if (!token || depth > maxDepth || ++this.#steps > maxSteps) return undefined
    if (token.kind === 'mark') {
      if (token.text !== '(' && token.text !== '{') return undefined
      this.#reading.at++
      const values = this.#arguments(depth + 1)
      const value = token.text === '{' ? values.map(textOf) : values[0]
      return this.#called(value, depth)
    }
    const spaced = token.kind === 'name' && spacedService(this.#reading)
    if (spaced) {
      this.#tricks.add('padding')
      return this.#link(spaced)
    }
    this.#reading.at++
    if (token.kind !== 'name') return token.text
    if (this.#reading.mark() === '|') return this.#link(token.text)
    if (
      token.isQuoted &&
      token.text.includes('|') &&
      this.#reading.mark() === '!'
    ) {
      const bar = token.text.indexOf('|')
      const [service, topic] = [
        token.text.slice(0, bar),
        token.text.slice(bar + 1),
      ]
      return this.#linked(linkTo(this.#reading, service, topic))
    }
    if (this.#reading.mark() === '(' && !token.isQuoted) {
      this.#reading.at++
      return this.#called(this.#function(token.text, depth + 1), depth)
    }
    return this.#reference(token.text)
  }

  /** `Sheet!B2`, `B2:C4`, or a name. */
  #reference(first: string): Value {
    let sheet: string | undefined
    let name = first
    const next = this.#reading.token(1)
    if (this.#reading.mark() === '!' && next?.kind === 'name') {
      sheet = first
      name = next.text
      this.#reading.at += 2
    }
    const last = this.#reading.token(1)
    if (this.#reading.mark() !== ':' || last?.kind !== 'name')
      return this.#named(name, sheet)
    const cells = cellsBetween(name, last.text)
    if (!cells) return undefined
    this.#reading.at += 2
    return cells.map((cell) => textOf(this.#named(cell, sheet)))
  }

  #function(written: string, depth: number): Value {
    const name = plainName(written)
    if (name === 'LET') return this.#let(depth)
    if (name === 'LAMBDA') return this.#lambda()
    const outer = this.#cells
    this.#cells = []
    const args = this.#arguments(depth)
    const cells = this.#cells
    this.#cells = [...outer, ...cells].slice(0, maxCells)
    return this.#call(name, written, { args, cells })
  }

  /** What is in brackets behind a function that a formula made. */
  #called(value: Value, depth: number): Value {
    let made = value
    while (made instanceof Lambda && this.#reading.take('('))
      made = this.#apply(made, this.#arguments(depth + 1), depth)
    return made
  }

  /** Names and values in turn, and what comes of them. */
  #let(depth: number): Value {
    const outer = this.#reading.scope
    for (
      let name = this.#reading.boundName();
      name;
      name = this.#reading.boundName()
    ) {
      const value = this.#joined(depth)
      this.#reading.scope = { name, value, outer: this.#reading.scope }
      if (!this.#reading.take(',')) this.#reading.take(';')
    }
    const value = this.#arguments(depth)[0]
    this.#reading.scope = outer
    return value
  }

  #lambda(): Lambda {
    const parameters: string[] = []
    for (
      let name = this.#reading.boundName();
      name;
      name = this.#reading.boundName()
    )
      parameters.push(name)
    const lambda = new Lambda(this.#reading.place(), parameters)
    let open = 1
    while (!this.#reading.isDone && open > 0) {
      const mark = this.#reading.mark()
      if (mark === '(') open++
      else if (mark === ')') open--
      this.#reading.at++
    }
    return lambda
  }

  #apply(lambda: Lambda, args: readonly Value[], depth: number): Value {
    if (++this.#applied > maxApplied) return undefined
    let { scope } = lambda.place
    for (const [i, name] of lambda.parameters.entries())
      scope = { name, value: args[i], outer: scope }
    return this.#reading.within({ ...lambda.place, scope }, () =>
      this.#joined(depth + 1),
    )
  }

  /** `service|topic!item`, of which the topic may be put together of cells. */
  #link(service: string): undefined {
    const put = new Set<string>()
    const dde = linkOf(this.#reading, service, (name) => {
      put.add('indirection')
      return textOf(this.#named(name))
    })
    if (dde) for (const trick of put) this.#tricks.add(trick)
    return this.#linked(dde)
  }

  #linked(dde: Dde | undefined): undefined {
    if (dde) this.#act({ name: '', args: [], dde })
    return undefined
  }

  /** Behind the bracket, until it closes. */
  #arguments(depth: number): Value[] {
    const args: Value[] = []
    let value: Value
    while (!this.#reading.isDone) {
      if (this.#reading.take(')') || this.#reading.take('}')) break
      if (this.#reading.take(',') || this.#reading.take(';')) {
        args.push(value)
        value = undefined
        continue
      }
      const before = this.#reading.at
      value = this.#joined(depth)
      if (this.#reading.at === before) this.#reading.at++
    }
    args.push(value)
    return args
  }

  #call(name: string, written: string, { args, cells }: Given): Value {
    if (Object.hasOwn(acting, name)) {
      const shown = args.map((a) => textOf(a) ?? '')
      this.#act({ name, args: shown, cells, ...acting[name]!(shown) })
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

  #named(name: string, sheet = this.#reading.sheet): Value {
    const own = ownName(name)
    for (let s = this.#reading.scope; s; s = s.outer) {
      if (++this.#steps > maxSteps) return undefined
      if (s.name === own) return s.value
    }
    const cell = cellOf(name)
    const held = this.#lookup?.(cell ?? name, sheet)
    const value = held && (this.#madeBy(held, sheet) ?? held.text)
    if (cell && this.#inner === 0 && this.#cells.length < maxCells) {
      const shown = sheet === undefined ? cell : `${sheet}!${cell}`
      this.#cells.push({ cell: shown, value: textOf(value) })
    }
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
    const value = this.#reading.within(
      { tokens, at: 0, scope: undefined, sheet: own ?? sheet },
      () => {
        this.#reading.passLead()
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
