// What does a formula come to, as far as constants tell? Text that is put together of pieces is put together here, so that
// the address or command stands whole.
import { cellName } from '../cell-name.ts'
import type { Dde } from '../dde.ts'
import { acting, type FormulaAction, type GivenCell } from './calls.ts'
import { maxValueUnits, textFunction } from './functions.ts'
import { FormulaGrammar, type FormulaMeaning } from './grammar.ts'
import { gridOf } from './lists.ts'
import { FormulaReading, ownName } from './reading.ts'
import { cellOf, placeOf } from './references.ts'
import { type Token, tokensOf } from './tokens.ts'
import { Lambda, textOf, type Value } from './value.ts'

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

/** That one formula may give in all, in UTF-16 units. */
const maxWorkUnits = 1024 * 1024
const maxActions = 256
/** Names of its own that are looked through. */
const maxSteps = 200_000
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

class Evaluation implements FormulaMeaning {
  readonly #lookup: Lookup | undefined
  readonly #actions: FormulaAction[] = []
  readonly #tricks = new Set<string>()
  readonly #known = new Map<string, Value>()
  readonly #reading: FormulaReading
  readonly #grammar: FormulaGrammar
  #work = maxWorkUnits
  #steps = 0
  /** Formulas of names and cells that are being read: what acts in them is told where they stand. */
  #inner = 0
  #applied = 0
  /** Those that the call that is open has been given. */
  #cells: GivenCell[] = []

  constructor(tokens: readonly Token[], lookup: Lookup | undefined) {
    this.#reading = new FormulaReading(tokens)
    this.#grammar = new FormulaGrammar(this.#reading, this)
    this.#lookup = lookup
  }

  run(): Evaluated {
    let value: string | undefined
    // What cannot be read as a formula is passed over token by token: the rest may act all the same.
    const reading = this.#reading
    while (!reading.isDone) {
      const before = reading.at
      reading.passLead()
      value = textOf(this.#grammar.joined(0))
      if (reading.at === before) reading.at++
    }
    return { actions: this.#actions, tricks: [...this.#tricks], value }
  }

  called(written: string, depth: number): Value {
    const name = plainName(written)
    if (name === 'LET') return this.#let(depth)
    if (name === 'LAMBDA') return this.#lambda()
    if (byReference.has(name)) {
      const first = this.#reading.reference()
      const args = this.#grammar.arguments(depth).slice(1)
      return this.#referred(name, first, args)
    }
    const outer = this.#cells
    this.#cells = []
    const args = this.#grammar.arguments(depth)
    const cells = this.#cells
    this.#cells = [...outer, ...cells].slice(0, maxCells)
    return this.#call(name, written, { args, cells })
  }

  /** Of a cell that is named, not what it holds; `args`: those behind it. */
  #referred(
    name: string,
    first: { readonly cell: string; readonly sheet?: string } | undefined,
    args: readonly Value[],
  ): Value {
    const place = first && placeOf(first.cell)
    if (!first || !place) return undefined
    switch (name) {
      case 'ROW':
        return String(place.row)
      case 'COLUMN':
        return String(place.column)
      case 'FORMULATEXT': {
        const held = this.#lookup?.(first.cell, first.sheet)
        return held?.formula && `=${held.formula.replace(/^=/, '')}`
      }
      default: {
        this.hides('functions')
        const [rows, columns] = args.map((a) => Number(textOf(a) ?? 0))
        const row = place.row + Math.trunc(rows ?? 0)
        const column = place.column + Math.trunc(columns ?? 0)
        return row > 0 && column > 0
          ? this.named(cellName(row, column), first.sheet)
          : undefined
      }
    }
  }

  /** Names and values in turn, and what comes of them. */
  #let(depth: number): Value {
    const outer = this.#reading.scope
    for (
      let name = this.#reading.boundName();
      name;
      name = this.#reading.boundName()
    ) {
      const value = this.#grammar.joined(depth)
      this.#reading.scope = { name, value, outer: this.#reading.scope }
      if (!this.#reading.take(',')) this.#reading.take(';')
    }
    const value = this.#grammar.arguments(depth)[0]
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

  applied(lambda: Lambda, args: readonly Value[], depth: number): Value {
    if (++this.#applied > maxApplied) return undefined
    let { scope } = lambda.place
    for (const [i, name] of lambda.parameters.entries())
      scope = { name, value: args[i], outer: scope }
    return this.#reading.within({ ...lambda.place, scope }, () =>
      this.#grammar.joined(depth + 1),
    )
  }

  hides(trick: string): void {
    this.#tricks.add(trick)
  }

  linked(dde: Dde | undefined): undefined {
    if (dde) this.#act({ name: '', args: [], dde })
    return undefined
  }

  #call(name: string, written: string, { args, cells }: Given): Value {
    if (Object.hasOwn(acting, name)) {
      const shown = args.map((a) => textOf(a) ?? '')
      this.#act({ name, args: shown, cells, ...acting[name]!(shown) })
      return undefined
    }
    if (name === 'INDIRECT') return this.#indirect(textOf(args[0]))
    const last = args.at(-1)
    if (last instanceof Lambda && Object.hasOwn(folding, name))
      return folding[name]!(args.slice(0, -1), (given) =>
        this.applied(last, given, 0),
      )
    const texts = args.map((a) => (a instanceof Lambda ? undefined : a))
    const value = textFunction(name, texts)
    if (value === undefined) {
      const own = this.named(written)
      return own instanceof Lambda ? this.applied(own, args, 0) : undefined
    }
    if (args.length > 0) this.hides('functions')
    return typeof value === 'string' ? this.bounded(value) : value
  }

  /** The cell or name that a text names. */
  #indirect(text: string | undefined): Value {
    if (!text) return undefined
    this.hides('functions')
    const bang = text.lastIndexOf('!')
    const sheet = text.slice(0, Math.max(0, bang)).replace(/^'|'$/g, '')
    const name = text.slice(bang + 1)
    return this.named(cellOf(name) ?? name, sheet || undefined)
  }

  named(name: string, sheet = this.#reading.sheet): Value {
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
    if (value !== undefined) this.hides('indirection')
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
        return this.#grammar.joined(0)
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

  bounded(text: string): string | undefined {
    this.#work -= text.length
    return this.#work < 0 ? undefined : text.slice(0, maxValueUnits)
  }
}

/** Their first argument is meant itself. */
const byReference = new Set(['OFFSET', 'ROW', 'COLUMN', 'FORMULATEXT'])

const listed = (value: Value): readonly Value[] =>
  value instanceof Lambda || typeof value !== 'object' ? [value] : value

/** Functions that call another one for each value. */
const folding: Readonly<
  Record<
    string,
    (args: readonly Value[], call: (given: readonly Value[]) => Value) => Value
  >
> = {
  MAP: ([list], call) =>
    gridOf(
      listed(list).map((value) => textOf(call([value]))),
      1,
    ),
  REDUCE: ([first, list], call) =>
    listed(list).reduce((value, next) => call([value, next]), first),
  SCAN: ([first, list], call) => {
    let value = first
    return gridOf(
      listed(list).map((next) => textOf((value = call([value, next])))),
      1,
    )
  },
}

/** `_xlfn._xlws.WEBSERVICE`, `of:DDE`, `COM.MICROSOFT.WEBSERVICE` are called by what stands behind whose they are. */
function plainName(written: string): string {
  return written
    .replace(/^(?:_xl\w+\.)+/i, '')
    .replace(/^.*:/, '')
    .replace(/^(?:com|org)\.\w+\./i, '')
    .toUpperCase()
}
