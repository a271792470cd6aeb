// Commands of PowerShell: words and arguments, piped into each other.
import { between, type Node } from '../syntax/node.ts'
import type { Cursor } from './cursor.ts'
import { type Expressions, nothing } from './expressions.ts'
import { bareWord, opensText } from './texts.ts'

export class Pipelines {
  readonly #expressions: Expressions
  /** What an assignment is given. */
  readonly #statement: (cursor: Cursor) => Node | undefined

  constructor(
    expressions: Expressions,
    statement: (cursor: Cursor) => Node | undefined,
  ) {
    this.#expressions = expressions
    this.#statement = statement
  }

  pipeline(cursor: Cursor): Node | undefined {
    let node = this.#element(cursor, undefined)
    while (!cursor.done) {
      cursor.blanks()
      if (cursor.c === '|' && cursor.peek() !== '|') {
        cursor.at++
        cursor.blanks(true)
        const before = cursor.at
        node = this.#element(cursor, node) ?? node
        if (cursor.at === before) break
      } else if (!this.#redirect(cursor)) break
    }
    return node
  }

  #redirect(cursor: Cursor): boolean {
    if (!cursor.take(/[\d*]?>>?(?:&\d)?/y)) return false
    cursor.blanks()
    if (!/[\s;|)}]/.test(cursor.c) && !cursor.done)
      bareWord(cursor, (c) => this.#expressions.variable(c))
    return true
  }

  #element(cursor: Cursor, from: Node | undefined): Node | undefined {
    const start = cursor.at
    const invokes =
      cursor.c === '&' || (cursor.c === '.' && /[\s"'$(]/.test(cursor.peek()))
    if (invokes) {
      cursor.at++
      cursor.blanks()
      const first =
        opensText(cursor.c) || /[$({@]/.test(cursor.c)
          ? this.#expressions.postfix(cursor, this.#expressions.primary(cursor))
          : bareWord(cursor, (c) => this.#expressions.variable(c))
      return this.command(cursor, first, start, from)
    }
    if (!beginsExpression(cursor)) {
      const first = bareWord(cursor, (c) => this.#expressions.variable(c))
      return this.command(cursor, first, start, from)
    }
    const left = this.#expressions.expression(cursor)
    cursor.blanks()
    const assigns = cursor.take(/(?:[-+*/%]|\?\?)?=(?!=)/y)
    if (!assigns)
      return from
        ? { kind: 'command', words: [left], from, start, end: cursor.at }
        : left
    cursor.blanks(true)
    const value = this.#statement(cursor) ?? nothing(cursor.at)
    const op = assigns === '=' || assigns === '??=' ? '' : assigns[0]!
    return {
      kind: 'assign',
      target: unCast(left),
      value,
      op,
      start,
      end: cursor.at,
    }
  }

  command(
    cursor: Cursor,
    first: Node,
    start: number,
    from: Node | undefined,
  ): Node {
    const words = [first]
    while (!cursor.done) {
      cursor.blanks()
      const { c } = cursor
      if (
        c === '' ||
        /[\n\r;|)}]/.test(c) ||
        (c === '&' && cursor.peek() === '&')
      )
        break
      if (c === '&') {
        cursor.at++
        continue
      }
      if (this.#redirect(cursor)) continue
      const before = cursor.at
      words.push(this.#argument(cursor))
      if (cursor.at === before) cursor.at++
    }
    return {
      kind: 'command',
      words,
      ...(from && { from }),
      start: from?.start ?? start,
      end: cursor.at,
    }
  }

  #argument(cursor: Cursor): Node {
    const items = [this.#oneArgument(cursor)]
    const { start } = items[0]!
    for (;;) {
      const place = cursor.at
      cursor.blanks()
      if (!cursor.accept(',')) {
        cursor.at = place
        break
      }
      cursor.blanks(true)
      const before = cursor.at
      items.push(this.#oneArgument(cursor))
      if (cursor.at === before) break
    }
    return items.length > 1
      ? { kind: 'list', items, start, end: cursor.at }
      : items[0]!
  }

  /** `@table`: its names and values are words. */
  #spread(cursor: Cursor): Node {
    const { at: start } = cursor
    const operand = this.#expressions.primary(cursor)
    return { kind: 'unary', op: 'spread', operand, start, end: cursor.at }
  }

  #oneArgument(cursor: Cursor): Node {
    const { c } = cursor
    if (c === '@' && /[\w?]/.test(cursor.peek())) return this.#spread(cursor)
    if (c === '(' || c === '{' || c === '@' || c === '$') {
      const node = this.#expressions.postfix(
        cursor,
        this.#expressions.primary(cursor),
      )
      // `$x\y`: the word goes on.
      if (cursor.at < cursor.end && !/[\s;|&(){},]/.test(cursor.c)) {
        const rest = bareWord(cursor, (k) => this.#expressions.variable(k))
        return { kind: 'template', parts: [node, rest], ...between(node, rest) }
      }
      return node
    }
    if (
      c === '[' &&
      /^\[[\w.]+\]::/.test(cursor.text.slice(cursor.at, cursor.at + 80))
    )
      return this.#expressions.postfix(
        cursor,
        this.#expressions.primary(cursor),
      )
    if (opensText(c)) {
      const node = this.#expressions.primary(cursor)
      if (cursor.at >= cursor.end || /[\s;|&(){},]/.test(cursor.c)) return node
      if (cursor.c === '.' || cursor.c === '[')
        return this.#expressions.postfix(cursor, node)
      const rest = bareWord(cursor, (k) => this.#expressions.variable(k))
      return { kind: 'template', parts: [node, rest], ...between(node, rest) }
    }
    return asNumber(bareWord(cursor, (k) => this.#expressions.variable(k)))
  }
}

/** A whole number is one, as long as it is written as it would be shown. */
function asNumber(word: Node): Node {
  const { start, end } = word
  return word.kind === 'text' && /^(?:0|[1-9]\d{0,8})$/.test(word.value)
    ? { kind: 'number', value: Number(word.value), start, end }
    : word
}

/** `[string]$x = …` sets `$x`. */
function unCast(target: Node): Node {
  const isCast =
    target.kind === 'call' &&
    target.callee.kind === 'name' &&
    target.callee.name === '[cast]'
  return isCast ? (target.args[1] ?? target) : target
}

function beginsExpression(cursor: Cursor): boolean {
  const { c } = cursor
  if (
    c === '$' ||
    c === '@' ||
    c === '(' ||
    c === '{' ||
    c === '[' ||
    c === ',' ||
    c === '!' ||
    opensText(c)
  )
    return true
  if (/\d/.test(c))
    return /^\d[\d.]*(?:[^\w.\\/:-]|$|[/-]\d+\b(?![\w.\\:-])|(?:[kmgtp]b|[ld])\b)|^0x/i.test(
      cursor.text.slice(cursor.at, cursor.at + 24),
    )
  if (c === '-')
    return /^-(?:join|split|not|bnot|\d|\$|\()/i.test(
      cursor.text.slice(cursor.at, cursor.at + 8),
    )
  return c === '+' && cursor.peek() === '+'
}
