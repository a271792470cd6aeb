// Python's texts: raw, of bytes, and with expressions in them, which have formats of their own.
import { pythonBytesEscapes, pythonEscapes, unescaped } from './escapes.ts'
import type { Lexer } from './lexer.ts'
import type { Node } from './node.ts'
import type { Token } from './token.ts'

/** Formats within formats. */
const maxWithin = 2

/** Text with letters before its quotes: raw, bytes, with expressions. */
export function prefixed(
  lexer: Lexer,
  before: Token | undefined,
): Token | undefined {
  const { text, at } = lexer
  if (before && before.end === at && before.kind === 'name') return undefined
  const found = /[rRbBuUfF]{0,2}("""|'''|"|')/y
  found.lastIndex = at
  const [all = '', quote = ''] = found.exec(text) ?? []
  if (!all) return undefined
  const letters = all.slice(0, -quote.length).toLowerCase()
  const isRaw = letters.includes('r')
  const escapes = letters.includes('b') ? pythonBytesEscapes : pythonEscapes
  const token = lexer.quoted({
    open: all,
    close: quote,
    escape: isRaw ? 'raw' : escapes,
    ...(quote.length === 3 && { lines: true as const }),
  })
  if (!letters.includes('f')) return token
  const end = text.startsWith(quote, token.end - quote.length)
    ? token.end - quote.length
    : token.end
  const parts = partsOf(lexer, at + all.length, end, isRaw, 0)
  return { ...token, parts }
}

/** The text between, and what stands in braces. */
function partsOf(
  lexer: Lexer,
  from: number,
  to: number,
  isRaw: boolean,
  depth: number,
): Node[] {
  const { text } = lexer
  const parts: Node[] = []
  let plain = ''
  let start = from
  const flush = (end: number): void => {
    const made = isRaw
      ? { text: plain, via: 0 }
      : unescaped(plain, pythonEscapes)
    if (made.isOpen) parts.push({ kind: 'name', name: '', start, end })
    else if (plain)
      parts.push({ kind: 'text', value: made.text, via: made.via, start, end })
    plain = ''
  }
  for (let i = from; i < to; i++) {
    const c = text[i]!
    if ((c === '{' || c === '}') && text[i + 1] === c && depth === 0) {
      plain += c
      i++
    } else if (c === '{') {
      flush(i)
      const close = closing(text, i, to)
      parts.push(part(lexer, i, close, isRaw, depth))
      i = close
      start = close + 1
    } else plain += c
  }
  flush(to)
  return parts
}

/** Where the braces that open here are closed; quotes and brackets within do not count. */
function closing(text: string, open: number, to: number): number {
  let depth = 0
  let quote = ''
  for (let i = open; i < to; i++) {
    const c = text[i]!
    if (quote) {
      if (c === quote) quote = ''
    } else if (c === "'" || c === '"') quote = c
    else if ('{[('.includes(c)) depth++
    else if ('}])'.includes(c) && --depth === 0) return i
  }
  return to
}

/** `{value!r:>8}`: a call with the value, how it is turned into text, and its format. */
function part(
  lexer: Lexer,
  open: number,
  close: number,
  isRaw: boolean,
  depth: number,
): Node {
  const { text } = lexer
  const at = { start: open, end: Math.min(close + 1, text.length) }
  const [exprEnd, colon] = signs(text, open + 1, close)
  const isShown = /(?<![=!<>])=\s*$/.test(text.slice(open + 1, exprEnd))
  const end = isShown ? text.lastIndexOf('=', exprEnd - 1) : exprEnd
  const value = lexer.inner(open + 1, end)
  const conversion = text.slice(exprEnd, colon).replace(/^!/, '').trim()
  const spec: Node[] =
    colon < close && depth < maxWithin
      ? partsOf(lexer, colon + 1, close, isRaw, depth + 1)
      : []
  const hasSpec = colon < close
  const literal = (s: string): Node => ({
    kind: 'text',
    value: s,
    via: 0,
    ...at,
  })
  const format: Node = { kind: 'template', parts: spec, isJoined: true, ...at }
  const callee: Node = { kind: 'name', name: '[formatted]', ...at }
  const shown = isShown && !hasSpec && !conversion ? 'r' : conversion
  const args = [value, literal(shown), hasSpec ? format : literal('')]
  const call: Node = { kind: 'call', callee, args, ...at }
  if (!isShown) return call
  const name = literal(text.slice(open + 1, exprEnd))
  return { kind: 'template', parts: [name, call], isJoined: true, ...at }
}

/** Where the expression ends, and where its format begins. */
function signs(
  text: string,
  from: number,
  to: number,
): readonly [number, number] {
  let depth = 0
  let quote = ''
  let bang = -1
  for (let i = from; i < to; i++) {
    const c = text[i]!
    if (quote) {
      if (c === quote) quote = ''
    } else if (c === "'" || c === '"') quote = c
    else if ('{[('.includes(c)) depth++
    else if ('}])'.includes(c)) depth--
    else if (depth > 0) continue
    else if (c === '!' && text[i + 1] !== '=') bang = i
    else if (c === ':') return [bang < 0 ? i : bang, i]
  }
  return [bang < 0 ? to : bang, to]
}
