// rex: groups of an expression become fields; with mode=sed it replaces.
import { checkPattern, groupNames } from '../patterns.ts'
import { quote } from '../print-expression.ts'
import { SyntaxProblem } from '../report.ts'
import type { Scanner } from '../scanner.ts'
import { type Options, takeOptions } from './options.ts'
import { words } from './parts.ts'
import { parseSed } from './sed.ts'
import type { Syntax } from './syntax.ts'

const options = {
  field: 'text',
  mode: 'text',
  max_match: 'count',
  offset_field: 'text',
} as const

/** `rex {option} (expression | sed-expression) {option}` */
export const rex: Syntax<'rex'> = {
  words: ['rex'],
  options,
  parse(s: Scanner) {
    const found: Options<typeof options> = {}
    takeOptions(s, options, found, 'rex')
    s.space()
    const start = s.pos
    const pattern = s.string() ?? unquotedPattern(s)
    takeOptions(s, options, found, 'rex')
    if (!pattern) s.fail('"rex" needs an expression in quotes', 'P010')
    const field = found.field ?? '_raw'
    const mode = found.mode?.toLowerCase()
    if (mode === 'sed')
      return { kind: 'sed', field, command: parseSed(pattern, start) }
    if (mode !== undefined) {
      throw new SyntaxProblem(
        'P009',
        `option "mode" is "${found.mode}", expected "sed"`,
        start,
      )
    }
    const groups = groupsOf(pattern, start)
    return {
      kind: 'rex',
      field,
      pattern,
      groups,
      maxMatch: found.max_match ?? 1,
      ...(found.offset_field ? { offsetField: found.offset_field } : {}),
    }
  },
  print: (c) =>
    words(
      'rex',
      `field=${quote(c.field)} max_match=${c.maxMatch}`,
      c.offsetField && `offset_field=${quote(c.offsetField)}`,
      quote(c.pattern),
    ),
}

function groupsOf(pattern: string, at: number): string[] {
  checkPattern(pattern, at)
  const groups = groupNames(pattern)
  if (groups.length) return groups
  throw new SyntaxProblem(
    'P011',
    'the expression names no group, so "rex" would extract nothing',
    at,
    'write (?<field>...)',
  )
}

// A pattern without quotes goes to the pipe; only what is certainly a pattern is taken so.
function unquotedPattern(s: Scanner): string | undefined {
  if (s.peek() !== '(') return undefined
  const start = s.pos
  s.skipCommand(start)
  return s.text.slice(start, s.pos).trim()
}
