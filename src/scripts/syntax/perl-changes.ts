// Perl's `s/…/…/` and `tr/…/…/`: what is matched is changed in its place.
import { maxDepth } from '../budget.ts'
import { perlEscapes } from './escapes.ts'
import type { Parser } from './grammar.ts'
import { closingBracket, Lexer } from './lexer.ts'
import type { Node } from './node.ts'
import { ExpressionParser } from './parser.ts'
import { held, items } from './perl-quotes.ts'
import { textNode, type Token } from './token.ts'

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
export function changed(
  parser: Parser,
  of: Node,
  token: Token,
): Node | undefined {
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
  const written = word === 's' ? replacement(parser, to) : raw(to)
  const isOpen = isCode || written.kind !== 'text'
  const body = isCode ? codeIn(parser, to) : [written]
  const by: Node = isOpen
    ? { kind: 'lambda', params: [], body, ...at }
    : written
  const sign: Node = { kind: 'text', value: flags, via: 0, ...at }
  const target = of.kind === 'assign' ? of.target : of
  const name = word === 's' ? '[substitute]' : '[transliterate]'
  const callee: Node = { kind: 'name', name, ...at }
  const args = [target, raw(from), by, sign]
  const value: Node = { kind: 'call', callee, args, ...at }
  if (flags.includes('r')) return value
  const made: Node = { kind: 'assign', target, value, op: '', ...at }
  // What it comes to itself is how often.
  const often: Node = { kind: 'name', name: '', ...at }
  const all = of.kind === 'assign' ? [of, made, often] : [made, often]
  return { kind: 'block', body: all, ...at }
}

/** What stands for what is matched: a text with names in it. */
function replacement(
  parser: Parser,
  [from, to]: readonly [number, number],
): Node {
  const { text, budget } = parser
  if (text[from - 1] === "'")
    return {
      kind: 'text',
      value: text.slice(from, to),
      via: 0,
      start: from,
      end: to,
    }
  const inner = (a: number, b: number): Node =>
    new ExpressionParser(text, parser.grammar, budget, maxDepth / 2).parse(
      a,
      b,
    )[0] ?? {
      kind: 'name',
      name: '',
      start: a,
      end: b,
    }
  const { lex } = parser.grammar
  const lexer = new Lexer(text, { start: from, end: to }, lex, inner)
  const rule = {
    open: '',
    close: '',
    escape: perlEscapes,
    holds: held,
    links: items,
  }
  lexer.at = to
  return textNode(lexer.textToken(rule, from, from, to))
}

function codeIn(parser: Parser, [from, to]: readonly [number, number]): Node[] {
  const { text, budget } = parser
  return new ExpressionParser(text, parser.grammar, budget, maxDepth / 2).parse(
    from,
    to,
  )
}

/** Of what stands for itself where nothing is matched. */
export function topicChanged(parser: Parser, token: Token): Node | undefined {
  if (/^[=!]~$/.test(parser.peek(-1).value)) return undefined
  const { start, end } = token
  const made = changed(parser, { kind: 'name', name: '$_', start, end }, token)
  if (made) parser.next()
  return made
}
