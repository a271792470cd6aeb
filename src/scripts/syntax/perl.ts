// Perl and PHP: names with signs, text joined by a point.
import { withoutTail } from '../../base/without-tail.ts'

import { braceStatement, parameters } from './braces.ts'
import { closingBracket, type Lexer } from './lexer.ts'
import { maxDepth } from '../budget.ts'
import { itemsUpTo, openArgs } from './lists.ts'
import { ExpressionParser } from './parser.ts'
import { regularExpression } from './javascript.ts'
import type { Node } from './node.ts'
import { cAssigns, cOperators, operator, cSigns, signs } from './operators.ts'
import type { Grammar, Parser } from './grammar.ts'
import type { Token } from './token.ts'

const held = /[$@]\{|[$@][A-Za-z_]\w{0,60}/

/** `q(…)`, `qq{…}`, `qw/…/`, `qx(…)`, `m/…/`, `s/…/…/`, `tr/…/…/`. */
function quoteLike(lexer: Lexer, before: Token | undefined): Token | undefined {
  const { text, at } = lexer
  const found = /(qq|qw|qx|qr|q|m|s|tr|y)(?=[^\w\s,;=>)]|\s*[{(])/y
  found.lastIndex = at
  const word = found.exec(text)?.[1]
  if (
    !word ||
    before?.value === '->' ||
    before?.value === '{' ||
    before?.value === '$' ||
    before?.value === '%'
  )
    return undefined
  if (/^\s*=>/.test(text.slice(at + word.length, at + word.length + 8)))
    return undefined
  let open = at + word.length
  while (/\s/.test(text[open] ?? '')) open++
  let close = closingBracket(text, open, lexer.end)
  const first = [open + 1, Math.min(close - 1, lexer.end)] as const
  if (word === 's' || word === 'tr' || word === 'y') {
    const isBracket = '([{<'.includes(text[open]!)
    close = closingBracket(text, isBracket ? close : close - 1, lexer.end)
  }
  while (/[a-z]/.test(text[close] ?? '') && word.length === 1 && word !== 'q')
    close++
  lexer.at = Math.min(close, lexer.end)
  if (/^(m|s|tr|y|qr)$/.test(word))
    return lexer.token('text', at, text.slice(at, lexer.at))
  const end = lexer.at
  const rule = {
    open: '',
    close: '',
    escape: word === 'q' || word === 'qw' ? ('quote' as const) : ('c' as const),
    ...(word !== 'q' && word !== 'qw' && { holds: held }),
    ...(word === 'qx' && { runs: true as const }),
  }
  const token = lexer.textToken(rule, at, first[0], first[1])
  lexer.at = end
  return word === 'qw' ? { ...token, parts: words(token, first[0]) } : token
}

/** The list that `qw` is stands as a template of one list. */
function words(token: Token, from: number): Node[] {
  const items = token.value
    .split(/\s+/)
    .filter(Boolean)
    .map(
      (value): Node => ({
        kind: 'text',
        value,
        via: 0,
        start: from,
        end: token.end,
      }),
    )
  return [{ kind: 'list', items, start: token.start, end: token.end }]
}

/** `'A'x4`: no name, though it has the letters of one. */
function times(lexer: Lexer, before: Token | undefined): Token | undefined {
  const { text, at } = lexer
  const isNext = text[at] === 'x' && /[\d(]/.test(text[at + 1] ?? '')
  const isBehind = before?.kind === 'text' || before?.value === ')'
  if (!isNext || !isBehind) return undefined
  lexer.at = at + 1
  return lexer.token('op', at, 'x')
}

/** `<$handle>`, `<STDIN>`, `<>`: the next line. */
function lineOf(lexer: Lexer, before: Token | undefined): Token | undefined {
  const { text, at } = lexer
  const found = /<(\$?[A-Za-z_]\w{0,60}|)>/y
  found.lastIndex = at
  const [all, handle = ''] = found.exec(text) ?? []
  const isValue =
    before?.kind === 'number' ||
    before?.kind === 'text' ||
    /^[)\]}]$/.test(before?.value ?? '') ||
    (before?.kind === 'name' && /^[$@%]/.test(before.value))
  if (!all || isValue) return undefined
  lexer.at = at + all.length
  const { at: end } = lexer
  const callee: Node = { kind: 'name', name: 'readline', start: at, end: at }
  const name = handle || 'STDIN'
  const args: Node[] = [{ kind: 'name', name, start: at + 1, end }]
  const call: Node = { kind: 'call', callee, args, start: at, end }
  return { ...lexer.token('text', at, all), parts: [call] }
}

/** Words behind which a slash opens a pattern. */
const mayPrecedePattern =
  /^(?:split|grep|map|join|if|unless|and|or|not|return|while|until|when)$/

/** `<<"END"`, `<<~END`, PHP's `<<<'END'`: the lines up to the word. */
export function hereDocument(lexer: Lexer): Token | undefined {
  const { text, at } = lexer
  const found = /<<<?[~-]?[ \t]*(["']?)([A-Za-z_]\w{0,60})\1/y
  found.lastIndex = at
  const [all, quote, word] = found.exec(text) ?? []
  if (!all || !word) return undefined
  const from = lexer.lineEnd(at) + 1
  let to = from
  let end = lexer.end
  for (let line = from; line < lexer.end; ) {
    const next = lexer.lineEnd(line)
    if (withoutTail(text.slice(line, next).trim(), ';,)') === word) {
      to = line
      end = next
      break
    }
    line = next + 1
    to = line
  }
  const raw = quote === "'"
  const token = lexer.textToken(
    {
      open: '',
      close: '',
      escape: raw ? 'none' : 'c',
      ...(!raw && { holds: held }),
    },
    at,
    Math.min(from, lexer.end),
    Math.min(Math.max(from, to), lexer.end),
  )
  // What stands behind the word on its line is passed by but for the end of the statement.
  lexer.at = Math.min(end, lexer.end)
  return { ...token, end: lexer.at }
}

/** `s/…/…/g`, `tr/…/…/`, `y/…/…/`: what is written in them. */
interface Change {
  readonly word: string
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly flags: string
}

function changeIn(
  text: string,
  { start, end, value }: Token,
): Change | undefined {
  const [all = '', word = ''] = /^(s|tr|y)\s*(?=[^\w\s])/.exec(value) ?? []
  if (!word || text.slice(start, end) !== value) return undefined
  const open = start + all.length
  const middle = closingBracket(text, open, end)
  const isBracket = '([{<'.includes(text[open]!)
  let next = isBracket ? middle : middle - 1
  while (isBracket && /\s/.test(text[next] ?? '')) next++
  const close = closingBracket(text, next, end)
  if (close > end) return undefined
  return {
    word,
    from: [open + 1, middle - 1],
    to: [next + 1, close - 1],
    flags: text.slice(close, end),
  }
}

/** What is matched is changed in its place. */
function changed(parser: Parser, of: Node, token: Token): Node | undefined {
  const change = changeIn(parser.text, token)
  if (!change) return undefined
  const { word, from, to, flags } = change
  const at = { start: token.start, end: token.end }
  const raw = ([a, b]: readonly [number, number]): Node => ({
    kind: 'text',
    value: parser.text.slice(a, b),
    via: 0,
    ...at,
  })
  const isCode = word === 's' && flags.includes('e')
  const by: Node = isCode
    ? { kind: 'lambda', params: [], body: codeIn(parser, to), ...at }
    : raw(to)
  const sign: Node = { kind: 'text', value: flags, via: 0, ...at }
  const target = of.kind === 'assign' ? of.target : of
  const name = word === 's' ? '[substitute]' : '[transliterate]'
  const callee: Node = { kind: 'name', name, ...at }
  const args = [target, raw(from), by, sign]
  const value: Node = { kind: 'call', callee, args, ...at }
  const made: Node = flags.includes('r')
    ? value
    : { kind: 'assign', target, value, op: '', ...at }
  return of.kind === 'assign'
    ? { kind: 'block', body: [of, made], ...at }
    : made
}

function codeIn(parser: Parser, [from, to]: readonly [number, number]): Node[] {
  const { text, budget } = parser
  return new ExpressionParser(text, perl, budget, maxDepth / 2).parse(from, to)
}

/** Of what stands for itself where nothing is matched. */
function topicChanged(parser: Parser, token: Token): Node | undefined {
  if (/^[=!]~$/.test(parser.peek(-1).value)) return undefined
  const { start, end } = token
  const made = changed(parser, { kind: 'name', name: '$_', start, end }, token)
  if (made) parser.next()
  return made
}

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

function primary(parser: Parser, token: Token): Node | undefined {
  const { start, value, end } = token
  if (token.kind === 'text')
    return wordList(parser, token) ?? topicChanged(parser, token)
  if (token.kind !== 'name') return undefined
  if (value === 'sub' || value === 'function' || value === 'fn') {
    return value === 'sub' || parser.is('(', 1)
      ? lambda(parser, start)
      : undefined
  }
  if (value === 'new') {
    parser.next()
    const callee = parser.primary()
    const args = parser.accept('(') ? itemsUpTo(parser, ')') : []
    return {
      kind: 'call',
      callee,
      args,
      isNew: true,
      start,
      end: parser.before,
    }
  }
  if (blockWords.has(value) && parser.is('{', 1))
    return mapped(parser, start, value)
  if (value === 'map' && !parser.is('=>', 1))
    return mappedByExpression(parser, start)
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
  return { kind: 'call', callee, args, start, end: parser.before }
}

/** What a word is given without brackets; of those that pack, in brackets too. */
function openGiven(parser: Parser, word: string): Node[] | undefined {
  const isPacked = word === 'pack' || word === 'unpack'
  const isBracket = parser.is('(', 1)
  if (!openWords.has(word) || (isBracket && !isPacked)) return undefined
  parser.next()
  if (!isBracket) return commas(openArgs(parser))
  parser.next()
  return commas(itemsUpTo(parser, ')'))
}

/** Functions that take `$_` where nothing is given. */
const ofTopic = new Set(['chr', 'ord', 'lc', 'uc', 'hex', 'eval', 'unlink'])

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

function wordList(parser: Parser, { parts }: Token): Node | undefined {
  const [only] = parts?.length === 1 ? parts : []
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
  'sprintf',
  'decode_base64',
  'shift',
  'pop',
  'push',
  'scalar',
  'lcfirst',
  'ucfirst',
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
  const value: Node = body.at(-1) ?? over
  return { kind: 'mapped', variable: '$_', over, value, start, end }
}

export const perl: Grammar = {
  lex: {
    lineComments: ['#'],
    blockComments: [
      ['\n=pod', '\n=cut'],
      ['\n=head', '\n=cut'],
    ],
    strings: [
      { open: '"', close: '"', escape: 'c', lines: true, holds: held },
      { open: "'", close: "'", escape: 'quote', lines: true },
      {
        open: '`',
        close: '`',
        escape: 'c',
        lines: true,
        holds: held,
        runs: true,
      },
    ],
    name: /[$@%&]\{\^?[A-Za-z_][\w]{0,255}(?:::\w{1,255}){0,20}\}|(?:[$@%&]\^?|\$#)?[A-Za-z_][\w]{0,255}(?:::\w{1,255}){0,20}|[$@][\d&_!@/\\,;.0]|[$@]\$/y,
    operators: [
      ...signs(
        '**= ||= &&= //= => -> == != <=> <= >= =~ !~ && || // .. ++ -- += -= *= /= .= %= ^= |= ** << >>',
      ),
      ...cSigns,
      ...signs('\\'),
    ],
    special: (lexer, before) =>
      times(lexer, before) ??
      quoteLike(lexer, before) ??
      hereDocument(lexer) ??
      lineOf(lexer, before) ??
      regularExpression(lexer, before, mayPrecedePattern),
  },
  binary: {
    ...cOperators,
    '.': operator(11, '&'),
    x: operator(12, 'times'),
    '..': operator(4, '..'),
    '=~': operator(13, '=~'),
    '!~': operator(13, 'is'),
    '//': operator(2, 'or'),
    or: operator(0, 'or'),
    and: operator(0, 'and'),
    xor: operator(0, '^'),
    eq: operator(8, '=='),
    ne: operator(8, '!='),
    lt: operator(9, '<'),
    gt: operator(9, '>'),
  },
  unary: {
    '!': 'not',
    '-': '-',
    '+': '+',
    '~': '~',
    '\\': '',
    '++': '',
    '--': '',
    not: 'not',
    defined: 'void',
    my: '',
    our: '',
    local: '',
  },
  members: ['->'],
  matched: changed,
  assigns: { ...cAssigns, '.=': '&', '//=': '' },
  openCalls: true,
  keyedNames: true,
  statement: braceStatement,
  primary,
  ends: new Set([
    'if',
    'unless',
    'for',
    'foreach',
    'while',
    'until',
    'or',
    'and',
    'x',
    'eq',
    'ne',
  ]),
}

const { matched: _, ...shared } = perl

export const php: Grammar = {
  ...shared,
  lex: {
    lineComments: ['#', '//'],
    blockComments: [
      ['/*', '*/'],
      ['?>', '<?php'],
      ['<?php', ''],
      ['<?=', ''],
    ],
    strings: [
      {
        open: '"',
        close: '"',
        escape: 'c',
        lines: true,
        holds: /\{(?=\$)|\$[A-Za-z_]\w{0,60}/,
      },
      { open: "'", close: "'", escape: 'quote', lines: true },
      {
        open: '`',
        close: '`',
        escape: 'c',
        lines: true,
        holds: held,
        runs: true,
      },
    ],
    name: /[$\\]?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,255}(?:\\\w{1,255}){0,20}/y,
    operators: [
      '...',
      ...perl.lex.operators,
      '===',
      '!==',
      '::',
      '?->',
      '??',
      '??=',
      '@',
    ],
    special: hereDocument,
  },
  binary: {
    ...cOperators,
    '.': operator(11, '&'),
    or: operator(0, 'or'),
    and: operator(0, 'and'),
    xor: operator(0, '^'),
  },
  unary: {
    '!': 'not',
    '-': '-',
    '+': '+',
    '~': '~',
    '@': '',
    '&': '',
    '++': '',
    '--': '',
    '...': 'spread',
  },
  members: ['->', '?->', '::'],
}
