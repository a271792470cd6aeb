// How a formula is read: operators, operands and brackets, of texts, numbers, cells, lists and links. What names and functions mean is said elsewhere.
import type { Dde } from '../dde.ts'
import { linkOf, linkTo, spacedService } from './links.ts'
import { gridOf } from './lists.ts'
import { arithmetic, compared, precedence } from './operators.ts'
import type { FormulaReading } from './reading.ts'
import { cellsBetween, columnsBetween } from './references.ts'
import { Lambda, textOf, type Value } from './value.ts'

/** Brackets in each other; Excel takes 64. */
const maxDepth = 80
/** Operands, of all that it leads to together. */
const maxSteps = 200_000
/** Operands in each other, those of names, cells and functions that are called among them. */
const maxNested = 400

export interface FormulaMeaning {
  /** What a name or a cell comes to. */
  named(name: string, sheet?: string): Value
  /** What a function gives; the reading is behind its bracket. */
  called(written: string, depth: number): Value
  applied(lambda: Lambda, args: readonly Value[], depth: number): Value
  linked(dde: Dde | undefined): undefined
  /** How text is hidden. */
  hides(trick: string): void
  /** undefined: all of it together is too much. */
  bounded(text: string): string | undefined
}

export class FormulaGrammar {
  readonly reading: FormulaReading
  readonly #meaning: FormulaMeaning
  #steps = 0
  #nested = 0

  constructor(reading: FormulaReading, meaning: FormulaMeaning) {
    this.reading = reading
    this.#meaning = meaning
  }

  /** Texts joined by `&`; other operators only make numbers. */
  joined(depth: number): Value {
    let value = this.#sum(depth)
    for (;;) {
      const mark = this.reading.mark()
      if (mark === '&') {
        this.reading.at++
        const [left, right] = [textOf(value), textOf(this.#sum(depth))]
        if (left !== undefined && right !== undefined)
          this.#meaning.hides('concatenation')
        value = this.#meaning.bounded((left ?? '…') + (right ?? '…'))
      } else if (mark !== undefined && '=<>'.includes(mark)) {
        let sign = ''
        for (
          let m = this.reading.mark();
          m && '=<>'.includes(m);
          m = this.reading.mark()
        ) {
          sign += m
          this.reading.at++
        }
        value = compared(textOf(value), sign, textOf(this.#sum(depth)))
      } else return value
    }
  }

  #sum(depth: number, least = 1): Value {
    let value = this.#unary(depth)
    for (;;) {
      const mark = this.reading.mark()
      if (mark === undefined || !'+-*/^%:!~#'.includes(mark)) return value
      if (mark === '%') {
        this.reading.at++
        value = arithmetic(textOf(value), '/', '100')
        continue
      }
      if (precedence(mark) < least) return value
      this.reading.at++
      const right = this.#sum(depth, precedence(mark) + 1)
      value = arithmetic(textOf(value), mark, textOf(right))
    }
  }

  #unary(depth: number): Value {
    let isNegative = false
    while (['+', '-', '@'].includes(this.reading.mark() ?? '')) {
      if (this.reading.mark() === '-') isNegative = !isNegative
      this.reading.at++
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
    const token = this.reading.token()
    if (!token || depth > maxDepth || ++this.#steps > maxSteps) return undefined
    if (token.kind === 'mark') {
      if (token.text !== '(' && token.text !== '{') return undefined
      this.reading.at++
      if (token.text === '{') return this.#list(depth + 1)
      return this.#called(this.arguments(depth + 1)[0], depth)
    }
    const spaced = token.kind === 'name' && spacedService(this.reading)
    if (spaced) {
      this.#meaning.hides('padding')
      return this.#meaning.linked(this.#link(spaced))
    }
    this.reading.at++
    if (token.kind !== 'name') return token.text
    if (this.reading.mark() === '|')
      return this.#meaning.linked(this.#link(token.text))
    if (
      token.isQuoted &&
      token.text.includes('|') &&
      this.reading.mark() === '!'
    ) {
      const bar = token.text.indexOf('|')
      const [service, topic] = [
        token.text.slice(0, bar),
        token.text.slice(bar + 1),
      ]
      return this.#meaning.linked(linkTo(this.reading, service, topic))
    }
    if (this.reading.mark() === '(' && !token.isQuoted) {
      this.reading.at++
      return this.#called(this.#meaning.called(token.text, depth + 1), depth)
    }
    return this.#reference(token.text)
  }

  /** `Sheet!B2`, `B2:C4`, or a name. */
  #reference(first: string): Value {
    let sheet: string | undefined
    let name = first
    const next = this.reading.token(1)
    if (this.reading.mark() === '!' && next?.kind === 'name') {
      sheet = first
      name = next.text
      this.reading.at += 2
    }
    const last = this.reading.token(1)
    if (this.reading.mark() !== ':' || last?.kind !== 'name')
      return this.#meaning.named(name, sheet)
    const cells = cellsBetween(name, last.text)
    if (!cells) return undefined
    const width = columnsBetween(name, last.text)
    this.reading.at += 2
    const values = cells.map((cell) => textOf(this.#meaning.named(cell, sheet)))
    return gridOf(values, width)
  }

  /** Behind the brace: rows behind each other. */
  #list(depth: number): Value {
    const row = this.reading.rowLength()
    const values = this.arguments(depth).map(textOf)
    return gridOf(values, row)
  }

  /** `service|topic!item`, of which the topic may be put together of cells. */
  #link(service: string): Dde | undefined {
    let isPut = false
    const dde = linkOf(this.reading, service, (name) => {
      isPut = true
      return textOf(this.#meaning.named(name))
    })
    if (dde && isPut) this.#meaning.hides('indirection')
    return dde
  }

  /** Behind the bracket, until it closes. */
  arguments(depth: number): Value[] {
    const args: Value[] = []
    let value: Value
    while (!this.reading.isDone) {
      if (this.reading.take(')') || this.reading.take('}')) break
      if (this.reading.take(',') || this.reading.take(';')) {
        args.push(value)
        value = undefined
        continue
      }
      const before = this.reading.at
      value = this.joined(depth)
      if (this.reading.at === before) this.reading.at++
    }
    args.push(value)
    return args
  }

  /** What is in brackets behind a function that a formula made. */
  #called(value: Value, depth: number): Value {
    let made = value
    while (made instanceof Lambda && this.reading.take('('))
      made = this.#meaning.applied(made, this.arguments(depth + 1), depth)
    return made
  }
}
