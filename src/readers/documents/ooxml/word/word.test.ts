import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../../test/documents/items-of.ts'
import { relationsOf } from '../../../../../test/documents/ooxml.ts'
import {
  char,
  code,
  docxOf,
  field,
  paragraph,
  plain,
  wordXml,
} from '../../../../../test/documents/word.ts'
import { zipOf } from '../../../../../test/tools/archives.ts'

const command = 'cmd.exe /k calc'

async function commandsIn(body: string) {
  const { items } = await itemsOf(docxOf(body))
  return items.flatMap((i) => (i.DdeCommand ? [i.DdeCommand] : []))
}

describe('a field of Word', () => {
  it('is put together from the runs it is split over', async () => {
    const { items } = await itemsOf(
      docxOf(
        paragraph(
          plain('Hello ') + field('DD', 'EAUTO cmd', '.exe "/k c', 'alc"'),
        ),
      ),
    )
    expect(items).toMatchObject([
      {
        DocumentFormat: 'docx',
        DocumentPart: 'word/document.xml',
        ItemKind: 'field',
        ItemText: 'DDEAUTO cmd.exe "/k calc"',
        ItemAround: 'Hello  [!Error]',
        DdeService: 'cmd.exe',
        DdeTopic: '/k calc',
        DdeCommand: command,
        Obfuscation: ['split'],
      },
    ])
  })

  const deleted = (text: string) =>
    `<w:del><w:r><w:delInstrText>${text}</w:delInstrText></w:r></w:del>`
  const dde = 'DDEAUTO cmd.exe "/k calc"'
  it.each([
    ['beside text that was deleted', deleted('DDEAUTO ') + code(dde)],
    [
      'around text that was deleted',
      code('DDE') + deleted('X') + code(dde.slice(3)),
    ],
    ['that was deleted', deleted(dde)],
    ['that was changed into another', deleted(dde) + code(' PAGE ')],
    ['whose arguments were deleted', code('DDEAUTO') + deleted(dde.slice(7))],
  ])('is one field %s', async (_, inner) => {
    expect(
      await commandsIn(paragraph(char('begin') + inner + char('end'))),
    ).toEqual([command])
  })

  it('has no bookmark with text that was deleted', async () => {
    const mark = (name: string) => `<w:bookmark${name} w:id="1" w:name="m"/>`
    const gone = '<w:del><w:r><w:delText>X</w:delText></w:r></w:del>'
    const marked = `${mark('Start')}${plain('cmd')}${gone}${plain('.exe')}${mark('End')}`
    expect(
      await commandsIn(
        paragraph(marked + field('DDE ', field('REF m'), ' "/k calc"')),
      ),
    ).toEqual([command])
  })

  it('may be simple, unfinished, in any case', async () => {
    expect(
      await commandsIn(
        '<w:p><w:fldSimple w:instr=" ddE cmd.exe &quot;/k calc&quot; "/></w:p>',
      ),
    ).toEqual([command])
    expect(
      await commandsIn(
        paragraph(char('begin') + code('dde cmd.exe "/k calc"')),
      ),
    ).toEqual([command])
  })

  it('has what QUOTE, SET, REF, IF, sums and properties give', async () => {
    const quote = (text: string) =>
      field(`QUOTE ${[...text].map((c) => c.charCodeAt(0)).join(' ')}`)
    const bodies = [
      field('DDE ', quote('cmd.exe'), ' ', quote('/k calc')),
      field('SET a "cmd.exe"') +
        field('SET b ', quote('/k calc')) +
        field('DDE ', field('REF a'), ' ', field('b')),
      field('DDE ', field('IF 1 = 1 "cmd.exe" "x"'), ' "/k calc"'),
      field(
        'DDE ',
        field('QUOTE ', field('= 90 + 9'), ' 109 100'),
        '.exe "/k calc"',
      ),
      '<w:bookmarkStart w:id="1" w:name="x"/>' +
        plain('/k calc') +
        '<w:bookmarkEnd w:id="1"/>' +
        field('DDE cmd.exe ', field('REF x')),
    ]
    for (const body of bodies) {
      expect(await commandsIn(paragraph(body)), body).toEqual([command])
    }
  })

  it('is found in every part with text, and in boxes', async () => {
    const dde = paragraph(field('DDE cmd.exe "/k calc"'))
    const type = (name: string) =>
      `vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml`
    const names = ['header', 'footer', 'footnotes', 'endnotes', 'comments']
    const parts = names.map((n) => [
      `word/${n}1.xml`,
      { type: type(n), content: wordXml('x', dde) },
    ])
    const box = paragraph(
      `<w:r><w:pict><w:txbxContent>${dde}</w:txbxContent></w:pict></w:r>`,
    )
    const { items } = await itemsOf(docxOf(box, Object.fromEntries(parts)))
    expect(items.map((i) => i.DocumentPart)).toEqual([
      'word/document.xml',
      ...names.map((n) => `word/${n}1.xml`),
    ])
    expect(new Set(items.map((i) => i.DdeCommand))).toEqual(new Set([command]))
  })

  it('that only tells of DDE is none', async () => {
    expect(
      await commandsIn(
        paragraph(plain('DDEAUTO cmd.exe "/k calc"') + field('PAGE')),
      ),
    ).toEqual([])
  })
})

describe('a document of Word', () => {
  it('says what it links to, and which kind it is', async () => {
    const { items, document } = await itemsOf(
      docxOf(
        paragraph(plain('x')),
        {
          'word/_rels/settings.xml.rels': {
            content: relationsOf({
              id: 'r1',
              type: 'attachedTemplate',
              target: 'http://203.0.113.9/t.dotm',
              external: true,
            }),
          },
        },
        'vnd.ms-word.document.macroEnabled.main+xml',
      ),
    )
    expect(document).toMatchObject({ DocumentFormat: 'docm' })
    expect(items).toMatchObject([
      {
        ItemKind: 'relation',
        RelationType: 'attachedTemplate',
        Target: 'http://203.0.113.9/t.dotm',
        TargetMode: 'external',
      },
    ])
  })

  it('is read in an archive, and within another document', async () => {
    const inner = docxOf(paragraph(field('DDE cmd.exe "/k calc"')))
    const outer = docxOf(paragraph(plain('x')), {
      'word/embeddings/d.docx': { content: inner },
      'word/_rels/document.xml.rels': {
        content: relationsOf({
          id: 'r1',
          type: 'package',
          target: 'embeddings/d.docx',
        }),
      },
    })
    const { items } = await itemsOf(zipOf([{ name: 'a.docx', content: outer }]))
    expect(items).toMatchObject([
      { ItemKind: 'object', DocumentName: 'a.docx' },
      {
        DdeCommand: command,
        DocumentName: 'd.docx',
      },
    ])
  })
})

describe('a package that says one thing and holds another', () => {
  const types = (main: string) =>
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`
  const relations =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
  const word =
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const letter = (body: string, name = 'word/document.xml') => ({
    name,
    content: wordXml('document', `<w:body>${paragraph(body)}</w:body>`),
  })
  const armed = field('DDEAUTO cmd.exe "/k calc"')
  const packageOf = (main: string, ...parts: ReturnType<typeof letter>[]) =>
    zipOf([
      { name: '[Content_Types].xml', content: types(main) },
      { name: '_rels/.rels', content: relations },
      ...parts,
    ])

  it.each([
    ['first', letter(armed), letter(plain('x'))],
    ['last', letter(plain('x')), letter(armed)],
    [
      'in other letters',
      letter(armed, 'Word/Document.xml'),
      letter(plain('x')),
    ],
  ])('is read in each of two parts of one name: %s', async (_, a, b) => {
    const { items, problems } = await itemsOf(packageOf(word, a, b))
    const commands = items.flatMap((i) => i.DdeCommand ?? [])
    expect(commands).toEqual([command])
    expect(problems.join()).toContain('2 parts of one name')
  })

  it('is read though its text is called a picture', async () => {
    const { items } = await itemsOf(packageOf('image/png', letter(armed)))
    expect(items).toMatchObject([{ DdeCommand: command }])
  })

  it.each(['image/png', 'vnd.openxmlformats-officedocument.theme+xml'])(
    'is read in a header that is called %s',
    async (type) => {
      const content = wordXml('hdr', paragraph(armed))
      const { items } = await itemsOf(
        docxOf('', { 'word/header1.xml': { content, type } }),
      )
      expect(items.flatMap((i) => i.DdeCommand ?? [])).toEqual([command])
    },
  )
})

describe('a control in the code of a field', () => {
  const control = (xpath: string, shown: string) =>
    `<w:sdt><w:sdtPr><w:dataBinding w:xpath="${xpath}"/></w:sdtPr><w:sdtContent>${shown}</w:sdtContent></w:sdt>`
  const data = {
    'customXml/item1.xml': {
      content: '<r xmlns="u"><c>no</c><c run="cmd.exe"> "/k calc"</c></r>',
    },
  }
  const commandsOf = async (inner: string) => {
    const body = paragraph(`${char('begin')}${inner}${char('end')}`)
    const { items } = await itemsOf(docxOf(body, data))
    return items.map((i) => i.DdeCommand)
  }

  it('has what it is bound to, not what it shows', async () => {
    const inner = `${code('DDEAUTO ')}${control('/a:r[1]/a:c[2]/@run', code('notepad'))}${control('/a:r[1]/a:c[2]', code('x'))}`
    expect(await commandsOf(inner)).toEqual([command])
  })

  it.each(['/a:r[1]/a:d[1]', '/a:r[2]', '//c', ''])(
    'has what it shows where nothing is bound to it: %s',
    async (path) => {
      const inner = `${code('DDEAUTO ')}${control(path, code('cmd.exe "/k calc"'))}`
      expect(await commandsOf(inner)).toEqual([command])
    },
  )
})

it('properties are read from the parts that are said to be such', async () => {
  const name = (text: string) => char('begin') + code(text) + char('end')
  const body = paragraph(
    `${char('begin')}${code('DDE ')}${name('DOCPROPERTY p')}${code(' "/k calc"')}${char('end')}`,
  )
  const { items } = await itemsOf(
    docxOf(body, {
      'odd/a.xml': {
        type: 'vnd.openxmlformats-officedocument.custom-properties+xml',
        content:
          '<Properties><property name="p"><lpwstr>cmd.exe</lpwstr></property></Properties>',
      },
    }),
  )
  expect(items.map((i) => i.DdeCommand)).toEqual([command])
})

it('an address is outside of the package, whatever is said of it', async () => {
  const { items } = await itemsOf(
    docxOf(paragraph(plain('x')), {
      'word/_rels/settings.xml.rels': {
        content: relationsOf({
          id: 't',
          type: 'attachedTemplate',
          target: 'http://files.example/a.dotm',
        }),
      },
    }),
  )
  expect(items).toMatchObject([
    { RelationType: 'attachedTemplate', Target: 'http://files.example/a.dotm' },
  ])
})
