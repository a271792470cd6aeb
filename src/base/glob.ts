// Names with `*` (anything) and `?` (one character), letter case ignored where asked.

export interface GlobOptions {
  readonly ignoreCase?: boolean
}

export function isGlob(text: string): boolean {
  return /[*?]/.test(text)
}

/** Linear in memory; each `*` takes as little as it can, and only the last one is tried again, so that no text takes long. */
export function globTest(
  pattern: string,
  { ignoreCase = false }: GlobOptions = {},
): (text: string) => boolean {
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text)
  const p = fold(pattern)
  if (!isGlob(p)) return (text) => fold(text) === p
  return (text) => matches(p, fold(text))
}

function matches(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  /** Where the last `*` stands, and what it took so far. */
  let star = -1
  let taken = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      taken = t
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++taken
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
