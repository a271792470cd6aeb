// Expressions of PowerShell.
import { countedAfter, countedBefore } from '../syntax/counting.ts'
import { between, type Node, type NodeOf } from '../syntax/node.ts'
import type { Cursor } from './cursor.ts'
import { operatorAt } from './operators.ts'
import { hereText, opensText, readText } from './texts.ts'

/** What expressions need of statements, which need them. */
export interface Statements {
  /** Up to the closing sign, which is taken. */
  block(cursor: Cursor, close: ')' | '}'): Node[]
  pipeline(cursor: Cursor): Node | undefined
}

/** Items of one list that is written out. */
const maxItems = 200_000

export class Expressions {
  readonly #statements: Statements
  /** Commas make lists, but between the arguments of a method. */
  #makesLists = true

  constructor(statements: Statements) {
    this.#statements = statements
  }

  expression(cursor: Cursor, least = 0): Node {
    if (!cursor.enter()) {
      cursor.leave()
      return nothing(cursor.at)
    }
    let left = this.#list(cursor)
    for (;;) {
      const more = this.#more(cursor, left, least)
      if (!more) break
      left = more
    }
    cursor.leave()
    return left
  }

  #more(cursor: Cursor, left: Node, least: number): Node | undefined {
    const place = cursor.at
    cursor.blanks()
    const found = operatorAt(cursor)
    if (!found || found.binds < least) {
      cursor.at = place
      return undefined
    }
    cursor.blanks(true)
    const isType = found.means === 'as' && cursor.c === '['
    const right =
      (isType ? typeLiteral(cursor) : undefined) ??
      this.expression(cursor, found.binds + 1)
    return combined(found.means, left, right)
  }

  #asList<T>(makesLists: boolean, read: () => T): T {
    const before = this.#makesLists
    this.#makesLists = makesLists
    const node = read()
    this.#makesLists = before
    return node
  }

  #block(cursor: Cursor, close: ')' | '}'): Node[] {
    return this.#asList(true, () => this.#statements.block(cursor, close))
  }

  /** `a, b, c`: binds closer than any sign. */
  #list(cursor: Cursor): Node {
    const first = this.#unary(cursor)
    const items = [first]
    for (;;) {
      const place = cursor.at
      cursor.blanks()
      if (!this.#makesLists || !cursor.accept(',')) {
        cursor.at = place
        break
      }
      cursor.blanks(true)
      const before = cursor.at
      const item = this.#unary(cursor)
      if (items.length < maxItems) items.push(item)
      if (cursor.at === before) break
    }
    return items.length > 1
      ? { kind: 'list', items, ...between(first, items.at(-1)!) }
      : first
  }

  #unary(cursor: Cursor): Node {
    const start = cursor.at
    if (cursor.accept(',')) {
      cursor.blanks()
      const item = this.#unary(cursor)
      return { kind: 'list', items: [item], start, end: cursor.at }
    }
    const word = cursor.take(/-(?:not|bnot|join|i?split|csplit)\b/iy)
    if (word) return this.#worded(cursor, word.slice(1).toLowerCase(), start)
    if (cursor.accept('!')) return this.#negated(cursor, 'not', start)
    const sign = cursor.take(/\+\+|--/y)
    if (sign) return countedBefore(this.#unary(cursor), sign, start)
    if (/[-+]/.test(cursor.c) && /[\d.$(["']/.test(cursor.peek())) {
      const sign = cursor.c
      cursor.at++
      return this.#negated(cursor, sign, start)
    }
    return this.postfix(cursor, this.primary(cursor))
  }

  #negated(cursor: Cursor, op: string, start: number): Node {
    cursor.blanks()
    const operand = this.#unary(cursor)
    return { kind: 'unary', op, operand, start, end: cursor.at }
  }

  /** `-join $list`, `-not $x`. */
  #worded(cursor: Cursor, word: string, start: number): Node {
    if (word === 'not') return this.#negated(cursor, 'not', start)
    if (word === 'bnot') return this.#negated(cursor, '~', start)
    cursor.blanks()
    // It binds closer than a comma.
    const operand = this.#unary(cursor)
    const { at } = cursor
    const plain = (value: string): Node => textAt(value, start)
    return word === 'join'
      ? call('[join]', [operand, plain('')], start, at)
      : call('[split]', [operand, plain(''), plain('blanks')], start, at)
  }

  primary(cursor: Cursor): Node {
    const { c, at } = cursor
    if (opensText(c)) return readText(cursor, (k) => this.variable(k))
    switch (c) {
      case '$':
        return this.variable(cursor)
      case '@':
        return this.#at(cursor)
      case '(':
        cursor.at++
        return {
          ...inBrackets(this.#block(cursor, ')'), at, cursor.at),
          start: at,
        }
      case '{': {
        cursor.at++
        const body = this.#block(cursor, '}')
        return {
          kind: 'lambda',
          params: paramsOf(body),
          body,
          start: at,
          end: cursor.at,
        }
      }
      case '[':
        return this.#type(cursor)
      default:
        return number(cursor) ?? word(cursor)
    }
  }

  #at(cursor: Cursor): Node {
    const { at } = cursor
    const next = cursor.peek()
    if (opensText(next)) return hereText(cursor, (k) => this.variable(k))
    if (next === '(') {
      cursor.at += 2
      const body = this.#block(cursor, ')')
      const only = body.length === 1 ? body[0]! : undefined
      const items = only?.kind === 'list' ? only.items : body
      return only && only.kind !== 'list' && !isSingle(only)
        ? call('[array]', [only], at, cursor.at)
        : { kind: 'list', items, start: at, end: cursor.at }
    }
    if (next === '{') return this.#table(cursor)
    cursor.at++
    const name = cursor.take(/[\w:]+/y) ?? ''
    return {
      kind: 'name',
      name: `$${name.toLowerCase()}`,
      start: at,
      end: cursor.at,
    }
  }

  #table(cursor: Cursor): Node {
    const start = cursor.at
    cursor.at += 2
    const entries: [Node, Node][] = []
    while (!cursor.done) {
      cursor.blanks(true)
      if (cursor.accept('}')) break
      if (cursor.accept(';')) continue
      const before = cursor.at
      const key =
        opensText(cursor.c) || cursor.c === '$' || cursor.c === '('
          ? this.primary(cursor)
          : word(cursor)
      cursor.blanks()
      if (cursor.accept('=')) {
        cursor.blanks(true)
        entries.push([
          key,
          this.#asList(true, () => this.#statements.pipeline(cursor)) ??
            nothing(cursor.at),
        ])
      }
      if (cursor.at === before) cursor.at++
    }
    return { kind: 'map', entries, start, end: cursor.at }
  }

  /** `[type]`, `[type]::member`, `[type] value`. */
  #type(cursor: Cursor): Node {
    const start = cursor.at
    const name = typeLiteral(cursor)
    if (!name) {
      cursor.at++
      return nothing(start)
    }
    const { name: type } = name
    if (cursor.is('::')) return name
    const place = cursor.at
    cursor.blanks()
    if (
      !/[$@("'[{\d,-]/.test(cursor.c) ||
      (cursor.c === '-' &&
        !/[\d$(]/.test(cursor.peek()) &&
        !/^-join\b/i.test(cursor.text.slice(cursor.at, cursor.at + 6)))
    ) {
      cursor.at = place
      return name
    }
    const value = this.#unary(cursor)
    const as: Node = { kind: 'text', value: type, via: 0, start, end: place }
    return call('[cast]', [as, value], start, cursor.at)
  }

  variable(cursor: Cursor): Node {
    const start = cursor.at
    if (cursor.accept('$(')) {
      const body = this.#block(cursor, ')')
      const at = { start, end: cursor.at }
      // Counting and setting give nothing.
      const isSilent = body.length === 1 && isCounted(body[0]!)
      return isSilent
        ? { kind: 'block', body: [...body, textAt('', start)], ...at }
        : { ...inBrackets(body, start, cursor.at), start }
    }
    if (cursor.accept('${')) {
      const name = cursor.take(/[^}]{0,256}/y) ?? ''
      cursor.accept('}')
      return {
        kind: 'name',
        name: `$${name.replaceAll('`', '').toLowerCase()}`,
        start,
        end: cursor.at,
      }
    }
    cursor.at++
    const name = cursor.take(/(?:\w{1,128}:(?=\w))?\w{1,256}|[?^$]/y) ?? ''
    return {
      kind: 'name',
      name: `$${name.toLowerCase()}`,
      start,
      end: cursor.at,
    }
  }

  /** Members and items, without a space before them. */
  postfix(cursor: Cursor, first: Node): Node {
    let node = first
    for (let links = 0; links < 100 && !cursor.done; links++) {
      const more = this.#link(cursor, node)
      if (!more) break
      node = more
    }
    return node
  }

  #link(cursor: Cursor, object: Node): Node | undefined {
    const { start } = object
    const sign = cursor.take(/\+\+|--/y)
    if (sign) return countedAfter(object, sign, cursor.at)
    if (cursor.c === '[') {
      cursor.at++
      cursor.blanks(true)
      const key = this.#asList(true, () => this.expression(cursor))
      cursor.blanks(true)
      cursor.accept(']')
      const args = key.kind === 'list' ? key.items : [key]
      return { kind: 'index', object, args, start, end: cursor.at }
    }
    const isStatic = cursor.is('::')
    if (!isStatic && !(cursor.c === '.' && /[\w"'$({`]/.test(cursor.peek())))
      return undefined
    cursor.at += isStatic ? 2 : 1
    cursor.blanks()
    const name = this.#memberName(cursor)
    const member: NodeOf<'member'> = {
      kind: 'member',
      object,
      name,
      start,
      end: cursor.at,
    }
    if (cursor.c !== '(') return member
    cursor.at++
    const args = this.#arguments(cursor)
    return { kind: 'call', callee: member, args, start, end: cursor.at }
  }

  #memberName(cursor: Cursor): Node {
    const { c, at } = cursor
    if (opensText(c)) return readText(cursor, (k) => this.variable(k))
    if (c === '$' || c === '(' || c === '{') return this.primary(cursor)
    const name = cursor.take(/[\w`]{1,256}/y) ?? ''
    return {
      kind: 'text',
      value: name.replaceAll('`', ''),
      via: 0,
      start: at,
      end: cursor.at,
    }
  }

  #arguments(cursor: Cursor): Node[] {
    const out: Node[] = []
    while (!cursor.done) {
      cursor.blanks(true)
      if (cursor.accept(')')) break
      if (cursor.accept(',')) continue
      const before = cursor.at
      out.push(this.#asList(false, () => this.expression(cursor)))
      if (cursor.at === before) cursor.at++
    }
    return out
  }
}

/** `[type]`, by its name without `System.`. */
function typeLiteral(cursor: Cursor): NodeOf<'name'> | undefined {
  const start = cursor.at
  const written = cursor.take(/\[[\w.,+`\s[\]]{1,200}?\](?=[^\]]|$)/y)
  if (!written) return undefined
  const name = written
    .slice(1, -1)
    .replace(/`\d+|\s/g, '')
    .toLowerCase()
    .replace(/^system\./, '')
  return { kind: 'name', name, start, end: cursor.at }
}

function combined(means: string, left: Node, right: Node): Node {
  const at = between(left, right)
  const { start, end } = at
  const withCase = /^c(?:split|replace)$/.test(means) ? [textAt('c', end)] : []
  switch (means) {
    case 'join':
    case 'cjoin':
      return call('[join]', [left, right], start, end)
    case 'split':
    case 'csplit':
      return call('[split]', [left, right, ...withCase], start, end)
    case 'replace':
    case 'creplace': {
      const [from, to] = right.kind === 'list' ? right.items : [right]
      const none = nothing(end)
      const args = [left, from ?? none, to ?? none, ...withCase]
      return call('[replace]', args, start, end)
    }
    case 'as': {
      const type = right.kind === 'name' ? textAt(right.name, end) : right
      return call('[cast]', [type, left], start, end)
    }
    default:
      return { kind: 'binary', op: means, left, right, ...at }
  }
}

function textAt(value: string, at: number): Node {
  return { kind: 'text', value, via: 0, start: at, end: at }
}

export function call(
  name: string,
  args: readonly Node[],
  start: number,
  end: number,
): Node {
  return {
    kind: 'call',
    callee: { kind: 'name', name, start, end: start },
    args,
    start,
    end,
  }
}

export function nothing(at: number): Node {
  return { kind: 'name', name: '', start: at, end: at }
}

function number(cursor: Cursor): Node | undefined {
  const { at } = cursor
  const raw = cursor.take(
    /0x[0-9a-f]{1,16}|\d{1,30}(?:\.\d{1,30})?(?:e[-+]?\d{1,3})?(?:[kmgtp]b|[ldu])?(?![\w])/iy,
  )
  if (!raw) return undefined
  const units: Readonly<Record<string, number>> = {
    k: 1024,
    m: 1024 ** 2,
    g: 1024 ** 3,
  }
  const value =
    (/^0x/i.test(raw) ? Number.parseInt(raw, 16) : Number.parseFloat(raw)) *
    (/b$/i.test(raw) && !/^0x/i.test(raw)
      ? (units[raw.at(-2)!.toLowerCase()] ?? 1)
      : 1)
  const node = { kind: 'number', value, start: at, end: cursor.at } as const
  return /^0x/i.test(raw) || !/[.e]/i.test(raw)
    ? node
    : { ...node, isReal: true }
}

function word(cursor: Cursor): Node {
  const { at } = cursor
  const name = cursor.take(/[\w.:\\-]{1,256}/y) ?? ''
  return { kind: 'text', value: name, via: 0, start: at, end: cursor.at }
}

function inBrackets(body: readonly Node[], start: number, end: number): Node {
  return body.length === 1 ? body[0]! : { kind: 'block', body, start, end }
}

function isCounted(node: Node): boolean {
  return (
    node.kind === 'assign' ||
    (node.kind === 'binary' && node.left.kind === 'assign')
  )
}

function isSingle(node: Node): boolean {
  return (
    node.kind === 'text' ||
    node.kind === 'number' ||
    node.kind === 'template' ||
    node.kind === 'map'
  )
}

/** Of a `param(…)` at the beginning of a block. */
export function paramsOf(body: readonly Node[]): string[] {
  const [outer] = body
  const first = outer?.kind === 'block' ? outer.body[0] : outer
  if (
    first?.kind !== 'call' ||
    first.callee.kind !== 'name' ||
    first.callee.name !== '[param]'
  )
    return []
  return first.args.flatMap((a) => (a.kind === 'name' ? [a.name] : []))
}
