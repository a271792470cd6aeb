// The regular expressions of searches: PCRE, as `meaning/regex` reads and runs it. What no engine can run, or not on a text of
// this length, ends the search with its reason.
import type { RegexMatch } from '../../meaning/regex/engines.ts'
import { compileRegex, type RunnableRegex } from '../../meaning/regex/regex.ts'

import { SearchRefusal } from './limit.ts'

export interface Pcre {
  /** Names of the groups and their numbers, from 1. */
  readonly names: RunnableRegex['names']
  test(text: string): boolean
  /** Matches from the left, at most so many. */
  matches(text: string, most: number): RegexMatch[]
}

/** Throws SearchRefusal where no engine can run the expression safely. */
export function compilePcre(source: string, i = false): Pcre {
  const flags = { i, m: false, s: false }
  const regex = compileRegex({ source, flags, dialect: 'pcre' })
  if (regex.kind === 'refused')
    throw new SearchRefusal(
      `the regular expression /${source.slice(0, 60)}/: ${regex.reason}`,
      'avoid quantifiers within quantifiers together with look-around or back-references',
    )
  const seen = (text: string): string => {
    if (regex.sees(text.length)) return text
    throw new SearchRefusal(
      `the expression "${source.slice(0, 60)}" could take too long on a text of ${text.length} characters`,
      'shorten the text with substr(), or avoid look-around',
    )
  }
  return {
    names: regex.names,
    test: (text) => regex.test(seen(text)),
    matches: (text, most) => regex.matches(seen(text), most),
  }
}
