// A word of a shell: quotes, escapes, variables and what commands give, joined as text.
import { bitOf } from '../fold/value.ts'
import { unescapeC } from '../syntax/escapes.ts'
import { closingBracket } from '../syntax/lexer.ts'
import type { Node, Span } from '../syntax/node.ts'

/** What a word needs of the parser that it stands in. */
export interface WordSource {
  readonly text: string
  readonly end: number
  at: number
  inside(start: number, end: number): Node[]
  arithmetic(start: number, end: number): Node
}

const ends = /[\s;|&()<>]/

class Parts {
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
    return this.nodes.length === 1 && this.nodes[0]!.kind !== 'text'
      ? { ...this.nodes[0]!, start, end }
      : { kind: 'template', parts: this.nodes, start, end }
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
    substitution(source, parts, at + 1)
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
  const made = unescapeC(text.slice(at + 2, Math.min(end, source.end)))
  parts.via |= made.via
  parts.add(made.text, at)
  source.at = Math.min(source.end, end + 1)
}

function double(source: WordSource, parts: Parts): void {
  source.at++
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
    parts.node(
      expansion(
        source,
        text.slice(at + 2, Math.max(at + 2, close - 1)),
        at,
        close,
      ),
    )
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
function substitution(source: WordSource, parts: Parts, open: number): void {
  const { at } = source
  const close = commandEnd(source.text, open, source.end)
  parts.node(output(source.inside(open + 1, close), at, close))
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

function output(body: readonly Node[], start: number, end: number): Node {
  const callee: Node = { kind: 'name', name: '[output]', start, end: start }
  return {
    kind: 'call',
    callee,
    args: [{ kind: 'block', body, start, end }],
    start,
    end,
  }
}

/** `${x:1:2}`, `${x//a/b}`, `${x#y}`, `${!x}`, `${x:-y}`. */
function expansion(
  source: WordSource,
  inside: string,
  start: number,
  end: number,
): Node {
  const [, bang = '', name = '', rest = ''] =
    /^([!#]?)([A-Za-z_]\w*(?:\[[^\]]*\])?|[0-9@*])([\s\S]*)$/.exec(inside) ?? []
  const at = { start, end }
  const item = /^(\w+)\[([^\]]*)\]$/.exec(name)
  const key: Node = { kind: 'name', name: item?.[1] ?? name, ...at }
  const isItem = item && !/^[@*]$/.test(item[2]!)
  const variable: Node = isItem
    ? {
        kind: 'index',
        object: key,
        args: [literal(item[2]!, start, end)],
        ...at,
      }
    : key
  if (bang === '#')
    return {
      kind: 'member',
      object: variable,
      name: literal('length', start, end),
      ...at,
    }
  const other = /^:?[-=]([\s\S]*)$/.exec(rest)?.[1]
  if (other !== undefined && !/^:\s-\d/.test(rest)) {
    const from = end - 1 - other.length
    const { text } = source
    const inner = {
      text,
      end,
      at: from,
      inside: (a: number, b: number) => source.inside(a, b),
      arithmetic: (a: number, b: number) => source.arithmetic(a, b),
    }
    return {
      kind: 'binary',
      op: 'default',
      left: variable,
      right: readWord(inner, from, end - 1),
      ...at,
    }
  }
  return changed(variable, rest, at)
}

/** What stands behind the name changes its text. */
function changed(of: Node, rest: string, { start, end }: Span): Node {
  const on = (name: string, ...args: readonly string[]) =>
    callOn(name, of, args, start, end)
  const slice = /^:\s*(-?\d+|\$\w+)(?::\s*(-?\d+))?$/.exec(rest)
  if (slice) return on('[part]', slice[1]!, slice[2] ?? '')
  const swap = /^(\/\/?)([^/]*)\/?([\s\S]*)$/.exec(rest)
  if (swap)
    return on(
      swap[1] === '//' ? '[swapall]' : '[swap]',
      swap[2]!.replace(/\\(.)/g, '$1'),
      swap[3]!,
    )
  const cut = /^(##?|%%?)([\s\S]*)$/.exec(rest)
  if (cut) return on('[cut]', cut[1]!, cut[2]!)
  if (rest === '^^') return on('[upper]')
  return rest === ',,' ? on('[lower]') : of
}

function literal(value: string, start: number, end: number): Node {
  const variable = /^\$\{?(\w+)\}?$/.exec(value)
  if (variable) return { kind: 'name', name: variable[1]!, start, end }
  return /^-?\d{1,9}$/.test(value)
    ? { kind: 'number', value: Number(value), start, end }
    : { kind: 'text', value, via: 0, start, end }
}

function callOn(
  name: string,
  of: Node,
  args: readonly string[],
  start: number,
  end: number,
): Node {
  const callee: Node = { kind: 'name', name, start, end: start }
  return {
    kind: 'call',
    callee,
    args: [of, ...args.map((a) => literal(a, start, end))],
    start,
    end,
  }
}
