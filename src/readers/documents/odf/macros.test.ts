// Macros of an OpenDocument are read as scripts: what they do, and which events of the document start them.
import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'
import { odfContent } from '../../../../test/documents/samples.ts'
import { escaped } from '../../../../test/documents/ooxml.ts'
import { type ZipPart, zipOf } from '../../../../test/tools/archives.ts'
import { formats } from '../../index.ts'

const starting = `Sub Main
  svc = createUnoService("com.sun.star.system.SystemShellExecute")
  svc.execute("cmd.exe", "/c calc", 0)
End Sub`

const module = (source: string) =>
  `<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">${escaped(source)}</script:module>`

const listener = (event: string, href: string) =>
  `<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="${event}" xlink:href="${escaped(href)}"/></office:event-listeners></office:scripts>`

const content = (scripts: string) =>
  odfContent('<office:text/>').replace(
    '<office:body>',
    `${scripts}<office:body>`,
  )

const packageOf = (...parts: readonly ZipPart[]) =>
  zipOf([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
    ...parts,
    { name: 'META-INF/manifest.xml', content: '<manifest/>' },
  ])

const main =
  'vnd.sun.star.script:Standard.Module1.Main?language=Basic&location=document'

describe('Basic of a document', () => {
  const library = {
    name: 'Basic/Standard/Module1.xml',
    content: module(starting),
  }
  it.each([
    ['dom:load', main],
    ['office:start-app', main],
    ['dom:load', 'macro:///Standard.Module1.Main()'],
    [
      'dom:load',
      'vnd.sun.star.script:Standard.Module1.Main?location=document&language=Basic',
    ],
  ])('starts by itself at %s by %s', async (event, href) => {
    const { items } = await itemsOf(
      packageOf(library, {
        name: 'content.xml',
        content: content(listener(event, href)),
      }),
      formats,
    )
    expect(items).toContainEqual(
      expect.objectContaining({
        ActionKind: 'start',
        ActionTarget: 'cmd.exe /c calc',
        ActionEntry: 'document_open',
      }),
    )
  })

  it('is no more than read where nothing starts it', async () => {
    const { items } = await itemsOf(
      packageOf(library, {
        name: 'content.xml',
        content: content(listener('dom:click', main)),
      }),
      formats,
    )
    const starts = items.filter((i) => i.ActionKind === 'start')
    expect(starts).toMatchObject([{ ActionTarget: 'cmd.exe /c calc' }])
    expect(starts[0]!.ActionEntry).toBe('')
  })

  it('is read in a flat file', async () => {
    const source = `<office:script script:language="ooo:Basic" xmlns:ooo="http://openoffice.org/2004/office"><ooo:libraries><ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="Module1"><ooo:source-code>${escaped(starting)}</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script>`
    const scripts = listener('dom:load', main).replace(
      '<office:scripts>',
      `<office:scripts>${source}`,
    )
    const flat = odfContent('<office:text/>', 'document').replace(
      '<office:body>',
      `${scripts}<office:body>`,
    )
    const { items } = await itemsOf(Buffer.from(flat), formats)
    expect(items).toContainEqual(
      expect.objectContaining({
        ActionTarget: 'cmd.exe /c calc',
        ActionEntry: 'document_open',
      }),
    )
  })

  it('is quiet where it only counts', async () => {
    const counting = {
      name: 'Basic/Standard/Module1.xml',
      content: module(
        'Sub Main\n  oSheet = ThisComponent.Sheets(0)\n  oSheet.getCellByPosition(0, 0).Value = 3\n  MsgBox "done"\nEnd Sub',
      ),
    }
    const { items } = await itemsOf(
      packageOf(counting, {
        name: 'content.xml',
        content: content(listener('dom:load', main)),
      }),
      formats,
    )
    const acts = items.filter((i) => i.ActionKind && i.ActionKind !== 'script')
    expect(acts).toEqual([])
  })
})

describe('what starts a macro', () => {
  const target =
    'vnd.sun.star.script:../../x.py$main?language=Python&location=share'
  const menu = `<menu:menubar xmlns:menu="http://openoffice.org/2001/menu"><menu:menuitem menu:id="${escaped(target)}"/></menu:menubar>`
  const dialog = `<dlg:window xmlns:dlg="http://openoffice.org/2000/dialog" xmlns:script="http://openoffice.org/2000/script"><script:event script:event-name="on-focus" script:macro-name="${escaped(target)}" script:language="Script"/></dlg:window>`
  const link = `<text:a xlink:href="${escaped(target)}">x</text:a>`
  it.each([
    ['a menu', 'Configurations2/menubar/menubar.xml', menu],
    ['a dialog', 'Dialogs/Standard/Dialog1.xml', dialog],
    ['a link', 'content.xml', odfContent(link)],
    ['an event', 'content.xml', content(listener('dom:load', target))],
  ])('is told of %s', async (_, name, content) => {
    const { items } = await itemsOf(packageOf({ name, content }))
    expect(items).toMatchObject([{ ItemKind: 'action', Target: target }])
  })

  it('may lie in a library elsewhere', async () => {
    const libraries = `<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="a" xlink:href="file://files.example/share/a/script.xlb" library:link="true"/><library:library library:name="b" xlink:href="$(USER)/basic/b/script.xlb/" library:link="true"/></library:libraries>`
    const { items } = await itemsOf(
      packageOf({ name: 'Basic/script-lc.xml', content: libraries }),
    )
    expect(items).toMatchObject([
      {
        RelationType: 'macroLibrary',
        Target: 'file://files.example/share/a/script.xlb',
      },
    ])
  })
})

describe('what an OpenDocument takes from elsewhere', () => {
  const address = 'http://files.example/a.ott'
  it.each([
    [
      'its template',
      `<meta:template xmlns:meta="m" xlink:href="${address}"/>`,
      { ItemKind: 'relation', RelationType: 'attachedTemplate' },
    ],
    [
      'a section',
      `<text:section><text:section-source xlink:href="${address}"/></text:section>`,
      { ItemKind: 'relation', RelationType: 'subDocument' },
    ],
    [
      'a table',
      `<table:table><table:table-source xlink:href="${address}"/></table:table>`,
      { ItemKind: 'connection', RelationType: 'table-source' },
    ],
  ])('is told: %s', async (_, body, item) => {
    const { items } = await itemsOf(
      packageOf({ name: 'content.xml', content: odfContent(body) }),
    )
    expect(items).toMatchObject([{ ...item, Target: address }])
  })

  const dde = escaped('DDE("cmd";"/c calc";"x")')
  it.each([
    [
      'a name',
      `<table:named-expression table:name="n" table:expression="of:=${dde}"/>`,
    ],
    [
      'a rule of how cells look',
      `<calcext:condition xmlns:calcext="c" calcext:value="formula-is(${dde})"/>`,
    ],
    [
      'a rule of a style',
      `<style:map xmlns:style="s" style:condition="is-true-formula(${dde})"/>`,
    ],
    [
      'a rule of what cells take',
      `<table:content-validation table:condition="of:cell-content-is-in-list(${dde})"/>`,
    ],
  ])('is the DDE of %s', async (_, body) => {
    const { items } = await itemsOf(
      packageOf({ name: 'content.xml', content: odfContent(body) }),
    )
    expect(items).toMatchObject([{ DdeCommand: 'cmd /c calc' }])
  })
})
