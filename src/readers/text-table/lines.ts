// The lines of which tables for people are made, as Markdown, Org, reStructuredText, wikis and clients of databases draw them: a rule between rows,
// cells between bars, or columns as wide as the rule above them.

/** Columns of a table. */
const maxColumns = 1024
/** Of a column's name, in UTF-16 units. */
const maxName = 128

export interface Rule {
  readonly columns: number
  /** Where bars stand in rows below; or, without any, where each column begins. */
  readonly places: readonly number[]
  readonly hasBars: boolean
  /** `=====`: below it each row ends with a rule of its own. */
  readonly isDouble: boolean
  /** `--+--`: of a client of a database, which pads its cells and keeps line breaks in them. */
  readonly isCrossed: boolean
}

/** The line with bars and dashes in place of what draws boxes; places stay. */
export function drawn(line: string): string {
  if (!/[\u2500-\u257f]/.test(line)) return line
  return line
    .replaceAll(/[│┃║]/g, '|')
    .replaceAll(/[─━]/g, '-')
    .replaceAll('═', '=')
    .replaceAll(/[\u2500-\u257f]/g, '+')
}

/** A line between rows; undefined: it is none. */
export function ruleOf(line: string): Rule | undefined {
  const text = drawn(line).trimEnd()
  if (!/^[\s|+:=-]{3,}$/.test(text) || !/[-=]/.test(text)) return undefined
  const isDouble = text.includes('=')
  const isCrossed = text.includes('+')
  const kind = { isDouble, isCrossed }
  const places = [...text.matchAll(/[|+]/g)].map((m) => m.index)
  if (places.length > 0) {
    const columns = partsOf(text.replaceAll('+', '|')).length
    return columns <= maxColumns
      ? { columns, places, hasBars: true, ...kind }
      : undefined
  }
  const runs = [...text.matchAll(/[-=]+/g)].map((m) => m.index)
  return runs.length <= maxColumns
    ? { columns: runs.length, places: runs, hasBars: false, ...kind }
    : undefined
}

/** What stands between bars, without those at both ends; a bar behind a backslash is text. */
export function partsOf(line: string): string[] {
  const parts: string[] = []
  const text = line.trim()
  const bars = drawn(text)
  let from = bars.startsWith('|') ? 1 : 0
  for (
    let at = bars.indexOf('|', from);
    at >= 0;
    at = bars.indexOf('|', at + 1)
  ) {
    if (bars[at - 1] === '\\') continue
    parts.push(text.slice(from, at))
    from = at + 1
  }
  if (from < text.length || !bars.endsWith('|')) parts.push(text.slice(from))
  return parts
}

/** The same where bars stand below those of the rule, so that others are text. undefined: they do not. */
export function partsBelow(line: string, rule: Rule): string[] | undefined {
  const text = line.trimEnd()
  const bars = drawn(text)
  const { places, columns } = rule
  // A rule without bars at its ends parts columns by those within.
  const isOpen = places.length < columns
  if (!places.every((at) => bars[at] === '|' || at >= text.length))
    return undefined
  const inner = isOpen ? [-1, ...places, text.length] : places
  if (!isOpen && text.length - 1 !== places.at(-1)) return undefined
  return inner.slice(1).map((to, i) => text.slice(inner[i]! + 1, to))
}

/** Of a rule without bars: each column is as wide as its part of the rule, the last as long as it is. */
export function partsByWidth(line: string, { places }: Rule): string[] {
  return places.map((from, i) => line.slice(from, places[i + 1]))
}

/** `||a||b||` of a wiki. undefined: the line is none. */
export function wikiHeading(line: string): string[] | undefined {
  const text = line.trim()
  if (!text.startsWith('||') || !text.endsWith('||')) return undefined
  return namesOf(text.slice(2, -2).split('||'))
}

/** undefined: these are no names of columns. */
export function namesOf(parts: readonly string[]): string[] | undefined {
  if (parts.length < 2 || parts.length > maxColumns) return undefined
  const texts = parts.map((part) => part.trim())
  if (texts.some((t) => t.length > maxName)) return undefined
  const names = texts.map((t) => t.replaceAll(/^[*`]+|[*`]+$/g, ''))
  const isHeading =
    names.every((n) => /^[\p{L}_@#$][^=<>{}]*$/u.test(n)) &&
    new Set(names).size === names.length
  return isHeading ? names : undefined
}

/** What a cell says: marks of Markdown are none of it. */
export function cellText(part: string): string {
  const text = part.trim()
  const [, , code] = /^(`{1,3})(.*)\1$/s.exec(text) ?? []
  const plain = code === undefined || code.includes('`') ? text : code.trim()
  if (!/[\\&<]/.test(plain)) return plain
  return plain
    .replaceAll('\\|', '|')
    .replaceAll('&#124;', '|')
    .replaceAll(/<br ?\/?>/gi, '\n')
}
