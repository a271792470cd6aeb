import { expect, it } from 'vitest'

import { itemsOf } from '../../../../../test/documents/items-of.ts'
import { ooxmlOf } from '../../../../../test/documents/ooxml.ts'
import { zipOf } from '../../../../../test/tools/archives.ts'

/** A workbook with a query in the language M. */
function bookWith(query: string, encoding: BufferEncoding = 'utf8') {
  const zip = zipOf([
    { name: 'Config/Package.xml', content: '<Package/>' },
    { name: 'Formulas/Section1.m', content: query },
  ])
  const head = Buffer.alloc(8)
  head.writeUInt32LE(zip.length, 4)
  const data = Buffer.concat([head, zip, Buffer.alloc(16)]).toString('base64')
  const mark = encoding === 'utf16le' ? '\ufeff' : ''
  const xml = `${mark}<?xml version="1.0"?><DataMashup xmlns="http://schemas.microsoft.com/DataMashup">${data}</DataMashup>`
  return ooxmlOf({
    type: 'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    mainName: 'xl/workbook.xml',
    main: '<workbook><sheets/></workbook>',
    parts: { 'customXml/item1.xml': { content: Buffer.from(xml, encoding) } },
  })
}

it.each([
  ['Web.Contents("http://203.0.113.4/a")', 'http://203.0.113.4/a'],
  ['Web.Contents( "http://" & "203.0.113.4" & "/a")', 'http://203.0.113.4/a'],
  ['Web.Contents("#(0068,0074)tp://203.0.113.4/a")', 'http://203.0.113.4/a'],
  ['File.Contents("\\\\203.0.113.4\\a.csv")', '\\\\203.0.113.4\\a.csv'],
  ['Sql.Database("db01", "x", [Query="exec xp_cmdshell \'dir\'"])', 'db01'],
])('a query is told with where it asks: %s', async (call, Target) => {
  const query = `section Section1;\nshared q = let\n  a = ${call},\n  b = Text.Upper("c") in b;`
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const { items } = await itemsOf(bookWith(query, encoding))
    expect(items).toMatchObject([{ ItemKind: 'connection', Target }])
    expect(items[0]!.ItemText).toContain(call)
  }
})

it('a query of the own book asks nobody', async () => {
  const { items } = await itemsOf(
    bookWith(
      'section Section1;\nshared q = Excel.CurrentWorkbook(){[Name="t"]}[Content];',
    ),
  )
  expect(items).toEqual([])
})
