// What a language of expressions is told by, and what its own parts may ask of the parser.
import type { Budget } from '../budget.ts'
import type { LexRules } from './lexer.ts'
import type { Node } from './node.ts'
import type { Token } from './token.ts'
import type { TokenStream } from './token-stream.ts'

export interface Operator {
  /** The higher, the closer. */
  readonly binds: number
  /** Of several of them the last is worked out first. */
  readonly fromRight?: true
  /** What it means: `&` joins text, `+` adds or joins, `^` is exclusive or. */
  readonly means: string
}

export interface Grammar {
  readonly lex: LexRules
  readonly binary: Readonly<Record<string, Operator>>
  readonly unary: Readonly<Record<string, string>>
  /** How close they bind; absent: closer than all but powers. */
  readonly unaryBinds?: Readonly<Record<string, number>>
  /** Words that are one operator with the word behind them. */
  readonly pairs?: Readonly<Record<string, string>>
  /** `-1.abs` is of the number -1. */
  readonly signedNumbers?: true
  /** `x << y` is put to the end of what the name stands for. */
  readonly appends?: true
  /** `a < b < c` asks both. */
  readonly chains?: true
  readonly members: readonly string[]
  /** What an assignment does with what was there; '' nothing. */
  readonly assigns: Readonly<Record<string, string>>
  /** What a text that a value is matched with makes of it: Perl. */
  readonly matched?: (
    parser: Parser,
    of: Node,
    token: Token,
  ) => Node | undefined
  /** Words may follow a name as its arguments, without brackets. */
  readonly openCalls?: true
  /** `$x{name}` is an item. */
  readonly keyedNames?: true
  /** A text in backquotes behind a value is given to it. */
  readonly taggedTexts?: true
  /** `[` behind a space begins a list of its own. */
  readonly spacedLists?: true
  /** What an item of a list is that is left out: `[,a]`. */
  readonly leftOut?: string
  /** `(a, b)` is b. */
  readonly sequences?: true
  /** `f(name=value)` names an argument, and assigns nothing. */
  readonly keywordArguments?: true
  /** `:` ends a statement, and names no argument: VB. */
  readonly colonEnds?: true
  /** Brackets of calls are those of indexes too: VB. */
  readonly statement: (parser: Parser) => Node | undefined
  /** Whatever else an expression may begin with. */
  readonly primary?: (parser: Parser, token: Token) => Node | undefined
  /** A trailing block of a call: Ruby. */
  readonly block?: (parser: Parser) => Node | undefined
  /** Ends a call's arguments without brackets. */
  readonly ends: ReadonlySet<string>
}

export interface Parser extends TokenStream {
  readonly text: string
  readonly grammar: Grammar
  readonly budget: Budget
  /** Until `ends` says so of the next token. */
  statements(ends: (token: Token) => boolean): Node[]
  /** A block in braces, which stands here; or one statement. */
  body(): Node[]
  /** One level deeper: false where that is too deep, or too much was read; `leave` in any case. */
  enter(): boolean
  leave(): void
  /** With operators that bind at least so close. */
  expression(least?: number): Node
  primary(): Node
  /** A value with what follows it. */
  postfix(first: Node): Node
  /** The text that stands here. */
  textOf(): Node
}
