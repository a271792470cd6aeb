import { expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'
import { formats } from '../../index.ts'

const link = `cmd|'/c calc'!A0`

async function cellsOf(text: string, encoding: BufferEncoding = 'utf8') {
  const mark = encoding === 'utf16le' ? '\ufeff' : ''
  const { items } = await itemsOf(Buffer.from(mark + text, encoding), formats)
  return items.flatMap((i) => i.ItemText ?? [])
}

it.each(['^', '#', '|', '§', '~', ' '])(
  'parts cells by what the first line names: %s',
  async (by) => {
    const text = `sep=${by}\r\na${by}"=${link}"${by}1\r\n`
    expect(await cellsOf(text)).toEqual([`=${link}`])
    expect(await cellsOf(text, 'utf16le')).toEqual([`=${link}`])
  },
)

it('parts them by nothing else then', async () => {
  expect(await cellsOf(`sep=^\na, b ; =${link}^1\n`)).toEqual([])
})

it.each(['＝', '＋', '－', '＠'])(
  'takes %s for the sign that it looks like',
  async (sign) => {
    const ascii = String.fromCharCode(sign.charCodeAt(0) - 0xfee0)
    const table = `name,value\nx,${sign}${link}\n`
    expect(await cellsOf(table)).toEqual([`${ascii}${link}`])
    expect(
      await cellsOf(`name,value\nx,${sign}ｃｍｄ｜'/c calc'！A0\n`),
    ).toEqual([`${ascii}${link}`])
  },
)

it('has no formula in text that looks like none', async () => {
  expect(await cellsOf('name,value\nx,（注）＝ 東京｜大阪\ny,－ 1\n')).toEqual(
    [],
  )
})
