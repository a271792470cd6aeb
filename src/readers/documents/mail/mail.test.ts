import { describe, expect, it } from 'vitest'

import { compoundOf } from '../../../../test/documents/compound.ts'
import { itemsOf } from '../../../../test/documents/items-of.ts'
import { emlOf, msgOf } from '../../../../test/documents/mail.ts'
import { oneOf } from '../../../../test/documents/onenote.ts'
import { pptOf } from '../../../../test/documents/powerpoint-binary.ts'
import { escapedRtf, rtfField, rtfOf } from '../../../../test/documents/rtf.ts'
import { docField, docOf } from '../../../../test/documents/word-binary.ts'
import { formats } from '../../index.ts'
import { unpackRtf } from './compressed-rtf.ts'

const dde = 'DDEAUTO cmd "/k calc.exe"'
const letter = rtfOf(rtfField(escapedRtf(dde)))
const found = expect.objectContaining({ DdeCommand: 'cmd /k calc.exe' })
const attachment = expect.objectContaining({
  ItemKind: 'attachment',
  EmbeddedName: 'letter.doc',
})

function uuencoded(bytes: Buffer): string {
  const six = (n: number) => String.fromCharCode(32 + (n & 63))
  let out = ''
  for (let i = 0; i < bytes.length; i += 45) {
    const line = bytes.subarray(i, i + 45)
    out += six(line.length)
    for (let j = 0; j < line.length; j += 3) {
      const three = Buffer.alloc(3)
      line.copy(three, 0, j)
      const n = three.readUIntBE(0, 3)
      out += six(n >> 18) + six(n >> 12) + six(n >> 6) + six(n)
    }
    out += '\r\n'
  }
  return out
}

describe('a message', () => {
  it.each([
    ['as it is sent', emlOf],
    ['of Outlook', msgOf],
  ])('%s has attachments, which are read', async (_, make) => {
    const { items, document } = await itemsOf(
      make([{ name: 'letter.doc', data: letter }]),
    )
    expect(items).toEqual([attachment, found])
    expect(document!.ItemText).toContain('Résumé')
  })

  it('has files in its text, as mail carried them before MIME', async () => {
    const { items } = await itemsOf(
      Buffer.from(
        `From: a@example.test\r\nSubject: x\r\n\r\nhello\r\nbegin 644 letter.doc\r\n${uuencoded(letter)}\`\r\nend\r\n`,
      ),
    )
    expect(items).toEqual([attachment, found])
  })

  it.each(['x-uuencode', 'uuencode', 'X-UUE', 'uue'])(
    'has parts in an encoding from before MIME: %s',
    async (encoding) => {
      const head = `Content-Type: application/msword; name=letter.doc\r\nContent-Disposition: attachment; filename=letter.doc\r\nContent-Transfer-Encoding: ${encoding}\r\n`
      const { items } = await itemsOf(
        Buffer.from(
          `From: a@example.test\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${head}\r\nbegin 644 letter.doc\r\n${uuencoded(letter)}\`\r\nend\r\n--b--\r\n`,
        ),
      )
      expect(items).toEqual([attachment, found])
    },
  )

  it('says which encoding of a part is not known', async () => {
    const { damages } = await itemsOf(
      Buffer.from(
        'From: a@example.test\r\nMIME-Version: 1.0\r\nContent-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: x-own\r\n\r\nabc\r\n',
      ),
    )
    expect(damages.join()).toContain('"x-own" is not known')
  })

  it('has fields of Word in its HTML', async () => {
    const marked = (what: string) =>
      `<span style='mso-element:field-${what}'></span>`
    const html = `<html><p>Dear all <!--[if supportFields]>${marked('begin')} DDE<b>AUTO</b> cmd &quot;/k calc.exe&quot; ${marked('separator')}<![endif]-->x<!--[if supportFields]>${marked('end')}<![endif]--></p></html>`
    const { items } = await itemsOf(
      Buffer.from(
        `From: a@example.test\r\nContent-Type: text/html\r\n\r\n${html}`,
      ),
    )
    expect(items).toEqual([found])
  })

  it('has messages in it', async () => {
    const inner = emlOf([{ name: 'letter.doc', data: letter }])
    const outer = Buffer.from(
      `From: a@example.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n${inner.toString('latin1')}\r\n--x--\r\n`,
      'latin1',
    )
    const { items } = await itemsOf(outer)
    expect(items).toContainEqual(found)
  })

  it('leads to a share', async () => {
    const { items } = await itemsOf(
      emlOf([], 'see file://203.0.113.7/share/a and https://example.test/\r\n'),
    )
    expect(items).toEqual([
      expect.objectContaining({
        ItemKind: 'link',
        Target: 'file://203.0.113.7/share/a',
      }),
    ])
  })
})

it('unpacks rich text of mail', () => {
  // MS-OXRTFCP 3.1.1, with the sample text of 3.2: plain, and packed.
  const packed = Buffer.from(
    '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3206865' +
      '6c09002062770' +
      '5b06c647d0a800fa0',
    'hex',
  )
  expect(unpackRtf(packed)!.toString('latin1')).toBe(
    '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
  )
})

it('reads the files in a section of OneNote', async () => {
  const { items } = await itemsOf(oneOf([{ name: 'letter.doc', data: letter }]))
  expect(items).toEqual([attachment, found])
})

it('reads what a binary presentation leads to, starts and holds', async () => {
  const { items } = await itemsOf(
    pptOf({
      links: ['http://example.test/'],
      programs: ['cmd.exe'],
      objects: [docOf({ text: docField(dde) })],
    }),
  )
  expect(items).toEqual([
    expect.objectContaining({ RelationType: 'hyperlink' }),
    expect.objectContaining({ ItemKind: 'action', Target: 'cmd.exe' }),
    found,
  ])
})

describe('records in the text of a message', () => {
  const record =
    'type=SYSCALL msg=audit(1700000000.123:42): arch=c000003e syscall=42 success=yes exit=0 pid=7 auid=1000 uid=1000 comm="nc" exe="/usr/bin/nc" key=(null)\r\n'
  const head = 'From: a@b\r\nTo: c@d\r\nSubject: x\r\n'

  it.each([
    ['as they are', '', record],
    [
      'as base64',
      'Content-Transfer-Encoding: base64\r\n',
      Buffer.from(record).toString('base64'),
    ],
    [
      'quoted',
      'Content-Transfer-Encoding: quoted-printable\r\n',
      record.replaceAll('=', '=3D').replace('exit', '=\r\nexit'),
    ],
  ])('are read, %s', async (_, encoding, text) => {
    const { items } = await itemsOf(
      Buffer.from(`${head}${encoding}\r\n${text}`),
      formats,
    )
    expect(items).toContainEqual(
      expect.objectContaining({ exe: '/usr/bin/nc', pid: '7' }),
    )
  })

  const xml =
    '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>17</EventID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>a</Computer></System><EventData><Data Name="PipeName">\\p</Data></EventData></Event>'
  const json =
    '{"EventID":17,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"a","PipeName":"\\\\p"}'
  const list =
    'ProviderName : Microsoft-Windows-Sysmon\nId           : 17\nMessage      : Pipe Created:\n               PipeName: \\p\n               Image: C:\\a.exe\n'
  const among = (text: string) => `Hello,\n\nwhat is this?\n\n${text}\n\nAna\n`
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const eml = (type: string, text: string) =>
    Buffer.from(`${head}Content-Type: ${type}\r\n\r\n${text}`)

  describe.each([
    ['event XML', xml],
    ['JSON', json],
    ['what PowerShell prints', list],
  ])('of %s', (_, text) => {
    it.each([
      ['between words', eml('text/plain', among(text))],
      ['answered', eml('text/plain', among(text).replace(/^/gm, '> '))],
      [
        'in a page, as it is',
        eml('text/html', `<p>Hello</p><pre>${escaped(text)}</pre>`),
      ],
      [
        'in a page, by line',
        eml(
          'text/html',
          text.replace(
            /^.*$/gm,
            (l) => `<div>${escaped(l).replaceAll(' ', '&nbsp;')}</div>`,
          ),
        ),
      ],
      ['in a message of Outlook', msgOf([], among(text))],
    ])('are read %s, and nothing is lost', async (_, bytes) => {
      const { items, damages, problems } = await itemsOf(bytes, formats)
      expect(JSON.stringify(items)).toMatch(/\\p\b/)
      expect([damages, problems]).toEqual([[], []])
    })
  })

  it('are none where somebody writes of audit and events', async () => {
    const text =
      'the audit(or) asks for Event 1, EventID: 4688 and {"a": 1}\r\n'
    const { items, problems } = await itemsOf(Buffer.from(`${head}\r\n${text}`))
    expect([items, problems]).toEqual([[], []])
  })
})

it.each([
  ['bytes', '0102', 'utf8'],
  ['a text', '001F', 'utf16le'],
  ['a text of one byte a letter', '001E', 'latin1'],
] as const)('a page that Outlook keeps as %s is read', async (_, type, as) => {
  const page = `<a href="search-ms:query=x&crumb=location:\\\\host\\x">x</a>`
  const streams = {
    '__properties_version1.0': Buffer.alloc(32),
    [`__substg1.0_1013${type}`]: Buffer.from(page, as),
  }
  const { items } = await itemsOf(compoundOf({ streams }))
  expect(items).toMatchObject([
    { Target: expect.stringMatching(/^search-ms:/) },
  ])
})
