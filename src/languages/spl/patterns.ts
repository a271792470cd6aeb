// Is a regular expression written properly? Which engine runs it, and whether it may, is the executor's business.
import { SyntaxProblem } from './report.ts'

/** Characters of one regular expression. */
export const maxPatternLength = 8_192

/** Names of the groups: `(?<name>...)` and `(?P<name>...)`. */
export function groupNames(pattern: string): string[] {
  return [...pattern.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map((m) => m[1]!)
}

export function checkPattern(pattern: string, at: number): void {
  if (pattern.length > maxPatternLength) {
    throw new SyntaxProblem(
      'P016',
      `the expression has ${pattern.length} characters, at most ${maxPatternLength} are read`,
      at,
    )
  }
  try {
    new RegExp(forCheck(pattern), 's')
  } catch (e) {
    const reason = e instanceof Error ? e.message.split(': ').at(-1) : ''
    throw new SyntaxProblem(
      'P011',
      `"${pattern.slice(0, 60)}" is not a regular expression: ${reason}`,
      at,
    )
  }
}

// What PCRE has and JavaScript writes otherwise, so that only real mistakes are told.
function forCheck(pattern: string): string {
  return pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\(\?[imsxUu-]+\)/g, '')
    .replace(/\(\?[imsx]+(?:-[imsx]+)?:/g, '(?:')
    .replace(/\(\?>/g, '(?:')
    .replace(/([+*?}])\+/g, '$1')
    .replace(/\[\[:\^?\w+:\]/g, '[\\w')
    .replace(/\[:\^?\w+:\]/g, '\\w')
    .replace(/\(\?#[^)]*\)/g, '')
}
