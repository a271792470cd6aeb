// Tokens -> the tree, for languages of expressions. Whatever the text is, there is a tree: what cannot be read is passed by, word for word.
import { countedBefore, isCounting } from './counting.ts'
import { maxDepth, type Budget } from '../budget.ts'
import type { Grammar, Parser } from './grammar.ts'
import { Lexer } from './lexer.ts'
import { link } from './links.ts'
import { signBinds } from './operators.ts'
import { itemsUpTo, map } from './lists.ts'
import { between, type Node } from './node.ts'
import { numberNode, textNode, type Token } from './token.ts'
import { TokenStream } from './token-stream.ts'

const comparisons = /^(?:[<>]=?|[=!]=|in|lt|gt|le|ge|eq|ne)$/

function binaryOf(op: string, left: Node, right: Node): Node {
  return { kind: 'binary', op, left, right, ...between(left, right) }
}

/** What a name stands for has more at its end from there on. */
function appendedTo(left: Node, right: Node): Node {
  const at = between(left, right)
  if (left.kind === 'assign' && left.op === 'append') {
    const more = appendedTo(left.target, right)
    return { kind: 'block', body: [left, more], ...at }
  }
  const last = left.kind === 'block' ? left.body.at(-1) : undefined
  if (left.kind === 'block' && last?.kind === 'assign') {
    const more = appendedTo(last.target, right)
    return { ...left, body: [...left.body, more], ...at }
  }
  const isHeld = left.kind === 'name' || left.kind === 'member'
  return isHeld || left.kind === 'index'
    ? { kind: 'assign', target: left, value: right, op: 'append', ...at }
    : binaryOf('append', left, right)
}

/** What is compared a second time, where one comparison follows another without brackets. */
function chainedTo(left: Node, op: string): Node | undefined {
  if (left.kind !== 'binary' || !comparisons.test(op)) return undefined
  const last = left.op === 'and' ? left.right : left
  if (last.kind !== 'binary' || !comparisons.test(last.op)) return undefined
  return left.start === leftmost(left).start ? last.right : undefined
}

function leftmost(node: Node): Node {
  let first = node
  while (first.kind === 'binary') first = first.left
  return first
}

export class ExpressionParser extends TokenStream implements Parser {
  readonly text: string
  readonly grammar: Grammar
  readonly budget: Budget
  #depth: number

  constructor(text: string, grammar: Grammar, budget: Budget, depth = 0) {
    super()
    this.text = text
    this.grammar = grammar
    this.budget = budget
    this.#depth = depth
  }

  parse(start = 0, end = this.text.length): Node[] {
    this.#lex(start, end)
    const out: Node[] = []
    while (this.peek().kind !== 'end' && !this.budget.spent) {
      for (const s of this.statements(() => false)) out.push(s)
      if (this.peek().kind !== 'end') this.skip()
    }
    return out
  }

  #lex(start: number, end: number): void {
    const inner = (from: number, to: number) => this.#inside(from, to)
    const { lex } = this.grammar
    this.take(new Lexer(this.text, { start, end }, lex, inner).run())
  }

  #inside(start: number, end: number): Node {
    if (this.#depth >= maxDepth) {
      this.budget.tooDeep()
      return { kind: 'name', name: '', start, end }
    }
    const { text, grammar, budget } = this
    const parser = new ExpressionParser(text, grammar, budget, this.#depth + 8)
    parser.#lex(start, end)
    return parser.expression()
  }

  statements(ends: (token: Token) => boolean): Node[] {
    const out: Node[] = []
    if (!this.enter()) return out
    for (;;) {
      this.skipLines()
      const token = this.peek()
      if (token.kind === 'end' || ends(token) || this.budget.spent) break
      const before = this.place
      const node = this.grammar.statement(this)
      if (node) out.push(node)
      if (this.place === before) {
        if (this.peek().value === '}') break
        this.skip()
      }
    }
    this.leave()
    return out
  }

  body(): Node[] {
    this.skipLines()
    if (!this.accept('{')) {
      const one = this.enter() ? this.grammar.statement(this) : undefined
      this.leave()
      return one ? [one] : []
    }
    const body = this.statements((t) => t.value === '}' && t.kind === 'op')
    this.accept('}')
    return body
  }

  enter(): boolean {
    this.#depth++
    if (this.#depth < maxDepth && this.budget.step()) return true
    if (this.#depth >= maxDepth) {
      this.budget.tooDeep()
      this.passBrackets()
    }
    return false
  }

  leave(): void {
    this.#depth--
  }

  expression(least = 0): Node {
    if (!this.enter()) {
      this.leave()
      const { start, end } = this.next()
      return { kind: 'name', name: '', start, end }
    }
    let left = this.#unary()
    for (;;) {
      const more = this.#more(left, least)
      if (!more) break
      left = more
    }
    this.leave()
    return left
  }

  #more(left: Node, least: number): Node | undefined {
    const token = this.peek()
    if (token.kind !== 'op' && token.kind !== 'name') return undefined
    const { value } = token
    const { binary, assigns } = this.grammar
    if (token.kind === 'op' && least <= 1 && Object.hasOwn(assigns, value)) {
      this.next()
      return this.#assigned(left, assigns[value]!)
    }
    if (value === '?' && least <= 1) return this.#choice(left)
    if (!Object.hasOwn(binary, value)) return undefined
    const op = binary[value]!
    if (op.binds < least) return undefined
    this.next()
    this.#breakAllowed()
    const made =
      value === '=~'
        ? this.grammar.matched?.(this, left, this.peek())
        : undefined
    if (made) {
      this.next()
      return made
    }
    const means = this.#meant(value, op.means)
    const right = this.expression(op.fromRight ? op.binds : op.binds + 1)
    // Python's `yes if test else no`.
    if (op.means === 'if' && this.accept('else')) {
      const no = this.expression(1)
      return {
        kind: 'choice',
        test: right,
        yes: left,
        no,
        ...between(left, no),
      }
    }
    if (means === 'append' && this.grammar.appends)
      return appendedTo(left, right)
    const chained = this.grammar.chains ? chainedTo(left, means) : undefined
    return chained
      ? binaryOf('and', left, binaryOf(means, chained, right))
      : binaryOf(means, left, right)
  }

  /** Of two words that are one operator: `not in`, `is not`. */
  #meant(word: string, means: string): string {
    const pairs = this.grammar.pairs ?? {}
    const second = Object.hasOwn(pairs, word) ? pairs[word]! : undefined
    return second && this.accept(second) ? `${word} ${second}` : means
  }

  #assigned(target: Node, op: string): Node {
    this.#breakAllowed()
    const value = this.expression(1)
    return { kind: 'assign', target, value, op, ...between(target, value) }
  }

  #choice(test: Node): Node | undefined {
    this.next()
    const yes = this.expression(1)
    const no = this.accept(':') ? this.expression(1) : yes
    return { kind: 'choice', test, yes, no, ...between(test, no) }
  }

  /** Behind an operator a line may end. */
  #breakAllowed(): void {
    this.skipBreaks()
  }

  #unary(): Node {
    const token = this.peek()
    const { unary } = this.grammar
    if (token.kind !== 'text' && Object.hasOwn(unary, token.value)) {
      this.next()
      const signed = this.#signedNumber(token)
      if (signed) return signed
      if (isCounting(token.value))
        return countedBefore(this.expression(90), token.value, token.start)
      const operand = this.expression(this.#bindsBefore(token))
      const op = unary[token.value]!
      const { start } = token
      return op === ''
        ? { ...operand, start }
        : { kind: 'unary', op, operand, start, end: operand.end }
    }
    return this.postfix(this.primary())
  }

  /** `not(…)` is like a call. */
  #bindsBefore({ value }: Token): number {
    const { openCalls, unaryBinds } = this.grammar
    const isCall = openCalls && value === 'not' && this.is('(')
    return isCall && !this.peek().spaced
      ? signBinds
      : (unaryBinds?.[value] ?? signBinds)
  }

  #signedNumber({ value, start }: Token): Node | undefined {
    const next = this.peek()
    const isNumber = next.kind === 'number' && !next.spaced && value === '-'
    if (!this.grammar.signedNumbers || !isNumber || this.is('**', 1))
      return undefined
    this.next()
    const number = numberNode(next)
    if (number.kind !== 'number') return number
    return this.postfix({ ...number, value: -number.value || 0, start })
  }

  primary(): Node {
    const token = this.peek()
    const own = this.grammar.primary?.(this, token)
    if (own) return own
    const { start, end, value } = token
    switch (token.kind) {
      case 'text':
        return this.textOf()
      case 'number':
        this.next()
        return numberNode(token)
      case 'name':
        this.next()
        return { kind: 'name', name: value, start, end }
      case 'op':
        return this.#opened(token)
      default:
        return { kind: 'name', name: '', start, end: start }
    }
  }

  textOf(): Node {
    const token = this.next()
    const node = textNode(token)
    if (!token.runs) return node
    const { start, end } = token
    const callee: Node = { kind: 'name', name: '`', start, end }
    return { kind: 'call', callee, args: [node], start, end }
  }

  #opened(token: Token): Node {
    const { start, end, value } = token
    if (value === '(') {
      this.next()
      const items = itemsUpTo(this, ')')
      // `(x,)` is a list of one.
      const isList = /,\s{0,64}\)$/.test(
        this.text.slice(Math.max(start, this.before - 66), this.before),
      )
      if (items.length === 1 && !isList) return { ...items[0]!, start }
      const end = this.before
      return this.grammar.sequences
        ? { kind: 'block', body: items, start, end }
        : { kind: 'list', items, isTuple: true, start, end }
    }
    if (value === '[') {
      this.next()
      const items = itemsUpTo(this, ']', this.grammar.leftOut)
      return { kind: 'list', items, start, end: this.before }
    }
    if (value === '{') return map(this)
    if (!'}])'.includes(value)) this.next()
    return { kind: 'name', name: '', start, end }
  }

  /** What follows a value and belongs to it. */
  postfix(first: Node): Node {
    let node = first
    // A chain of thousands of calls is a loop here; its tree is deep, so it ends where trees do.
    for (let links = 0; links < maxDepth; links++) {
      const more = link(this, node)
      if (!more) break
      node = more
    }
    return node
  }
}
