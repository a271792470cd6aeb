// What do the cells of a workbook hold? Only asked for where macros put their text together of cells.
import { CellValues } from './cell-values.ts'
import type { BinaryRecord } from './records.ts'

export interface Cells {
  /** undefined sheet: any; the first that has the cell. */
  text(
    sheet: number | undefined,
    row: number,
    column: number,
  ): string | undefined
}

const maxCells = 200_000

export function cellsOf(records: Iterable<BinaryRecord>): Cells {
  const bySheet = new Map<number, Map<string, string>>()
  const any = new Map<string, string>()
  let count = 0
  const values = new CellValues(({ sheet, row, column }, value) => {
    if (count++ > maxCells) return
    const key = `${row},${column}`
    const text = String(value)
    const own = bySheet.get(sheet) ?? new Map<string, string>()
    bySheet.set(sheet, own.set(key, text))
    if (!any.has(key)) any.set(key, text)
  })
  for (const record of records) values.take(record)
  return {
    text(sheet, row, column) {
      const key = `${row},${column}`
      const own = sheet === undefined ? any : bySheet.get(sheet)
      return own?.get(key)
    },
  }
}
