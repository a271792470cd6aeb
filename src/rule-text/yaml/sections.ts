// Where does one document of a text end and the next begin? `---` at the start of a line is a boundary wherever it stands
// (YAML 1.2.2, 9.1.2), even within a scalar, so a text can be cut there before anything is parsed: a broken document then
// does no harm to the others.

export interface Section {
  readonly text: string
  /** Lines of the file before it. */
  readonly line: number
}

const marker = /^---(?=[ \t\r\n]|$)[ \t\r]*(\n|$)?/gm

export function sectionsOf(text: string): readonly Section[] {
  if (!text.includes('---')) return [{ text, line: 0 }]
  // Directives belong to the document behind the marker that ends them.
  if (/^%/m.test(text)) return [{ text, line: 0 }]
  const sections: Section[] = []
  let from = 0
  let line = 0
  for (const match of text.matchAll(marker)) {
    const piece = text.slice(from, match.index)
    if (piece.trim()) sections.push({ text: piece, line })
    line += linesIn(piece)
    // A marker alone on its line is left out; with content behind it, it stays with that content.
    const alone = match[1] !== undefined
    if (alone) line += match[1] ? 1 : 0
    from = match.index + (alone ? match[0].length : 0)
  }
  const rest = text.slice(from)
  if (rest.trim()) sections.push({ text: rest, line })
  return sections
}

function linesIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    count++
  }
  return count
}
