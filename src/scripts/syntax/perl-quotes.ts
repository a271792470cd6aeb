// Perl's texts: quotes of every kind, with names in them, here documents, lines that are read.
import { withoutTail } from '../../base/without-tail.ts'

import { type Escapes, perlEscapes } from './escapes.ts'
import { closingBracket, type Lexer } from './lexer.ts'
import type { Node } from './node.ts'
import type { Token } from './token.ts'

/** `$a[0]`, `$h{name}`, `$r->[0]`. */
export const items = /(?:->)?[[{]/y

export const held = /[$@]\{|[$@][A-Za-z_]\w{0,60}|\$[&\d]/

/** `q(…)`, `qq{…}`, `qw/…/`, `qx(…)`, `m/…/`, `s/…/…/`, `tr/…/…/`. */
export function quoteLike(
  lexer: Lexer,
  before: Token | undefined,
): Token | undefined {
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
  while (/[a-z]/.test(text[close] ?? '') && /^(?:m|s|tr|y|qr)$/.test(word))
    close++
  lexer.at = Math.min(close, lexer.end)
  if (/^(m|s|tr|y|qr)$/.test(word))
    return lexer.token('text', at, text.slice(at, lexer.at))
  const end = lexer.at
  const rule = {
    open: '',
    close: '',
    escape: word === 'q' || word === 'qw' ? ('quote' as const) : perlEscapes,
    ...(word !== 'q' && word !== 'qw' && { holds: held, links: items }),
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
export function times(
  lexer: Lexer,
  before: Token | undefined,
): Token | undefined {
  const { text, at } = lexer
  const isHeld = before?.kind === 'name' && before.value.startsWith('$')
  if (isHeld && /^x=(?![=~>])/.test(text.slice(at, at + 3))) {
    lexer.at = at + 2
    return lexer.token('op', at, 'x=')
  }
  const isNext = text[at] === 'x' && /[\d(]/.test(text[at + 1] ?? '')
  const isBehind = before?.kind === 'text' || before?.value === ')'
  if (!isNext || !isBehind) return undefined
  lexer.at = at + 1
  return lexer.token('op', at, 'x')
}

/** What an operator may stand behind. */
export function isValue(before: Token | undefined): boolean {
  return (
    before?.kind === 'number' ||
    before?.kind === 'text' ||
    /^[)\]}]$/.test(before?.value ?? '') ||
    (before?.kind === 'name' && /^[$@%]/.test(before.value))
  )
}

/** `<$handle>`, `<STDIN>`, `<>`: the next line. */
export function lineOf(
  lexer: Lexer,
  before: Token | undefined,
): Token | undefined {
  const { text, at } = lexer
  const found = /<(\$?[A-Za-z_]\w{0,60}|)>/y
  found.lastIndex = at
  const [all, handle = ''] = found.exec(text) ?? []
  if (!all || isValue(before)) return undefined
  lexer.at = at + all.length
  const { at: end } = lexer
  const callee: Node = { kind: 'name', name: 'readline', start: at, end: at }
  const name = handle || 'STDIN'
  const args: Node[] = [{ kind: 'name', name, start: at + 1, end }]
  const call: Node = { kind: 'call', callee, args, start: at, end }
  return { ...lexer.token('text', at, all), parts: [call] }
}

/** Words behind which a slash opens a pattern. */
export const mayPrecedePattern =
  /^(?:split|grep|map|join|if|unless|and|or|not|return|while|until|when)$/

/** `<<"END"`, `<<~END`, PHP's `<<<'END'`: the lines up to the word. */
export function hereDocument(
  lexer: Lexer,
  escapes?: Escapes,
): Token | undefined {
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
      escape: raw ? 'none' : (escapes ?? perlEscapes),
      ...(!raw && { holds: held, links: items }),
    },
    at,
    Math.min(from, lexer.end),
    Math.min(Math.max(from, to), lexer.end),
  )
  // What stands behind the word on its line is passed by but for the end of the statement.
  lexer.at = Math.min(end, lexer.end)
  return { ...token, end: lexer.at }
}
