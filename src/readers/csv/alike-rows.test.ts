import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AlikeRows } from './alike-rows.ts'
import { CsvReader } from './csv-reader.ts'
import type { SourceRecord } from '../../base/record.ts'

const passed = (text: string) => {
  const alike = new AlikeRows(',', 3)
  const bytes = Buffer.from(text)
  return [alike.pass(bytes), alike.rows]
}

describe('lines that are alike', () => {
  it('have a value in each column', () => {
    expect(passed('a,b,c\n1,2,3\r\n')).toEqual([13, 2])
  })

  it.each([
    ['a formula', '1,=SUM(A1),3'],
    ['a link', "1,=cmd|'/k calc'!A0,3"],
    ['a quote', '1,"2",3'],
    ['a mark', "1,'2,3"],
    ['a blank in front', '1, 2,3'],
    ['an empty cell', '1,,3'],
    ['a cell too few', '1,2'],
    ['a cell too many', '1,2,3,4'],
    ['nothing', ''],
    ['JSON', '1,{2,3'],
    ['a long cell', `1,${'A'.repeat(64)},3`],
  ])('end before %s', (_, line) => {
    expect(passed(`a,b,c\n${line}\na,b,c\n`)).toEqual([6, 1])
  })

  it.each(['type=USER_AVC msg=audit(1', 'CEF:0 of a device', '<Event xmlns='])(
    'are none where an event may be: %j',
    (cell) => {
      expect(passed(`a,b,c\n1,${cell},3\n`)[1]).toBeLessThanOrEqual(1)
    },
  )
})

const cell = fc.constantFrom('1', 'x', '', ' 2', '=1', "'4", `=cmd|'/k'!A0`)
const row = fc.array(cell, { minLength: 1, maxLength: 4 })
const table = fc.array(row, { minLength: 40, maxLength: 60 })

/** What a table gives, with the rows that need only be counted as a number. */
function read(text: string, block: number, areCounted: boolean) {
  const got: string[] = []
  let records = 0
  const reader = new CsvReader({
    sink: {
      record(r: SourceRecord) {
        records++
        if (r.provenance.family === 'unknown') return
        got.push(
          `${r.number} ${r.offset} ${r.shape.names.map((_, i) => r.value(i))}`,
        )
      },
      skipped: () => {},
      damaged: (damage) => got.push(damage.message),
      unknownShape: () => {},
      shapeSeen: () => {},
      areCounted: () => areCounted,
      counted(count) {
        records += count
      },
    },
  })
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += block)
    reader.push(bytes.subarray(at, at + block))
  reader.end()
  return { got, records }
}

describe('a table of which nobody asks what its rows hold', () => {
  it('has as many rows, and the same formulas at the same places', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 200 }), (rows, block) => {
        const lines = rows.map((cells) => cells.join(','))
        const text = `name,value,note\n1,2,3\n${lines.join('\n')}\n`
        expect(read(text, block, true)).toEqual(read(text, block, false))
      }),
      { numRuns: 300 },
    )
  })
})
