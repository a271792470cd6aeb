import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'
import { record, u8, u16 } from '../../../../test/documents/workbook-binary.ts'

const text = (t: string) => Buffer.concat([u8(t.length), Buffer.from(t)])
const result = Buffer.alloc(8)
const path = 'cmd\x03/c calc'

/** A macro sheet with `=EXEC("calc")`, a name that opens it, and a conversation. */
const workbooks = {
  2: Buffer.concat([
    record(0x0009, u16(2, 0x40)),
    record(0x0017, text(path)),
    record(0x0023, text('A0')),
    record(
      0x0018,
      u8(0),
      u8(2),
      u8(0),
      u8(9),
      u8(4),
      Buffer.from('Auto_Open'),
      u8(0x44),
      u16(0),
      u8(0),
    ),
    record(
      0x0006,
      u16(0, 0),
      Buffer.alloc(3),
      result,
      u8(0),
      u8(8),
      u8(0x17),
      text('calc'),
      u8(0x41),
      u8(110),
    ),
  ]),
  3: early(0x0209, 0x0206, [u8(0x41), u8(110)]),
  4: early(0x0409, 0x0406, [u8(0x41), u16(110)]),
}

function early(bof: number, formula: number, exec: readonly Buffer[]): Buffer {
  const tokens = Buffer.concat([u8(0x17), text('calc'), ...exec])
  return Buffer.concat([
    record(bof, u16(4, 0x40, 0)),
    record(0x0017, text(path)),
    record(0x0223, u16(2), text('A0')),
    record(
      0x0218,
      u16(2),
      u8(0),
      u8(9),
      u16(4),
      Buffer.from('Auto_Open'),
      u8(0x44),
      u16(0),
      u8(0),
    ),
    record(formula, u16(0, 0, 0), result, u16(0), u16(tokens.length), tokens),
  ])
}

describe.each(Object.entries(workbooks))(
  'a workbook of Excel %s',
  (_, bytes) => {
    it('is read as one of Excel 5: conversations, names that run, macro sheets', async () => {
      const { items } = await itemsOf(bytes)
      expect(items).toMatchObject([
        { DocumentFormat: 'xls', DdeCommand: 'cmd /c calc' },
        { ItemKind: 'macro', MacroName: 'Auto_Open' },
        { ItemKind: 'formula', ItemText: '=EXEC("calc")' },
        { ItemKind: 'macro', ItemText: 'A1: =EXEC("calc")' },
      ])
    })
  },
)

describe('a workbook of Excel 4', () => {
  it('under a password is said to be not inspected', async () => {
    const bytes = Buffer.concat([
      record(0x0409, u16(4, 0x10, 0)),
      record(0x002f, u16(1, 2)),
    ])
    const { items } = await itemsOf(bytes)
    expect(items).toMatchObject([{ ItemText: 'encrypted, not inspected' }])
  })

  it('that is torn anywhere is read as far as it goes', async () => {
    const whole = workbooks[4]
    for (let end = 8; end < whole.length; end++)
      await itemsOf(whole.subarray(0, end))
  })
})

describe('a workbook of Excel 2', () => {
  it('whose cells are shorter than their kind says is read as far as it goes', async () => {
    const kinds = [0x0002, 0x0003, 0x0004, 0x0006, 0x0007, 0x0018, 0x0023]
    const short = kinds.flatMap((kind) =>
      [0, 1, 4, 7, 9].map((size) => record(kind, Buffer.alloc(size))),
    )
    const [head, ...rest] = [record(0x0009, u16(2, 0x40)), ...short]
    const { items } = await itemsOf(
      Buffer.concat([head, workbooks[2].subarray(8), ...rest]),
    )
    expect(items).toContainEqual(
      expect.objectContaining({ DdeCommand: 'cmd /c calc' }),
    )
  })
})
