// Commands that take texts apart: eval, where, rex, regex, makemv, spath, convert, replace and their like.
import type { ConvertFunction, SedCommand } from '../../../ir/search.ts'
import { didYouMean } from '../../../base/did-you-mean.ts'

import type { Command } from '../ast.ts'
import { nameList, takeOptions } from './options.ts'
import type { Options } from './options.ts'
import { isCondition, parseExpression } from '../parse-expression.ts'
import { checkPattern, groupNames } from '../patterns.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'

/** Rows that one row may become. */
const expandLimit = 0

export function parseWhere(s: Scanner, at: number): Command {
  if (s.atCommandEnd()) s.fail('"where" needs a condition', 'P010')
  return { kind: 'where', of: parseExpression(s), at }
}

export function parseEval(s: Scanner, at: number): Command {
  const set: { field: string; of: ReturnType<typeof parseExpression> }[] = []
  do {
    s.space()
    const nameAt = s.pos
    const field = s.name('a field to set')
    if (/\{[^{}\d][^{}]*\}/.test(field)) {
      throw new SyntaxProblem(
        'P012',
        `"${field}" takes its name from a value, which is not supported`,
        nameAt,
      )
    }
    s.expect('=', `behind "${field}"`)
    s.space()
    const start = s.pos
    const of = parseExpression(s)
    if (isCondition(of)) {
      throw new SyntaxProblem(
        'P019',
        `"${field}" would be true or false, which no field can be`,
        start,
        'use if(condition, 1, 0)',
      )
    }
    set.push({ field, of })
  } while (s.take(','))
  return { kind: 'eval', set, at }
}

export function parseRex(s: Scanner, at: number): Command {
  const spec = {
    field: 'text',
    mode: 'text',
    max_match: 'count',
    offset_field: 'text',
  } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'rex')
  s.space()
  const start = s.pos
  const pattern = s.string() ?? unquotedPattern(s)
  takeOptions(s, spec, options, 'rex')
  if (!pattern) s.fail('"rex" needs an expression in quotes', 'P010')
  const field = options.field ?? '_raw'
  const mode = options.mode?.toLowerCase()
  if (mode === 'sed') {
    return { kind: 'sed', field, command: parseSed(pattern, start), at }
  }
  if (mode !== undefined) {
    throw new SyntaxProblem(
      'P009',
      `option "mode" is "${options.mode}", expected "sed"`,
      start,
    )
  }
  checkPattern(pattern, start)
  if (!groupNames(pattern).length) {
    throw new SyntaxProblem(
      'P011',
      'the expression names no group, so "rex" would extract nothing',
      start,
      'write (?<field>...)',
    )
  }
  return {
    kind: 'rex',
    field,
    pattern,
    maxMatch: options.max_match ?? 1,
    ...(options.offset_field ? { offsetField: options.offset_field } : {}),
    at,
  }
}

// A pattern without quotes goes to the pipe; only what is certainly a pattern is taken so.
function unquotedPattern(s: Scanner): string | undefined {
  if (s.peek() !== '(') return undefined
  const start = s.pos
  s.skipCommand(start)
  return s.text.slice(start, s.pos).trim()
}

function parseSed(text: string, at: number): SedCommand {
  const bad = (): never => {
    throw new SyntaxProblem(
      'P011',
      `"${text}" is not a sed expression, expected s/pattern/replacement/flags or y/from/to/`,
      at,
    )
  }
  const kind = text[0]
  const mark = text[1]
  if ((kind !== 's' && kind !== 'y') || !mark || /[\w\\\s]/.test(mark))
    return bad()
  const parts = sedParts(text.slice(2), mark)
  if (parts.length !== 3) return bad()
  const [from, to, flags] = parts as [string, string, string]
  if (kind === 'y') {
    if ([...from].length !== [...to].length || flags.trim()) return bad()
    return { kind: 'y', from, to }
  }
  const m = /^(?:(g)|([1-9]\d{0,3}))?(i)?(?:(g))?$/i.exec(flags.trim())
  if (!m) return bad()
  checkPattern(from, at)
  return {
    kind: 's',
    pattern: from,
    replacement: to,
    global: Boolean(m[1] ?? m[4]),
    ignoreCase: Boolean(m[3]),
    ...(m[2] ? { nth: Number(m[2]) } : {}),
  }
}

function sedParts(text: string, mark: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && i + 1 < text.length) {
      const next = text[++i]!
      part += next === mark || next === '/' ? next : `\\${next}`
    } else if (c === mark && parts.length < 2) {
      parts.push(part)
      part = ''
    } else part += c
  }
  parts.push(part)
  return parts
}

export function parseRegex(s: Scanner, at: number): Command {
  s.space()
  let field = '_raw'
  let negated = false
  const back = s.pos
  const quoted = s.peek() === '"'
  const name = s.optionalName()
  if (name !== undefined && (s.take('!=') || s.peek() === '=')) {
    negated = s.text.startsWith('!=', s.pos - 2)
    if (!negated) s.take('=')
    field = name
  } else {
    s.pos = back
    if (!quoted)
      s.fail('"regex" needs a field or an expression in quotes', 'P010')
  }
  s.space()
  const start = s.pos
  const pattern = s.string() ?? s.word('|[]"')
  if (!pattern) s.fail('"regex" needs an expression in quotes', 'P010')
  checkPattern(pattern, start)
  return { kind: 'regex', field, negated, pattern, at }
}

export function parseMakeMv(s: Scanner, at: number): Command {
  const spec = {
    delim: 'text',
    tokenizer: 'text',
    allowempty: 'flag',
    setsv: 'ignored',
  } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'makemv')
  const field = s.name('a field')
  takeOptions(s, spec, options, 'makemv')
  if (options.tokenizer !== undefined) checkPattern(options.tokenizer, at)
  const { tokenizer } = options
  return {
    kind: 'makemv',
    field,
    ...(tokenizer === undefined
      ? { delim: options.delim ?? ' ' }
      : { tokenizer }),
    allowEmpty: options.allowempty ?? false,
    at,
  }
}

export function parseMvExpand(s: Scanner, at: number): Command {
  const options: Options<{ limit: 'count' }> = {}
  const field = s.name('a field')
  takeOptions(s, { limit: 'count' }, options, 'mvexpand')
  return { kind: 'mvexpand', field, limit: options.limit ?? expandLimit, at }
}

export function parseMvCombine(s: Scanner, at: number): Command {
  const options: Options<{ delim: 'text' }> = {}
  takeOptions(s, { delim: 'text' }, options, 'mvcombine')
  const field = s.name('a field')
  return { kind: 'mvcombine', field, delim: options.delim ?? ' ', at }
}

export function parseNoMv(s: Scanner, at: number): Command {
  return { kind: 'nomv', field: s.name('a field'), at }
}

export function parseSpath(s: Scanner, at: number): Command {
  const spec = { input: 'text', output: 'text', path: 'text' } as const
  const options: Options<typeof spec> = {}
  takeOptions(s, spec, options, 'spath')
  const bare = s.atCommandEnd() ? undefined : s.name('a path')
  takeOptions(s, spec, options, 'spath')
  const path = options.path ?? bare
  return {
    kind: 'spath',
    input: options.input ?? '_raw',
    ...(path === undefined ? {} : { path, output: options.output ?? path }),
    at,
  }
}

export function parseXmlKv(s: Scanner, at: number): Command {
  return { kind: 'xmlkv', field: s.optionalName() ?? '_raw', at }
}

const conversions: readonly ConvertFunction[] = [
  'ctime',
  'mktime',
  'auto',
  'num',
  'none',
  'dur2sec',
  'memk',
  'mstime',
  'rmcomma',
  'rmunit',
]

export function parseConvert(s: Scanner, at: number): Command {
  const options: Options<{ timeformat: 'text' }> = {}
  takeOptions(s, { timeformat: 'text' }, options, 'convert')
  const list: { fn: ConvertFunction; field: string; as: string }[] = []
  while (!s.atCommandEnd()) {
    s.space()
    const start = s.pos
    const name = s.word() ?? ''
    const fn = conversions.find((c) => c === name.toLowerCase())
    if (!fn) {
      throw new SyntaxProblem(
        'P005',
        `unknown conversion "${name}"`,
        start,
        didYouMean(name, conversions),
      )
    }
    s.expect('(', `behind "${name}"`)
    const field = s.name('a field')
    s.expect(')', 'behind the field')
    const as = s.takeWord('as', true) ? s.name('a name') : field
    list.push({ fn, field, as })
    s.take(',')
  }
  if (!list.length)
    s.fail('"convert" needs a conversion, such as ctime(field)', 'P010')
  const timeFormat = options.timeformat ?? '%m/%d/%Y %H:%M:%S'
  return { kind: 'convert', timeFormat, conversions: list, at }
}

export function parseReplace(s: Scanner, at: number): Command {
  const pairs: { from: string; to: string }[] = []
  while (!s.atCommandEnd() && !s.seesWord('in', true)) {
    const from = s.name('a text')
    if (!s.takeWord('with', true)) s.fail(`expected "with" behind "${from}"`)
    pairs.push({ from, to: s.name('a text') })
    s.take(',')
  }
  if (!pairs.length) s.fail('"replace" needs "text WITH text"', 'P010')
  const fields = s.takeWord('in', true) ? nameList(s) : []
  return { kind: 'replace', pairs, fields, at }
}
