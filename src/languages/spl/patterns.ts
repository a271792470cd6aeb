// What a search writes as a pattern: text with wildcards, and regular expressions.
import { ANY, type Pattern, pattern } from '../../ir/predicate.ts'

import { compileRegex } from '../../meaning/regex/regex.ts'
import { maxRegexLength, readRegex } from '../../meaning/regex/syntax.ts'

import { SyntaxProblem } from './report.ts'

/** Each `*` is a wildcard. */
export function textPattern(text: string): Pattern {
  return pattern(
    text.split('*').flatMap((part, i) => (i ? [ANY, part] : [part])),
  )
}

const flags = { i: false, m: false, s: false }

/** Names of the groups: `(?<name>...)` and `(?P<name>...)`. Of an expression that has been checked. */
export function groupNames(pattern: string): string[] {
  return readRegex(pattern, flags, 'pcre').names.map(([name]) => name)
}

/** What can be told before anything is read: whether it is written properly, and whether it can be run at all. */
export function checkPattern(pattern: string, at: number): void {
  const regex = compileRegex({ source: pattern, flags, dialect: 'pcre' })
  if (regex.kind !== 'refused') return
  throw new SyntaxProblem(
    pattern.length > maxRegexLength ? 'P016' : 'P011',
    `the regular expression "${pattern.slice(0, 60)}" cannot be used: ${regex.reason}`,
    at,
  )
}
