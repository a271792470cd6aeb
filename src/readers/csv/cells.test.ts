import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cellsOfLine } from './cells.ts'
import { parsing } from './layout.ts'

const lines = fc.string({
  unit: fc.constantFrom('a', ',', '"', ' ', '\t', 'é', '='),
  minLength: 1,
  maxLength: 24,
})

describe('a line that is a row by itself', () => {
  it('has the cells that the parser of all tables finds, whatever its quotes', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const cells = cellsOfLine(line, ',')
        if (cells) expect(parse(`${line}\n`, parsing)).toEqual([cells])
      }),
      { numRuns: 2_000 },
    )
  })

  it.each<[string, string[]]>([
    ['"1","a ""b"", c",', ['1', 'a "b", c', '']],
    ['5" disk,"b"', ['5" disk', 'b']],
    ['="17",="a"', ['="17"', '="a"']],
  ])('%j has its cells', (line, cells) => {
    expect(cellsOfLine(line, ',')).toEqual(cells)
  })

  it.each(['"a', '"a"b,c', '"a" ,b', 'a,"b""'])('%j is none', (line) => {
    expect(cellsOfLine(line, ',')).toBeUndefined()
  })
})
