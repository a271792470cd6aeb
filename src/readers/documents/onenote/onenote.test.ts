import { describe, expect, it } from 'vitest'

import { itemsOf } from '../../../../test/documents/items-of.ts'
import { oneOf } from '../../../../test/documents/onenote.ts'

const data = Buffer.from('x')

async function namesOf(bytes: Buffer) {
  const { items } = await itemsOf(bytes)
  return items.flatMap((i) => i.EmbeddedName ?? [])
}

/** A text of a page that looks like the name of a file. */
function pageText(text: string): Buffer {
  const wide = Buffer.from(`${text}\0`, 'utf16le')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(wide.length)
  return Buffer.concat([length, wide])
}

describe('files in a section of OneNote', () => {
  it('have names of any letters', async () => {
    expect(
      await namesOf(oneOf([{ name: '\u0441\u0447\u0451\u0442.vbs', data }])),
    ).toEqual(['\u0441\u0447\u0451\u0442.vbs'])
  })

  it.each([
    [
      'one name for two',
      oneOf([
        { name: 'a.vbs', data },
        { name: 'a.vbs', data },
      ]),
    ],
    [
      'a text that looks like a name',
      Buffer.concat([oneOf([{ name: 'a.vbs', data }]), pageText('see b.txt')]),
    ],
  ])('are told by their names, whose they are or not: %s', async (_, bytes) => {
    expect(await namesOf(bytes)).toContain('a.vbs')
  })

  it('have none of the names within them', async () => {
    const inner = oneOf([{ name: 'b.vbs', data }])
    const names = await namesOf(oneOf([{ name: 'a.one', data: inner }]))
    expect(names).toEqual(['a.one', 'b.vbs'])
  })
})
