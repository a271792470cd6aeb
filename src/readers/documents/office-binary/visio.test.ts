import { describe, expect, it } from 'vitest'

import { compoundOf } from '../../../../test/documents/compound.ts'
import { docField, docOf } from '../../../../test/documents/word-binary.ts'
import { itemsOf } from '../../../../test/documents/items-of.ts'
import { packed, vsdOf } from '../../../../test/documents/visio-binary.ts'
import { unpack } from '../visio-binary/unpack.ts'

const share = '\\\\203.0.113.9\\share\\drawing.vss'
const wide = (text: string, odd = false) =>
  Buffer.concat([Buffer.alloc(odd ? 7 : 8, 1), Buffer.from(text, 'utf16le')])

describe('a stream of a drawing', () => {
  it('is unpacked to what it was, also where references overlap', () => {
    for (const text of ['', 'a', 'abcabcabcabcabcabc', 'x'.repeat(5_000)]) {
      const bytes = Buffer.from(text)
      expect(unpack(packed(bytes), 10_000).equals(bytes)).toBe(true)
    }
  })

  it('is unpacked so far as it may be', () => {
    expect(unpack(packed(Buffer.alloc(5_000, 1)), 100)).toHaveLength(100)
  })
})

describe('a binary drawing of Visio', () => {
  it.each([true, false])(
    'tells the addresses that its shapes lead to (packed: %s)',
    async (isPacked) => {
      const shapes = [wide('Northern branch'), wide(share, true)]
      const { items, damages } = await itemsOf(vsdOf({ shapes, isPacked }))
      expect(damages).toEqual([])
      expect(items).toEqual([
        expect.objectContaining({ ItemKind: 'link', Target: share }),
      ])
    },
  )

  it('tells programs of this machine that its formulas name', async () => {
    const program = 'C:\\Windows\\System32\\cmd.exe'
    const { items } = await itemsOf(vsdOf({ shapes: [wide(program)] }))
    expect(items).toMatchObject([{ Target: program }])
  })

  it('has texts of one byte a character before 2003', async () => {
    const shapes = [Buffer.from(`\x01\x02https://example.test/a\x00`, 'latin1')]
    const { items } = await itemsOf(vsdOf({ version: 6, shapes }))
    expect(items).toMatchObject([{ Target: 'https://example.test/a' }])
  })

  it('has objects in it, in several parts', async () => {
    const object = docOf({ text: docField('DDEAUTO cmd "/k calc"') })
    const objectParts = [object.subarray(0, 700), object.subarray(700)]
    const { items } = await itemsOf(vsdOf({ objectParts }))
    expect(items).toMatchObject([{ ItemKind: 'field', DdeService: 'cmd' }])
  })

  it('of which pointers lead in circles ends', async () => {
    const loop = Buffer.alloc(0x80)
    loop[0x1a] = 11
    loop.writeUInt32LE(0x14, 0x24)
    loop.writeUInt32LE(0, 0x2c)
    loop.writeUInt32LE(0x80, 0x30)
    const bytes = compoundOf({ streams: { VisioDocument: loop } })
    expect((await itemsOf(bytes)).items).toEqual([])
  })
})
