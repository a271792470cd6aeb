// What follows a value and belongs to it: a member, an index, arguments, a block.
import { countedAfter, isCounting } from './counting.ts'
import { itemsUpTo } from './lists.ts'
import type { Node } from './node.ts'
import type { Parser } from './grammar.ts'

export function link(parser: Parser, node: Node): Node | undefined {
  const token = parser.peek()
  const { value, kind } = token
  if (kind === 'text' && parser.grammar.taggedTexts) return tagged(parser, node)
  if (kind !== 'op') return parser.grammar.block && withBlock(parser, node)
  if (isCounting(value) && Object.hasOwn(parser.grammar.unary, value)) {
    parser.next()
    return countedAfter(node, value, parser.before)
  }
  if (parser.grammar.members.includes(value)) return member(parser, node)
  if (value === '(' && node.kind !== 'text' && node.kind !== 'number') {
    parser.next()
    const args = itemsUpTo(parser, ')')
    const call: Node = {
      kind: 'call',
      callee: node,
      args,
      start: node.start,
      end: parser.before,
    }
    return (parser.grammar.block && withBlock(parser, call)) ?? call
  }
  const isKeyed = node.kind === 'name' && node.name.startsWith('$')
  if (value === '{' && parser.grammar.keyedNames && isKeyed && !token.spaced)
    return inBraces(parser, node)
  if (value === '[' && !(parser.grammar.spacedLists && token.spaced)) {
    parser.next()
    const args = slice(parser)
    return {
      kind: 'index',
      object: node,
      args,
      start: node.start,
      end: parser.before,
    }
  }
  return parser.grammar.block && withBlock(parser, node)
}

/** `` f`text` ``. */
function tagged(parser: Parser, callee: Node): Node | undefined {
  const isName = callee.kind === 'name' || callee.kind === 'member'
  if (!isName || parser.text[parser.peek().start] !== '`') return undefined
  const given = parser.textOf()
  const args = [isRaw(callee) ? asWritten(parser.text, given) : given]
  return { kind: 'call', callee, args, start: callee.start, end: parser.before }
}

/** `String.raw`: signs that hide letters elsewhere are letters. */
function isRaw(callee: Node): boolean {
  return (
    callee.kind === 'member' &&
    callee.object.kind === 'name' &&
    callee.object.name === 'String' &&
    callee.name.kind === 'text' &&
    callee.name.value === 'raw'
  )
}

function asWritten(text: string, given: Node): Node {
  const { start, end } = given
  if (given.kind === 'text')
    return { ...given, value: text.slice(start + 1, end - 1), via: 0 }
  if (given.kind !== 'template') return given
  const parts = given.parts.map((part) =>
    part.kind === 'text'
      ? { ...part, value: text.slice(part.start, part.end), via: 0 }
      : part,
  )
  return { ...given, parts }
}

function withBlock(parser: Parser, node: Node): Node | undefined {
  if (node.kind === 'text' || node.kind === 'number') return undefined
  const block = parser.grammar.block?.(parser)
  if (!block) return undefined
  const { start } = node
  const end = parser.before
  return node.kind === 'call'
    ? { ...node, args: [...node.args, block], end }
    : { kind: 'call', callee: node, args: [block], start, end }
}

function member(parser: Parser, object: Node): Node {
  const { value: link } = parser.next()
  parser.skipBreaks()
  const token = parser.peek()
  const { start, end, value } = token
  if (token.kind === 'name' || token.kind === 'number') {
    parser.next()
    // Perl and PHP: `$object->$name` is the member that the name stands for.
    const isNamed = link !== '.' && value.startsWith('$')
    const name: Node = isNamed
      ? { kind: 'name', name: value, start, end }
      : { kind: 'text', value, via: 0, start, end }
    return { kind: 'member', object, name, start: object.start, end }
  }
  // `$object->(…)`, `object?.[…]`, `$object->{…}`: the brackets say what is meant.
  if (value === '{') return inBraces(parser, object)
  if (token.kind === 'text') {
    const name = parser.textOf()
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

/** `$x->{name}`, `$x{name}`: a word there is a text. */
function inBraces(parser: Parser, object: Node): Node {
  parser.next()
  const { kind, value, start, end } = parser.peek()
  let name: Node
  if (kind === 'name' && /^\w+$/.test(value) && parser.is('}', 1)) {
    parser.next()
    name = { kind: 'text', value, via: 0, start, end }
  } else name = parser.expression()
  parser.accept('}')
  const { start: from } = object
  return {
    kind: 'index',
    object,
    args: [name],
    start: from,
    end: parser.before,
  }
}

/** Of an index: Python's parts of a slice stand as a call of `slice`. */
function slice(parser: Parser): Node[] {
  const { start } = parser.peek()
  const parts: (Node | undefined)[] = []
  let current: Node | undefined
  let colons = 0
  for (;;) {
    const before = parser.place
    if (parser.peek().kind === 'end' || parser.accept(']')) break
    if (parser.accept(':')) {
      colons++
      parts.push(current)
      current = undefined
    } else if (!parser.accept(',') && parser.peek().kind !== 'line') {
      if (current) parts.push(current)
      current = parser.expression(2)
    } else if (parser.peek().kind === 'line') parser.skip()
    if (parser.place === before) parser.skip()
  }
  if (current || colons) parts.push(current)
  const none: Node = { kind: 'name', name: 'None', start, end: start }
  const args = parts.map((p) => p ?? none)
  if (!colons) return args
  const callee: Node = { kind: 'name', name: '[:]', start, end: start }
  return [{ kind: 'call', callee, args, start, end: parser.before }]
}
