// Documents that another program wrote: `test/fixtures/documents`.
import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { itemsOf } from './items-of.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url))

it.each(['letter.doc', 'letter.rtf'])(
  'reads the fields of %s',
  async (name) => {
    const { items, damages } = await itemsOf(fixture(name))
    expect(damages).toEqual([])
    expect(items.map((i) => i.ItemText)).toEqual([
      'HYPERLINK "http://example.test/"',
      'PAGE',
    ])
  },
)

it('reads what a workbook asks of others', async () => {
  const { items, damages } = await itemsOf(fixture('book.xls'))
  expect(damages).toEqual([])
  expect(items).toEqual([
    expect.objectContaining({
      ItemKind: 'link',
      ItemText: "cmd|'/c calc.exe'!A0",
      DdeCommand: 'cmd /c calc.exe',
    }),
    expect.objectContaining({
      ItemKind: 'relation',
      Target: '\\srv\\plans\\costs.ods',
    }),
    expect.objectContaining({
      ItemKind: 'formula',
      DocumentPosition: 'Costs!A1',
      DdeCommand: 'cmd /c calc.exe',
    }),
    expect.objectContaining({
      ItemKind: 'formula',
      DocumentPosition: 'Costs!A3',
      Target: 'http://example.test/',
    }),
  ])
})
