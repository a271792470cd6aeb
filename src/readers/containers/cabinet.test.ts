import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { zipOf } from '../../../test/tools/archives.ts'
import { cabinetOf } from '../../../test/tools/cabinet.ts'
import { readTexts } from '../../../test/tools/read-source.ts'

const files = [
  { name: 'a.log', content: 'first '.repeat(9000) },
  { name: 'in\\b.log', content: 'second' },
  { name: 'ü.log', content: 'third' },
]
const texts = {
  'in!a.log': files[0]!.content,
  'in!in/b.log': 'second',
  'in!ü.log': 'third',
}

describe('a cabinet', () => {
  it.each([
    ['stored', { compression: 0 }],
    ['compressed by MSZIP', {}],
    ['in small blocks', { blockBytes: 700 }],
    ['with reserved bytes', { reserve: 20 }],
    ['that names a next one', { isNextNamed: true }],
  ])('%s is read file by file', async (_, parts) => {
    const got = await readTexts(cabinetOf({ files, ...parts }))
    expect(got).toMatchObject({ texts, problems: [] })
  })

  it('in a zip is read as well', async () => {
    const content = cabinetOf({ files })
    const got = await readTexts(zipOf([{ name: 'x.cab', content }]))
    expect(got.texts).toMatchObject({ 'in!x.cab!in/b.log': 'second' })
  })

  it.each([
    [2, 'Quantum'],
    [3, 'LZX'],
    [9, '9'],
  ])(
    'compressed by %i is not inspected, and says so',
    async (compression, by) => {
      const got = await readTexts(cabinetOf({ files, compression }))
      expect(got.texts).toEqual({})
      expect(got.problems).toMatchObject([
        {
          kind: 'not-inspected',
          message: `cabinet: files are compressed by ${by}: 3, first "a.log"`,
        },
      ])
    },
  )

  it('whose files go on in another one says which are not inspected', async () => {
    const parts = [files[1]!, { ...files[2]!, folder: 0xfffe }]
    const { texts, problems } = await readTexts(cabinetOf({ files: parts }))
    expect(texts).toEqual({ 'in!in/b.log': 'second' })
    expect(problems).toMatchObject([{ kind: 'not-inspected' }])
  })

  it('whose file lies in a folder that is not there says so', async () => {
    const parts = [files[1]!, { ...files[2]!, folder: 7 }]
    const { texts, problems } = await readTexts(cabinetOf({ files: parts }))
    expect(texts).toEqual({ 'in!in/b.log': 'second' })
    expect(problems).toMatchObject([{ kind: 'damaged' }])
  })

  it('whose files share their bytes gives these once', async () => {
    const more = Array.from({ length: 500 }, (_, i) => ({
      ...{ name: `${i}.log`, content: '' },
      ...{ from: 0, bytes: 54_000 },
    }))
    const got = await readTexts(cabinetOf({ files: [files[0]!, ...more] }))
    expect(Object.keys(got.texts)).toEqual(['in!a.log'])
    expect(got.problems).toMatchObject([
      { kind: 'damaged', message: expect.stringContaining(': 500, first') },
    ])
  })

  it('whose file states more than there is says what is missing', async () => {
    const long = { ...files[1]!, bytes: 4_000_000_000 }
    const { texts, problems } = await readTexts(cabinetOf({ files: [long] }))
    expect(texts).toEqual({ 'in!in/b.log': 'second' })
    expect(problems).toMatchObject([{ file: 'in!in/b.log', kind: 'damaged' }])
  })

  it('that is cut off keeps what came before, and says so', async () => {
    const whole = cabinetOf({ files, compression: 0 })
    const got = await readTexts(whole.subarray(0, -20_000))
    expect(got.texts['in!a.log']).toMatch(/^(?:first ){5000,}/)
    expect(got.problems[0]).toMatchObject({ kind: 'damaged' })
  })

  it('with wrong checksums is read, and says so', async () => {
    const got = await readTexts(cabinetOf({ files, isWrong: true }))
    expect(got.texts).toEqual(texts)
    expect(got.problems).toMatchObject([
      {
        kind: 'damaged',
        message: expect.stringMatching(/block 1: checksum .* and 1 more/),
      },
    ])
  })

  it('without files is empty, and says so', async () => {
    const { problems } = await readTexts(cabinetOf({ files: [] }))
    expect(problems).toMatchObject([{ kind: 'empty' }])
  })

  it('with any bytes of it changed is read or said to be broken', async () => {
    const whole = cabinetOf({ files: files.slice(1), reserve: 4 })
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1 }), async (changes) => {
        const bytes = Buffer.from(whole)
        for (const [at, to] of changes) bytes[at] = to
        bytes.write('MSCF')
        const got = await readTexts(bytes)
        if (got.problems.length === 0)
          expect(Object.keys(got.texts)).toHaveLength(2)
      }),
      { numRuns: 300, seed: 11 },
    )
  })
})
