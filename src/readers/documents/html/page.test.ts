// Pages of HTML as Office opens them: what acts in them, however it is written and wherever they lie.
import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'
import { emlOf } from '../../../../test/documents/mail.ts'
import { relationsOf } from '../../../../test/documents/ooxml.ts'
import {
  docxOf,
  paragraph,
  plain as text,
} from '../../../../test/documents/word.ts'
import { formats } from '../../index.ts'

const dde = {
  DdeService: 'cmd',
  DdeTopic: '/c calc.exe',
  DdeCommand: 'cmd /c calc.exe',
}

describe('a page that Office opens', () => {
  const office = (body: string, app = 'excel') =>
    Buffer.from(
      `<html xmlns:x="urn:schemas-microsoft-com:office:${app}"><body>${body}</body></html>`,
    )
  const code = `DDEAUTO cmd "/c calc.exe"`
  const style = (what: string) => `<span style='mso-element:${what}'></span>`
  const link = `=cmd|'/c calc.exe'!A1`
  it.each([
    ['a cell', office(`<table><tr><td>1<td>${link}</table>`)],
    ['a cell with marks', office(`<td><b>=cmd</b>|'/c calc.exe'!A1</td>`)],
    ['what a cell was made of', office(`<td x:fmla="${link}">1</td>`)],
    [
      'a field',
      office(
        `${style('field-begin')}${code}${style('field-separator')}1${style('field-end')}`,
        'word',
      ),
    ],
  ])('has the DDE of %s', async (_, bytes) => {
    const { items } = await itemsOf(bytes)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject(dde)
  })

  it('has a template and frames from elsewhere', async () => {
    const { items } = await itemsOf(
      office(
        '<link rel=Attached-Template href="http://a/t.dotm"><iframe src=\\\\a\\b.htm></iframe><object data="http://a/b.hta"></object>',
        'word',
      ),
    )
    expect(items.filter((i) => i.ItemKind === 'relation')).toMatchObject([
      { RelationType: 'attachedTemplate', Target: 'http://a/t.dotm' },
      { RelationType: 'frame', Target: '\\\\a\\b.htm' },
      { RelationType: 'oleObject', Target: 'http://a/b.hta' },
    ])
  })

  const hiding: Readonly<Record<string, string>> = {
    'a reference in its style': `<span style='mso-element&#58;field-begin'></span>`,
    'a reference without an end': `<span style='mso-element&#58field-begin'></span>`,
    'a comment in its style': `<span style='mso-element:/**/field-begin'></span>`,
    'an escape in its style': `<span style='mso-elem\\65 nt: field-begin'></span>`,
    'another attribute with a bracket': `<span title="a>b" style="mso-element:field-begin"></span>`,
    'a class of its style': `<style>p.x, span.Fld {color:red; mso-element:field-begin}</style><span class="a fld"></span>`,
    'odd case': `<SPAN STYLE='MSO-ELEMENT : FIELD-BEGIN'></SPAN>`,
    'a long attribute': `<span title="${'a'.repeat(70_000)}" style='mso-element:field-begin'></span>`,
    'a comment with a condition': `<!--[if supportFields]><span style='mso-element:field-begin'></span><![endif]-->`,
  }
  it.each(Object.entries(hiding))(
    'has a field whose mark is hidden by %s',
    async (_, begin) => {
      const body = `${begin}${code}${style('field-separator')}1${style('field-end')}`
      expect((await itemsOf(office(body, 'word'))).items).toMatchObject([dde])
    },
  )

  it.each([
    `<span style='mso-field-code:" DDEAUTO cmd \\0022\\/c calc.exe\\0022 "'>x</span>`,
    `<span style="mso-field-code:'DDEAUTO cmd \\0022/c calc.exe\\0022'">x</span>`,
    `<style>.f{mso-field-code:"DDEAUTO cmd \\0022/c calc.exe\\0022"}</style><b class=f>x</b>`,
  ])('has a field that a style holds: %s', async (body) => {
    expect((await itemsOf(office(body, 'word'))).items).toMatchObject([dde])
  })

  it('has a handler of an event that makes an object', async () => {
    const { items } = await itemsOf(
      office(
        `<img src=x onerror="new ActiveXObject('WScript.Shell').Run('calc')" alt="a">`,
        'word',
      ),
      formats,
    )
    expect(items).toContainEqual(
      expect.objectContaining({ ActionKind: 'start', ActionTarget: 'calc' }),
    )
  })

  it('has names of its own in fields', async () => {
    const field = (inner: string) =>
      `${style('field-begin')}${inner}${style('field-end')}`
    const body = `<xml><o:CustomDocumentProperties><o:run>/c calc.exe</o:run></o:CustomDocumentProperties></xml><a name=prog>cmd</a>${field(`DDE ${field('REF prog')} ${field('DOCPROPERTY run')}`)}`
    expect((await itemsOf(office(body, 'word'))).items).toMatchObject([dde])
  })

  it.each([
    ['text outside of a table', `<p>${link}</p>`],
    ['text with references', `<td>&#61;cmd&#x7c;'/c calc.exe'&excl;A1</td>`],
    [
      'a book that is named in it',
      `<xml><x:ExcelWorkbook><x:SupBook><x:Path>cmd|/c calc.exe</x:Path><x:ExternName><x:Name>A1</x:Name></x:ExternName></x:SupBook></x:ExcelWorkbook></xml>`,
    ],
    [
      'a name',
      `<xml><x:ExcelName><x:Name>n</x:Name><x:Formula>${link}</x:Formula></x:ExcelName></xml>`,
    ],
  ])('has the DDE of %s', async (_, body) => {
    expect((await itemsOf(office(body))).items).toMatchObject([dde])
  })

  it('has what lies where its base says', async () => {
    const { items } = await itemsOf(
      office(
        '<base href="http://a.test/x/"><link rel=Attached-Template href="t.dotm"><link rel=Edit-Time-Data href=e.mso><img src="p.png">',
        'word',
      ),
    )
    expect(items).toMatchObject([
      { RelationType: 'attachedTemplate', Target: 'http://a.test/x/t.dotm' },
      { RelationType: 'oleObject', Target: 'http://a.test/x/e.mso' },
    ])
  })

  it('has objects by their class, and pictures on shares', async () => {
    const { items } = await itemsOf(
      office(
        '<object classid="CLSID:72c24dd5-d70a-438b-8a42-98424b88afb8"></object><img src="\\\\192.0.2.1\\p.png">',
        'word',
      ),
    )
    expect(items).toMatchObject([
      { ItemKind: 'link' },
      { ItemKind: 'object', ProgId: 'WScript.Shell' },
      { RelationType: 'image', Target: '\\\\192.0.2.1\\p.png' },
    ])
  })

  it('has scripts, which are read as such', async () => {
    const { items } = await itemsOf(
      office(
        '<script>new ActiveXObject("WScript.Shell").Run("calc")</script>',
        'word',
      ),
      formats,
    )
    expect(items).toContainEqual(
      expect.objectContaining({ ActionKind: 'start', ActionTarget: 'calc' }),
    )
  })

  const archive = (page: Buffer, charset = 'utf-8') =>
    Buffer.from(
      `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Location: file:///C:/p.htm\r\nContent-Type: text/html; charset="${charset}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${page.toString('base64')}\r\n--b--\r\n`,
    )
  const field = office(
    `${style('field-begin')}${code}${style('field-end')}`,
    'word',
  )
  const plain = field.toString('latin1').replace(/ xmlns:x="[^"]*"/, '')
  const chunk = (name: string, content: Buffer) =>
    docxOf(paragraph(text('x')), {
      [`word/${name}`]: { content },
      'word/_rels/document.xml.rels': {
        content: relationsOf({ id: 'r1', type: 'aFChunk', target: name }),
      },
    })
  it.each([
    ['of a web archive', archive(field)],
    [
      'in UTF-7',
      archive(
        Buffer.from(field.toString('latin1').replaceAll('<', '+ADw-')),
        'utf-7',
      ),
    ],
    ['in UTF-16', Buffer.from(`\ufeff${field.toString('latin1')}`, 'utf16le')],
    ['in a chunk of a letter', chunk('c.htm', field)],
    ['in a chunk that Word did not write', chunk('c.htm', Buffer.from(plain))],
    ['in a chunk that is a web archive', chunk('c.mht', archive(field))],
    ['in a chunk that is a letter', chunk('c.docx', chunk('d.htm', field))],
  ])('has its fields where it lies %s', async (_, bytes) => {
    const { items } = await itemsOf(bytes)
    expect(items.filter((i) => i.ItemKind === 'field')).toMatchObject([dde])
  })

  it.each([
    "<!-- <td>=cmd|'/c calc.exe'!A1</td> -->",
    '<p>- one | two</p><td>=A1&amp;"|"</td><style>=cmd|\'/c calc.exe\'!A1</style>',
    '<script>var a = 1</script><img src="http://a.test/p.png">',
    '<td x:fmla="=SUM(A1:A2)">3</td><td>-5</td><td>a | b</td>',
    '<link rel=File-List href="a_files/filelist.xml"><p>x</p><a href="c:\\\\windows\\\\a.txt">a</a>',
  ])('is quiet where nothing in it acts: %s', async (body) => {
    expect((await itemsOf(office(body))).items).toEqual([])
  })

  it('of a tag that does not end is given up there, and says so', async () => {
    const page = office('<td '.repeat(500_000))
    const { damages } = await itemsOf(page.subarray(0, -14))
    expect(damages).toContainEqual(
      expect.stringMatching(/^page: a tag at character \d+ that does not end/),
    )
  })

  describe('of a message or an archive', () => {
    const framed =
      '<html><body><iframe src="https://video.example/1"></iframe><object data="https://files.example/a.svg"></object></body></html>'
    const message = (head: string, page: string) =>
      Buffer.from(
        `${head}MIME-Version: 1.0\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n${page}`,
      )
    const sent = 'From: a@example.test\r\nTo: b@example.test\r\n'
    it.each([
      ['was sent', message(sent, framed)],
      ['a browser kept', message('From: <Saved by Blink>\r\n', framed)],
      ['nobody sent', message('', framed)],
    ])('has frames of the web, which are ordinary: %s', async (_, bytes) => {
      expect((await itemsOf(bytes)).items).toEqual([])
    })

    it.each([
      '<iframe src="ms-msdt:/id x"></iframe>',
      '<object data="https://files.example/a.sct"></object>',
    ])('has what may run: %s', async (page) => {
      const { items } = await itemsOf(message(sent, `<html>${page}</html>`))
      expect(items).toContainEqual(
        expect.objectContaining({ ItemKind: 'relation' }),
      )
    })

    it('is opened by Office where it is called so, whatever its headers say', async () => {
      const cell = message(sent, `<table><tr><td>${link}</td></tr></table>`)
      const named = emlOf([{ name: 'plan.xls', data: cell }])
      const { items } = await itemsOf(named)
      expect(items).toContainEqual(expect.objectContaining(dde))
    })
  })
})
