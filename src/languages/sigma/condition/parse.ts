// What does a condition say about its selections? The same grammar serves correlations, whose names are rules.
import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlMap } from '../../../rule-text/yaml/value.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

import type { Problems } from '../problems.ts'

import { aggregationAdvice } from './aggregation.ts'
import type { Token } from './lex.ts'
import { lexCondition } from './lex.ts'

export type ConditionNode =
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | {
      /** `1 of x*`, `all of them`, `2 of x*`. */
      readonly kind: 'some'
      readonly least: number | 'all'
      readonly of: string
      readonly text: string
      readonly at: number
    }
  | { readonly kind: 'not'; readonly of: ConditionNode }
  | { readonly kind: 'and' | 'or'; readonly of: readonly ConditionNode[] }

/** In characters. */
export const maxConditionLength = 16_384
/** Of parentheses and `not`. */
export const maxConditionDepth = 100

export function parseCondition(
  text: string,
  path: Path,
  problems: Problems,
  detection?: YamlMap,
): ConditionNode | undefined {
  if (text.length > maxConditionLength) {
    problems.report(
      'S026',
      { path },
      `the condition has ${text.length} characters; at most ${maxConditionLength} are read`,
    )
    return undefined
  }
  const tokens = lexCondition(text)
  const pipe = tokens.find((t) => t.kind === 'pipe')
  if (pipe) {
    const { code, message, hint } = aggregationAdvice(text, pipe.at, detection)
    problems.report(code, { path, offset: pipe.at }, message, hint)
    return undefined
  }
  return new ConditionParser(tokens, path, problems).parse()
}

const operators = new Set(['and', 'or', 'not'])

// The productions stand above the methods that follow them (Sigma rules specification 2.1, "Condition": `or` binds least,
// then `and`, `not`, `x of`, parentheses). Names and patterns are words of the lexer.
class ConditionParser {
  readonly #tokens: readonly Token[]
  readonly #path: Path
  readonly #problems: Problems
  #next = 0
  #depth = 0
  #broken = false

  constructor(tokens: readonly Token[], path: Path, problems: Problems) {
    this.#tokens = tokens
    this.#path = path
    this.#problems = problems
  }

  // condition = or
  parse(): ConditionNode | undefined {
    const node = this.#or()
    const rest = this.#peek
    if (!this.#broken && rest.kind !== 'end') {
      this.#expected(
        rest.kind === 'close'
          ? 'the closing parenthesis has no opening one'
          : `expected "and" or "or" before ${quote(rest.text)}`,
      )
    }
    return this.#broken ? undefined : node
  }

  get #peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]!
  }

  // or = and { "or" and }
  #or(): ConditionNode {
    return this.#list('or', () => this.#and())
  }

  // and = not { "and" not }
  #and(): ConditionNode {
    return this.#list('and', () => this.#not())
  }

  #list(kind: 'and' | 'or', inner: () => ConditionNode): ConditionNode {
    const of = [inner()]
    while (!this.#broken && this.#isOperator(kind)) {
      this.#next++
      of.push(inner())
    }
    return of.length === 1 ? of[0]! : { kind, of }
  }

  // not = "not" not | primary
  #not(): ConditionNode {
    if (!this.#isOperator('not')) return this.#primary()
    this.#next++
    return this.#nested(() => ({ kind: 'not', of: this.#not() }))
  }

  // primary = "(" or ")" | some | name
  #primary(): ConditionNode {
    const token = this.#peek
    if (token.kind === 'open') {
      this.#next++
      const inner = this.#nested(() => this.#or())
      if (!this.#broken && this.#peek.kind !== 'close') {
        this.#expected('a parenthesis is not closed')
      }
      this.#next++
      return inner
    }
    if (token.kind !== 'word' || operators.has(token.text.toLowerCase())) {
      this.#expected(
        token.kind === 'end'
          ? 'the condition ends where a selection was expected'
          : `expected a selection before ${quote(token.text)}`,
      )
      return { kind: 'name', name: '', at: token.at }
    }
    this.#next++
    const of = this.#peek
    if (of.kind === 'word' && of.text.toLowerCase() === 'of') {
      return this.#some(token)
    }
    return { kind: 'name', name: token.text, at: token.at }
  }

  // some = ( "1" | "any" | "all" | number ) "of" ( "them" | pattern )        (a number above 1 is beyond the specification)
  #some(quantifier: Token): ConditionNode {
    this.#lowerCase(this.#peek)
    this.#next++
    const target = this.#peek
    const least = quantity(quantifier.text)
    if (least === undefined) {
      this.#next--
      this.#expected(
        `expected 1, a number, "any" or "all" before "of", found ${quote(quantifier.text)}`,
      )
    } else if (target.kind !== 'word') {
      this.#expected('expected "them" or a name pattern after "of"')
    } else {
      this.#next++
    }
    if (/^(any|all)$/i.test(quantifier.text)) this.#lowerCase(quantifier)
    return {
      kind: 'some',
      least: least ?? 1,
      of: target.text,
      text: `${quantifier.text} of ${target.text}`,
      at: target.at,
    }
  }

  #nested(inner: () => ConditionNode): ConditionNode {
    if (this.#depth >= maxConditionDepth) {
      if (!this.#broken) {
        this.#problems.report(
          'S026',
          { path: this.#path, offset: this.#peek.at },
          `the condition is nested deeper than ${maxConditionDepth} levels`,
        )
      }
      this.#broken = true
      return { kind: 'name', name: '', at: 0 }
    }
    this.#depth++
    const node = inner()
    this.#depth--
    return node
  }

  #isOperator(text: 'and' | 'or' | 'not'): boolean {
    const token = this.#peek
    if (token.kind !== 'word' || token.text.toLowerCase() !== text) return false
    this.#lowerCase(token)
    return true
  }

  #lowerCase(token: Token) {
    const lower = token.text.toLowerCase()
    if (token.text === lower) return
    this.#problems.report(
      'S057',
      { path: this.#path, offset: token.at },
      `operator "${token.text}" is not in lower case`,
      `write "${lower}"; other engines refuse it`,
    )
  }

  #expected(message: string) {
    if (!this.#broken) {
      this.#problems.report(
        'S021',
        { path: this.#path, offset: this.#peek.at },
        message,
      )
    }
    this.#broken = true
  }
}

/** Selections in a rule are far fewer. */
const maxQuantity = 1000

function quantity(text: string): number | 'all' | undefined {
  if (/^all$/i.test(text)) return 'all'
  if (/^any$/i.test(text)) return 1
  if (!/^\d{1,4}$/.test(text)) return undefined
  const n = Number(text)
  return n >= 1 && n <= maxQuantity ? n : undefined
}
