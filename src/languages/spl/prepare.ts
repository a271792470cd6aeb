// From the author's text to the text that is parsed: the page's fence goes, comments become a space, macros are replaced.
// Offsets in the result lead back to the author's text.
import { didYouMean } from '../../base/did-you-mean.ts'

import type { Macros } from './macros.ts'
import { findMacro } from './macros.ts'
import type { SplCode } from './codes.ts'

/** Characters of a search, before and after its macros are expanded. */
export const maxSearchLength = 65_536
/** Macros within macros. */
const maxMacroDepth = 16

export interface PreparedProblem {
  readonly severity: 'error' | 'note'
  readonly code: SplCode
  readonly message: string
  readonly at: number
  readonly hint?: string
}

export interface Prepared {
  readonly text: string
  readonly problems: readonly PreparedProblem[]
  /** The offset in the author's text of an offset in `text`. */
  original(offset: number): number
}

interface Piece {
  readonly start: number
  readonly original: number
  /** Text that a macro made: all of it points at the macro's call. */
  readonly made: boolean
}

export function prepare(source: string, macros: Macros): Prepared {
  const problems: PreparedProblem[] = []
  const pieces: Piece[] = []
  let text = ''
  const put = (part: string, original: number, made: boolean) => {
    pieces.push({ start: text.length, original, made })
    text += part
  }
  const finish = (): Prepared => ({
    text,
    problems,
    original: (offset) => originalOffset(pieces, offset),
  })
  if (source.length > maxSearchLength) {
    problems.push(tooLong(source.length, 0))
    return finish()
  }
  const fence = fenceOf(source)
  if (fence) {
    problems.push({
      severity: 'note',
      code: 'P040',
      message:
        'the search stood inside a Markdown fence of three backticks, which would make all of it one comment: removed',
      at: fence.from,
    })
  }
  const from = fence?.innerFrom ?? 0
  const to = fence?.innerTo ?? source.length
  for (const token of tokens(source, from, to)) {
    if (token.kind === 'text')
      put(source.slice(token.from, token.to), token.from, false)
    else if (token.kind === 'comment') put(' ', token.from, true)
    else if (token.kind === 'open-comment') {
      problems.push({
        severity: 'error',
        code: 'P002',
        message: 'a comment of three backticks is not closed',
        at: token.from,
      })
    } else {
      const call = source.slice(token.from + 1, token.to - 1)
      const made = expand(call, macros, token.from, problems, 0)
      if (text.length + made.length > maxSearchLength) {
        problems.push(tooLong(text.length + made.length, token.from))
        return finish()
      }
      put(made, token.from, true)
    }
  }
  return finish()
}

function tooLong(length: number, at: number): PreparedProblem {
  return {
    severity: 'error',
    code: 'P016',
    message: `the search has ${length} characters, at most ${maxSearchLength} are read`,
    at,
  }
}

function originalOffset(pieces: readonly Piece[], offset: number): number {
  let found: Piece | undefined
  for (const p of pieces) {
    if (p.start > offset) break
    found = p
  }
  if (!found) return 0
  return found.made ? found.original : found.original + offset - found.start
}

type Token = {
  kind: 'text' | 'comment' | 'open-comment' | 'macro'
  from: number
  to: number
}

/** Cuts into text, comments and macro calls. Quoted text is text, whatever it holds. */
function* tokens(source: string, from: number, to: number): Generator<Token> {
  let start = from
  let i = from
  while (i < to) {
    const c = source[i]
    if (c === '"') {
      i = endOfString(source, i, to)
      continue
    }
    if (c !== '`') {
      i++
      continue
    }
    if (i > start) yield { kind: 'text', from: start, to: i }
    if (source.startsWith('```', i)) {
      const end = source.indexOf('```', i + 3)
      if (end < 0 || end + 3 > to) {
        yield { kind: 'open-comment', from: i, to }
        return
      }
      yield { kind: 'comment', from: i, to: end + 3 }
      i = end + 3
    } else {
      const end = source.indexOf('`', i + 1)
      const stop = end < 0 || end >= to ? to : end + 1
      yield { kind: 'macro', from: i, to: stop }
      i = stop
    }
    start = i
  }
  if (start < to) yield { kind: 'text', from: start, to }
}

function endOfString(source: string, open: number, to: number): number {
  let i = open + 1
  while (i < to && source[i] !== '"') i += source[i] === '\\' ? 2 : 1
  return Math.min(i + 1, to)
}

/**
 * The page puts its queries between fences on the query's own lines. A text that has nothing but one comment is such a
 * query; one that has anything outside its comments is what it seems.
 */
function fenceOf(
  source: string,
): { from: number; innerFrom: number; innerTo: number } | undefined {
  const from = source.search(/\S/)
  if (from < 0 || !source.startsWith('```', from)) return undefined
  const end = source.trimEnd().length
  const close = source.lastIndexOf('```', end)
  if (close < from + 3 || close + 3 !== end) return undefined
  for (const t of tokens(source, from, end)) {
    if (t.kind === 'text' && source.slice(t.from, t.to).trim()) return undefined
    if (t.kind === 'macro') return undefined
  }
  const info = /^(?:spl|splunk|spl2|sql|text)?[ \t]*\r?\n/.exec(
    source.slice(from + 3, from + 20),
  )
  return { from, innerFrom: from + 3 + (info?.[0].length ?? 0), innerTo: close }
}

function expand(
  call: string,
  macros: Macros,
  at: number,
  problems: PreparedProblem[],
  depth: number,
): string {
  const m = /^\s*([\w:.-]+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(call)
  if (!m) {
    problems.push({
      severity: 'error',
      code: 'P015',
      message: `"${shown(call)}" is not a macro call`,
      at,
    })
    return ' '
  }
  const name = m[1]!
  const args = m[2] === undefined ? [] : splitArguments(m[2])
  const macro = findMacro(macros, name, args.length)
  if (!macro) {
    problems.push(unknownMacro(name, args.length, macros, at))
    return ' '
  }
  if (depth >= maxMacroDepth) {
    problems.push({
      severity: 'error',
      code: 'P015',
      message: `macros stand in one another more than ${maxMacroDepth} deep at "${name}"`,
      at,
    })
    return ' '
  }
  let text = ''
  const body = substitute(macro.definition, macro.args, args)
  for (const t of tokens(body, 0, body.length)) {
    if (t.kind === 'text') text += body.slice(t.from, t.to)
    else if (t.kind === 'macro') {
      text += expand(
        body.slice(t.from + 1, t.to - 1),
        macros,
        at,
        problems,
        depth + 1,
      )
    } else text += ' '
    if (text.length > maxSearchLength) {
      problems.push(tooLong(text.length, at))
      return ' '
    }
  }
  return text
}

function unknownMacro(
  name: string,
  count: number,
  macros: Macros,
  at: number,
): PreparedProblem {
  const others = [...macros.values()].filter((m) => m.name === name)
  if (others.length) {
    return {
      severity: 'error',
      code: 'P015',
      message: `macro "${name}" takes ${others.map((m) => m.args.length).join(' or ')} arguments, ${count} given`,
      at,
    }
  }
  const hint = didYouMean(
    name,
    new Set([...macros.values()].map((m) => m.name)),
  )
  return {
    severity: 'error',
    code: 'P014',
    message: `unknown macro "${name}"`,
    at,
    ...(hint ? { hint } : {}),
  }
}

function substitute(
  body: string,
  names: readonly string[],
  values: readonly string[],
): string {
  if (!names.length) return body
  return body.replace(/\$([\w.-]+)\$/g, (whole, name: string) => {
    const i = names.indexOf(name)
    return i < 0 ? whole : (values[i] ?? '')
  })
}

/** Arguments are parted by commas; quotes and parentheses keep theirs. The quotes around a whole argument go. */
function splitArguments(text: string): string[] {
  if (!text.trim()) return []
  const args: string[] = []
  let depth = 0
  let start = 0
  let i = 0
  const take = (end: number) => {
    const arg = text.slice(start, end).trim()
    const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(arg)
    args.push(quoted ? quoted[1]! : arg)
    start = end + 1
  }
  while (i < text.length) {
    const c = text[i]
    if (c === '"') {
      i = endOfString(text, i, text.length)
      continue
    }
    if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === ',' && depth <= 0) take(i)
    i++
  }
  take(text.length)
  return args
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text
}
