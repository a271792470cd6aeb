// Documents that somebody made to be too much: each is refused, or read as far as it goes, and says so; nothing else is lost.
import { deflateRawSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { zipOf } from '../tools/archives.ts'
import { compoundOf } from './compound.ts'
import { itemsOf } from './items-of.ts'
import { ooxmlOf } from './ooxml.ts'
import { xlsxOf } from './samples.ts'
import { vbaStreams } from './vba.ts'
import { field, paragraph, wordXml } from './word.ts'
import { docOf } from './word-binary.ts'
import { book, record, u16, xlsOf } from './workbook-binary.ts'

const word =
  'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
const dde = field('DDEAUTO cmd "/k calc"')
const found = expect.objectContaining({ DdeCommand: 'cmd /k calc' })
const docx = (main: string, more: Record<string, { content: Buffer }> = {}) =>
  ooxmlOf({ type: word, mainName: 'word/document.xml', main, parts: more })

async function told(bytes: Buffer) {
  const { items, damages, problems } = await itemsOf(bytes)
  return { items, said: [...damages, ...problems].join('\n') }
}

describe('a bomb', () => {
  it('of a part that unpacks without end is not unpacked', async () => {
    const content = Buffer.alloc(200 * 1024 * 1024, ' ')
    const { items, said } = await told(
      docx(wordXml('document', paragraph(dde)), {
        'word/footnotes.xml': { content },
      }),
    )
    expect(items).toContainEqual(found)
    expect(said).toMatch(/footnotes\.xml.*(?:bytes|times)/)
  })

  it('of a part that says less than it unpacks to is stopped', async () => {
    const packed = zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      {
        name: 'word/document.xml',
        content: `<w:document>${' '.repeat(300_000)}`,
        claims: 10,
      },
    ])
    const { said } = await told(packed)
    expect(said).not.toBe('')
  })

  it('of entities within entities expands none', async () => {
    const lol = Array.from(
      { length: 30 },
      (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`,
    )
    const xml = `<!DOCTYPE x [<!ENTITY e0 "ha">${lol.join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>${wordXml('document', paragraph(`<w:r><w:t>&e30;&f;</w:t></w:r>${dde}`))}`
    const { items, said } = await told(docx(xml))
    expect(items).toContainEqual(found)
    expect(said).toContain('declares entities of its own; none is expanded')
    expect(said).not.toContain('root:')
  })

  it('of elements within elements costs no more than others', async () => {
    const deep = '<w:p>'.repeat(200_000)
    const { items } = await told(
      docx(wordXml('document', `${deep}${paragraph(dde)}`)),
    )
    expect(items).toContainEqual(found)
  })

  it('of fields within fields is read as deep as it may be', async () => {
    const begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    const { items, said } = await told(
      docx(
        wordXml(
          'document',
          `${paragraph(dde)}${paragraph(begin.repeat(50_000))}`,
        ),
      ),
    )
    expect(items).toContainEqual(found)
    expect(said).toContain('fields in fields deeper than 64')
  })

  it('of sectors in a circle is read once around', async () => {
    const bytes = compoundOf({
      streams: { WordDocument: Buffer.alloc(200_000, 1) },
    })
    // The table of sectors is the last but one that holds numbers: each is made to follow itself.
    const fatAt = bytes.readUInt32LE(76)
    for (let i = 0; i < 128; i++)
      bytes.writeUInt32LE(i % 2, 512 + fatAt * 512 + i * 4)
    const { said } = await told(bytes)
    expect(said).toMatch(/sector|chain|circle|loop/i)
  })

  it('of records of a workbook that claim more than there is is read as far as it goes', async () => {
    const long = record(0x1234)
    long.writeUInt16LE(0xffff, 2)
    const { items, said } = await told(
      xlsOf({
        globals: [book('cmd\x03/k calc', ['A0'])],
        sheets: [{ name: 'a', records: [long] }],
      }),
    )
    expect(items).toContainEqual(found)
    expect(said).toMatch(/type 0x1234 has \d+ bytes of 65535/)
  })

  it('of a table of strings that counts to four thousand millions is read as far as it goes', async () => {
    const strings = record(0x00fc, Buffer.alloc(4, 255), Buffer.alloc(4, 255))
    const { items } = await told(
      xlsOf({
        globals: [strings, book('cmd\x03/k calc', ['A0'])],
        sheets: [{ name: 'a', isMacro: true, formulas: [] }],
      }),
    )
    expect(items).toContainEqual(found)
  })

  it('of pieces of text that all are the whole text is bounded', async () => {
    const text = `\x13DDEAUTO cmd "/k calc"\x14x\x15${'a'.repeat(50_000)}`
    const { items } = await told(docOf({ text, pieceLength: 1 }))
    expect(items).toContainEqual(found)
  })

  it('of macros that unpack without end is cut, and says so', async () => {
    // A chunk of one letter and a copy of it over and over: three bytes for 4,096.
    const token = Buffer.from([0x02, 0x61, 0xfd, 0x0f])
    const chunk = Buffer.concat([u16(0xb000 | (token.length - 1)), token])
    const bomb = Buffer.concat([
      Buffer.alloc(16),
      Buffer.from([1]),
      ...Array<Buffer>(10_000).fill(chunk),
    ])
    const streams = vbaStreams('', [{ name: 'M', source: 'x = 1' }])
    const name = Object.keys(streams).find((n) => /VBA\/M$/.test(n))!
    const { said } = await told(
      compoundOf({ streams: { ...streams, [name]: bomb } }),
    )
    expect(said).toMatch(/unpacks to over \d+ bytes and is cut/)
  })

  it('of a formula that doubles its text is folded to a bound', async () => {
    let formula = '"aaaaaaaaaaaaaaaa"'
    for (let i = 0; i < 14; i++) formula = `REPT(${formula},100)`
    const { items } = await told(
      xlsxOf({ A1: `=WEBSERVICE("http://a.example/"&${formula})` }),
    )
    expect(items.length).toBeGreaterThan(0)
    for (const item of items)
      expect(String(item.ItemText).length).toBeLessThan(100_000)
  })

  it('of a cell that is used by each other is worked out once', async () => {
    const cells: Record<string, string> = {}
    for (let i = 1; i < 400; i++) cells[`A${i}`] = `=A${i + 1}&A${i + 1}`
    const { items } = await told(
      xlsxOf({ ...cells, B1: '=WEBSERVICE("http://a.example/"&A1)' }),
    )
    expect(items.length).toBeGreaterThan(0)
  })

  it('of an object that unpacks without end within a document is not unpacked', async () => {
    const packed = deflateRawSync(Buffer.alloc(100 * 1024 * 1024))
    expect(packed.length).toBeLessThan(200_000)
    const inner = zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: Buffer.alloc(100 * 1024 * 1024) },
    ])
    const { items, said } = await told(
      docx(wordXml('document', paragraph(dde)), {
        'word/embeddings/a.docx': { content: inner },
        'word/_rels/document.xml.rels': {
          content: Buffer.from(
            '<Relationships><Relationship Id="r1" Type="x/package" Target="embeddings/a.docx"/></Relationships>',
          ),
        },
      }),
    )
    expect(items).toContainEqual(found)
    expect(said).not.toBe('')
  })
})
