// Shells -> the tree: commands of words, pipes between them, redirections as commands of their own.
import { parseArithmetic } from './arithmetic.ts'
import { type Budget, maxDepth } from '../budget.ts'
import { closingBracket } from '../syntax/lexer.ts'
import type { Node } from '../syntax/node.ts'
import { compounds, group, subshell } from './compounds.ts'
import { apart, braced } from './fields.ts'
import { readWord } from './words.ts'

export function parseShell(text: string, budget: Budget): Node[] {
  return new ShellParser(text, 0, text.length, budget, 0).script()
}

/** Lines of one here document are looked through for its end up to here, in UTF-16 units. */
const maxHere = 1024 * 1024

export class ShellParser {
  readonly text: string
  readonly end: number
  readonly budget: Budget
  at: number
  #depth: number
  /** What stands here is done only where what stands before it went so. */
  #maybe = false
  #goesOn = false
  /** Here documents that begin on the next line. */
  #pending: {
    readonly word: string
    readonly quoted: boolean
    readonly strips: boolean
    found: (node: Node) => void
  }[] = []

  constructor(
    text: string,
    start: number,
    end: number,
    budget: Budget,
    depth: number,
  ) {
    this.text = text
    this.at = start
    this.end = end
    this.budget = budget
    this.#depth = depth
  }

  script(): Node[] {
    const out: Node[] = []
    while (this.at < this.end && !this.budget.spent) {
      const before = this.at
      for (const node of this.list(() => false)) out.push(node)
      if (this.at === before) this.at++
    }
    return out
  }

  get c(): string {
    return this.at < this.end ? this.text[this.at]! : ''
  }

  #blanks(): void {
    for (;;) {
      const { c } = this
      if (c === ' ' || c === '\t' || c === '\r') this.at++
      else if (c === '\\' && this.text[this.at + 1] === '\n') this.at += 2
      else if (
        c === '#' &&
        (this.at === 0 || /[\s;(|&]/.test(this.text[this.at - 1]!))
      )
        this.at = this.#lineEnd()
      else return
    }
  }

  #lineEnd(): number {
    const end = this.text.indexOf('\n', this.at)
    return end < 0 || end > this.end ? this.end : end
  }

  /** Commands up to a word that ends them. */
  list(ends: (word: string) => boolean): Node[] {
    const out: Node[] = []
    const outer = this.#maybe
    this.#maybe = false
    this.#depth++
    while (this.at < this.end && this.#depth < maxDepth && this.budget.step()) {
      this.#blanks()
      const { c } = this
      if (c === ';' || c === '&') this.#maybe = false
      if (c === '\n') this.#line()
      else if (c === ';' || c === '&') this.at++
      else if (c === '' || c === ')') break
      else {
        const word = this.#wordAhead()
        if (ends(word)) break
        const before = this.at
        const node = this.#pipeline()
        if (node) out.push(this.#maybe ? perhaps(node) : node)
        this.#maybe = this.#goesOn
        this.#goesOn = false
        if (this.at === before) this.at++
      }
    }
    if (this.#depth >= maxDepth) {
      this.budget.tooDeep()
      this.at = this.end
    }
    this.#depth--
    this.#maybe = outer
    this.#goesOn = false
    return out
  }

  #wordAhead(): string {
    return /^[\w{}!]+/.exec(this.text.slice(this.at, this.at + 24))?.[0] ?? ''
  }

  #line(): void {
    this.at++
    const pending = this.#pending
    this.#pending = []
    for (const here of pending) here.found(this.#hereDocument(here))
  }

  #hereDocument({
    word,
    quoted,
    strips,
  }: {
    word: string
    quoted: boolean
    strips: boolean
  }): Node {
    const start = this.at
    let to = start
    for (;;) {
      const end = this.#lineEnd()
      const line = this.text.slice(this.at, end)
      if (
        (strips ? line.replace(/^\t+/, '') : line).trimEnd() === word ||
        this.at >= this.end ||
        this.at - start > maxHere
      ) {
        this.at = end
        break
      }
      this.at = Math.min(this.end, end + 1)
      to = this.at
    }
    if (quoted)
      return {
        kind: 'text',
        value: this.text.slice(start, to),
        via: 0,
        start,
        end: to,
      }
    const after = this.at
    const node = readWord(this, start, to)
    this.at = after
    return node
  }

  #pipeline(): Node | undefined {
    let node = this.#command(undefined)
    for (;;) {
      this.#blanks()
      if (this.c === '|' && this.text[this.at + 1] !== '|') {
        this.at += this.text[this.at + 1] === '&' ? 2 : 1
        this.#skipLines()
        node = this.#command(node) ?? node
      } else if (
        this.text.startsWith('||', this.at) ||
        this.text.startsWith('&&', this.at)
      ) {
        this.at += 2
        this.#goesOn = true
        return node
      } else return node
    }
  }

  #skipLines(): void {
    for (this.#blanks(); this.c === '\n'; this.#blanks()) this.#line()
  }

  #command(from: Node | undefined): Node | undefined {
    const start = this.at
    this.#blanks()
    const word = this.#wordAhead()
    const compound =
      Object.hasOwn(compounds, word) &&
      /[\s;({]|$/.test(this.text[this.at + word.length] ?? ' ')
    if (compound) {
      this.at += word.length
      return this.#redirected(compounds[word]!(this, start), from)
    }
    const counted = this.#arithmeticCommand()
    if (counted) return counted
    if (this.c === '(') return this.#redirected(subshell(this, start), from)
    if (this.c === '{' && /\s/.test(this.text[this.at + 1] ?? ''))
      return this.#redirected(group(this, start), from)
    const define = /^(?:function\s+)?([\w:.-]{1,100})\s*\(\s*\)\s*/.exec(
      this.text.slice(this.at, this.at + 140),
    )
    if (define && !/^(?:if|while|for)$/.test(define[1]!))
      return this.#define(define[1]!, define[0].length, start)
    return this.#simple(start, from)
  }

  /** `(( i += 1 ))`. */
  #arithmeticCommand(): Node | undefined {
    if (!this.text.startsWith('((', this.at)) return undefined
    const close = closingBracket(this.text, this.at, this.end)
    if (close > this.end || this.text[close - 2] !== ')') return undefined
    const node = this.arithmetic(this.at + 2, close - 2)
    this.at = close
    return node
  }

  #define(name: string, length: number, start: number): Node {
    this.at += length
    this.#skipLines()
    const body = this.c === '{' ? [group(this, start)] : []
    return { kind: 'define', name, params: [], body, start, end: this.at }
  }

  #redirected(node: Node, from: Node | undefined): Node {
    const extra = this.#redirections()
    const { start } = node
    if (!extra.length && !from) return node
    const name: Node = {
      kind: 'text',
      value: '[group]',
      via: 0,
      start,
      end: start,
    }
    const object: Node = {
      kind: 'command',
      words: [name, ...extra],
      ...(from && { from }),
      start,
      end: this.at,
    }
    return { kind: 'with', object, body: [node], start, end: this.at }
  }

  #redirections(): Node[] {
    const out: Node[] = []
    for (;;) {
      this.#blanks()
      const node = this.#redirect()
      if (!node) return out
      out.push(node)
    }
  }

  /** `> file`, `<&3`, `>& /dev/tcp/…`, `<<END`, `<<< word`: as a word that begins with the sign. */
  #redirect(): Node | undefined {
    const start = this.at
    const sign = /(?:\d{0,3}|&)(?:<<<|<<-?|>>|>\||<>|>&|<&|>|<)(?![(])/y
    sign.lastIndex = start
    const found = sign.exec(this.text)?.[0]
    if (!found || start + found.length > this.end) return undefined
    this.at += found.length
    this.#blanks()
    if (/<<-?$/.test(found) && !found.endsWith('<<<'))
      return this.#here(found, start)
    const target = readWord(this)
    const mark: Node = {
      kind: 'text',
      value: found,
      via: 0,
      start,
      end: start + found.length,
    }
    return {
      kind: 'named',
      name: 'redirect',
      value: { kind: 'list', items: [mark, target], start, end: this.at },
      start,
      end: this.at,
    }
  }

  #here(found: string, start: number): Node {
    const raw = /['"\\]?[\w.!-]{1,100}['"]?/y
    raw.lastIndex = this.at
    const written = raw.exec(this.text)?.[0] ?? ''
    this.at += written.length
    const mark: Node = {
      kind: 'text',
      value: '<<<',
      via: 0,
      start,
      end: this.at,
    }
    const items: Node[] = [mark]
    const node: Node = {
      kind: 'named',
      name: 'redirect',
      value: { kind: 'list', items, start, end: this.at },
      start,
      end: this.at,
    }
    const quoted = /['"\\]/.test(written)
    this.#pending.push({
      word: written.replace(/['"\\]/g, ''),
      quoted,
      strips: found.endsWith('-'),
      found: (body) => items.push(body),
    })
    return node
  }

  #simple(start: number, from: Node | undefined): Node | undefined {
    const words: Node[] = []
    const assigned: Node[] = []
    for (;;) {
      this.#blanks()
      const { c } = this
      if (
        c === '' ||
        /[\n;|)]/.test(c) ||
        (c === '&' && !/^&>/.test(this.text.slice(this.at, this.at + 2)))
      )
        break
      const before = this.at
      const redirect = this.#redirect()
      if (redirect) {
        words.push(redirect)
        continue
      }
      const assigns = words.length ? undefined : this.#assignment()
      if (assigns) assigned.push(assigns)
      else
        for (const word of braced(this.text, readWord(this)))
          words.push(apart(word))
      if (this.at === before) this.at++
    }
    const end = this.at
    if (!words.length && !from)
      return assigned.length === 1
        ? assigned[0]
        : assigned.length
          ? { kind: 'block', body: assigned, start, end }
          : undefined
    const command: Node = {
      kind: 'command',
      words,
      ...(from && { from }),
      start: from?.start ?? start,
      end,
    }
    return assigned.length
      ? { kind: 'block', body: [...assigned, command], start, end }
      : command
  }

  #assignment(): Node | undefined {
    const name = /([A-Za-z_]\w{0,100})(?:\[[^\]\n]{0,60}\])?(\+?=)/y
    name.lastIndex = this.at
    const found = name.exec(this.text)
    if (!found || this.at + found[0].length > this.end) return undefined
    const start = this.at
    this.at += found[0].length
    const target: Node = { kind: 'name', name: found[1]!, start, end: this.at }
    const op = found[2] === '+=' ? '&' : ''
    let value: Node
    if (this.c === '(') value = this.#array()
    else
      value =
        /[\s;|&]/.test(this.c) || this.c === ''
          ? { kind: 'text', value: '', via: 0, start: this.at, end: this.at }
          : readWord(this)
    return { kind: 'assign', target, value, op, start, end: this.at }
  }

  #array(): Node {
    const start = this.at++
    const items: Node[] = []
    while (this.at < this.end) {
      this.#skipLines()
      if (this.c === ')') {
        this.at++
        break
      }
      const before = this.at
      items.push(readWord(this))
      if (this.at === before) this.at++
    }
    return { kind: 'list', items, start, end: this.at }
  }

  /** What stands in `$(…)` or backticks. */
  inside(start: number, end: number): Node[] {
    if (this.#depth >= maxDepth / 2) {
      this.budget.tooDeep()
      return []
    }
    return new ShellParser(
      this.text,
      start,
      end,
      this.budget,
      this.#depth + 4,
    ).script()
  }

  arithmetic(start: number, end: number): Node {
    const depth = this.#depth + 4
    return parseArithmetic(this.text, { start, end, depth }, this.budget)
  }

  command(): Node | undefined {
    return this.#command(undefined)
  }

  accept(word: string): boolean {
    this.#skipLines()
    while (this.c === ';') {
      this.at++
      this.#skipLines()
    }
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  blanks(): void {
    this.#blanks()
  }
}

/** Behind `&&` and `||`: nobody knows whether it is done. */
function perhaps(node: Node): Node {
  const { start, end } = node
  const test: Node = { kind: 'name', name: '', start, end: start }
  return { kind: 'if', test, yes: [node], no: [], start, end }
}
