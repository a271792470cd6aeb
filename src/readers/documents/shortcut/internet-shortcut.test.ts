import { expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'
import { zipOf } from '../../../../test/tools/archives.ts'

const section = '[InternetShortcut]\r\nURL=file://198.51.100.7/a.exe\r\n'

async function targetsOf(name: string, content: string) {
  const { items } = await itemsOf(zipOf([{ name, content }]))
  return items.map((i) => i.Target)
}

it.each([
  ['behind a comment', `; a comment\r\n${section}`],
  ['behind lines of no section', `a\r\nb\r\n${section}`],
  ['behind two others', `[a]\r\nx=1\r\n[b]\r\n${section}`],
  ['behind a long one', `[a]\r\n${'x=1\r\n'.repeat(1000)}${section}`],
  ['with blanks in its name', section.replace('[Int', '[ Int')],
  ['by any line ends', section.replaceAll('\r\n', '\r')],
])('the section of a shortcut is read %s', async (_, content) => {
  expect(await targetsOf('a.url', content)).toEqual([
    'file://198.51.100.7/a.exe',
  ])
})

it('a text that tells of such a section is none', async () => {
  expect(await targetsOf('a.txt', `a\r\nb\r\n${section}`)).toEqual([])
})

it('values of a wide section are in UTF-7', async () => {
  const wide =
    '[InternetShortcut.W]\r\nURL=+AFwAXA-203.0.113.7+AFw-a.exe\r\nIconFile=a+-b\r\n'
  expect(await targetsOf('a.url', section + wide)).toEqual([
    'file://198.51.100.7/a.exe',
    '\\\\203.0.113.7\\a.exe',
    'a+b',
  ])
})
