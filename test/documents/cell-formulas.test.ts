// Formulas that act have what cells hold, and what formulas of cells come to, in every format of workbook.
import { describe, expect, it } from 'vitest'

import { formats } from '../../src/readers/index.ts'
import { followed, target } from './cell-formulas.ts'
import { itemsOf } from './items-of.ts'

describe('a formula that acts', () => {
  it.each(Object.entries(followed))(
    'has what its cells come to: %s',
    async (_, make) => {
      const { items } = await itemsOf(make(), formats)
      expect(items.filter((i) => i.ItemKind === 'formula')).toEqual([
        expect.objectContaining({
          ItemText: `=HYPERLINK("${target}")`,
          Target: target,
          FunctionName: 'HYPERLINK',
        }),
      ])
    },
  )
})
