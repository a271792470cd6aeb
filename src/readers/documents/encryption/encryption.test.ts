import { describe, expect, it } from 'vitest'

import {
  encryptedLetters,
  encryptedPackage,
  encryptedPresentation,
  encryptedWorkbooks,
  standardPackage,
} from '../../../../test/documents/encrypted.ts'
import { itemsOf } from '../../../../test/documents/items-of.ts'
import { docxOf, field } from '../../../../test/documents/word.ts'
import { book } from '../../../../test/documents/workbook-binary.ts'

const globals = [book('cmd\x03/c calc', ['A0'])]
const opened = expect.objectContaining({
  ItemKind: 'encrypted',
  ItemText: 'encrypted, opened with a known password',
})
const closed = expect.objectContaining({
  ItemKind: 'encrypted',
  ItemText: 'encrypted, not inspected',
})

describe.each(Object.entries(encryptedWorkbooks))(
  'a workbook under %s',
  (_, make) => {
    it('is opened where Office opens it in silence', async () => {
      const { items } = await itemsOf(make('VelvetSweatshop', globals))
      expect(items).toEqual([
        opened,
        expect.objectContaining({ DdeCommand: 'cmd /c calc' }),
      ])
    })

    it('is said to be not inspected under another password', async () => {
      const { items } = await itemsOf(make('another', globals))
      expect(items).toEqual([closed])
    })
  },
)

describe.each(Object.entries(encryptedLetters))(
  'a binary letter under %s',
  (_, make) => {
    const text = `${'Dear all, '.repeat(80)}\x13DDEAUTO cmd "/k calc"\x14x\x15\r`

    it('is opened where Office opens it in silence', async () => {
      const { items } = await itemsOf(make('VelvetSweatshop', text))
      expect(items).toEqual([
        opened,
        expect.objectContaining({ DdeCommand: 'cmd /k calc' }),
      ])
    })

    it('is said to be not inspected under another password', async () => {
      const { items } = await itemsOf(make('another', text))
      expect(items).toEqual([closed])
    })
  },
)

describe.each([
  ['2007', standardPackage],
  ['2010', encryptedPackage],
])('a package under a password of Office %s', (_, make) => {
  const letter = docxOf(field('DDEAUTO cmd "/k calc"'))

  it('is opened where Office opens it in silence', async () => {
    const { items } = await itemsOf(make('VelvetSweatshop', letter))
    expect(items).toEqual([
      opened,
      expect.objectContaining({ DdeCommand: 'cmd /k calc' }),
    ])
  })

  it('is said to be not inspected under another password', async () => {
    const { items } = await itemsOf(make('another', letter))
    expect(items).toEqual([closed])
  })
})

describe('a binary presentation under a password', () => {
  const parts = { programs: ['cmd /c calc'] }

  it('is opened where PowerPoint opens it in silence', async () => {
    const { items, damages } = await itemsOf(
      encryptedPresentation('/01Hannes Ruescher/01', parts),
    )
    expect(items).toEqual([
      opened,
      expect.objectContaining({ Target: 'cmd /c calc' }),
    ])
    expect(damages).toEqual([])
  })

  it('is said to be not inspected under another password', async () => {
    const { items } = await itemsOf(encryptedPresentation('another', parts))
    expect(items).toEqual([closed])
  })
})

it('says that a package whose key is cut off is not inspected', async () => {
  const letter = docxOf(field('DDEAUTO cmd "/k calc"'))
  const { items } = await itemsOf(
    encryptedPackage('VelvetSweatshop', letter, 16),
  )
  expect(items).toEqual([closed])
})
