// What a search writes as a pattern: text with wildcards, and regular expressions. Whether and how an expression may be run is
// the executor's business.
import { ANY, type Pattern, pattern } from '../../ir/predicate.ts'

import {
  maxRegexLength,
  readRegex,
  regexFault,
} from '../../meaning/regex/syntax.ts'

import { SyntaxProblem } from './report.ts'

/** Each `*` is a wildcard. */
export function textPattern(text: string): Pattern {
  return pattern(
    text.split('*').flatMap((part, i) => (i ? [ANY, part] : [part])),
  )
}

/** Names of the groups: `(?<name>...)` and `(?P<name>...)`. Of an expression that has been checked. */
export function groupNames(pattern: string): string[] {
  const flags = { i: false, m: false, s: false }
  return readRegex(pattern, flags, 'pcre').names.map(([name]) => name)
}

export function checkPattern(pattern: string, at: number): void {
  const fault = regexFault(pattern, 'pcre')
  if (fault === undefined) return
  throw new SyntaxProblem(
    pattern.length > maxRegexLength ? 'P016' : 'P011',
    `"${pattern.slice(0, 60)}" is not a regular expression: ${fault}`,
    at,
  )
}
