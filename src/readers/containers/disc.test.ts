import { describe, expect, it } from 'vitest'

import { zipOf } from '../../../test/tools/archives.ts'
import { discOf } from '../../../test/tools/disc.ts'
import { readTexts } from '../../../test/tools/read-source.ts'

const files = [
  { name: 'a.log', content: 'first' },
  { name: 'b.log', content: 'second' },
]

describe('a disc image', () => {
  it.each([false, true])(
    'is read file by file (Joliet: %s)',
    async (isWide) => {
      const { texts, problems } = await readTexts(discOf({ files, isWide }))
      expect(texts).toEqual({ 'in!in/a.log': 'first', 'in!in/b.log': 'second' })
      expect(problems).toEqual([])
    },
  )

  it('in a zip is read as well', async () => {
    const content = discOf({ files: [files[0]!] })
    const { texts } = await readTexts(zipOf([{ name: 'x.img', content }]))
    expect(texts).toEqual({ 'in!x.img!in/a.log': 'first' })
  })

  it('whose folder lies in itself ends', async () => {
    const { texts } = await readTexts(discOf({ files, folderAt: 20 }))
    expect(texts).toEqual({})
  })

  it('that is cut off says which file lacks what', async () => {
    const whole = discOf({
      files: [{ name: 'a.log', content: 'x'.repeat(9000) }],
    })
    const { texts, problems } = await readTexts(whole.subarray(0, -4096))
    expect(texts['in!in/a.log']).toMatch(/^x{4096,}$/)
    expect(problems).toMatchObject([{ file: 'in!in/a.log', kind: 'damaged' }])
  })

  it('whose files share their bytes ends at a bound', async () => {
    const content = 'x'.repeat(60_000)
    const more = Array.from({ length: 30 }, (_, i) => ({
      name: `${i}`,
      content: '',
    }))
    const disc = discOf({
      files: [{ name: 'a', content }, ...more],
      isShared: true,
    })
    const { problems } = await readTexts(disc)
    expect(problems).toMatchObject([{ file: 'in', kind: 'limit' }])
  })

  it('whose folders cannot be read says so', async () => {
    const { problems } = await readTexts(discOf({ files }).subarray(0, 40_000))
    expect(problems).toMatchObject([{ file: 'in', kind: 'damaged' }])
  })
})
