// `for /f "tokens=1,2* delims=,"`: what of a line the names of the loop stand for. Microsoft, "for" (Windows commands).

/** Tokens of one line. */
const maxTokens = 32

/** By the letters behind that of the loop: the first is its own. `options` as written between the quotes. */
export function tokensOf(line: string, options: string): readonly string[] {
  const skipped = /\beol=(\S)/i.exec(options)?.[1] ?? ';'
  if (line.startsWith(skipped)) return []
  const given = /\bdelims=(.*?)(?=\s\w+=|$)/i.exec(options)?.[1]
  const delimiters = new Set(given ?? ' \t')
  const wanted = placesIn(/\btokens=([\d,*-]{1,64})/i.exec(options)?.[1] ?? '1')
  const { parts, rests } = partsOf(line, delimiters)
  return wanted.map((place) =>
    place < 0 ? (rests[-place - 1] ?? '') : (parts[place - 1] ?? ''),
  )
}

/** Places from 1; `-n`: all behind so many. */
function placesIn(written: string): number[] {
  const places: number[] = []
  for (const part of written.split(',')) {
    const [, from = '', to = '', rest] =
      /^(\d{1,2})?(?:-(\d{1,2}))?(\*)?$/.exec(part) ?? []
    const last = Number(to || from)
    if (from)
      for (let n = Number(from); n <= last && places.length < maxTokens; n++)
        places.push(n)
    if (rest) places.push(-(places.at(-1) ?? 0) - 1)
  }
  return places
}

/** What stands between delimiters, and from each place on. */
function partsOf(line: string, delimiters: ReadonlySet<string>) {
  const parts: string[] = []
  const rests: string[] = []
  let at = 0
  while (parts.length < maxTokens) {
    while (at < line.length && delimiters.has(line[at]!)) at++
    rests.push(line.slice(at))
    if (at >= line.length) break
    const from = at
    while (at < line.length && !delimiters.has(line[at]!)) at++
    parts.push(line.slice(from, at))
  }
  return { parts, rests }
}
