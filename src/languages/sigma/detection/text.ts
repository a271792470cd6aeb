// What does the text of a value mean? `*` and `?` are wildcards, a backslash takes their meaning away.
import type { Pattern, PatternPart } from '../../../ir/predicate.ts'
import { ANY, ONE, pattern } from '../../../ir/predicate.ts'

/**
 * text = { "*" | "?" | "\*" | "\?" | "\\" | character }
 *
 * A backslash before `*`, `?` or a backslash makes that character plain; before anything else, and at the end, it is a
 * backslash (Sigma rules specification, "Escaping"). So `\*` is a star, `\\*` a backslash and a wildcard, `\\\*` a
 * backslash and a star, and `a\b` is the same as `a\\b`.
 */
export function parseText(text: string): Pattern {
  if (!/[*?\\]/.test(text)) return [text]
  const parts: PatternPart[] = []
  let literal = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    const next = text[i + 1]
    if (c === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next
      i++
    } else if (c === '*' || c === '?') {
      if (literal) parts.push(literal)
      literal = ''
      parts.push(c === '*' ? ANY : ONE)
    } else {
      literal += c
    }
  }
  if (literal) parts.push(literal)
  return pattern(parts)
}

export function hasWildcard(p: Pattern): boolean {
  return p.some((part) => typeof part === 'number')
}

const dashes = '-/\u2013\u2014\u2015'
const wordCharacter = /[\p{L}\p{N}_]/u

/**
 * `|windash`: a dash or slash that begins a token stands for any of five characters that command lines take for one.
 * A token begins where no word character stands before and one stands after, so the dash of `ab-cd` stays.
 */
export function anyDash(p: Pattern): Pattern {
  const out: PatternPart[] = []
  for (const part of p) {
    if (typeof part !== 'string') out.push(part)
    else for (const piece of dashesOf(part)) out.push(piece)
  }
  return pattern(out)
}

function* dashesOf(text: string): Generator<PatternPart> {
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '-' && text[i] !== '/') continue
    if (i > 0 && wordCharacter.test(text[i - 1]!)) continue
    if (i + 1 === text.length || !wordCharacter.test(text[i + 1]!)) continue
    if (i > from) yield text.slice(from, i)
    yield { oneOf: dashes }
    from = i + 1
  }
  if (from < text.length || text === '') yield text.slice(from)
}

/** Every text that a pattern without wildcards stands for; undefined if there are more than `most`. */
export function literalTexts(p: Pattern, most: number): string[] | undefined {
  // Counted before any is made.
  let count = 1
  for (const part of p) {
    if (typeof part === 'number') return undefined
    if (typeof part === 'object') count *= part.oneOf.length
    if (count > most) return undefined
  }
  let texts = ['']
  for (const part of p) {
    if (typeof part === 'number') return undefined
    const choices = typeof part === 'string' ? [part] : [...part.oneOf]
    texts = texts.flatMap((t) => choices.map((c) => t + c))
  }
  return texts
}
