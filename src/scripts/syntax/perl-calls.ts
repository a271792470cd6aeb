// What an expression of Perl or PHP may begin with: functions without brackets, with blocks, and of what stands for itself.
import { parameters } from './braces.ts'
import type { Parser } from './grammar.ts'
import { itemsUpTo, openArgs } from './lists.ts'
import type { Node, NodeOf } from './node.ts'
import { topicChanged } from './perl-changes.ts'
import type { Token } from './token.ts'

/** `pack(H => …)`: the sign is a comma. */
function commas(args: readonly Node[]): Node[] {
  return args.flatMap((a) =>
    a.kind === 'named'
      ? [
          {
            kind: 'text',
            value: a.name,
            via: 0,
            start: a.start,
            end: a.start,
          } as Node,
          a.value,
        ]
      : [a],
  )
}

export function primary(parser: Parser, token: Token): Node | undefined {
  const { start, value } = token
  if (token.kind === 'text')
    return wordList(parser, token) ?? topicChanged(parser, token)
  if (token.kind !== 'name') return undefined
  if (value.startsWith('$#')) return lastPlace(parser)
  if (value === 'sub' || value === 'function' || value === 'fn') {
    return value === 'sub' || parser.is('(', 1)
      ? lambda(parser, start)
      : undefined
  }
  if (value === 'new') return construct(parser, start)
  if (blockWords.has(value) && parser.is('{', 1))
    return mapped(parser, start, value)
  if (value === 'map' && !parser.is('=>', 1))
    return mappedByExpression(parser, start)
  return openCall(parser, token)
}

/** `$#list`. */
function lastPlace(parser: Parser): Node {
  const { value, start, end } = parser.next()
  const list: Node = { kind: 'name', name: `@${value.slice(2)}`, start, end }
  const callee: Node = { kind: 'name', name: '[last place]', start, end }
  return { kind: 'call', callee, args: [list], start, end }
}

function construct(parser: Parser, start: number): Node {
  parser.next()
  const callee = parser.primary()
  const args = parser.accept('(') ? itemsUpTo(parser, ')') : []
  const end = parser.before
  return { kind: 'call', callee, args, isNew: true, start, end }
}

/** A function of those that need no brackets. */
function openCall(
  parser: Parser,
  { value, start, end }: Token,
): Node | undefined {
  const given = openGiven(parser, value)
  if (!given) return undefined
  const topic: Node = { kind: 'name', name: '$_', start: end, end }
  const all: Node = { kind: 'name', name: '@_', start: end, end }
  const own =
    value === 'shift' || value === 'pop'
      ? [all]
      : ofTopic.has(value)
        ? [topic]
        : []
  const args = given.length ? given : own
  const callee: Node = { kind: 'name', name: value, start, end }
  const listed = takesLists.has(value) ? args.map(inList) : args
  const { before } = parser
  return inPlace({ kind: 'call', callee, args: listed, start, end: before })
}

const takesLists = new Set([
  'sprintf',
  'pack',
  'die',
  'join',
  'push',
  'unshift',
  'print',
  'system',
  'exec',
])

/** `reverse` gives a list where one is wanted. */
function inList(node: Node): Node {
  const isReverse =
    node.kind === 'call' &&
    node.callee.kind === 'name' &&
    node.callee.name === 'reverse'
  return isReverse
    ? { ...node, callee: { ...node.callee, name: '[reverse list]' } as Node }
    : node
}

/** `chop $x`: what the name stands for is another behind it. */
function inPlace(call: NodeOf<'call'> & Node): Node {
  const { callee, args, start, end } = call
  const name = callee.kind === 'name' ? callee.name : ''
  const target = args[0]
  const changes =
    name === 'chop' ||
    name === 'chomp' ||
    (name === 'substr' && args.length > 3)
  if (!changes || target?.kind !== 'name') return call
  const made: Node = { kind: 'assign', target, value: call, op: '', start, end }
  const given: Node = { kind: 'name', name: '', start, end }
  return { kind: 'block', body: [made, given], start, end }
}

/** What a word is given without brackets; of those that pack, in brackets too. */
function openGiven(parser: Parser, word: string): Node[] | undefined {
  const isPacked = word === 'pack' || word === 'unpack'
  const isBracket = parser.is('(', 1)
  const isOwn = isPacked || changing.has(word) || takesLists.has(word)
  if (!openWords.has(word) || (isBracket && !isOwn)) return undefined
  parser.next()
  // One that takes one value takes it before anything is compared.
  if (!isBracket && ofOne.has(word))
    return beginsValue(parser) ? [parser.expression(10)] : []
  if (!isBracket) return commas(openArgs(parser))
  parser.next()
  return commas(itemsUpTo(parser, ')'))
}

const changing = new Set(['chop', 'chomp', 'substr'])

/** Functions of one text or number, of `$_` where none is given. */
const ofOneOrTopic = [
  ...['chr', 'ord', 'lc', 'uc', 'lcfirst', 'ucfirst', 'quotemeta'],
  ...['hex', 'oct', 'int', 'abs', 'length'],
]
const ofOne = new Set([...ofOneOrTopic, 'scalar', 'shift', 'pop'])

function beginsValue(parser: Parser): boolean {
  const { kind, value } = parser.peek()
  if (kind === 'text' || kind === 'number') return true
  if (kind === 'op') return value === '(' || value === '-' || value === '\\'
  const { binary, ends } = parser.grammar
  return kind === 'name' && !ends.has(value) && !Object.hasOwn(binary, value)
}

/** Functions that take `$_` where nothing is given. */
const ofTopic = new Set([...ofOneOrTopic, 'eval', 'unlink'])

/** `map EXPRESSION, list`: the expression is worked out for each. */
function mappedByExpression(parser: Parser, start: number): Node {
  parser.next()
  const open = parser.accept('(')
  const value = parser.expression(1)
  parser.accept(',')
  const items = open ? itemsUpTo(parser, ')') : openArgs(parser)
  const end = parser.before
  return {
    kind: 'mapped',
    variable: '$_',
    over: listOf(items, start, end),
    value,
    start,
    end,
  }
}

function listOf(items: readonly Node[], start: number, end: number): Node {
  return items.length === 1 ? items[0]! : { kind: 'list', items, start, end }
}

function wordList(parser: Parser, { parts, start }: Token): Node | undefined {
  const [only] = parts?.length === 1 ? parts : []
  if (only?.kind === 'list' && !parser.text.startsWith('qw', start))
    return undefined
  if (only?.kind !== 'list' && only?.kind !== 'call') return undefined
  parser.next()
  return only
}

function lambda(parser: Parser, start: number): Node {
  parser.next()
  const params = parameters(parser)
  if (parser.accept('use')) parameters(parser)
  if (!parser.accept('=>')) {
    const body = parser.body()
    return { kind: 'lambda', params, body, start, end: parser.before }
  }
  const value = parser.expression(1)
  const { end } = value
  const result: Node = { kind: 'return', value, start: value.start, end }
  return { kind: 'lambda', params, body: [result], start, end }
}

const blockWords = new Set(['map', 'grep', 'sort', 'eval', 'do'])

/** Words of Perl and PHP whose arguments need no brackets. */
const openWords = new Set([
  'join',
  'pack',
  'unpack',
  'reverse',
  'split',
  'chr',
  'ord',
  'map',
  'system',
  'exec',
  'eval',
  'open',
  'require',
  'require_once',
  'include',
  'include_once',
  'lc',
  'uc',
  'hex',
  'oct',
  'int',
  'abs',
  'length',
  'index',
  'rindex',
  'substr',
  'quotemeta',
  'sprintf',
  'decode_base64',
  'shift',
  'pop',
  'push',
  'scalar',
  'lcfirst',
  'ucfirst',
  'chop',
  'chomp',
  'unshift',
  'sort',
  'unlink',
  'chmod',
  'socket',
  'connect',
  'bind',
  'print',
  'die',
])

/** `map { … } list`. */
function mapped(parser: Parser, start: number, word: string): Node {
  parser.next()
  const body = parser.body()
  if (word === 'eval' || word === 'do')
    return { kind: 'block', body, start, end: parser.before }
  parser.accept(',')
  const isTight = parser.is('(') && !parser.peek().spaced
  const items =
    isTight && parser.accept('(') ? itemsUpTo(parser, ')') : openArgs(parser)
  const end = parser.before
  const over = listOf(items, start, end)
  const at = { start, end }
  const block: Node = { kind: 'block', body, ...at }
  if (word === 'sort') {
    // In an order that the block says.
    const callee: Node = { kind: 'name', name: '[ordered]', ...at }
    const lambda: Node = { kind: 'lambda', params: [], body, ...at }
    return { kind: 'call', callee, args: [lambda, over], ...at }
  }
  const value: Node = body.length > 1 ? block : (body[0] ?? over)
  if (word === 'map')
    return { kind: 'mapped', variable: '$_', over, value, ...at }
  const topic: Node = { kind: 'name', name: '$_', ...at }
  return {
    kind: 'mapped',
    variable: '$_',
    over,
    value: topic,
    test: value,
    ...at,
  }
}
