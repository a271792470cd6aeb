// The cells of a line by itself (RFC 4180, 2). A quote within a cell that does not begin with one is a character of it.

/** Where the quote stands that closes a cell, of which `from` is the first character inside; -1: there is none. */
export type ClosingQuote = (
  text: string,
  from: number,
  delimiter: string,
) => number

/** As the parser of all tables reads it. undefined: a cell in quotes goes on behind the line, or behind the quote that closes it. */
export function cellsOfLine(
  line: string,
  delimiter: string,
): string[] | undefined {
  return cellsBy(firstSingleQuote, line, delimiter)
}

export function cellsBy(
  closing: ClosingQuote,
  text: string,
  delimiter: string,
): string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  for (let from = 0; from <= text.length; ) {
    const isQuoted = text[from] === '"'
    const to = isQuoted
      ? closing(text, from + 1, delimiter)
      : endOf(text, from, delimiter)
    if (to < 0) return undefined
    cells.push(
      isQuoted
        ? text.slice(from + 1, to).replaceAll('""', '"')
        : text.slice(from, to),
    )
    from = to + (isQuoted ? 2 : 1)
  }
  return cells
}

function endOf(text: string, from: number, delimiter: string): number {
  const at = text.indexOf(delimiter, from)
  return at < 0 ? text.length : at
}

/** Nothing of the cell may stand behind it. */
function firstSingleQuote(text: string, from: number, delimiter: string) {
  let at = text.indexOf('"', from)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  const isEnd = at + 1 === text.length || text[at + 1] === delimiter
  return isEnd ? at : -1
}
