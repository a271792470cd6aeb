// Texts of PowerShell: in single and double quotes, here-strings, and words without quotes.
import { bitOf } from '../fold/value.ts'
import type { Node } from '../syntax/node.ts'
import type { Cursor } from './cursor.ts'

/** Reads `$name`, `${name}`, `$(…)` where it stands. */
export type ReadVariable = (cursor: Cursor) => Node

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
}

const singleQuote = /['\u2018\u2019\u201a\u201b]/
const doubleQuote = /["\u201c\u201d\u201e]/

export function opensText(c: string): boolean {
  return singleQuote.test(c) || doubleQuote.test(c)
}

export function readText(cursor: Cursor, variable: ReadVariable): Node {
  return singleQuote.test(cursor.c) ? single(cursor) : double(cursor, variable)
}

function single(cursor: Cursor): Node {
  const start = cursor.at++
  let value = ''
  let from = cursor.at
  for (; cursor.at < cursor.end; cursor.at++) {
    if (!singleQuote.test(cursor.c)) continue
    if (!singleQuote.test(cursor.peek())) break
    value += cursor.text.slice(from, cursor.at + 1)
    from = cursor.at + 2
    cursor.at++
  }
  value += cursor.text.slice(from, cursor.at)
  if (cursor.at < cursor.end) cursor.at++
  return { kind: 'text', value, via: 0, start, end: cursor.at }
}

/** Gathers text and the expressions in it. */
class Pieces {
  readonly #parts: Node[] = []
  #text = ''
  #from: number
  via = 0

  constructor(from: number) {
    this.#from = from
  }

  add(s: string): void {
    this.#text += s
  }

  expression(node: Node, at: number): void {
    this.#flush(node.start)
    this.#parts.push(node)
    this.#from = at
  }

  #flush(end: number): void {
    if (!this.#text) return
    this.#parts.push({
      kind: 'text',
      value: this.#text,
      via: this.via,
      start: this.#from,
      end,
    })
    this.#text = ''
  }

  /** `isJoined`: in quotes, where whatever stands in it is text. */
  node(start: number, end: number, isJoined = false): Node {
    if (!this.#parts.length)
      return { kind: 'text', value: this.#text, via: this.via, start, end }
    this.#flush(end)
    const node = { kind: 'template', parts: this.#parts, start, end } as const
    return isJoined ? { ...node, isJoined } : node
  }
}

function escaped(cursor: Cursor, pieces: Pieces): void {
  const c = cursor.peek()
  const long = /u\{([0-9a-f]{1,6})\}/iy
  long.lastIndex = cursor.at + 1
  const code = c === 'u' ? long.exec(cursor.text)?.[1] : undefined
  if (code) {
    const n = Number.parseInt(code, 16)
    pieces.add(n <= 0x10ffff ? String.fromCodePoint(n) : '')
    pieces.via |= bitOf('escapes')
    cursor.at += code.length + 4
    return
  }
  if (/[a-z]/i.test(c) && !Object.hasOwn(escapes, c))
    pieces.via |= bitOf('split words')
  pieces.add(escapes[c] ?? c)
  cursor.at += 2
}

const opensVariable = /^\$[\w{(:?^$]/

function double(cursor: Cursor, variable: ReadVariable): Node {
  const start = cursor.at++
  const pieces = new Pieces(cursor.at)
  while (cursor.at < cursor.end) {
    const { c } = cursor
    if (doubleQuote.test(c)) {
      if (!doubleQuote.test(cursor.peek())) break
      pieces.add('"')
      cursor.at += 2
    } else inText(cursor, pieces, variable)
  }
  if (cursor.at < cursor.end) cursor.at++
  return pieces.node(start, cursor.at, true)
}

function inText(cursor: Cursor, pieces: Pieces, variable: ReadVariable): void {
  const { c, at } = cursor
  if (c === '`') escaped(cursor, pieces)
  else if (c === '$' && opensVariable.test(cursor.text.slice(at, at + 2))) {
    const node = variable(cursor)
    if (cursor.at <= at) cursor.at = at + 1
    pieces.expression(node, cursor.at)
  } else {
    const plain = cursor.take(/[^`$"\u201c\u201d\u201e]+/y)
    if (plain === undefined) cursor.at++
    pieces.add(plain ?? c)
  }
}

/** `@'` or `@"` up to the line that begins with `'@` or `"@`. */
export function hereText(cursor: Cursor, variable: ReadVariable): Node {
  const start = cursor.at
  const isSingle = singleQuote.test(cursor.peek())
  cursor.at += 2
  cursor.take(/[ \t]*\r?\n/y)
  const from = cursor.at
  const closing = isSingle ? /\r?\n['\u2018\u2019]@/g : /\r?\n["\u201c\u201d]@/g
  closing.lastIndex = Math.max(start, from - 1)
  const found = closing.exec(cursor.text)
  const to = found ? found.index : cursor.end
  const end = found ? found.index + found[0].length : cursor.end
  if (isSingle || to <= from) {
    cursor.at = end
    return {
      kind: 'text',
      value: cursor.text.slice(from, Math.max(from, to)),
      via: 0,
      start,
      end,
    }
  }
  const pieces = new Pieces(from)
  while (cursor.at < to) {
    const { c } = cursor
    if (doubleQuote.test(c)) {
      pieces.add(c)
      cursor.at++
    } else inText(cursor, pieces, variable)
  }
  cursor.at = end
  return pieces.node(start, end, true)
}

/** A word of a command: up to a space or a sign, quotes within it closed. */
export function bareWord(cursor: Cursor, variable: ReadVariable): Node {
  const start = cursor.at
  const pieces = new Pieces(start)
  while (cursor.at < cursor.end && !/[\s;|&(){},]/.test(cursor.c)) {
    const { c, at } = cursor
    if (c === '`') {
      // In a word the sign only hides the letter behind it.
      pieces.add(cursor.peek())
      pieces.via |= bitOf('split words')
      cursor.at += 2
    } else if (opensText(c))
      pieces.expression(readText(cursor, variable), cursor.at)
    else if (c === '$' && opensVariable.test(cursor.text.slice(at, at + 2))) {
      const node = variable(cursor)
      if (cursor.at <= at) cursor.at = at + 1
      pieces.expression(node, cursor.at)
    } else {
      pieces.add(c)
      cursor.at++
    }
  }
  if (cursor.at === start && cursor.at < cursor.end) cursor.at++
  return pieces.node(start, cursor.at)
}
