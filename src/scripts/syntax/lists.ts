// What stands in brackets, and arguments that stand without them.
import { between, type Node, noNode } from './node.ts'
import type { Parser } from './grammar.ts'

/** Arguments and items of one bracket. */
const maxItems = 200_000

export function map(parser: Parser): Node {
  const { start } = parser.next()
  const entries: [Node, Node][] = []
  while (!parser.is('}') && parser.peek().kind !== 'end') {
    const before = parser.place
    parser.skipBreaks()
    if (parser.is('}')) break
    const key = parser.expression(2)
    const value = parser.accept(':', '=>') ? parser.expression(1) : key
    entries.push([key, value])
    if (parser.is('{')) parser.body()
    parser.accept(',', ';')
    parser.skipBreaks()
    if (parser.place === before) parser.skip()
  }
  parser.accept('}')
  return { kind: 'map', entries, start, end: parser.before }
}

/** Up to the closing bracket. */
export function itemsUpTo(
  parser: Parser,
  close: string,
  /** What stands for an item that is left out: `[,a]`. Absent: nothing does. */
  left?: string,
): Node[] {
  const out: Node[] = []
  let isOpen = true
  for (;;) {
    parser.skipBreaks()
    const { kind, start, end } = parser.peek()
    if (kind === 'end' || parser.accept(close)) break
    const before = parser.place
    if (parser.accept(',')) {
      if (isOpen && left !== undefined && out.length < maxItems)
        out.push({ kind: 'name', name: left, start, end })
      isOpen = true
      continue
    }
    isOpen = false
    if (out.length < maxItems) out.push(item(parser))
    if (parser.place === before) parser.skip()
  }
  return out
}

function item(parser: Parser, least = 0): Node {
  const { start } = parser.peek()
  if (
    parser.peek().kind === 'name' &&
    ((parser.is('=', 1) && parser.grammar.keywordArguments) ||
      (parser.is(':=', 1) && parser.grammar.colonEnds))
  ) {
    const name = parser.next().value
    parser.next()
    const value = parser.expression(parser.grammar.keywordArguments ? 1 : 2)
    return { kind: 'named', name, value, start, end: value.end }
  }
  const value = parser.expression(least)
  if (parser.is('for') && !parser.is('(', 1))
    return comprehension(parser, value)
  const names = parser.grammar.colonEnds ? ['=>'] : ['=>', ':']
  if (parser.accept(...names)) {
    const other = parser.expression(1)
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

/** Python's `value for name in list if test`, and more of these, each within the one before it. */
function comprehension(parser: Parser, value: Node): Node {
  const { start } = value
  const outer = parser.enter()
  parser.next()
  const variable = variablesOf(parser)
  parser.accept('in')
  const over = parser.expression(6)
  const test = tests(parser)
  const inner =
    outer && parser.is('for') && insideLine(parser)
      ? comprehension(parser, value)
      : undefined
  parser.leave()
  return {
    kind: 'mapped',
    variable,
    over,
    value: inner ?? value,
    start,
    end: parser.before,
    ...(test && { test }),
    ...(inner && { flat: true }),
  }
}

/** All that must hold. */
function tests(parser: Parser): Node | undefined {
  let all: Node | undefined
  while (parser.is('if') && insideLine(parser)) {
    parser.next()
    const one = parser.expression(2)
    all = all
      ? {
          kind: 'binary',
          op: 'and',
          left: all,
          right: one,
          ...between(all, one),
        }
      : one
  }
  return all
}

function insideLine(parser: Parser): boolean {
  const { kind, value } = parser.peek()
  return kind !== 'end' && kind !== 'line' && value !== ')' && value !== ']'
}

/** Arguments without brackets, up to the end of the line. */
export function openArgs(parser: Parser): Node[] {
  const out: Node[] = []
  while (begins(parser)) {
    const before = parser.place
    out.push(item(parser, 1))
    if (parser.place === before) break
    if (!parser.accept(',')) break
    parser.skipBreaks()
    while (parser.accept(',')) out.push(noNode(parser.before))
  }
  return out
}

function begins(parser: Parser): boolean {
  const { kind, value, spaced } = parser.peek()
  if (kind === 'text' || kind === 'number') return true
  if (kind === 'name') {
    const { binary } = parser.grammar
    return !parser.grammar.ends.has(value) && !Object.hasOwn(binary, value)
  }
  if (kind !== 'op') return false
  if (value === '(' || value === '-' || value === '&' || value === '[') {
    return spaced && !/\s/.test(parser.text[parser.peek().end] ?? ' ')
  }
  return '{:*%@$\\.<'.includes(value) &&
    value.length === 1 &&
    value !== '.' &&
    value !== '<'
    ? spaced && value !== '*' && value !== '%' && value !== '{' && value !== ':'
    : false
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

/** What a name stands for where nothing is given for it. */
export function unlessGiven(
  { value: name, start, end }: { value: string; start: number; end: number },
  value: Node,
): Node {
  const target: Node = { kind: 'name', name, start, end }
  const own: Node = {
    kind: 'binary',
    op: 'default',
    left: target,
    right: value,
    start,
    end,
  }
  return { kind: 'assign', target, value: own, op: '', start, end }
}
