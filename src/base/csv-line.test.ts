import { describe, expect, it } from 'vitest'

import { csvLine } from './csv-line.ts'

describe('csvLine', () => {
  it('quotes what would end a cell, in countries with semicolons too', () => {
    expect(csvLine(['a', 'b,c', 'd;e', 'f"g', 'h\ni', 'j\tk'])).toBe(
      'a,"b,c","d;e","f""g","h\ni","j\tk"\n',
    )
  })

  it('lets no cell become a formula, also in full width and after breaks', () => {
    for (const sign of '=+-@\uff1d\uff0b\uff0d\uff20') {
      expect(csvLine([`${sign}cmd|'/c calc'!A0`])).toMatch(/^'/)
      expect(csvLine([`x\n ${sign}1`])).toBe(`"x\n '${sign}1"\n`)
      expect(csvLine([`x\t${sign}1`])).toBe(`"x\t'${sign}1"\n`)
    }
    expect(csvLine(['\tx', '\rx'])).toBe(`"'\tx",\\u000dx\n`)
  })

  it('leaves numbers alone', () => {
    expect(csvLine(['-5', '1.5', '-'])).toBe(`-5,1.5,'-\n`)
  })

  it('lets nothing steer a terminal', () => {
    expect(csvLine(['\u001b[2J\u009b\u202e'])).toBe(
      '\\u001b[2J\\u009b\\u202e\n',
    )
  })
})
