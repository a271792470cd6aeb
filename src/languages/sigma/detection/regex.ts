// Is this a regular expression at all? Rules are written for PCRE and Python; what JavaScript spells otherwise is set aside
// here for the check only. The IR keeps the author's text, and the executor decides how to run it.

/** In UTF-16 units. */
export const maxRegexLength = 16_384

/** What is wrong with it, or undefined. */
export function regexFault(source: string): string | undefined {
  if (source.length > maxRegexLength) {
    return `it has ${source.length} characters; at most ${maxRegexLength} are read`
  }
  try {
    new RegExp(plainer(source))
    return undefined
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return text
      .replace(/^Invalid regular expression: /, '')
      .replace(/^\/[\s\S]*\/[a-z]*: /, '')
      .toLowerCase()
  }
}

const groupOpenings: readonly (readonly [RegExp, string])[] = [
  [/^\(\?#[^)]*\)/, ''],
  [/^\(\?[a-zA-Z]+(?:-[a-zA-Z]+)?\)/, ''],
  [/^\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?:/, '(?:'],
  [/^\(\?>/, '(?:'],
  [/^\(\?P</, '(?<'],
  [/^\(\?P=\w+\)/, '(?:)'],
]

// One walk, so that what stands in a class or behind a backslash is left alone.
function plainer(source: string): string {
  let out = ''
  let inClass = false
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!
    if (c === '\\') {
      const next = source[i + 1] ?? ''
      out += /[AzZGhHRK]/.test(next) ? 'x' : c + next
      i++
    } else if (inClass) {
      if (c === ']') inClass = false
      out += c
    } else if (c === '[') {
      inClass = true
      // `[]abc]` and `[^]abc]`: the first bracket is a member, as in Python and PCRE.
      const first = /^\[(\^?)\]/.exec(source.slice(i, i + 3))
      out += first ? `[${first[1]}\\]` : c
      if (first) i += first[0].length - 1
    } else if (c === '(') {
      const rest = source.slice(i, i + 64)
      const opening = groupOpenings.find(([re]) => re.test(rest))
      const text = opening ? opening[0].exec(rest)![0] : c
      out += opening ? opening[1] : c
      i += text.length - 1
    } else {
      const possessive = c === '+' && /[*+?}]$/.test(out) && !/\\.$/.test(out)
      if (!possessive) out += c
    }
  }
  return out
}
