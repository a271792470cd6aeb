// Is a regular expression written properly? Whether and how it may be run is the executor's business.
import {
  maxRegexLength,
  readRegex,
  regexFault,
} from '../../meaning/regex/syntax.ts'

import { SyntaxProblem } from './report.ts'

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
