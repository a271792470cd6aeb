// DDE in every binary format, plain and hidden in many ways: all of it is found, and the command is as a user would read it. The
// benign twin of each holds the same parts without DDE.
import { describe, expect, it } from 'vitest'

import {
  books,
  command,
  fields,
  plainBooks,
  sheets,
  twins,
  written,
} from './hidden-dde.ts'
import { itemsOf } from './items-of.ts'
import { book, ptg, record, u16, xlsOf } from './workbook-binary.ts'

describe.each(Object.entries(written))(
  'DDE in a field of %s',
  (format, make) => {
    it.each(Object.entries(fields))('%s is found', async (name, write) => {
      const { items } = await itemsOf(make(write))
      const found = items.filter((i) => i.DdeCommand !== undefined)
      expect(
        found.map((i) => i.DdeCommand),
        `${format} ${name}`,
      ).toEqual([command])
    })

    it.each(Object.entries(twins))('%s is none', async (_, write) => {
      const { items } = await itemsOf(make(write))
      expect(items.filter((i) => i.DdeService !== undefined)).toEqual([])
    })
  },
)

describe('DDE of a workbook', () => {
  it.each(Object.entries(books))('%s is found', async (_, make) => {
    const { items } = await itemsOf(make())
    const found = items.filter((i) => i.DdeService !== undefined)
    expect(found).toHaveLength(1)
    expect(String(found[0]!.DdeCommand)).toMatch(/cmd(?:\.exe)? \/c calc$/i)
  })

  it('is found in a formula as well', async () => {
    const links = Buffer.concat([u16(1), u16(0, 0xfffe, 0xfffe)])
    const { items } = await itemsOf(
      xlsOf({
        globals: [...plainBooks, record(0x0017, links)],
        sheets: [{ name: 'S', formulas: [ptg.external(0, 1)] }],
      }),
    )
    expect(items).toContainEqual(
      expect.objectContaining({
        ItemKind: 'formula',
        DocumentPosition: 'S!A1',
        DdeCommand: 'cmd /c calc',
      }),
    )
  })

  it('is not seen in links between workbooks', async () => {
    const paths = [
      '\x01\x01Cplans\x03costs.xls',
      '\x01\x01@files\x03share\x03a.xls',
      '\x01\x03sub\x03a.xls',
      'costs.xls',
      '\x01\x05\x1dhttp://example.test/costs.xls',
    ]
    const globals = paths.map((p) => book(p, ['total'], 1))
    const { items } = await itemsOf(xlsOf({ globals, sheets }))
    expect(items.map((i) => i.ItemKind)).toEqual(paths.map(() => 'relation'))
  })
})
