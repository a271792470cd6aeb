// A word of a shell: quotes, escapes, variables and what commands give, joined as text.
import { bitOf } from '../fold/value.ts'
import { shellEscapes, unescaped } from '../syntax/escapes.ts'
import { closingBracket } from '../syntax/lexer.ts'
import type { Node } from '../syntax/node.ts'
import { expansion } from './expansions.ts'
import type { WordSource } from './word-source.ts'

const ends = /[\s;|&()<>]/

class Parts {
  /** Something of it stands in quotes: it is one word, whatever it is. */
  isQuoted = false
  readonly nodes: Node[] = []
  #text = ''
  #from = 0
  via = 0

  add(s: string, at: number): void {
    if (!this.#text) this.#from = at
    this.#text += s
  }

  node(node: Node): void {
    this.#flush(node.start)
    this.nodes.push(node)
  }

  #flush(end: number): void {
    if (!this.#text) return
    this.nodes.push({
      kind: 'text',
      value: this.#text,
      via: this.via,
      start: this.#from,
      end,
    })
    this.#text = ''
  }

  done(start: number, end: number): Node {
    if (!this.nodes.length)
      return { kind: 'text', value: this.#text, via: this.via, start, end }
    this.#flush(end)
    const [only] = this.nodes.length === 1 ? this.nodes : []
    if (only && only.kind !== 'text' && !this.isQuoted)
      return { ...only, start, end }
    const isJoined = this.isQuoted && { isJoined: true as const }
    return { kind: 'template', parts: this.nodes, ...isJoined, start, end }
  }
}

/** The word that stands here; with a range, all of it as within double quotes. */
export function readWord(source: WordSource, from?: number, to?: number): Node {
  const start = from ?? source.at
  source.at = start
  const parts = new Parts()
  if (to !== undefined) {
    while (source.at < to) quotedUnit(source, parts, to)
    return parts.done(start, to)
  }
  let pieces = 0
  while (source.at < source.end) {
    const c = source.text[source.at]!
    if (
      ends.test(c) &&
      !(c === '<' || c === '>' ? source.text[source.at + 1] === '(' : false)
    )
      break
    unit(source, parts)
    if (c === "'" || c === '"' || c === '\\') pieces++
  }
  const node = parts.done(start, source.at)
  // Quotes and backslashes inside a short word only break it up.
  return pieces > 1 &&
    node.kind === 'text' &&
    /^[\w./-]{2,24}$/.test(node.value) &&
    !isQuotedWhole(source.text.slice(start, source.at))
    ? { ...node, via: node.via | bitOf('split words') }
    : node
}

function isQuotedWhole(raw: string): boolean {
  return /^(['"])[^'"]*\1$/.test(raw)
}

function unit(source: WordSource, parts: Parts): void {
  const { text, at } = source
  const c = text[at]!
  if (c === "'") single(source, parts)
  else if (c === '"') double(source, parts)
  else if (c === '\\') {
    if (text[at + 1] !== '\n') parts.add(text[at + 1] ?? '', at)
    source.at += 2
  } else if (c === '$' && text[at + 1] === "'") ansi(source, parts)
  else if (c === '$' || c === '`') dollar(source, parts)
  else if ((c === '<' || c === '>') && text[at + 1] === '(')
    substitution(source, parts, at + 1, '[given]')
  else {
    parts.add(c, at)
    source.at++
  }
}

function single(source: WordSource, parts: Parts): void {
  const { text, at } = source
  const close = text.indexOf("'", at + 1)
  const end = close < 0 || close > source.end ? source.end : close
  parts.add(text.slice(at + 1, end), at)
  source.at = Math.min(source.end, end + 1)
}

function ansi(source: WordSource, parts: Parts): void {
  const { text, at } = source
  let end = at + 2
  while (end < source.end && text[end] !== "'")
    end += text[end] === '\\' ? 2 : 1
  const raw = text.slice(at + 2, Math.min(end, source.end))
  const made = unescaped(raw, shellEscapes)
  parts.via |= made.via
  if (made.isOpen)
    parts.node({ kind: 'name', name: '', start: at, end: at + 1 })
  else parts.add(made.text, at)
  source.at = Math.min(source.end, end + 1)
}

function double(source: WordSource, parts: Parts): void {
  source.at++
  parts.isQuoted = true
  while (source.at < source.end && source.text[source.at] !== '"')
    quotedUnit(source, parts, source.end)
  if (source.at < source.end) source.at++
}

function quotedUnit(source: WordSource, parts: Parts, to: number): void {
  const { text, at } = source
  const c = text[at]!
  if (c === '\\') {
    const next = text[at + 1] ?? ''
    if (next !== '\n') parts.add(/["$`\\]/.test(next) ? next : `\\${next}`, at)
    source.at += 2
  } else if (c === '$' || c === '`') dollar(source, parts)
  else {
    const plain = /[^\\$`"]+/y
    plain.lastIndex = at
    const run = plain.exec(text)?.[0].slice(0, to - at) ?? c
    parts.add(run, at)
    source.at += run.length
  }
}

function dollar(source: WordSource, parts: Parts): void {
  const { text, at, end } = source
  const next = text[at + 1] ?? ''
  if (text[at] === '`') backticks(source, parts)
  else if (next === '(' && text[at + 2] === '(') {
    const close = closingBracket(text, at + 1, end)
    const inside = [at + 3, Math.max(at + 3, Math.min(close, end) - 2)] as const
    parts.node(source.arithmetic(...inside))
    source.at = Math.min(close, end)
  } else if (next === '(') substitution(source, parts, at + 1)
  else if (next === '{') {
    const close = Math.min(closingBracket(text, at + 1, end), end)
    parts.node(expansion(source, at, close, readWord))
    source.at = close
  } else {
    const name = /[A-Za-z_]\w{0,100}|[0-9@*#?$!-]/y
    name.lastIndex = at + 1
    const found = name.exec(text)?.[0]
    if (found)
      parts.node({
        kind: 'name',
        name: found,
        start: at,
        end: at + 1 + found.length,
      })
    else parts.add('$', at)
    source.at = at + 1 + (found?.length ?? 0)
  }
}

function backticks(source: WordSource, parts: Parts): void {
  const { text, at } = source
  let close = at + 1
  while (close < source.end && text[close] !== '`')
    close += text[close] === '\\' ? 2 : 1
  parts.node(
    output(source.inside(at + 1, Math.min(close, source.end)), at, close),
  )
  source.at = Math.min(source.end, close + 1)
}

/** `$(…)`, `<(…)`. */
function substitution(
  source: WordSource,
  parts: Parts,
  open: number,
  as = '[output]',
): void {
  const { at } = source
  const close = commandEnd(source.text, open, source.end)
  parts.node(output(source.inside(open + 1, close), at, close, as))
  source.at = Math.min(source.end, close + 1)
}

/** Brackets in quotes do not count. */
function commandEnd(text: string, open: number, end: number): number {
  let depth = 0
  for (let i = open; i < end; i++) {
    const c = text[i]
    if (c === '\\') i++
    else if (c === "'") {
      const close = text.indexOf("'", i + 1)
      i = close < 0 ? end : close
    } else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i
  }
  return end
}

function output(
  body: readonly Node[],
  start: number,
  end: number,
  name = '[output]',
): Node {
  const callee: Node = { kind: 'name', name, start, end: start }
  return {
    kind: 'call',
    callee,
    args: [{ kind: 'block', body, start, end }],
    start,
    end,
  }
}
