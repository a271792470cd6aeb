// Cells as formulas name them: `$B$2`, `A1:B3`, `R1C2`.
import { cellName } from '../cell-name.ts'

const a1 = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i
const r1c1 = /^R(\d{1,7})C(\d{1,5})$/i
/** Cells of one range that are asked for. */
const maxRangeCells = 1024

/** `B2`; undefined: it names no cell. */
export function cellOf(name: string): string | undefined {
  const [, letters, row] = a1.exec(name) ?? []
  if (letters && row) return `${letters.toUpperCase()}${Number(row)}`
  const [, r, c] = r1c1.exec(name) ?? []
  return r && c ? cellName(Number(r), Number(c)) : undefined
}

/** Row by row; undefined: there are too many, or they are no cells. */
export function cellsBetween(
  from: string,
  to: string,
): readonly string[] | undefined {
  const [a, b] = [placeOf(from), placeOf(to)]
  if (!a || !b) return undefined
  const [top, bottom] = [Math.min(a.row, b.row), Math.max(a.row, b.row)]
  const [left, right] = [
    Math.min(a.column, b.column),
    Math.max(a.column, b.column),
  ]
  if ((bottom - top + 1) * (right - left + 1) > maxRangeCells) return undefined
  const cells: string[] = []
  for (let row = top; row <= bottom; row++)
    for (let c = left; c <= right; c++) cells.push(cellName(row, c))
  return cells
}

/** Columns of the range from one cell to another. */
export function columnsBetween(from: string, to: string): number {
  const [a, b] = [placeOf(from), placeOf(to)]
  return a && b ? Math.abs(a.column - b.column) + 1 : 1
}

/** From 1; undefined: it names no cell. */
export function placeOf(name: string) {
  const [, letters, row] = a1.exec(cellOf(name) ?? '') ?? []
  if (!letters || !row) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return { row: Number(row), column }
}
