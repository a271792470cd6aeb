// What has the beginning of a document and nothing of its kind behind it was not read, and is not clean.
import { describe, expect, it } from 'vitest'

import { compoundOf } from '../../../test/documents/compound.ts'
import { itemsOf } from '../../../test/documents/items-of.ts'
import { fragment, oneOf } from '../../../test/documents/onenote.ts'
import { guidBytes } from './binary/guid.ts'

const one = guidBytes('7B5C52E4-D88C-4DA7-AEB1-5378D02996D3')
const shellLink = Buffer.from('4c0000000114020000000000c000000000000046', 'hex')
const stream =
  (...names: readonly string[]) =>
  (body: Buffer) =>
    compoundOf({ streams: Object.fromEntries(names.map((n) => [n, body])) })
const behind = (beginning: Buffer) => (body: Buffer) =>
  Buffer.concat([beginning, body])

const kinds: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  'a section of OneNote': behind(one),
  'a compound file': behind(Buffer.from('d0cf11e0a1b11ae1', 'hex')),
  'a shortcut': behind(shellLink),
  'a workbook of its own': behind(Buffer.from('0908100000060500', 'hex')),
  'a message of Outlook that another program gets': behind(
    Buffer.from('789f3e220100', 'hex'),
  ),
  'a letter': stream('WordDocument', '1Table'),
  'a workbook': stream('Workbook'),
  'a presentation': stream('PowerPoint Document'),
  'a drawing': stream('VisioDocument'),
  'a message': stream('__properties_version1.0'),
  'an object': stream('a/\x01Ole10Native', 'a/\x01Ole'),
  'a formula': stream('a/Equation Native'),
  macros: stream('VBA/dir', 'VBA/Module1'),
  'a stream that nobody knows': stream('Foo'),
}

/** The same on each run. */
function random(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let i = 0, n = 7; i < length; i++) {
    n = (n * 1_103_515_245 + 12_345) & 0x7fff_ffff
    bytes[i] = n >> 16
  }
  return bytes
}

const bodies = {
  nothing: Buffer.alloc(0),
  zeros: Buffer.alloc(6000),
  ones: Buffer.alloc(6000, 0xff),
  noise: random(6000),
}

describe.each(Object.entries(kinds))('%s', (_, made) => {
  it.each(Object.entries(bodies))(
    'is not clean with %s in it',
    async (_, b) => {
      const { damages, problems } = await itemsOf(made(b))
      expect([...damages, ...problems]).not.toEqual([])
    },
  )
})

describe('a section of OneNote', () => {
  const file = { name: 'a.vbs', data: Buffer.from('x') }

  it('is told whole where it is', async () => {
    expect((await itemsOf(oneOf([file]))).damages).toEqual([])
  })

  it('whose list comes back to itself is damaged, and its files are read', async () => {
    const bytes = oneOf([file])
    fragment([1024, 0, fragment().length]).copy(bytes, 1024)
    const { items, damages } = await itemsOf(bytes)
    expect(items.map((i) => i.EmbeddedName)).toContain('a.vbs')
    expect(damages.join()).toContain('comes back to itself')
  })
})
