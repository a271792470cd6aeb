import { describe, expect, it } from 'vitest'

import { discOf } from '../../../test/tools/disc.ts'
import { readTexts } from '../../../test/tools/read-source.ts'
import { type UdfParts, udfOf } from '../../../test/tools/udf.ts'

const long = 'second '.repeat(600)
const files = [
  { name: 'a.log', content: 'first' },
  { name: 'b.log', content: long },
]
const small = [files[0]!, { name: 'b.log', content: 'second' }]

const forms: Readonly<Record<string, Omit<UdfParts, 'files'>>> = {
  'short descriptors': {},
  'long descriptors': { way: 'long' },
  'extended descriptors': { way: 'extended' },
  'lists that go on elsewhere': { way: 'chained' },
  'entries of the younger kind': { isExtended: true },
  'names of 16 bits': { isWide: true },
  'blocks of 512 bytes': { blockBytes: 512 },
  'blocks of 4,096 bytes': { blockBytes: 4096 },
  'its anchor at the end': { isAnchoredLast: true },
  'a partition of metadata': { hasMetadata: true, way: 'long' },
  'a table of where blocks lie': { virtual: {}, way: 'long' },
  'a table with blocks behind it': { virtual: { behind: 3 } },
  'a table of the older kind': { virtual: { isOld: true } },
}

describe('a volume of UDF', () => {
  it.each(Object.entries(forms))(
    'with %s is read file by file',
    async (_, form) => {
      const { texts, problems } = await readTexts(udfOf({ files, ...form }))
      expect(texts).toEqual({ 'in!in/a.log': 'first', 'in!in/b.log': long })
      expect(problems).toEqual([])
    },
  )

  it.each([{}, { isExtended: true }, { hasMetadata: true }])(
    'with content in the entries is read (%j)',
    async (form) => {
      const disc = udfOf({ files: small, way: 'embedded', ...form })
      const { texts, problems } = await readTexts(disc)
      expect(texts).toEqual({ 'in!in/a.log': 'first', 'in!in/b.log': 'second' })
      expect(problems).toEqual([])
    },
  )

  it('has no file that was deleted', async () => {
    const { texts } = await readTexts(udfOf({ files, isDeleted: true }))
    expect(Object.keys(texts)).toEqual(['in!in/b.log'])
  })

  it('whose folder lies in itself ends', async () => {
    const { texts } = await readTexts(udfOf({ files, isLoop: true }))
    expect(texts).toEqual({})
  })

  it('whose files share their bytes ends at a bound', async () => {
    const content = 'x'.repeat(400_000)
    const more = Array.from({ length: 30 }, (_, i) => ({
      name: `${i}`,
      content: '',
    }))
    const shared = [{ name: 'a', content }, ...more]
    const { problems } = await readTexts(
      udfOf({ files: shared, isShared: true }),
    )
    expect(problems).toMatchObject([{ file: 'in', kind: 'limit' }])
  })

  it('with a list that goes on in itself says so of the file', async () => {
    const { problems } = await readTexts(udfOf({ files, way: 'endless' }))
    expect(problems.map((p) => `${p.file}: ${p.message}`)).toEqual(
      ['a.log', 'b.log'].map(
        (name) =>
          `in!in/${name}: disc image: the list of its extents is endless`,
      ),
    )
  })

  it('that is cut off is read as far as it goes, and says what is missing', async () => {
    const whole = udfOf({ files: [{ name: 'a', content: 'x'.repeat(9000) }] })
    for (let at = 40_000; at < whole.length; at += 3_000) {
      const { texts, problems } = await readTexts(whole.subarray(0, at))
      const isAll = texts['in!in/a'] === 'x'.repeat(9000)
      expect(isAll || problems.length > 0).toBe(true)
    }
  })

  it('has what a file keeps beside its content', async () => {
    const stream = { name: 'b.vbs', content: 'beside' }
    const disc = udfOf({ files, stream, isExtended: true })
    const { texts, problems } = await readTexts(disc)
    expect(texts).toMatchObject({
      'in!in/a.log': 'first',
      'in!in/a.log:b.vbs': 'beside',
    })
    expect(problems).toEqual([])
  })

  it('that is written once says where its table is missing', async () => {
    const disc = udfOf({ files, virtual: { behind: -1 } })
    expect((await readTexts(disc)).problems).toMatchObject([
      { kind: 'damaged', message: expect.stringContaining('no table') },
    ])
  })

  it('whose partition is of another kind says so', async () => {
    const disc = udfOf({ files, hasMetadata: true, way: 'long' })
    const at = disc.indexOf('*UDF Metadata')
    disc.write('*UDF Strange  ', at, 'latin1')
    const { texts, problems } = await readTexts(disc)
    expect(texts).toEqual({})
    expect(problems).toMatchObject([
      { kind: 'damaged', message: expect.stringContaining('Strange') },
    ])
  })

  it('beside ISO 9660 is read with it: systems take the one or the other', async () => {
    const iso = discOf({ files: [{ name: 'c.log', content: 'third' }] })
    const disc = udfOf({ files })
    disc.copyWithin(18 * 2048, 16 * 2048, 19 * 2048)
    iso.copy(disc, 16 * 2048, 16 * 2048, 18 * 2048)
    iso.copy(disc, 21 * 2048, 21 * 2048)
    // Its root, where the descriptors of UDF stand now.
    iso.copy(disc, 40 * 2048, 20 * 2048, 21 * 2048)
    disc.writeUInt32LE(40, 16 * 2048 + 156 + 2)
    const { texts } = await readTexts(disc)
    expect(texts).toEqual({
      'in!in/a.log': 'first',
      'in!in/b.log': long,
      'in!in/c.log': 'third',
    })
  })
})
