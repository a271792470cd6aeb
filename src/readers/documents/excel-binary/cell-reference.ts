// A cell as the tokens of a formula name it, and how it is written. MS-XLS 2.5.198.84 (PtgRef), .88 (PtgRefN).
import { cellName } from '../cell-name.ts'
import type { FormulaVersion } from './token-sizes.ts'

/** A cell, by row and column from 0. */
export interface CellAt {
  readonly row: number
  readonly column: number
}

/** Which of the two count from the cell of a shared formula is said by the highest bits: of the column, before Excel 97 of the row. */
export function placedBy(
  version: FormulaVersion,
  { row, column }: CellAt,
  from: CellAt | undefined,
): CellAt {
  const flags = version === 5 ? row : column
  const [rows, columns] = limits[version]
  const counted = (n: number, own: number, isOwn: boolean, limit: number) =>
    ((isOwn ? own : 0) + (n & (limit - 1))) & (limit - 1)
  return {
    row: counted(row, from?.row ?? 0, (flags & 0x8000) !== 0, rows),
    column: counted(column, from?.column ?? 0, (flags & 0x4000) !== 0, columns),
  }
}

/** Rows and columns of a sheet, powers of two. */
const limits: Readonly<Record<FormulaVersion, readonly [number, number]>> = {
  5: [0x4000, 0x100],
  8: [0x1_0000, 0x100],
  12: [0x10_0000, 0x4000],
}

export function nameOf({ row, column }: CellAt): string {
  return cellName(row + 1, column + 1)
}

/** A sheet before a cell stands between apostrophes where its name is no word. */
export function onSheet(sheet: string, cell: string): string {
  const written = /^[\w.[\]]+$/.test(sheet)
    ? sheet
    : `'${sheet.replaceAll("'", "''")}'`
  return `${written}!${cell}`
}
