// Documents of every format that are made as text, with one DDE link or one target in them: for tests.
import { zipOf } from '../tools/archives.ts'
import { escaped, ooxmlOf, relationsOf } from './ooxml.ts'

const sheetMl = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationship =
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface Link {
  readonly service: string
  readonly topic: string
  readonly item: string
}

const book = 'vnd.openxmlformats-officedocument.spreadsheetml'

/** A workbook with cells (by name, of formulas or texts) and a link. */
export function xlsxOf(
  cells: Readonly<Record<string, string>>,
  {
    link,
    type = `${book}.sheet.main+xml`,
    sheetType = `${book}.worksheet+xml`,
  }: { link?: Link; type?: string; sheetType?: string } = {},
): Buffer {
  const rows = Object.entries(cells).map(([name, text]) => {
    const inner = text.startsWith('=')
      ? `<c r="${name}"><f>${escaped(text.slice(1))}</f></c>`
      : `<c r="${name}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`
    return `<row r="${name.replace(/\D/g, '')}">${inner}</row>`
  })
  const parts = {
    'xl/worksheets/sheet1.xml': {
      content: `<worksheet xmlns="${sheetMl}"><sheetData>${rows.join('')}</sheetData></worksheet>`,
      type: sheetType,
    },
    'xl/_rels/workbook.xml.rels': {
      content: relationsOf(
        { id: 'r1', type: 'worksheet', target: 'worksheets/sheet1.xml' },
        ...(link
          ? [
              {
                id: 'r2',
                type: 'externalLink',
                target: 'externalLinks/externalLink1.xml',
              },
            ]
          : []),
      ),
    },
    ...(link && {
      'xl/externalLinks/externalLink1.xml': {
        content: `<externalLink xmlns="${sheetMl}"><ddeLink ddeService="${escaped(link.service)}" ddeTopic="${escaped(link.topic)}"><ddeItems><ddeItem name="${escaped(link.item)}"/></ddeItems></ddeLink></externalLink>`,
        type: `${book}.externalLink+xml`,
      },
    }),
  }
  return ooxmlOf({
    type,
    mainName: 'xl/workbook.xml',
    main: `<workbook xmlns="${sheetMl}" xmlns:r="${relationship}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets>${link ? '<externalReferences><externalReference r:id="r2"/></externalReferences>' : ''}</workbook>`,
    parts,
  })
}

const odfSpaces = ['office', 'text', 'table', 'script', 'xlink']
  .map((n) =>
    n === 'xlink'
      ? 'xmlns:xlink="http://www.w3.org/1999/xlink"'
      : `xmlns:${n}="urn:oasis:names:tc:opendocument:xmlns:${n}:1.0"`,
  )
  .join(' ')

export function odfContent(body: string, root = 'document-content'): string {
  return `<?xml version="1.0" encoding="UTF-8"?><office:${root} ${odfSpaces}><office:body>${body}</office:body></office:${root}>`
}

export function odfOf(kind: 'text' | 'spreadsheet', body: string): Buffer {
  const type = `application/vnd.oasis.opendocument.${kind}`
  return zipOf([
    { name: 'mimetype', content: type },
    { name: 'content.xml', content: odfContent(body) },
    {
      name: 'META-INF/manifest.xml',
      content: `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/></manifest:manifest>`,
    },
  ])
}

export const odtDde = ({ service, topic, item }: Link) =>
  `<office:text><text:dde-connection-decls><text:dde-connection-decl office:name="c" office:dde-application="${escaped(service)}" office:dde-topic="${escaped(topic)}" office:dde-item="${escaped(item)}" office:automatic-update="true"/></text:dde-connection-decls><text:p>x</text:p></office:text>`

export const odsDde = ({ service, topic, item }: Link) =>
  `<office:spreadsheet><table:table table:name="Data"/><table:dde-links><table:dde-link><office:dde-source office:dde-application="${escaped(service)}" office:dde-topic="${escaped(topic)}" office:dde-item="${escaped(item)}"/></table:dde-link></table:dde-links></office:spreadsheet>`

export const odsFormula = (formula: string) =>
  `<office:spreadsheet><table:table table:name="Data"><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row><table:table-row><table:table-cell/><table:table-cell table:formula="of:${escaped(formula)}"/></table:table-row></table:table></office:spreadsheet>`

export function excel2003(formula: string, path = ''): string {
  const supBook = path
    ? `<SupBook><Path>${escaped(path)}</Path><ExternName><Name>A1</Name></ExternName></SupBook>`
    : ''
  const cell = formula
    ? `<Cell ss:Formula="${escaped(formula)}"><Data ss:Type="Error">x</Data></Cell>`
    : '<Cell/>'
  return `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel">${supBook}</ExcelWorkbook><Worksheet ss:Name="Data"><Table><Row ss:Index="4">${cell}</Row></Table></Worksheet></Workbook>`
}

export function word2003(body: string): string {
  return `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>${body}</w:body></w:wordDocument>`
}

/** The parts of a package in one file. */
export function flatOf(
  parts: Readonly<
    Record<string, { readonly type: string; readonly xml: string }>
  >,
): string {
  const all = Object.entries(parts).map(
    ([name, { type, xml }]) =>
      `<pkg:part pkg:name="/${name}" pkg:contentType="application/${type}"><pkg:xmlData>${xml.replace(/^<\?xml[^>]*\?>/, '')}</pkg:xmlData></pkg:part>`,
  )
  return `<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">${all.join('')}</pkg:package>`
}

/** A shortcut to a program with arguments, of the least that the format asks for. */
export function lnkOf(program: string, args: string): Buffer {
  const head = Buffer.alloc(0x4c)
  Buffer.from('4c0000000114020000000000c000000000000046', 'hex').copy(head)
  head.writeUInt32LE(0x08 | 0x20 | 0x80, 0x14)
  const text = (t: string) => {
    const length = Buffer.alloc(2)
    length.writeUInt16LE(t.length)
    return Buffer.concat([length, Buffer.from(t, 'utf16le')])
  }
  return Buffer.concat([head, text(program), text(args), Buffer.alloc(4)])
}

export function pdfOf(...objects: readonly string[]): string {
  return `%PDF-1.7\n${objects.map((o, i) => `${i + 1} 0 obj\n${o}\nendobj\n`).join('')}trailer\n<</Root 1 0 R>>\n%%EOF\n`
}

/** A record of a binary workbook: number and size in groups of 7 bits. */
function record(id: number, ...data: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(data)
  const head = id < 128 ? [id] : [(id & 0x7f) | 0x80, id >> 7]
  const size = bytes.length
  return Buffer.concat([
    Buffer.from([...head, (size & 0x7f) | 0x80, size >> 7]),
    bytes,
  ])
}

function u32(n: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n)
  return bytes
}

const wide = (text: string) =>
  Buffer.concat([u32(text.length), Buffer.from(text, 'utf16le')])

type BinaryCell =
  | { readonly text: string }
  | { readonly tokens: readonly Buffer[] }

const cellHead = (column: number) => Buffer.concat([u32(column), u32(0)])

function binaryCell(cell: BinaryCell, column: number): Buffer {
  if ('text' in cell) return record(6, cellHead(column), wide(cell.text))
  const tokens = Buffer.concat(cell.tokens)
  const size = u32(tokens.length)
  const flags = Buffer.alloc(2)
  return record(8, cellHead(column), wide('lie'), flags, size, tokens, u32(0))
}

/** A binary workbook of one sheet, by rows. */
export function xlsbOfSheet(
  rows: readonly (readonly BinaryCell[])[],
  sheetType = 'vnd.ms-excel.worksheet',
): Buffer {
  const excel = 'vnd.ms-excel'
  const content = rows.flatMap((cells, r) => [
    record(0, u32(r)),
    ...cells.map(binaryCell),
  ])
  return ooxmlOf({
    type: `${excel}.sheet.binary.macroEnabled.main`,
    mainName: 'xl/workbook.bin',
    main: record(156, u32(0), u32(1), wide('r1'), wide('Data')),
    parts: {
      'xl/worksheets/sheet1.bin': {
        content: Buffer.concat(content),
        type: sheetType,
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

/** A binary workbook with a link, and a cell with tokens of a formula. */
export function xlsbOf(link: Link, tokens: Buffer): Buffer {
  const excel = 'vnd.ms-excel'
  const cell = record(
    8,
    u32(1),
    u32(0),
    wide('x'),
    Buffer.alloc(2),
    u32(tokens.length),
    tokens,
    u32(0),
  )
  return ooxmlOf({
    type: `${excel}.sheet.binary.macroEnabled.main`,
    mainName: 'xl/workbook.bin',
    main: Buffer.concat([
      record(156, u32(0), u32(1), wide('r1'), wide('Data')),
      record(355, wide('r2')),
    ]),
    parts: {
      'xl/worksheets/sheet1.bin': {
        content: Buffer.concat([record(0, u32(3)), cell]),
        type: `${excel}.worksheet`,
      },
      'xl/externalLinks/externalLink1.bin': {
        content: Buffer.concat([
          record(
            360,
            Buffer.from([1, 0]),
            wide(link.service),
            wide(link.topic),
          ),
          record(577, wide(link.item)),
        ]),
        type: `${excel}.externalLink`,
      },
      'xl/_rels/workbook.bin.rels': {
        content: relationsOf(
          { id: 'r1', type: 'worksheet', target: 'worksheets/sheet1.bin' },
          {
            id: 'r2',
            type: 'externalLink',
            target: 'externalLinks/externalLink1.bin',
          },
        ),
      },
    },
  })
}
