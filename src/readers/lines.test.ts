import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Damage } from '../base/record.ts'
import { LineSplitter } from './lines.ts'

interface Seen {
  readonly text: string
  readonly line: number
  readonly offset: number
}

function split(
  text: string,
  blockSize: number,
  options: { start?: number; linesBefore?: number; maxBytes?: number } = {},
) {
  const lines: Seen[] = []
  const damages: Damage[] = []
  const splitter = new LineSplitter(
    {
      line: (buffer, start, end, line, offset) =>
        lines.push({ text: buffer.toString('utf8', start, end), line, offset }),
      damaged: (d) => damages.push(d),
    },
    options,
  )
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += blockSize) {
    const block = Buffer.from(bytes.subarray(at, at + blockSize))
    splitter.push(block)
    block.fill(0x21)
  }
  splitter.end()
  return { lines, damages }
}

describe('lines', () => {
  it('gives a last line without a line break, and drops the CR of CRLF', () => {
    expect(split('one\r\ntwo\n\nlast', 4).lines).toEqual([
      { text: 'one', line: 1, offset: 0 },
      { text: 'two', line: 2, offset: 5 },
      { text: '', line: 3, offset: 9 },
      { text: 'last', line: 4, offset: 10 },
    ])
  })

  it('counts lines and offsets from where a range begins', () => {
    const { lines } = split('a\nb', 10, { start: 100, linesBefore: 7 })
    expect(lines).toEqual([
      { text: 'a', line: 8, offset: 100 },
      { text: 'b', line: 9, offset: 102 },
    ])
  })

  it('skips a line over the bound, says its length, and reads the next', () => {
    for (const blockSize of [3, 1000]) {
      const { lines, damages } = split(
        `short\n${'x'.repeat(50)}\nnext\n`,
        blockSize,
        { maxBytes: 20 },
      )
      expect(lines.map((l) => l.text)).toEqual(['short', 'next'])
      expect(lines[1]!.offset).toBe(57)
      expect(damages).toHaveLength(1)
      expect(damages[0]).toMatchObject({ offset: 6, lost: 1 })
      expect(damages[0]!.message).toContain('50 bytes')
    }
  })

  it('gives the same lines whatever the blocks', () => {
    const text = fc.array(
      fc.constantFrom('a', 'é', '\n', '\r\n', '\r', 'xyz'),
      {
        maxLength: 60,
      },
    )
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (parts, size) => {
        const whole = parts.join('')
        expect(split(whole, size)).toEqual(split(whole, 10_000))
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
