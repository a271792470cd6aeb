import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { tarOf, zipOf } from '../../../test/tools/archives.ts'
import { readTexts } from '../../../test/tools/read-source.ts'

const zip = zipOf([{ name: 'a.log', content: 'one' }])
const junk = Buffer.from('junk before it ')

describe('a zip behind other bytes', () => {
  it.each([
    ['a few', junk],
    [
      'those of a program',
      Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300_000)]),
    ],
  ])('is opened, whatever they are: %s', async (_, before) => {
    const { texts } = await readTexts(Buffer.concat([before, zip]))
    expect(texts).toEqual({
      'in!before its zip': before.toString(),
      'in!a.log': 'one',
    })
  })

  it('is opened where something stands behind it as well', async () => {
    const { texts, problems } = await readTexts(
      Buffer.concat([junk, zip, Buffer.from('behind')]),
    )
    expect(texts).toMatchObject({ 'in!a.log': 'one' })
    expect(problems.map((p) => p.message)).toContain(
      'zip: 6 bytes behind its end',
    )
  })

  it('is opened within another archive', async () => {
    const within = zipOf([{ name: 'b', content: Buffer.concat([junk, zip]) }])
    expect((await readTexts(within)).texts).toMatchObject({
      'in!b!a.log': 'one',
    })
  })

  it('is opened in a compressed stream', async () => {
    const { texts } = await readTexts(gzipSync(Buffer.concat([junk, zip])))
    expect(texts).toMatchObject({ 'in!a.log': 'one' })
  })

  it('is no zip where its directory leads nowhere', async () => {
    const torn = Buffer.concat([junk, zip.subarray(4)])
    expect((await readTexts(torn)).texts).toEqual({
      in: torn.toString(),
    })
  })

  it('belongs to the archive that keeps it as it is', async () => {
    const tar = tarOf([{ name: 'b', content: zip }])
    const { texts } = await readTexts(tar)
    expect(texts).toEqual({ 'in!b!a.log': 'one' })
  })

  it('is found in each of a row, to a depth', async () => {
    const row = Buffer.concat([junk, ...Array.from({ length: 9 }, () => zip)])
    const { texts } = await readTexts(row)
    expect(texts['in!a.log']).toContain('one')
  })
})
