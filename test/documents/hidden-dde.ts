// DDE in every binary format, plain and hidden in many ways, and what looks like it and is none: for tests.
import { compoundOf } from './compound.ts'
import { encryptedWorkbooks } from './encrypted.ts'
import { emlOf, msgOf } from './mail.ts'
import { embeddedOle, nativeOf, packageOf } from './ole.ts'
import { oneOf } from './onenote.ts'
import { pptOf } from './powerpoint-binary.ts'
import { escapedRtf, rtfField, rtfObject, rtfOf } from './rtf.ts'
import { docField, docOf } from './word-binary.ts'
import { book, record, u16, xlsOf } from './workbook-binary.ts'

export const command = 'c:\\windows\\system32\\cmd.exe /k calc.exe'
const codes = (text: string) => [...text].map((c) => c.charCodeAt(0)).join(' ')

/** How a field is written, given how a format writes text and a field. */
export type Hidden = (
  field: (code: string) => string,
  text: (plain: string) => string,
) => string

const path = 'c:\\\\windows\\\\system32\\\\cmd.exe'

export const fields: Readonly<Record<string, Hidden>> = {
  plain: (field, text) => field(text(`DDEAUTO ${path} "/k calc.exe"`)),
  'in odd case': (field, text) =>
    field(text(`  dDeAuTo   ${path}   "/k calc.exe"  `)),
  'as numbers': (field, text) =>
    field(
      `${text('DDEAUTO ')}${field(text(`QUOTE ${codes('c:\\windows\\system32\\cmd.exe')}`))}${text(' ')}${field(text(`QUOTE ${codes('/k calc.exe')}`))}`,
    ),
  'by names': (field, text) =>
    `${field(text(`SET c "${path}"`))}${field(text('SET d "/k calc.exe"'))}${field(`${text('DDE ')}${field(text('REF c'))}${text(' ')}${field(text('d'))}`)}`,
  'as a keyword in a field': (field, text) =>
    field(`${field(text('QUOTE "DDE"'))}${text(`AUTO ${path} "/k calc.exe"`)}`),
  'behind a condition': (field, text) =>
    field(
      `${text(`DDEAUTO ${path} `)}${field(text('IF 1 = 1 "/k calc.exe" "none"'))}`,
    ),
  'with switches': (field, text) =>
    field(text(`DDEAUTO ${path} "/k calc.exe" \\* MERGEFORMAT`)),
  'in a result': (field, text) =>
    field(
      `${text('HYPERLINK "http://example.test/"')}\x14${field(text(`DDEAUTO ${path} "/k calc.exe"`))}`,
    ),
  'in three fields': (field, text) =>
    field(
      `${text('DDEAUTO ')}${field(`${text('QUOTE ')}${field(text(`QUOTE ${codes(path.replaceAll('\\\\', '\\'))}`))}`)}${text(' "/k calc.exe"')}`,
    ),
}

export const twins: Readonly<Record<string, Hidden>> = {
  'a form letter': (field, text) => field(text('MERGEFIELD "DDE name"')),
  'a heading': (field, text) =>
    `${text('About DDEAUTO cmd "/k calc"')}${field(text('TOC \\o "1-3"'))}`,
  'a quotation': (field, text) => field(text('QUOTE "DDEAUTO cmd /k calc"')),
}

const doc = (write: Hidden) => {
  const field = (code: string) =>
    code.includes('\x14') ? `\x13${code}\x15` : docField(code)
  return write(field, (plain) => plain)
}
const rtf = (write: Hidden) => {
  const field = (code: string) => {
    const [own, result] = code.split('\x14')
    return rtfField(own!, result ?? '!Error')
  }
  return write(field, escapedRtf)
}

export const written: Readonly<Record<string, (write: Hidden) => Buffer>> = {
  doc: (write) => docOf({ text: `Dear all ${doc(write)}` }),
  'doc of many pieces': (write) => docOf({ text: doc(write), pieceLength: 4 }),
  'header of a doc': (write) => docOf({ text: 'Dear', headers: doc(write) }),
  rtf: (write) => rtfOf(rtf(write)),
  'rtf in digits': (write) =>
    rtfOf(
      rtf(write).replace(
        /(?<![\\\w'])[A-Za-z](?=[^{}\\]*[}\\])/g,
        (c) => `\\'${c.charCodeAt(0).toString(16)}`,
      ),
    ),
  'eml with a doc': (write) =>
    emlOf([{ name: 'a.doc', data: docOf({ text: doc(write) }) }]),
  'msg with an rtf': (write) =>
    msgOf([{ name: 'a.doc', data: rtfOf(rtf(write)) }]),
  'notebook with a doc': (write) =>
    oneOf([{ name: 'a.doc', data: docOf({ text: doc(write) }) }]),
  'presentation with a doc': (write) =>
    pptOf({ objects: [docOf({ text: doc(write) })] }),
  'rtf with a doc in a package': (write) =>
    rtfOf(
      rtfObject(
        'Package',
        embeddedOle('Package', packageOf('a.doc', docOf({ text: doc(write) }))),
      ),
    ),
  'object with an rtf in a package': (write) =>
    compoundOf({
      streams: {
        'ObjectPool/_1/[1]Ole10Native': nativeOf(
          packageOf('a.doc', rtfOf(rtf(write))),
        ),
      },
    }),
}

const walked = 'MSEXCEL\\..\\..\\..\\windows\\system32\\cmd.exe'
export const plainBooks = [book('cmd\x03/c calc', ['A0'])]
export const sheets = [{ name: 'S' }]

export const books: Readonly<Record<string, () => Buffer>> = {
  plain: () => xlsOf({ globals: plainBooks, sheets }),
  'in odd case': () =>
    xlsOf({ globals: [book('cMd\x03/c calc', ['a'])], sheets }),
  'with a path': () =>
    xlsOf({ globals: [book(`${walked}\x03/c calc`, ['A0'])], sheets }),
  'of two bytes a character': () => {
    const text = Buffer.from('cmd\x03/c calc', 'utf16le')
    const wide = Buffer.concat([u16(0, text.length / 2), Buffer.of(1), text])
    return xlsOf({ globals: [record(0x01ae, wide)], sheets })
  },
  'over two records': () => {
    const [whole] = plainBooks
    const length = whole!.readUInt16LE(2)
    const [first, rest] = [
      whole!.subarray(4, 12),
      whole!.subarray(12, 4 + length),
    ]
    return xlsOf({
      globals: [
        record(0x01ae, first),
        record(0x003c, rest),
        whole!.subarray(4 + length),
      ],
      sheets,
    })
  },
  'in a workbook of Excel 95': () => {
    const text = 'cmd\x03/c calc'
    const bof = record(0x0809, u16(0x0500, 5, 0, 0))
    const sheet = record(
      0x0017,
      Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]),
    )
    return compoundOf({
      streams: { Book: Buffer.concat([bof, sheet, record(0x000a)]) },
    })
  },
  'among other books': () =>
    xlsOf({
      globals: [
        book('\x01\x01Cplans\x03costs.xls', ['total'], 1),
        ...plainBooks,
        book('\x01\x01@files\x03a.xls', ['sum'], 1),
      ],
      sheets,
    }),
  'under the password of Office': () =>
    encryptedWorkbooks['RC4 of 128 bits']!('VelvetSweatshop', plainBooks),
  'on a hidden sheet, behind a lie about lengths': () => {
    const lie = Buffer.from(record(0x00fc, Buffer.alloc(8, 255)))
    return xlsOf({
      globals: [lie, ...plainBooks],
      sheets: [{ name: 'S', hidden: 2 }],
    })
  },
  'in a mail': () =>
    emlOf([{ name: 'a.xls', data: xlsOf({ globals: plainBooks, sheets }) }]),
}
