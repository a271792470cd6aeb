import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { DocumentItem } from '../../item.ts'
import { scanPart } from '../../xml.ts'
import { type CellFormula, SheetFormulas } from './sheet.ts'

/** What is found in a sheet, and what is said of it. */
function found(text: string) {
  const formulas: CellFormula[] = []
  const items: DocumentItem[] = []
  const problems: string[] = []
  const xml = { text, offsetOf: (at: number) => at }
  const sheet = new SheetFormulas('sheet1.xml', xml, {
    matters: (formula) => formula.includes('|') || formula.includes('['),
    formula: (f) => formulas.push(f),
    item: (i) => items.push(i),
  })
  scanPart(xml, sheet, (p) => problems.push(p))
  return { formulas, items, problems }
}

/** A comment can hide what looks like a tag: with one, every tag of a part is looked at. */
const looked = (text: string) => `${text}<!-- -->`

const formula = fc.constantFrom(
  'SUM(A1:A9)',
  `cmd|'/k calc'!A0`,
  'A1&amp;&quot;&#124;&quot;',
  '[1]Data!A1',
  'a<x:y/>|b',
  '',
)
const cell = fc
  .tuple(formula, fc.constantFrom('', 'x:'), fc.constantFrom('s', 'str', ''))
  .map(([text, p, type]) => ({ text, p, type }))
const other = fc.constantFrom(
  '<dataValidation sqref="B2:B9" type="list"><formula1>[2]A!B1</formula1></dataValidation>',
  '<conditionalFormatting sqref="C1"><cfRule><formula>a|b</formula></cfRule></conditionalFormatting>',
  '<oleObject progId="Package" link="[1]!x" oleUpdate="OLEUPDATE_ALWAYS"/>',
  '<formulas/><cols><col min="1"/></cols>',
)

function sheetOf(
  cells: readonly { text: string; p: string; type: string }[],
  others: readonly string[],
): string {
  const rows = cells.map(
    ({ text, p, type }, i) =>
      `<${p}row r="${i + 1}"><${p}c r="A${i + 1}" t="${type}"><${p}f ca="1">${text}</${p}f><${p}v>a|b</${p}v></${p}c></${p}row>`,
  )
  return `<?xml version="1.0"?>\n<worksheet><sheetData>${rows.join('\n')}</sheetData>${others.join('')}</worksheet>`
}

describe('a sheet', () => {
  it('tells the same whether tags of no interest are passed over or looked at', () => {
    fc.assert(
      fc.property(fc.array(cell), fc.array(other), (cells, others) => {
        const text = sheetOf(cells, others)
        expect(found(text)).toEqual(found(looked(text)))
      }),
    )
  })

  it('names the cell of each formula that matters', () => {
    const text = sheetOf(
      [
        { text: '1', p: '', type: '' },
        { text: `cmd|'/k calc'!A0`, p: 'x:', type: 's' },
      ],
      [],
    )
    for (const t of [text, looked(text)]) {
      expect(found(t).formulas).toMatchObject([{ cell: 'A2' }])
    }
  })

  it('that is cut off within a tag is said, whatever the tag', () => {
    const text = sheetOf([{ text: '1', p: '', type: '' }], [])
    expect(found(text.slice(0, -3)).problems).toEqual([
      'XML cut off within a tag',
    ])
  })
})
