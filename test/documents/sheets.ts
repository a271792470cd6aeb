// Workbooks that hold a table, made by hand in each format: for tests. A cell is a text, a number, or a day that is shown as a date.
import { escaped, ooxmlOf, relationsOf } from './ooxml.ts'
import { odfContent, odfOf } from './samples.ts'
import { long, record as biff, u16, u32, u8, xlsOf } from './workbook-binary.ts'

export type Cell = string | number | { readonly day: number } | undefined
export type Table = readonly (readonly Cell[])[]

const sheetMl = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const book = 'vnd.openxmlformats-officedocument.spreadsheetml'
const columnName = (i: number) => String.fromCharCode(65 + i)
const isDay = (cell: Cell): cell is { readonly day: number } =>
  typeof cell === 'object'

/** Texts are shared; the second style shows days. */
export function xlsxTable(rows: Table, name = 'Log'): Buffer {
  const texts: string[] = []
  const written = rows.map((row, r) => {
    const cells = row.map((cell, c) => {
      const place = `r="${columnName(c)}${r + 1}"`
      if (cell === undefined) return ''
      if (isDay(cell)) return `<c ${place} s="1"><v>${cell.day}</v></c>`
      if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`
      texts.push(cell)
      return `<c ${place} t="s"><v>${texts.length - 1}</v></c>`
    })
    return `<row r="${r + 1}">${cells.join('')}</row>`
  })
  const shared = texts.map((t) => `<si><t>${escaped(t)}</t></si>`).join('')
  return ooxmlOf({
    type: `${book}.sheet.main+xml`,
    mainName: 'xl/workbook.xml',
    main: `<workbook xmlns="${sheetMl}" xmlns:r="r"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    parts: {
      'xl/worksheets/sheet1.xml': {
        content: `<worksheet xmlns="${sheetMl}"><sheetData>${written.join('')}</sheetData></worksheet>`,
        type: `${book}.worksheet+xml`,
      },
      'xl/sharedStrings.xml': {
        content: `<sst xmlns="${sheetMl}">${shared}</sst>`,
        type: `${book}.sharedStrings+xml`,
      },
      'xl/styles.xml': {
        content: `<styleSheet xmlns="${sheetMl}"><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
        type: `${book}.styles+xml`,
      },
      'xl/_rels/workbook.xml.rels': {
        content: relationsOf({
          id: 'r1',
          type: 'worksheet',
          target: 'worksheets/sheet1.xml',
        }),
      },
    },
  })
}

function record12(id: number, ...data: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(data)
  const head = id < 128 ? [id] : [(id & 0x7f) | 0x80, id >> 7]
  const size = bytes.length
  const length = size < 128 ? [size] : [(size & 0x7f) | 0x80, size >> 7]
  return Buffer.concat([Buffer.from([...head, ...length]), bytes])
}

function f64(n: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(n)
  return bytes
}

const wide = (text: string) =>
  Buffer.concat([u32(text.length), Buffer.from(text, 'utf16le')])

export function xlsbTable(rows: Table): Buffer {
  const texts: string[] = []
  const cells = rows.flatMap((row, r) => [
    record12(0, u32(r)),
    ...row.flatMap((cell, c) => {
      if (cell === undefined) return []
      const place = (style: number) => Buffer.concat([u32(c), u32(style)])
      if (isDay(cell)) return [record12(5, place(1), f64(cell.day))]
      if (typeof cell === 'number') return [record12(5, place(0), f64(cell))]
      texts.push(cell)
      return [record12(7, place(0), u32(texts.length - 1))]
    }),
  ])
  const excel = 'vnd.ms-excel'
  return ooxmlOf({
    type: `${excel}.sheet.binary.macroEnabled.main`,
    mainName: 'xl/workbook.bin',
    main: record12(156, u32(0), u32(1), wide('r1'), wide('Log')),
    parts: {
      'xl/worksheets/sheet1.bin': {
        content: Buffer.concat(cells),
        type: `${excel}.worksheet`,
      },
      'xl/sharedStrings.bin': {
        content: Buffer.concat(
          texts.map((text) => record12(19, u8(0), wide(text))),
        ),
        type: `${excel}.sharedStrings`,
      },
      'xl/styles.bin': {
        content: Buffer.concat([
          record12(617, u32(2)),
          record12(47, u16(0, 0), u32(0)),
          record12(47, u16(0, 22), u32(0)),
          record12(618),
        ]),
        type: `${excel}.styles`,
      },
      'xl/_rels/workbook.bin.rels': {
        content: relationsOf({
          id: 'r1',
          type: 'worksheet',
          target: 'worksheets/sheet1.bin',
        }),
      },
    },
  })
}

export function xlsTable(rows: Table): Buffer {
  const records = rows.flatMap((row, r) =>
    row.flatMap((cell, c) => {
      if (cell === undefined) return []
      if (isDay(cell)) return [biff(0x0203, u16(r, c, 1), f64(cell.day))]
      if (typeof cell === 'number')
        return [biff(0x0203, u16(r, c, 0), f64(cell))]
      return [biff(0x0204, u16(r, c, 0), long(cell))]
    }),
  )
  return xlsOf({
    globals: [biff(0x00e0, u16(0, 0)), biff(0x00e0, u16(0, 22))],
    sheets: [{ name: 'Log', records }],
  })
}

function momentText(day: number): string {
  return new Date(Date.UTC(1899, 11, 30) + Math.round(day * 86_400_000))
    .toISOString()
    .slice(0, -1)
}

function odfRows(rows: Table): string {
  const written = rows.map((row) => {
    const cells = row.map((cell) => {
      if (cell === undefined) return '<table:table-cell/>'
      if (isDay(cell))
        return `<table:table-cell office:value-type="date" office:date-value="${momentText(cell.day)}"><text:p>shown</text:p></table:table-cell>`
      if (typeof cell === 'number')
        return `<table:table-cell office:value-type="float" office:value="${cell}"><text:p>${cell},0</text:p></table:table-cell>`
      const lines = cell
        .split('\n')
        .map((l) => `<text:p>${escaped(l)}</text:p>`)
      return `<table:table-cell office:value-type="string">${lines.join('')}<office:annotation><text:p>a remark</text:p></office:annotation></table:table-cell>`
    })
    return `<table:table-row>${cells.join('')}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>`
  })
  return `<office:spreadsheet><table:table table:name="Log">${written.join('')}<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table></office:spreadsheet>`
}

export const odsTable = (rows: Table) => odfOf('spreadsheet', odfRows(rows))
export const flatOdsTable = (rows: Table) =>
  Buffer.from(odfContent(odfRows(rows), 'document'))

export function excel2003Table(rows: Table): Buffer {
  const written = rows.map((row) => {
    const cells = row.map((cell, c) => {
      if (cell === undefined) return ''
      const [type, text] = isDay(cell)
        ? ['DateTime', momentText(cell.day)]
        : [typeof cell === 'number' ? 'Number' : 'String', String(cell)]
      return `<Cell ss:Index="${c + 1}"><Data ss:Type="${type}">${escaped(text)}</Data></Cell>`
    })
    return `<Row>${cells.join('')}</Row>`
  })
  return Buffer.from(
    `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Log"><Table>${written.join('')}</Table></Worksheet></Workbook>`,
  )
}

const plain = (cell: Cell) => (isDay(cell) ? momentText(cell.day) : cell)

export function sylkTable(rows: Table): Buffer {
  const cells = rows.flatMap((row, r) =>
    row.map((cell, c) => {
      const value = plain(cell) ?? ''
      const text =
        typeof value === 'number' ? value : `"${value.replaceAll(';', ';;')}"`
      return `C;Y${r + 1};X${c + 1};K${text}`
    }),
  )
  return Buffer.from(`ID;PWXL;N;E\r\n${cells.join('\r\n')}\r\nE\r\n`)
}

export function difTable(rows: Table): Buffer {
  const cells = rows.flatMap((row) => [
    '-1,0\r\nBOT',
    ...row.map((cell) => {
      const value = plain(cell) ?? ''
      return typeof value === 'number'
        ? `0,${value}\r\nV`
        : `1,0\r\n"${value.replaceAll('"', '""')}"`
    }),
  ])
  return Buffer.from(
    `TABLE\r\n0,1\r\n"x"\r\nDATA\r\n0,0\r\n""\r\n${cells.join('\r\n')}\r\n-1,0\r\nEOD\r\n`,
  )
}
