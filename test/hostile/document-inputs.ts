// Documents and scripts that somebody designed: brackets without end, references to themselves, formulas that grow.
import { gzipSync } from 'node:zlib'

import { compoundOf } from '../documents/compound.ts'
import { emlOf } from '../documents/mail.ts'
import { rtfField, rtfOf } from '../documents/rtf.ts'
import { odfContent, pdfOf, xlsxOf } from '../documents/samples.ts'
import { docxOf, field, paragraph } from '../documents/word.ts'
import { udfOf } from '../tools/udf.ts'
import type { HostileInput } from './inputs.ts'

const dde = 'DDEAUTO cmd "/k calc"'

const some = { events: () => 1, atLeast: true } as const

export const documentInputs: readonly HostileInput[] = [
  {
    what: 'RTF of groups within groups',
    size: 2_000,
    make: (n) =>
      Buffer.from(rtfOf(`${'{'.repeat(n)}${'}'.repeat(n)}${rtfField(dde)}`)),
    ...some,
  },
  {
    what: 'RTF of many fields that never end',
    size: 500,
    make: (n) =>
      Buffer.from(
        rtfOf(
          `${rtfField(dde)}${'{\\field{\\*\\fldinst SET x "y"}'.repeat(n)}`,
        ),
      ),
    ...some,
  },
  {
    what: 'a letter of many fields within each other',
    size: 60,
    make: (n) => {
      let code = field('SET x "cmd"')
      for (let i = 0; i < n; i++) code = field('QUOTE ', code)
      return docxOf(paragraph(code + field(dde)))
    },
    ...some,
  },
  {
    what: 'a letter whose variables double each other',
    size: 200,
    growth: 4_000,
    make: (n) => {
      const doubling = Array.from({ length: n }, (_, i) =>
        field(`SET v${i + 1} `, field(`REF v${i}`), field(`REF v${i}`)),
      )
      return docxOf(
        paragraph(
          `${field('SET v0 "xxxxxxxx"')}${doubling.join('')}${field(dde)}`,
        ),
      )
    },
    ...some,
  },
  {
    what: 'a book of many formulas',
    size: 300,
    make: (n) =>
      xlsxOf(
        Object.fromEntries(
          Array.from({ length: n }, (_, i) => [
            `A${i + 1}`,
            `=HYPERLINK("http://example.test/${i}")`,
          ]),
        ),
      ),
    ...some,
  },
  {
    what: 'PDF of objects that refer to each other',
    size: 300,
    make: (n) =>
      Buffer.from(
        pdfOf(
          '<</OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>>>',
          ...Array.from(
            { length: n },
            (_, i) => `<</Kids[${((i + 1) % n) + 2} 0 R]/Next ${i + 2} 0 R>>`,
          ),
        ),
      ),
    ...some,
  },
  {
    what: 'PDF of dictionaries that never close',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        pdfOf(
          '<</OpenAction<</S/Launch/Win<</F(cmd.exe)/P(/c calc)>>>>>>',
          '<<'.repeat(n),
        ),
      ),
    ...some,
  },
  {
    what: 'mail of parts in parts',
    size: 20,
    make: (n) => {
      let inner = emlOf([{ name: 'a.csv', data: Buffer.from('a,b\n1,2\n') }])
      for (let i = 0; i < n % 3; i++) {
        inner = emlOf([{ name: 'in.eml', data: inner }])
      }
      return emlOf(
        Array.from({ length: n }, (_, i) => ({
          name: `${i}.eml`,
          data: inner,
        })),
      )
    },
    ...some,
  },
  {
    what: 'mail headers folded without end',
    size: 2_000,
    make: (n) => {
      const mail = emlOf([{ name: 'a.csv', data: Buffer.from('a,b\n1,2\n') }])
      return Buffer.from(`X-Long: a\r\n${' x\r\n'.repeat(n)}${mail}`)
    },
    name: 'a.eml',
    ...some,
  },
  {
    what: 'a shortcut of many blocks behind its texts',
    name: 'a.lnk',
    size: 2_000,
    make: (n) => {
      const bytes = Buffer.alloc(0x4c + 12 * n)
      bytes.write('4c0000000114020000000000c000000000000046', 'hex')
      for (let at = 0x4c; at < bytes.length; at += 12) {
        bytes.writeUInt32LE(12, at)
        bytes.writeUInt32LE(0xa000_0002, at + 4)
      }
      return bytes
    },
    events: () => 1,
  },
  {
    what: 'a notebook of objects that all claim the rest of it',
    name: 'a.one',
    size: 200,
    make: (n) => {
      const head = Buffer.alloc(1024)
      head.write('e4525c7b8cd8a74daeb15378d02996d3', 'hex')
      const object = Buffer.alloc(36)
      object.write('e716e3bd65261145a4c48d4d0b7a9eac', 'hex')
      object.writeUInt32LE(1 << 22, 16)
      return Buffer.concat([head, ...Array<Buffer>(n).fill(object)])
    },
    events: () => 1,
    atLeast: true,
  },
  {
    what: 'OLE2 of many streams',
    size: 100,
    make: (n) =>
      compoundOf({
        streams: Object.fromEntries(
          Array.from({ length: n }, (_, i) => [
            `Macros/s${i}`,
            Buffer.from('x'.repeat(100)),
          ]),
        ),
      }),
    events: () => 0,
    atLeast: true,
  },
  {
    what: 'a script of brackets',
    name: 'a.ps1',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        `Invoke-Expression "calc"\n$a = ${'('.repeat(n)}1${')'.repeat(n)}\n`,
      ),
    ...some,
  },
  {
    what: 'a script whose text doubles itself',
    name: 'a.vbs',
    size: 100,
    make: (n) =>
      Buffer.from(
        `a = "xxxxxxxx"\r\n${'a = a & a\r\n'.repeat(n)}CreateObject("WScript.Shell").Run a\r\n`,
      ),
    ...some,
  },
  {
    what: 'a shell script of open quotes and substitutions',
    name: 'a.sh',
    size: 400,
    make: (n) =>
      Buffer.from(`#!/bin/sh\nmkfifo /tmp/f\n${'echo "$(`'.repeat(n)}\n`),
    ...some,
  },
  {
    what: 'packed text within packed text',
    size: 4,
    make: (n) => {
      let bytes: Buffer = Buffer.from(
        '{"EventID":1,"Channel":"Security","Provider_Name":"x"}\n',
      )
      for (let i = 0; i < n % 4; i++) bytes = gzipSync(bytes)
      return bytes
    },
    ...some,
  },
  {
    what: 'a page of tags that end far behind, within each other',
    name: 'a.xls',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `<html xmlns:x="urn:schemas-microsoft-com:office:excel">${`<td a="${'<td '.repeat(900)}">`.repeat(n / 100)}${'<td><b>'.repeat(n)}</html>`,
      ),
    ...some,
  },
  {
    what: 'a page of quotes that nothing closes',
    name: 'a.xls',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><td>=cmd|'/c calc'!A0</td>${`<p a="><td b='>`.repeat(n)}</html>`,
      ),
    ...some,
  },
  {
    what: 'a page of comments and styles that nothing ends',
    name: 'a.doc',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `<html xmlns:w="urn:schemas-microsoft-com:office:word">${'<a name=b>'.repeat(n)}${`<span style='/*field-begin\\6'>`.repeat(n)}${'<!-- '.repeat(n)}</html>`,
      ),
    ...some,
  },
  {
    what: 'a book whose cells name each other',
    size: 200,
    make: (n) =>
      xlsxOf({
        A1: 'http://example.test/',
        ...Object.fromEntries(
          Array.from({ length: n }, (_, i) => [
            `A${i + 2}`,
            `=A${i + 1}&A${i + 1}`,
          ]),
        ),
        B1: `=WEBSERVICE(A${n + 1})`,
      }),
    ...some,
  },
  {
    what: 'a formula whose lists double each other',
    size: 40,
    make: (n) => {
      const doubling = Array.from(
        { length: n },
        (_, i) => `l${i + 1},VSTACK(l${i},l${i})`,
      )
      return xlsxOf({
        A1: `=LET(l0,{"x","y"},${doubling.join(',')},WEBSERVICE(TEXTJOIN("",1,l${n})))`,
      })
    },
    ...some,
  },
  {
    what: 'a formula of brackets and quotes that nothing closes',
    name: 'a.slk',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `ID;PWXL\r\nC;Y1;X1;K0;Ecmd|'/c calc'!A0\r\nC;Y2;X1;K0;EHYPERLINK(${`R[1]C[`.repeat(n)}${`"'`.repeat(n)}\r\nE\r\n`,
      ),
    ...some,
  },
  {
    what: 'an OpenDocument of macros that call each other',
    size: 60,
    make: (n) =>
      Buffer.from(
        odfContent('<office:text/>', 'document').replace(
          '<office:body>',
          `<office:scripts><office:script script:language="ooo:Basic">${Array.from({ length: n }, (_, i) => `Sub M${i}\n  M${(i + 1) % n}\n  M${(i + 2) % n}\nEnd Sub\n`).join('')}</office:script><office:event-listeners>${Array.from({ length: n }, (_, i) => `<script:event-listener script:event-name="dom:load" xlink:href="macro:///S.M.M${i}()"/>`).join('')}</office:event-listeners></office:scripts><office:body>`,
        ),
      ),
    ...some,
  },
  {
    what: 'a table whose formulas name rows far behind',
    name: 'a.csv',
    size: 1_000,
    make: (n) =>
      Buffer.from(
        `a,b,c\n${Array.from({ length: n }, (_, i) => `"=HYPERLINK(A${n - i}&B${n - i})",x,1\n`).join('')}`,
      ),
    ...some,
  },
  {
    what: 'a table whose rows are alike and others in turn',
    name: 'a.csv',
    size: 4_000,
    make: (n) => Buffer.from(`a,b,c\n${'1,2,3\n1,,3\n1,"2",3\n'.repeat(n)}`),
    ...some,
  },
  {
    what: 'a PDF of many headers of mail and many ends',
    name: 'a.pdf',
    size: 2_000,
    make: (n) =>
      Buffer.from(
        `${pdfOf('<</OpenAction<</S/Launch/F(a.exe)>>>>')}${'\nMIME-Version: 1.0\n%%EOF\n'.repeat(n)}`,
      ),
    ...some,
  },
  {
    what: 'a volume of UDF of many names of one file',
    name: 'a.img',
    size: 200,
    make: (n) =>
      udfOf({
        files: Array.from({ length: n }, (_, i) => ({
          name: `${i}.jsonl`,
          content:
            i === 0
              ? '{"EventID":1,"Channel":"Security","Provider_Name":"x"}\n'
              : '',
        })),
        isShared: true,
      }),
    ...some,
  },
]
