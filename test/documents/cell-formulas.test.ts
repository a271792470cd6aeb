// Formulas that act have what cells hold, and what formulas of cells come to, in every format of workbook.
import { describe, expect, it } from 'vitest'

import { formats } from '../../src/readers/index.ts'
import { followed, target } from './cell-formulas.ts'
import { itemsOf } from './items-of.ts'
import { long, ptg, record, u8, u16, u32, xlsOf } from './workbook-binary.ts'

describe('a formula that acts', () => {
  it.each(Object.entries(followed))(
    'has what its cells come to: %s',
    async (_, make) => {
      const { items } = await itemsOf(make(), formats)
      expect(items.filter((i) => i.ItemKind === 'formula')).toEqual([
        expect.objectContaining({
          ItemText: `=HYPERLINK("${target}")`,
          Target: target,
          FunctionName: 'HYPERLINK',
        }),
      ])
    },
  )
})

describe('a macro of a binary workbook', () => {
  const formula = (row: number, column: number, ...tokens: Buffer[]) => {
    const all = Buffer.concat(tokens)
    const head = [u16(row, column, 0), Buffer.alloc(8), u16(0), u32(0)]
    return record(0x0006, ...head, u16(all.length), all)
  }
  const label = (row: number, text: string) =>
    record(0x0204, u16(row, 0, 0), long(text))
  const exec = ptg.call(110, 1)
  const left = Buffer.concat([u8(0x4c), u16(0, 0xc0ff)])
  const shared = Buffer.concat([left, exec])
  const from = u16(0, 0)
  it.each([
    [
      'a formula of another cell',
      [
        label(0, 'cmd /c '),
        formula(1, 0, ptg.text('ca'), ptg.text('lc'), ptg.join),
        formula(2, 0, ptg.cell(0, 0), ptg.cell(1, 0), ptg.join, exec),
      ],
    ],
    [
      'a formula that several share',
      [
        label(0, 'cmd /c calc'),
        formula(0, 1, u8(1), u16(0, 1)),
        record(0x04bc, from, u8(1), u8(1), u16(0, shared.length), shared),
      ],
    ],
    [
      'functions that choose',
      [
        label(0, 'cmd /c calc'),
        formula(
          2,
          0,
          ptg.number(2),
          ptg.text('x'),
          ptg.cell(0, 0),
          ptg.call(100, 3),
          exec,
        ),
      ],
    ],
  ])('starts what it has by %s', async (_, records) => {
    const { items } = await itemsOf(
      xlsOf({ sheets: [{ name: 'M', isMacro: true, records }] }),
      formats,
    )
    expect(items.map((i) => i.ItemText)).toContain('=EXEC("cmd /c calc")')
  })
})
