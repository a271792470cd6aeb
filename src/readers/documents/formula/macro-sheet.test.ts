// Sheets of Excel 4 macros are scripts in every format: what they do shows however their cells lead to each other.
import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'
import { xlsbOfSheet, xlsxOf } from '../../../../test/documents/samples.ts'
import { ptg, u16, u8 } from '../../../../test/documents/workbook-binary.ts'
import { formats } from '../../index.ts'

const macroBook = (cells: Readonly<Record<string, string>>) =>
  xlsxOf(cells, {
    type: 'vnd.ms-excel.sheet.macroEnabled.main+xml',
    sheetType: 'vnd.ms-excel.macrosheet+xml',
  })

async function startedBy(bytes: Buffer) {
  const { items } = await itemsOf(bytes, formats)
  return items
    .filter((i) => i.ActionKind === 'start')
    .map((i) => i.ActionTarget)
}

describe('a sheet of macros', () => {
  it.each([
    [
      'a name that is set',
      { A1: '=SET.NAME("x","cmd /c calc")', A2: '=EXEC(x)' },
    ],
    [
      'a cell behind it',
      { A1: '=EXEC(A5&A6)', A5: 'cmd ', A6: '="/c"&" calc"' },
    ],
    [
      'a cell that is set',
      { A1: '=SET.VALUE(B1,"cmd /c calc")', A2: '=EXEC(B1)' },
    ],
    [
      'a formula that is written',
      { A1: '=FORMULA("=EX"&"EC(""cmd /c calc"")",A2)' },
    ],
    [
      'a cell that is named by a text',
      { A1: '=EXEC(INDIRECT("A9"))', A9: 'cmd /c calc' },
    ],
  ])('starts what it has by %s', async (_, cells) => {
    expect(await startedBy(macroBook(cells))).toEqual(['cmd /c calc'])
  })

  it('is read in SYLK', async () => {
    const lines = [
      'ID;P',
      'O;E',
      'C;Y1;X1;K0;ESET.NAME("x","cmd /c calc")',
      'C;Y2;X1;K0;EEXEC(x)',
      'E',
    ]
    expect(await startedBy(Buffer.from(lines.join('\r\n')))).toEqual([
      'cmd /c calc',
    ])
  })

  it('is read in a binary workbook', async () => {
    const text = (t: string) =>
      Buffer.concat([u8(0x17), u16(t.length), Buffer.from(t, 'utf16le')])
    const book = xlsbOfSheet(
      [[{ tokens: [text('cmd /c calc'), ptg.call(110, 1)] }]],
      'vnd.ms-excel.macrosheet',
    )
    expect(await startedBy(book)).toEqual(['cmd /c calc'])
  })

  it('is none where it only reckons', async () => {
    expect(
      await startedBy(macroBook({ A1: '=SET.NAME("x",3)', A2: '=x+1' })),
    ).toEqual([])
  })
})
