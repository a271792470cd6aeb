import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'

const link = `cmd|' /C calc'!A0`

async function textsOf(lines: readonly string[], end = '\r\n') {
  const { items } = await itemsOf(Buffer.from(lines.join(end), 'latin1'))
  return items.map((i) => i.ItemText)
}

describe('a formula of SYLK', () => {
  const cell = `C;Y1;X1;K0;E${link}`
  it.each([
    ['by any line ends', ['ID;P', cell, 'E'], '\r'],
    ['behind blanks', ['ID;P', ` ${cell}`, 'E'], '\n'],
    ['beside another one', ['ID;P', `C;Y1;X1;E1;K0;E${link}`, 'E'], '\n'],
    [
      'with a byte of three characters',
      ['ID;P', `C;Y1;X1;K0;E${link.replace('c', '\x1b&3')}`, 'E'],
      '\n',
    ],
  ])('is read %s', async (_, lines, end) => {
    expect(await textsOf(lines, end)).toContain(`=${link}`)
  })

  const values = ['C;X1;Y1;K"cmd"', 'C;X1;Y2;K" /c calc"']
  it.each([
    ['by their place', 'C;X1;Y3;K0;EEXEC(R1C1&R2C1)'],
    ['by how far they are', 'C;X1;Y3;K0;EEXEC(R[-2]C&R[-1]C)'],
  ])('of macros has what stands in cells %s', async (_, exec) => {
    const padding = Array.from({ length: 100 }, () => 'P;PGeneral')
    const name = 'NN;NAuto_open;ER3C1'
    const lines = ['ID;P', ...padding, 'O;L;E', name, ...values, exec, 'E']
    expect(await textsOf(lines)).toEqual([
      '=R3C1',
      '=EXEC("cmd /c calc")',
      expect.stringContaining('A2: =" /c calc"\nA3: =EXEC(A1&A2)'),
    ])
  })
})

describe('a formula of DIF', () => {
  it.each(['\r', '\n', '\r\n'])(
    'is read by any line ends (%j)',
    async (end) => {
      const head = ['TABLE', '0,1', '"x"', 'DATA', '0,0', '""', '-1,0', 'BOT']
      expect(
        await textsOf([...head, '1,0', `"=${link}"`, '-1,0', 'EOD', ''], end),
      ).toEqual([`=${link}`])
    },
  )
})
