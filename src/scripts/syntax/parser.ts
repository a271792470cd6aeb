// Tokens -> the tree, for languages of expressions. Whatever the text is, there is a tree: what cannot be read is passed by, word for word.
import { countedAfter, countedBefore, isCounting } from './counting.ts'
import { maxDepth, type Budget } from '../budget.ts'
import { Lexer, type LexRules } from './lexer.ts'
import { between, type Node, noNode } from './node.ts'
import { textNode, type Token } from './token.ts'
import { TokenStream } from './token-stream.ts'

export interface Operator {
  /** The higher, the closer. */
  readonly binds: number
  /** What it means: `&` joins text, `+` adds or joins, `^` is exclusive or. */
  readonly means: string
}

export interface Grammar {
  readonly lex: LexRules
  readonly binary: Readonly<Record<string, Operator>>
  readonly unary: Readonly<Record<string, string>>
  readonly members: readonly string[]
  /** What an assignment does with what was there; '' nothing. */
  readonly assigns: Readonly<Record<string, string>>
  /** Words may follow a name as its arguments, without brackets. */
  readonly openCalls?: true
  /** `[` behind a space begins a list of its own. */
  readonly spacedLists?: true
  /** Brackets of calls are those of indexes too: VB. */
  readonly statement: (parser: Parser) => Node | undefined
  /** Whatever else an expression may begin with. */
  readonly primary?: (parser: Parser, token: Token) => Node | undefined
  /** A trailing block of a call: Ruby. */
  readonly block?: (parser: Parser) => Node | undefined
  /** Ends a call's arguments without brackets. */
  readonly ends: ReadonlySet<string>
}

/** Arguments and items of one bracket. */
const maxItems = 200_000

export class Parser extends TokenStream {
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
    const parser = new Parser(text, grammar, budget, this.#depth + 8)
    parser.#lex(start, end)
    return parser.expression()
  }

  /** Until `ends` says so of the next token. */
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

  /** A block in braces, which stands here; or one statement. */
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
    const right = this.expression(op.binds + 1)
    return {
      kind: 'binary',
      op: op.means,
      left,
      right,
      ...between(left, right),
    }
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
      if (isCounting(token.value))
        return countedBefore(this.expression(90), token.value, token.start)
      const operand = this.expression(90)
      const op = unary[token.value]!
      const { start } = token
      return op === ''
        ? { ...operand, start }
        : { kind: 'unary', op, operand, start, end: operand.end }
    }
    return this.postfix(this.primary())
  }

  primary(): Node {
    const token = this.peek()
    const own = this.grammar.primary?.(this, token)
    if (own) return own
    const { start, end, value } = token
    switch (token.kind) {
      case 'text':
        return this.#text()
      case 'number':
        this.next()
        return { kind: 'number', value: token.number ?? 0, start, end }
      case 'name':
        this.next()
        return { kind: 'name', name: value, start, end }
      case 'op':
        return this.#opened(token)
      default:
        return { kind: 'name', name: '', start, end: start }
    }
  }

  #text(): Node {
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
      const items = this.items(')')
      if (items.length === 1) return { ...items[0]!, start }
      return { kind: 'list', items, start, end: this.before }
    }
    if (value === '[') {
      this.next()
      const items = this.items(']')
      return { kind: 'list', items, start, end: this.before }
    }
    if (value === '{') return this.map()
    if (!'}])'.includes(value)) this.next()
    return { kind: 'name', name: '', start, end }
  }

  map(): Node {
    const { start } = this.next()
    const entries: [Node, Node][] = []
    while (!this.is('}') && this.peek().kind !== 'end') {
      const before = this.place
      this.skipBreaks()
      if (this.is('}')) break
      const key = this.expression(2)
      const value = this.accept(':', '=>') ? this.expression(1) : key
      entries.push([key, value])
      if (this.is('{')) this.body()
      this.accept(',', ';')
      this.skipBreaks()
      if (this.place === before) this.skip()
    }
    this.accept('}')
    return { kind: 'map', entries, start, end: this.before }
  }

  /** Up to the closing bracket. */
  items(close: string): Node[] {
    const out: Node[] = []
    for (;;) {
      this.skipBreaks()
      const { kind } = this.peek()
      if (kind === 'end' || this.accept(close)) break
      const before = this.place
      if (this.accept(',')) continue
      if (out.length < maxItems) out.push(this.#item())
      if (this.place === before) this.skip()
    }
    return out
  }

  #item(): Node {
    const { start } = this.peek()
    if (this.peek().kind === 'name' && (this.is('=', 1) || this.is(':=', 1))) {
      const name = this.next().value
      this.next()
      const value = this.expression(2)
      return { kind: 'named', name, value, start, end: value.end }
    }
    const value = this.expression()
    if (this.is('for') && !this.is('(', 1)) return this.comprehension(value)
    if (this.accept('=>', ':')) {
      const other = this.expression(1)
      const end = other.end
      return value.kind === 'text' || value.kind === 'name'
        ? {
            kind: 'named',
            name: value.kind === 'text' ? value.value : value.name,
            value: other,
            start,
            end,
          }
        : other
    }
    return value
  }

  /** Python's `value for name in list if test`. */
  comprehension(value: Node): Node {
    this.next()
    const variable = variablesOf(this)
    this.accept('in')
    const over = this.expression(6)
    while ((this.is('if') || this.is('for')) && this.#insideLine()) {
      this.next()
      this.expression(2)
    }
    const { start } = value
    return { kind: 'mapped', variable, over, value, start, end: this.before }
  }

  #insideLine(): boolean {
    const { kind, value } = this.peek()
    return kind !== 'end' && kind !== 'line' && value !== ')' && value !== ']'
  }

  /** What follows a value and belongs to it. */
  postfix(first: Node): Node {
    let node = first
    // A chain of thousands of calls is a loop here; its tree is deep, so it ends where trees do.
    for (let links = 0; links < maxDepth; links++) {
      const more = this.#link(node)
      if (!more) break
      node = more
    }
    return node
  }

  #link(node: Node): Node | undefined {
    const token = this.peek()
    const { value, kind } = token
    if (kind !== 'op') return this.grammar.block && this.#withBlock(node)
    if (isCounting(value) && Object.hasOwn(this.grammar.unary, value)) {
      this.next()
      return countedAfter(node, value, this.before)
    }
    if (this.grammar.members.includes(value)) return this.#member(node)
    if (value === '(' && node.kind !== 'text' && node.kind !== 'number') {
      this.next()
      const args = this.items(')')
      const call: Node = {
        kind: 'call',
        callee: node,
        args,
        start: node.start,
        end: this.before,
      }
      return (this.grammar.block && this.#withBlock(call)) ?? call
    }
    if (value === '[' && !(this.grammar.spacedLists && token.spaced)) {
      this.next()
      const args = this.#slice()
      return {
        kind: 'index',
        object: node,
        args,
        start: node.start,
        end: this.before,
      }
    }
    return this.grammar.block && this.#withBlock(node)
  }

  #withBlock(node: Node): Node | undefined {
    if (node.kind === 'text' || node.kind === 'number') return undefined
    const block = this.grammar.block?.(this)
    if (!block) return undefined
    const { start } = node
    const end = this.before
    return node.kind === 'call'
      ? { ...node, args: [...node.args, block], end }
      : { kind: 'call', callee: node, args: [block], start, end }
  }

  #member(object: Node): Node {
    this.next()
    this.skipBreaks()
    const token = this.peek()
    const { start, end, value } = token
    if (token.kind === 'name' || token.kind === 'number') {
      this.next()
      const name: Node = { kind: 'text', value, via: 0, start, end }
      return { kind: 'member', object, name, start: object.start, end }
    }
    // `$object->(…)`, `object?.[…]`, `$object->{…}`: the brackets say what is meant.
    if (value === '{') {
      this.next()
      const name = this.expression()
      this.accept('}')
      return {
        kind: 'index',
        object,
        args: [name],
        start: object.start,
        end: this.before,
      }
    }
    if (token.kind === 'text') {
      const name = this.#text()
      return {
        kind: 'member',
        object,
        name,
        start: object.start,
        end: name.end,
      }
    }
    return object
  }

  /** Of an index: Python's parts of a slice stand as a call of `slice`. */
  #slice(): Node[] {
    const { start } = this.peek()
    const parts: (Node | undefined)[] = []
    let current: Node | undefined
    let colons = 0
    for (;;) {
      const before = this.place
      if (this.peek().kind === 'end' || this.accept(']')) break
      if (this.accept(':')) {
        colons++
        parts.push(current)
        current = undefined
      } else if (!this.accept(',') && this.peek().kind !== 'line') {
        if (current) parts.push(current)
        current = this.expression(2)
      } else if (this.peek().kind === 'line') this.skip()
      if (this.place === before) this.skip()
    }
    if (current || colons) parts.push(current)
    const none: Node = { kind: 'name', name: '', start, end: start }
    const args = parts.map((p) => p ?? none)
    if (!colons) return args
    const callee: Node = { kind: 'name', name: '[:]', start, end: start }
    return [{ kind: 'call', callee, args, start, end: this.before }]
  }

  /** Arguments without brackets, up to the end of the line. */
  openArgs(): Node[] {
    const out: Node[] = []
    while (this.#begins()) {
      const before = this.place
      out.push(this.#item())
      if (this.place === before) break
      if (!this.accept(',')) break
      this.skipBreaks()
      while (this.accept(',')) out.push(noNode(this.before))
    }
    return out
  }

  #begins(): boolean {
    const { kind, value, spaced } = this.peek()
    if (kind === 'text' || kind === 'number') return true
    if (kind === 'name') {
      const { binary } = this.grammar
      return !this.grammar.ends.has(value) && !Object.hasOwn(binary, value)
    }
    if (kind !== 'op') return false
    if (value === '(' || value === '-' || value === '&' || value === '[') {
      return spaced && !/\s/.test(this.text[this.peek().end] ?? ' ')
    }
    return '{:*%@$\\.<'.includes(value) &&
      value.length === 1 &&
      value !== '.' &&
      value !== '<'
      ? spaced &&
          value !== '*' &&
          value !== '%' &&
          value !== '{' &&
          value !== ':'
      : false
  }
}

/** Names up to `in`, with commas between them. */
export function variablesOf(parser: Parser): string {
  const names: string[] = []
  for (;;) {
    const { kind, value } = parser.peek()
    if (kind === 'end' || kind === 'line' || parser.is('in')) break
    if (kind === 'name') names.push(value)
    parser.next()
  }
  return names.join(',')
}
