// Documents that LibreOffice wrote, read by the product.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { itemsOf } from './items-of.ts'

const read = (name: string) =>
  itemsOf(readFileSync(join('test', 'fixtures', 'documents', name)))

describe('a document of LibreOffice', () => {
  it.each([
    ['letter.fodt', 1],
    ['letter.odt', 1],
    ['sheet.fods', 1],
    ['sheet.ods', 2],
    ['sheet.xls', 2],
    ['sheet.xlsx', 1],
  ])('%s has its DDE link', async (name, times) => {
    const { items, damages, problems } = await read(name)
    const commands = items.flatMap((i) => i.DdeCommand ?? [])
    expect(commands).toEqual(Array(times).fill('cmd /c calc.exe'))
    expect([damages, problems]).toEqual([[], []])
  })

  it.each(['page.doc', 'letter.docx', 'letter.odt', 'page.rtf', 'show.pptx'])(
    '%s has its link to a page',
    async (name) => {
      const { items, damages, problems } = await read(name)
      expect(items.map((i) => i.Target)).toContain('https://www.example.org/')
      expect([damages, problems]).toEqual([[], []])
    },
  )

  it.each(['letter.docx', 'sheet.csv', 'show.pptx'])(
    '%s keeps no DDE link',
    async (name) => {
      const { items } = await read(name)
      expect(items.filter((i) => i.DdeCommand)).toEqual([])
    },
  )
})
