// Where a workbook may hide a formula or a link, besides its cells.
import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../../test/documents/items-of.ts'
import {
  escaped,
  ooxmlOf,
  relationsOf,
} from '../../../../../test/documents/ooxml.ts'

const link = `cmd|'/c calc'!A0`
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const sheetMl = 'vnd.openxmlformats-officedocument.spreadsheetml'

/** A workbook with another part, which one relation leads to. */
function bookWith(type: string | undefined, content: string, relation = 'x') {
  return ooxmlOf({
    type: `${sheetMl}.sheet.main+xml`,
    mainName: 'xl/workbook.xml',
    main: `<workbook xmlns="${main}"><sheets/></workbook>`,
    parts: {
      'xl/a.xml': { content, ...(type && { type }) },
      'xl/_rels/workbook.xml.rels': {
        content: relationsOf({ id: 'r1', type: relation, target: 'a.xml' }),
      },
    },
  })
}

describe('DDE of a workbook', () => {
  it.each([
    [
      'in a rule of how cells look',
      `${sheetMl}.worksheet+xml`,
      `<worksheet><conditionalFormatting sqref="A1"><cfRule><formula>${link}</formula></cfRule></conditionalFormatting></worksheet>`,
    ],
    [
      'in a rule of what cells take',
      `${sheetMl}.worksheet+xml`,
      `<worksheet><dataValidation sqref="A1"><formula2>${link}</formula2></dataValidation></worksheet>`,
    ],
    [
      'in a column of a table',
      `${sheetMl}.table+xml`,
      `<table><calculatedColumnFormula>${link}</calculatedColumnFormula></table>`,
    ],
    [
      'in a series of a chart',
      'vnd.openxmlformats-officedocument.drawingml.chart+xml',
      `<c:chartSpace xmlns:c="c"><c:ser><c:val><c:numRef><c:f>${link}</c:f></c:numRef></c:val></c:ser></c:chartSpace>`,
    ],
  ])('is found %s', async (_, type, content) => {
    const { items } = await itemsOf(bookWith(type, content))
    expect(items).toMatchObject([{ DdeCommand: 'cmd /c calc' }])
  })

  it('is found in a link that only a relation calls one', async () => {
    const content = `<externalLink xmlns="${main}"><ddeLink ddeService="cmd" ddeTopic="${escaped('/c calc')}"><ddeItems><ddeItem name="A0"/></ddeItems></ddeLink></externalLink>`
    const { items } = await itemsOf(
      bookWith(undefined, content, 'externalLink'),
    )
    expect(items).toMatchObject([{ DdeCommand: 'cmd /c calc' }])
  })

  const ss = 'urn:schemas-microsoft-com:office:spreadsheet'
  it.each([
    [
      'in a condition',
      `<ConditionalFormatting><Condition><Value1>${link}</Value1></Condition></ConditionalFormatting>`,
    ],
    [
      'in a rule of what cells take',
      `<DataValidation><Value>${link}</Value></DataValidation>`,
    ],
  ])('is found %s of Excel 2003', async (_, inner) => {
    const { items } = await itemsOf(
      Buffer.from(
        `<?xml version="1.0"?><Workbook xmlns="${ss}" xmlns:ss="${ss}"><Worksheet ss:Name="S"><Table/>${inner}</Worksheet></Workbook>`,
      ),
    )
    expect(items).toMatchObject([{ DdeCommand: 'cmd /c calc' }])
  })
})
