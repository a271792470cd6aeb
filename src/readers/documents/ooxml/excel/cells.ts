// The cells of a workbook of XML that formulas ask for: sheets are parts, and texts stand in a table that all share.
import type { CellSource } from '../../formula/book-cells.ts'
import { scanPart } from '../../xml.ts'
import type { Ooxml } from '../document.ts'
import { readSharedTexts } from './shared-texts.ts'
import { SheetCells } from './sheet.ts'
import type { Workbook } from './workbook.ts'

interface SharedCell {
  readonly sheet: string
  readonly cell: string
}

/** Sheets are called by their part. */
export function cellsOfParts(
  document: Ooxml,
  { sheets }: Workbook,
): Omit<CellSource, 'names'> {
  const { opened, writer } = document
  return {
    sheets: new Map(
      [...sheets].map(([part, name]) => [name.toLowerCase(), part]),
    ),
    async read(wanted, found) {
      const shared = new Map<number, SharedCell[]>()
      for (const [sheet, cells] of wanted) {
        const xml = await opened.xml(sheet)
        if (!xml) continue
        const visitor = new SheetCells(cells, {
          text(cell, text, isShared) {
            if (!isShared) found.text(sheet, cell, text)
            else addTo(shared, Number(text), { sheet, cell })
          },
          formula: (cell, formula) => found.formula(sheet, cell, formula),
        })
        scanPart(xml, visitor, (p) => writer.damaged(p, sheet))
      }
      if (shared.size === 0) return
      const tell = (index: number, text: string) => {
        for (const { sheet, cell } of shared.get(index) ?? [])
          found.text(sheet, cell, text)
      }
      await readSharedTexts(document, tell, (index) => shared.has(index))
    },
  }
}

function addTo(
  shared: Map<number, SharedCell[]>,
  index: number,
  cell: SharedCell,
) {
  const cells = shared.get(index)
  if (cells) cells.push(cell)
  else shared.set(index, [cell])
}
