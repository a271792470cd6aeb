// Cells that a tool marked as text, lest a spreadsheet makes numbers, dates or formulas of them: `="17"`, `'17`, a tab in front.
// Source: OWASP, "CSV Injection"; Microsoft Support, "Keep leading zeros and large numbers".
const EQUALS = 0x3d
const QUOTE = 0x22
const APOSTROPHE = 0x27
const TAB = 0x09

/** Of a row whose cells all begin with a mark, so many tell that it is one. */
const minMarked = 3
/** Of one cell that what parts cells cut. */
const maxPieces = 64

/** The row without the marks; the row itself where there are none. */
export function unmarked(
  row: readonly string[],
  delimiter: string,
): readonly string[] {
  let quoted = 0
  let marked = 0
  let filled = 0
  for (const cell of row) {
    if (cell.length === 0) continue
    filled++
    const first = cell.charCodeAt(0)
    if (first === EQUALS && cell.charCodeAt(1) === QUOTE) quoted++
    else if (isMark(first)) marked++
  }
  if (quoted + marked === 0) return row
  const cells = quoted > 0 ? rejoined(row, delimiter) : row
  const isEvery = marked >= minMarked && marked + quoted === filled
  return cells.map((cell) => ofQuotes(cell) ?? ofMark(cell, isEvery))
}

/** Of a cell that is marked otherwise than by quotes, the first byte. */
export function isMark(byte: number): boolean {
  return byte === APOSTROPHE || byte === TAB
}

/** Where only the cell's inside is quoted, what parts cells may stand in it: `="a, b"` came as two. */
function rejoined(
  row: readonly string[],
  delimiter: string,
): readonly string[] {
  const cells: string[] = []
  for (let i = 0; i < row.length; ) {
    const end = endOfQuotes(row, i, delimiter)
    cells.push(row.slice(i, end).join(delimiter))
    i = end
  }
  return cells
}

/** Behind the last of the cells that one was cut into; behind the first where it is never closed. */
function endOfQuotes(
  row: readonly string[],
  from: number,
  delimiter: string,
): number {
  if (!row[from]!.startsWith('="')) return from + 1
  const most = Math.min(row.length, from + maxPieces)
  let text = ''
  for (let i = from; i < most; i++) {
    text = i === from ? row[i]! : text + delimiter + row[i]
    if (ofQuotes(text) !== undefined) return i + 1
  }
  return from + 1
}

/** `="a ""b"""` is `a "b"`. undefined: the cell is no such text, but a formula, or cut. */
function ofQuotes(cell: string): string | undefined {
  if (!cell.startsWith('="') || cell.length < 3 || !cell.endsWith('"')) {
    return undefined
  }
  const inside = cell.slice(2, -1)
  if (!inside.includes('"')) return inside
  return /^(?:[^"]|"")*$/.test(inside)
    ? inside.replaceAll('""', '"')
    : undefined
}

/** An apostrophe before a number, a time, or what would begin a formula; before anything where every cell of the row has one. */
function ofMark(cell: string, isEvery: boolean): string {
  const first = cell.charCodeAt(0)
  if (!isMark(first)) return cell
  const rest = cell.slice(1)
  const isQuoted = first === APOSTROPHE && rest.endsWith("'")
  if (isEvery) return isQuoted ? rest.slice(0, -1) : rest
  const isMarked = !isQuoted && /^(?:[-+=@]|\d[\d.:/TZ -]*$)/.test(rest)
  return isMarked ? rest : cell
}
