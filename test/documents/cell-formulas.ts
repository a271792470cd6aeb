// One workbook in every format: an address in one cell, a formula that goes on with it in another, and a third that follows it. For tests.
import { emlOf } from './mail.ts'
import { escaped } from './ooxml.ts'
import { odfOf, xlsbOfSheet, xlsxOf } from './samples.ts'
import { long, ptg, record, u16, u32, u8, xlsOf } from './workbook-binary.ts'

export const address = 'http://203.0.113.9/'
export const target = `${address}x`

/** HYPERLINK, as binary formats number it. */
const hyperlink = 359

const formulaRecord = (row: number, column: number, tokens: Buffer) =>
  record(
    0x0006,
    u16(row, column, 0),
    Buffer.alloc(8),
    u16(0),
    u32(0),
    u16(tokens.length),
    tokens,
  )

function xls(): Buffer {
  const joined = Buffer.concat([ptg.cell(0, 0), ptg.text('x'), ptg.join])
  const call = Buffer.concat([ptg.cell(1, 0), ptg.call(hyperlink, 1)])
  return xlsOf({
    sheets: [
      {
        name: 'Data',
        records: [
          record(0x0204, u16(0, 0, 0), long(address)),
          formulaRecord(1, 0, joined),
          formulaRecord(0, 1, call),
        ],
      },
    ],
  })
}

const cell12 = (row: number, column: number) =>
  Buffer.concat([u8(0x44), u32(row), u16(column)])
const text12 = (text: string) =>
  Buffer.concat([u8(0x17), u16(text.length), Buffer.from(text, 'utf16le')])

function xlsb(): Buffer {
  return xlsbOfSheet([
    [{ text: address }, { tokens: [cell12(1, 0), ptg.call(hyperlink, 1)] }],
    [{ tokens: [cell12(0, 0), text12('x'), u8(8)] }],
  ])
}

const ods = (formula: string) =>
  odfOf(
    'spreadsheet',
    `<office:spreadsheet><table:table table:name="Data"><table:table-row><table:table-cell office:value-type="string"><text:p>${address}</text:p></table:table-cell><table:table-cell table:formula="${escaped(formula)}"/></table:table-row><table:table-row><table:table-cell table:formula="of:=[.A1]&amp;&quot;x&quot;"><text:p>lie</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`,
  )

const excel2003 = (formula: string, inner: string) =>
  Buffer.from(
    `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Data"><Table><Row><Cell><Data ss:Type="String">${address}</Data></Cell><Cell ss:Formula="${escaped(formula)}"/></Row><Row><Cell ss:Formula="${escaped(inner)}"><Data ss:Type="String">lie</Data></Cell></Row></Table></Worksheet></Workbook>`,
  )

const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>${address}</td><td x:fmla="=HYPERLINK(A2)">1</td></tr><tr><td x:fmla="=A1&amp;&quot;x&quot;">lie</td></tr></table></html>`

export const followed: Readonly<Record<string, () => Buffer>> = {
  xlsx: () => xlsxOf({ A1: address, B1: '=HYPERLINK(A2)', A2: '=A1&"x"' }),
  xls,
  xlsb,
  ods: () => ods('of:=HYPERLINK([.A2])'),
  'ods that names the sheet': () => ods("of:=HYPERLINK([$'Data'.$A$2])"),
  'ods in the words of Excel': () => ods('msoxl:=HYPERLINK(Data!A2)'),
  'Excel 2003 XML': () => excel2003('=HYPERLINK(R[1]C[-1])', '=R[-1]C&"x"'),
  'Excel 2003 XML, by numbers': () =>
    excel2003('=HYPERLINK(R2C1)', '=R1C1&"x"'),
  slk: () =>
    Buffer.from(
      `ID;PWXL\r\nC;Y1;X1;K"${address}"\r\nC;X2;K1;EHYPERLINK(R[1]C[-1])\r\nC;Y2;X1;K"lie";ER[-1]C&"x"\r\nE\r\n`,
    ),
  dif: () =>
    Buffer.from(
      `TABLE\r\n0,1\r\n"x"\r\nDATA\r\n0,0\r\n""\r\n-1,0\r\nBOT\r\n1,0\r\n"${address}"\r\n1,0\r\n"=HYPERLINK(A2)"\r\n-1,0\r\nBOT\r\n1,0\r\n"=A1&""x"""\r\n-1,0\r\nEOD\r\n`,
    ),
  'table of text': () =>
    Buffer.from(`sep=;\n${address};=HYPERLINK(A3)\n"=A2&""x""";1\n`),
  'table with names': () =>
    emlOf([
      {
        name: 'a.csv',
        data: Buffer.from(
          `place,link\n${address},=HYPERLINK(A3)\n"=A2&""x""",1\n`,
        ),
      },
    ]),
  'page of HTML': () => Buffer.from(page),
}
