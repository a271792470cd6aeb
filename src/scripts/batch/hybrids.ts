// Files that are two scripts at once: each of the two languages takes what is meant for the other for a comment, or for nothing.
import type { Language } from '../language.ts'

const heads: readonly (readonly [RegExp, Language])[] = [
  // `@if (@x)==(@y) @end /*`, `@set @x=1 /*`, `0</*`: conditional compilation, a comment.
  [/^\s{0,64}@?(?:if\s*\(@[^)\n]{0,64}\)\s*==|set\s+@\w)/i, 'jscript'],
  [/^\s{0,64}\d?<?\s?\/\*/, 'jscript'],
  [/^\s{0,64}@?<#/, 'powershell'],
]

/** Units in which the head of a page is looked for. */
const headUnits = 65_536

/** The other language; undefined: it is a batch file alone. */
export function hybridOf(text: string): Language | undefined {
  const head = text.slice(0, 512)
  const found = heads.find(([pattern]) => pattern.test(head))
  if (found) return found[1]
  if (!/^\s{0,64}<!--/.test(head)) return undefined
  const page = text.slice(0, headUnits)
  return /<(?:job|package)\b/i.test(page) ? 'wsf' : 'hta'
}
