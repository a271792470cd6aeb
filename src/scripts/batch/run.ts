// Batch files, line by line: each is expanded with what is known there, cut into commands, and shown to those who know them.
import { tokensOf } from './tokens.ts'
import type { Budget } from '../budget.ts'
import { bitOf, numberOf, text as textValue } from '../fold/value.ts'
import type { Node, Span } from '../syntax/node.ts'
import { type BatchCommand, commandsOf, programWords } from './words.ts'
import { expandLine, type Variable } from './expand.ts'

/** Shows the commands of one line; the nodes stand at its place. */
export type RunNodes = (nodes: readonly Node[]) => void

/** Rounds of one loop. */
const maxRounds = 256
/** Commands in commands: if, for, else. */
const maxNesting = 24
/** Text gathered for files that are written line by line. */
const maxFileUnits = 1024 * 1024

export class BatchRun {
  readonly #variables = new Map<string, Variable>()
  readonly #budget: Budget
  readonly #run: RunNodes
  /** More was made of its lines than is followed. */
  #isOver = false
  readonly #files = new Map<string, { text: string; via: number; at: Span }>()

  constructor(budget: Budget, run: RunNodes) {
    this.#budget = budget
    this.#run = run
  }

  text(text: string): void {
    for (const { line, span } of linesOf(text)) {
      if (this.#isOver || !this.#budget.step()) break
      this.#line(line, span, 0)
    }
  }

  /** Files that were put together by echo, with where they began. */
  files(): { path: string; text: string; via: number; at: Span }[] {
    return Array.from(this.#files, ([path, f]) => ({ path, ...f }))
  }

  #line(line: string, span: Span, depth: number): void {
    if (this.#isOver || depth > maxNesting || !this.#budget.step()) return
    const bare = line.replace(/^[\s@(]+/, '')
    if (/^(?:::|rem\b|:\w)/i.test(bare) || !bare) return
    const loop =
      /^for\s+(\/[a-z]\s+)?(?:"([^"]*)"\s+)?%%?([a-z#])\s+in\s*\(([\s\S]*?)\)\s*do\s+([\s\S]*)$/i.exec(
        bare,
      )
    if (loop) {
      this.#loop(loop, span, depth)
      return
    }
    // `call` has its line expanded once more: doubled signs are single by then.
    const isCalled = /^call\s+(?!:)/i.test(bare)
    const first = expandLine(bare, this.#variables)
    const again =
      isCalled &&
      expandLine(first.text.replace(/^call\s+/i, ''), this.#variables)
    const text = again ? again.text : first.text
    const via = first.via | (again ? again.via : 0)
    // What is written there was counted as bytes of the script.
    const isMade = text.length > bare.length
    if (isMade && !this.#budget.make(text.length)) {
      this.#isOver = true
      return
    }
    if (/^for\s/i.test(text) && !/^for\s/i.test(bare)) {
      this.#line(text, span, depth + 1)
      return
    }
    const test =
      /^if\s+(?:\/i\s+)?(?:not\s+)?(?:exist\s+(?:"[^"]*"|\S+)|defined\s+\S+|errorlevel\s+\S+|(?:"[^"]*"|[^\s=]*)\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*(?:"[^"]*"|\S+))\s+([\s\S]*)$/i.exec(
        text,
      )
    if (test) {
      for (const way of test[1]!.split(/\)?\s{0,8}\belse\b\s{0,8}\(?/i))
        this.#line(way, span, depth + 1)
      return
    }
    this.#commands(text, via, span)
  }

  #loop(
    [
      ,
      option = '',
      options = '',
      variable = '',
      items = '',
      body = '',
    ]: RegExpExecArray,
    span: Span,
    depth: number,
  ): void {
    const kind = option.trim().toLowerCase()
    const given = expandLine(items, this.#variables).text
    if (kind === '/f' && /^\s*['`]/.test(given))
      this.#line(given.trim().replace(/^['`]|['`]$/g, ''), span, depth + 1)
    for (const value of valuesOf(kind, given)) {
      if (this.#budget.spent) break
      const tokens =
        kind === '/f' && value !== unknownOutput
          ? tokensOf(value, options)
          : [value]
      const names = tokens.map((_, i) => nameOf(variable, i))
      for (const [i, text] of tokens.entries())
        this.#variables.set(names[i]!, { text, via: 0 })
      if (tokens.length) this.#line(body, span, depth + 1)
      for (const name of names) this.#variables.delete(name)
    }
  }

  #commands(text: string, via: number, span: Span): void {
    let from: Node | undefined
    for (const command of commandsOf(text)) {
      const first = command.words[0]?.toLowerCase() ?? ''
      if (first === 'set') {
        this.#set(command, via)
        continue
      }
      if (first === 'echo' || first.startsWith('echo.'))
        this.#echo(command, via, span)
      const node = nodeOf(command, via, span, command.piped ? from : undefined)
      from = node
      this.#run([node])
    }
  }

  #set({ rest, carets }: BatchCommand, via: number): void {
    const bare = rest.trim().replace(/^\/[ap]\s+/i, '')
    const inside =
      /^"([\s\S]*)"?$/.exec(bare)?.[1]?.replace(/"[^"]*$/, '') ?? bare
    const equals = inside.indexOf('=')
    if (equals < 1 || this.#variables.size > 10_000) return
    const name = inside.slice(0, equals).trim().toLowerCase()
    this.#variables.set(name, {
      text: withoutItself(inside.slice(equals + 1), name),
      via: via | (carets ? bitOf('split words') : 0),
    })
  }

  #echo({ rest, redirects }: BatchCommand, via: number, at: Span): void {
    const out = redirects.find((r) => r.sign.includes('>'))
    if (!out || /^nul$/i.test(out.target)) return
    const known = out.sign.includes('>>')
      ? this.#files.get(out.target)
      : undefined
    const text = `${known?.text ?? ''}${rest.replace(/^[ .:]/, '')}\r\n`
    if (text.length < maxFileUnits && this.#budget.make(rest.length))
      this.#files.set(out.target, {
        text,
        via: via | (known?.via ?? 0),
        at: known?.at ?? at,
      })
  }
}

/** Of a command that only runs would tell. */
const unknownOutput = '{output}'

/** The letter of a loop, or one behind it. */
function nameOf(letter: string, behind: number): string {
  const code = letter.toLowerCase().charCodeAt(0) + behind
  return `%%${String.fromCharCode(code)}`
}

function valuesOf(kind: string, items: string): string[] {
  if (kind === '/l') {
    const [from = 0, by = 1, to = 0] = items
      .split(',')
      .map((n) => numberOf(textValue(n)) ?? 0)
    const n = by ? Math.floor((to - from) / by) + 1 : 0
    return Array.from({ length: Math.max(0, Math.min(n, maxRounds)) }, (_, i) =>
      String(from + i * by),
    )
  }
  if (kind === '/f') {
    const literal =
      /^\s*"([^"]*)"\s*$/.exec(items)?.[1] ??
      /^\s*['`](?:cmd(?:\.exe)?\s+\/c\s+)?echo[ .:]([^'`|<>&]*)['`]\s*$/i.exec(
        items,
      )?.[1]
    return literal === undefined ? [unknownOutput] : [literal]
  }
  const all = items.match(/"[^"]*"|[^\s,;]+/g) ?? []
  return all.slice(0, maxRounds).map((w) => w.replace(/^"|"$/g, ''))
}

function nodeOf(
  command: BatchCommand,
  lineVia: number,
  { start, end }: Span,
  from: Node | undefined,
): Node {
  const { redirects, carets } = command
  const via = lineVia | (carets ? bitOf('split words') : 0)
  const literal = (value: string): Node => ({
    kind: 'text',
    value,
    via,
    start,
    end,
  })
  const parts = redirects.map(
    (r): Node => ({
      kind: 'list',
      items: [literal(r.sign), literal(r.target)],
      start,
      end,
    }),
  )
  return {
    kind: 'command',
    words: [...programWords(command).map(literal), ...parts],
    ...(from && { from }),
    start,
    end,
  }
}

/** Lines with those that a caret continues, and blocks in brackets line by line. */
function* linesOf(text: string): Generator<{ line: string; span: Span }> {
  let start = 0
  while (start < text.length) {
    let line = ''
    let at = start
    for (;;) {
      const end = text.indexOf('\n', at)
      const to = end < 0 ? text.length : end
      const part = text.slice(at, to).replace(/\r$/, '')
      at = to + 1
      const goesOn =
        /(?:^|[^^])(?:\^\^)*\^$/.test(part.slice(-64)) &&
        at < text.length &&
        line.length < maxFileUnits
      line += goesOn ? part.slice(0, -1) : part
      if (!goesOn) {
        yield { line, span: { start, end: to } }
        break
      }
    }
    start = at
  }
}

/** What was never set is empty where it is joined to itself. */
function withoutItself(text: string, name: string): string {
  const marks = [`!${name}!`, `%${name}%`]
  const low = text.toLowerCase()
  const mark = marks.find((m) => low.startsWith(m))
  return mark ? text.slice(mark.length) : text
}
