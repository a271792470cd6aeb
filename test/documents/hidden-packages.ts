// DDE in every format of XML and of text, plain and hidden in many ways: for tests.
import type { Hidden } from './hidden-dde.ts'
import { relationsOf } from './ooxml.ts'
import {
  excel2003,
  flatOf,
  odfOf,
  odsFormula,
  word2003,
  xlsxOf,
} from './samples.ts'
import { char, code, docxOf, paragraph, plain, run, wordXml } from './word.ts'

const documentType =
  'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
const partType = (name: string) =>
  `vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml`

/** Fields of Word's XML; `text` writes the runs of a code. */
function wordFields(write: Hidden, text: (plain: string) => string): string {
  const field = (inner: string) => {
    const [own, result] = inner.split('\x14')
    return `${char('begin')}${own}${char('separate')}${result ?? plain('!Error')}${char('end')}`
  }
  return paragraph(write(field, text))
}

const whole = (write: Hidden) => wordFields(write, code)
/** A run for each character, with marks of the spelling between them. */
const split = (write: Hidden) =>
  wordFields(write, (text) =>
    [...text]
      .map((c) => `${code(c)}<w:proofErr w:type="spellStart"/>`)
      .join(''),
  )

const inPart = (name: string) => (write: Hidden) =>
  docxOf(paragraph(plain('x')), {
    [`word/${name}1.xml`]: {
      type: partType(name),
      content: wordXml(name, whole(write)),
    },
  })

/** By the format: how a field of Word is written in it. */
export const wordFormats: Readonly<Record<string, (write: Hidden) => Buffer>> =
  {
    docx: (write) => docxOf(whole(write)),
    'docx with a run for each character': (write) => docxOf(split(write)),
    docm: (write) =>
      docxOf(whole(write), {}, 'vnd.ms-word.document.macroEnabled.main+xml'),
    dotx: (write) =>
      docxOf(
        whole(write),
        {},
        'vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml',
      ),
    'header of a docx': inPart('header'),
    'footnotes of a docx': inPart('footnotes'),
    'comments of a docx': inPart('comments'),
    'box of a docx': (write) =>
      docxOf(
        paragraph(
          run(
            `<w:pict><w:txbxContent>${whole(write)}</w:txbxContent></w:pict>`,
          ),
        ),
      ),
    'docx under another prefix': (write) =>
      docxOf(paragraph(plain('x')), {
        'word/footer1.xml': {
          type: partType('footer'),
          content: wordXml('ftr', whole(write)).replaceAll(/\bw:/g, 'q:'),
        },
      }),
    'docx in UTF-16': (write) =>
      docxOf(paragraph(plain('x')), {
        'word/header1.xml': {
          type: partType('header'),
          content: Buffer.from(
            `\ufeff${wordXml('hdr', whole(write)).replace('UTF-8', 'UTF-16')}`,
            'utf16le',
          ),
        },
      }),
    'docx in a docx': (write) =>
      docxOf(paragraph(plain('x')), {
        'word/embeddings/a.docx': { content: docxOf(whole(write)) },
        'word/_rels/document.xml.rels': {
          content: relationsOf({
            id: 'r1',
            type: 'package',
            target: 'embeddings/a.docx',
          }),
        },
      }),
    'one file of XML': (write) =>
      Buffer.from(
        flatOf({
          'word/document.xml': {
            type: documentType,
            xml: wordXml('document', whole(write)),
          },
        }),
      ),
    'Word 2003 XML': (write) => Buffer.from(word2003(whole(write))),
    'Word 2003 XML, split': (write) => Buffer.from(word2003(split(write))),
  }

const link = (service: string, topic = '/c calc') => `${service}|'${topic}'!A0`

/** Formulas that start `cmd /c calc`, as people have hidden them. */
export const formulas: Readonly<Record<string, string>> = {
  plain: `=${link('cmd')}`,
  'in odd case': `=${link('cMd')}`,
  'behind a sum': `=2+5+${link('cmd')}`,
  'in a function': `=IFERROR(${link('cmd')},"")`,
  'behind other text': `=AAAA+BBBB-CCCC&"Hello"/12345&${link('cmd')}`,
  'with blanks': `=   ${link('cmd')}`,
  'with blanks in the server': `=  c   M d    |   '/c calc'   !  A0`,
  'with a quoted server': `='cmd'|'/c calc'!A0`,
  'as one name': `='cmd|/c calc'!A0`,
  twice: `=${link('cmd')}*1`,
  'with a path': `=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc'!A0`,
}

/** Only where a spreadsheet takes a cell of text for a formula. */
export const textFormulas: Readonly<Record<string, string>> = {
  'behind an at': `@SUM(1+1)*${link('cmd')}`,
  'behind a plus': `+${link('cmd')}`,
  'behind a minus': `-2+3+${link('cmd')}`,
  'with no bracket closed': `+thespanishinquisition(${link('cmd')}`,
}

export const ordinary: readonly string[] = [
  '=SUM(B3:B4)',
  '="run cmd | more"',
  '=A1&"|"&B1',
  "='[costs.xlsx]Data'!A1",
]

export const ordinaryText: readonly string[] = [
  '-5',
  '+49 30 1234',
  '@home',
  '-- cmd | more',
  '+ a | b ! c',
]

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** By the format: how a formula is written in it. */
export const sheetFormats: Readonly<
  Record<string, (formula: string) => Buffer>
> = {
  xlsx: (f) => xlsxOf({ B2: f }),
  xlsm: (f) =>
    xlsxOf({ B2: f }, { type: 'vnd.ms-excel.sheet.macroEnabled.main+xml' }),
  xlam: (f) =>
    xlsxOf({ B2: f }, { type: 'vnd.ms-excel.addin.macroEnabled.main+xml' }),
  ods: (f) => odfOf('spreadsheet', odsFormula(f)),
  'Excel 2003 XML': (f) => Buffer.from(excel2003(f)),
  slk: (f) =>
    Buffer.from(
      `ID;PWXL;N;E\r\nC;Y1;X1;K0;E${f.slice(1).replaceAll(';', ';;')}\r\nE\r\n`,
    ),
}

export const textFormats: Readonly<Record<string, (cell: string) => Buffer>> = {
  'a single cell': (c) => Buffer.from(`${c}\r\n`),
  'a table without names': (c) => Buffer.from(`${quoted(c)},1,2\n`),
  dif: (c) =>
    Buffer.from(
      `TABLE\r\n0,1\r\n"EXCEL"\r\nDATA\r\n0,0\r\n""\r\n-1,0\r\nBOT\r\n1,0\r\n${quoted(c)}\r\n-1,0\r\nEOD\r\n`,
    ),
}
