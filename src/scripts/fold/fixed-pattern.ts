// Patterns of a fixed width, `..`, `[0-9a-f]{2}`, `%(..)`: what cuts encoded text into its letters; between the ends of words, or a run of letters up to
// one: what packers replace. Others are not followed, so that no pattern of a script takes long.

/** Characters that one match may have. */
const maxWidth = 64

const atoms =
  /\\[wdsWDSntrb]|\\x[0-9a-fA-F]{2}|\\[^\w]|\[(?:\^?\])?(?:\\.|[^\]\\])*\]|[^\\[\](){}*+?|^$]/y
const counts = /\{(\d{1,2})\}/y

/** Its source without delimiters and flags; undefined: it is of another kind. */
export function fixedPattern(
  source: string,
  ignoreCase = false,
): RegExp | undefined {
  if (/^(?:\\b)?\\w\+(?:\\b)?$/.test(source))
    return compiled(source, ignoreCase ? 'gis' : 'gs')
  let at = 0
  let width = 0
  let group: 'none' | 'open' | 'closed' = 'none'
  while (at < source.length) {
    const c = source[at]!
    if (c === '(' && group === 'none' && source[at + 1] !== '?') group = 'open'
    else if (c === ')' && group === 'open') group = 'closed'
    else {
      atoms.lastIndex = at
      const atom = atoms.exec(source)?.[0]
      if (!atom) return undefined
      at += atom.length
      counts.lastIndex = at
      const [count, times] = counts.exec(source) ?? []
      at += count?.length ?? 0
      width += atom === '\\b' ? 0 : times ? Number(times) : 1
      if (width > maxWidth) return undefined
      continue
    }
    at++
  }
  if (width === 0 || group === 'open') return undefined
  return compiled(source, ignoreCase ? 'gis' : 'gs')
}

/** `/source/flags`, as JavaScript, Perl and Ruby write it. */
export function fixedPatternOf(literal: string): RegExp | undefined {
  const [, source, flags = ''] =
    /^\/(.{1,256})\/([a-z]{0,8})$/s.exec(literal) ?? []
  return source === undefined
    ? undefined
    : fixedPattern(source, flags.includes('i'))
}

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}
