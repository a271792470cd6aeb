import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cellsOf } from './torn-rows.ts'

const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', '\t', 'é') })
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

describe('a line of a table', () => {
  it('has the cells that a parser of whole tables finds', () => {
    const rows = fc.array(cell, { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(rows, (cells) => {
        const line = cells.map(quoted).join(',')
        expect(cellsOf(line, ',')).toEqual(cells)
        expect(parse(line)).toEqual([cells])
      }),
    )
  })

  it.each<[string, string[], string?]>([
    ['a,b,', ['a', 'b', '']],
    ['"a"";b";c', ['a";b', 'c'], ';'],
    ['5" disk,b', ['5" disk', 'b']],
    ['"a" b",c', ['a" b', 'c']],
    ['""', ['']],
  ])('%j has its cells', (line, cells, delimiter = ',') => {
    expect(cellsOf(line, delimiter)).toEqual(cells)
  })

  it.each(['"a,b', 'a,"b', '"a","', '"a""'])('%j is torn', (line) => {
    expect(cellsOf(line, ',')).toBeUndefined()
  })
})
