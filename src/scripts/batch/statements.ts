// Lines of a batch file as what they are: commands, pipes, groups, loops and choices. A group goes on over several lines, each of which is
// expanded when it is read, before any of the group is run. Microsoft Learn, "for", "if", "cmd" (Windows commands).
import type { Span } from '../syntax/node.ts'

export interface Line {
  readonly text: string
  readonly via: number
  readonly isDoubtful: boolean
  readonly span: Span
}

export interface ForHead {
  /** `l`, `f`, `d`, `r`, or nothing. */
  readonly kind: string
  readonly options: string
  readonly letter: string
  readonly set: string
}

export interface IfHead {
  readonly isNot: boolean
  readonly ignoresCase: boolean
  /** `==`, `equ` and its like; else what is asked of the one word. */
  readonly op: string
  readonly left: string
  readonly right: string
}

export type Statement =
  | { readonly kind: 'simple'; readonly text: string; readonly line: Line }
  | {
      readonly kind: 'all'
      readonly body: readonly Statement[]
      /** Redirections behind a group. */
      readonly tail: string
    }
  | { readonly kind: 'pipe'; readonly parts: readonly Statement[] }
  | {
      readonly kind: 'for'
      readonly head: ForHead
      readonly body: Statement
      readonly line: Line
    }
  | {
      readonly kind: 'if'
      readonly head: IfHead
      readonly yes: Statement
      readonly no: Statement | undefined
      readonly line: Line
    }

/** Units of what a loop goes through, and heads in one group that do not end. */
const maxSetUnits = 65_536
const maxVain = 16
/** Lines with a bracket that may be the last of such a head. */
const maxLooks = 8
const setUpToDo = /[\s\S]{0,65536}?\)[ \t]*do(?=[\s("@])/iy

/** Groups within each other. */
const maxDepth = 40
/** Units of one group. */
const maxUnits = 1024 * 1024

const redirectsBefore =
  /(?:[ \t]*\d?(?:>>?|<)(?:&\d|[ \t]*(?:"[^"\n]*"|[^\s&|()<>"]+)))+[ \t]*(?=\()/y

export class StatementReader {
  readonly #next: () => Line | undefined
  readonly #lines: { readonly from: number; readonly line: Line }[] = []
  #text = ''
  #at = 0
  /** Units before the text. */
  #read = 0
  /** The line that was asked for last. */
  #current = 0
  /** Heads of loops that were looked for and do not end. */
  #vain = 0

  /** `next`: the line behind, where a group goes on. */
  constructor(first: Line, next: () => Line | undefined) {
    this.#next = next
    this.#add(first)
  }

  read(): Statement {
    return all(this.#line(0))
  }

  #add(line: Line): void {
    this.#lines.push({ from: this.#text.length, line })
    this.#text += `${line.text}\n`
  }

  #pull(): boolean {
    if (this.#text.length > maxUnits) return false
    const line = this.#next()
    if (line) this.#add(line)
    return line !== undefined
  }

  /** The next line alone: what was read is not looked at again. */
  #goOn(): boolean {
    this.#read += this.#text.length
    if (this.#read > maxUnits) return false
    this.#text = ''
    this.#lines.length = 0
    this.#current = 0
    this.#at = 0
    return this.#pull()
  }

  /** The one that the place stands on. */
  #lineAt(at: number): Line {
    const lines = this.#lines
    while (this.#current > 0 && lines[this.#current]!.from > at) this.#current--
    while ((lines[this.#current + 1]?.from ?? Infinity) <= at) this.#current++
    return lines[this.#current]!.line
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (!found) return undefined
    this.#at = pattern.lastIndex
    return found
  }

  get #c(): string {
    return this.#text[this.#at] ?? ''
  }

  /** To the end of the line, or of the group that it stands in. */
  #line(depth: number): Statement[] {
    const out: Statement[] = []
    while (this.#at < this.#text.length) {
      this.#take(/[ \t,;=@&|\r\v\f]*/y)
      if (this.#c === '\n' || this.#c === '') break
      if (this.#c === ')') {
        if (depth > 0) break
        this.#at++
        continue
      }
      const before = this.#at
      out.push(this.#pipeline(depth))
      if (this.#at === before) this.#at++
    }
    return out
  }

  /** Up to the bracket that closes it, however many lines that takes. */
  #group(depth: number, head = ''): Statement {
    const body: Statement[] = []
    for (;;) {
      for (const one of this.#line(depth + 1)) body.push(one)
      if (this.#c === ')') {
        this.#at++
        break
      }
      if (this.#c === '\n') this.#at++
      if (this.#at >= this.#text.length && !this.#goOn()) break
    }
    const tail = this.#take(
      /(?:[ \t]*\d?(?:>>?|<)(?:&\d|[ \t]*(?:"[^"\n]*"|[^\s&|()<>"]+)))*/y,
    )
    return { kind: 'all', body, tail: `${head} ${tail?.[0] ?? ''}`.trim() }
  }

  #pipeline(depth: number): Statement {
    const parts = [this.#unit(depth)]
    while (this.#take(/[ \t]*\|(?!\|)/y)) parts.push(this.#unit(depth))
    return parts.length > 1 ? { kind: 'pipe', parts } : parts[0]!
  }

  #unit(depth: number): Statement {
    this.#take(/[ \t,;=@]*/y)
    // `>file ( … )`: the redirection may stand before what it is of.
    const head = depth < maxDepth ? this.#take(redirectsBefore) : undefined
    if (this.#c === '(' && depth < maxDepth) {
      this.#at++
      return this.#group(depth, head?.[0])
    }
    if (this.#take(/(?:rem(?=[\s\0/])|:)[^\n]*/iy)) return all([])
    const from = this.#at
    const made =
      depth < maxDepth ? (this.#for(depth) ?? this.#if(depth)) : undefined
    if (made) return made
    this.#at = from
    return this.#simple(depth)
  }

  #simple(depth: number): Statement {
    const from = this.#at
    let quoted = false
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#c
      if (c === '\n') break
      if (c === '"') quoted = !quoted
      else if (quoted) continue
      else if (c === '^') this.#at++
      else if (c === '|' || (c === ')' && depth > 0)) break
      else if (c === '&' && !/[<>]/.test(this.#text[this.#at - 1] ?? '')) break
    }
    const text = this.#text.slice(from, this.#at)
    return { kind: 'simple', text, line: this.#lineAt(from) }
  }

  #for(depth: number): Statement | undefined {
    const line = this.#lineAt(this.#at)
    if (!this.#take(/for(?=[ \t])/iy)) return undefined
    const kind = this.#take(/[ \t]+\/([dlrf])/iy)?.[1]?.toLowerCase() ?? ''
    const options = this.#take(
      /[ \t]+(?:"([^"\n]*)"|((?:\w+\^?=\S*[ \t]+)*\w+\^?=\S*)|[^\s%"]\S*)(?=[ \t]+%)/y,
    )
    const letter = this.#take(/[ \t]+%?%([!-~])[ \t]+in[ \t]*\(/iy)?.[1]
    if (!letter) return undefined
    const set = this.#set()
    if (set === undefined) return undefined
    const head = {
      kind,
      options: (options?.[1] ?? options?.[2] ?? '').replaceAll('^', ''),
      letter,
      set,
    }
    return { kind: 'for', head, body: this.#body(depth), line }
  }

  /** Up to its `do`. */
  #set(): string | undefined {
    const from = this.#at
    for (let looks = 0; looks < maxLooks && this.#vain < maxVain; looks++) {
      const found = this.#take(setUpToDo)
      if (found) return found[0].replace(/\)[ \t]*do$/i, '')
      if (looks === 0 && this.#text.indexOf(')', from) >= 0) break
      if (!this.#pullUpTo(')', from)) break
    }
    this.#vain++
    return undefined
  }

  /** More lines, up to one that has the sign. */
  #pullUpTo(sign: string, from: number): boolean {
    while (this.#text.length - from < maxSetUnits && this.#pull())
      if (this.#lines.at(-1)!.line.text.includes(sign)) return true
    return false
  }

  #body(depth: number): Statement {
    this.#take(/[ \t@]*/y)
    // Behind a group on the same line, more may belong to the loop.
    return all(this.#line(depth))
  }

  #if(depth: number): Statement | undefined {
    const line = this.#lineAt(this.#at)
    if (!this.#take(/if(?=[ \t(/])/iy)) return undefined
    let isNot = false
    let ignoresCase = false
    for (;;) {
      const flag = this.#take(/[ \t]*(\/i|not)(?=[ \t])/iy)?.[1]?.toLowerCase()
      if (!flag) break
      if (flag === 'not') isNot = !isNot
      else ignoresCase = true
    }
    const test = this.#test()
    if (!test) return undefined
    const head = { isNot, ignoresCase, ...test }
    this.#take(/[ \t@]*/y)
    const isGroup = this.#c === '('
    const yes = isGroup ? this.#unit(depth) : all(this.#line(depth))
    const no =
      isGroup && this.#take(/[ \t]*else(?=[ \t(])[ \t]*/iy)
        ? this.#c === '(' ||
          /^if[ \t]/i.test(this.#text.slice(this.#at, this.#at + 3))
          ? this.#unit(depth)
          : all(this.#line(depth))
        : undefined
    return { kind: 'if', head, yes, no, line }
  }

  #test(): Pick<IfHead, 'op' | 'left' | 'right'> | undefined {
    const asked = this.#take(
      /[ \t]*(exist|defined|errorlevel|cmdextversion)[ \t]+("[^"\n]*"|[^\s"(]+)/iy,
    )
    if (asked)
      return { op: asked[1]!.toLowerCase(), left: asked[2]!, right: '' }
    const compared = this.#take(
      /[ \t]*((?:"[^"\n]*"|[^\s"=&|<>])*)(?:[ \t]*(==)[ \t]*|[ \t]+(equ|neq|lss|leq|gtr|geq)[ \t]+)((?:"[^"\n]*"|[^\s"&|])+)/iy,
    )
    if (!compared) return undefined
    const [, left = '', same, order, right = ''] = compared
    return { op: same ?? order!.toLowerCase(), left, right }
  }
}

function all(body: readonly Statement[]): Statement {
  return { kind: 'all', body, tail: '' }
}
