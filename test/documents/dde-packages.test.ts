// DDE in every format of XML and of text, plain and hidden in many ways: all of it is found, and the command is as a user would read
// it. The ordinary twins hold the same parts without DDE.
import { describe, expect, it } from 'vitest'

import { command, fields, twins } from './hidden-dde.ts'
import {
  formulas,
  ordinary,
  ordinaryText,
  sheetFormats,
  textFormats,
  textFormulas,
  wordFormats,
} from './hidden-packages.ts'
import { itemsOf } from './items-of.ts'

async function commandsOf(source: Buffer) {
  const { items } = await itemsOf(source)
  return items.flatMap((i) =>
    i.DdeCommand === undefined ? [] : [i.DdeCommand],
  )
}

describe.each(Object.entries(wordFormats))(
  'DDE in a field of %s',
  (_, make) => {
    it.each(Object.entries(fields))('%s is found', async (_name, write) => {
      expect(await commandsOf(make(write))).toEqual([command])
    })

    it.each(Object.entries(twins))('%s is none', async (_name, write) => {
      expect(await commandsOf(make(write))).toEqual([])
    })
  },
)

const calls = /^(?:cmd|MSEXCEL \S*cmd\.exe) \/c calc$/i

describe.each(Object.entries(sheetFormats))(
  'DDE in a formula of %s',
  (_, make) => {
    it.each(Object.entries(formulas))('%s is found', async (_name, formula) => {
      expect(await commandsOf(make(formula))).toEqual([
        expect.stringMatching(calls),
      ])
    })

    it.each(ordinary)('%s is none', async (formula) => {
      expect(await commandsOf(make(formula))).toEqual([])
    })
  },
)

describe.each(Object.entries(textFormats))('DDE in %s', (_, make) => {
  it.each(Object.entries({ ...formulas, ...textFormulas }))(
    '%s is found',
    async (_name, formula) => {
      expect(await commandsOf(make(formula))).toEqual([
        expect.stringMatching(calls),
      ])
    },
  )

  it.each([...ordinary, ...ordinaryText])('%s is none', async (cell) => {
    expect(await commandsOf(make(cell))).toEqual([])
  })
})
