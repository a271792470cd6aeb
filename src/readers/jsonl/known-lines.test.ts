import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { SoughtTexts } from '../../base/sought-texts.ts'
import { collect } from '../../../test/tools/collect.ts'
import { AlikeLines } from '../alike-lines/alike-lines.ts'
import { jsonl } from './index.ts'

const sign = fc.constantFrom(
  ...['a', 'B', '7', ' ', '\\', '"', '/', '{', '}', '[', ',', ':', '\n'],
  ...['\u0000', '\u001f', 'ä', '\u2028', '😀', '\ud800', '\\u0041', '<Event'],
)
const text = fc.oneof(
  fc.array(sign, { maxLength: 40 }).map((signs) => signs.join('')),
  fc.constantFrom('C:\\Windows\\System32\\cmd.exe', '', 'NT AUTHORITY\\SYSTEM'),
)
const value = fc.oneof(
  { weight: 30, arbitrary: text },
  {
    weight: 5,
    arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }),
  },
  { weight: 5, arbitrary: fc.integer() },
  {
    weight: 5,
    arbitrary: fc.constantFrom<unknown>(true, false, null, -0, 1e300),
  },
  {
    weight: 5,
    arbitrary: fc.array(fc.oneof(text, fc.integer(), fc.constant(null)), {
      maxLength: 3,
    }),
  },
  fc.constantFrom<unknown>({}, [{}], [[1]]),
)
// Of such a name it is known that the record is one of its own.
const ownName = 'product'
const name = fc.constantFrom('Image', 'a.b', '10', '2', 'message')

/** Names, and how the lines that have them are written. */
const way = fc.record({
  names: fc.uniqueArray(name, { maxLength: 4 }),
  isNested: fc.boolean(),
  isSpaced: fc.boolean(),
  escapesSlash: fc.boolean(),
})

const lines = fc.array(way, { minLength: 1, maxLength: 3 }).chain((ways) =>
  fc.array(
    fc.record({
      way: fc.constantFrom(...ways),
      values: fc.array(value, { minLength: 5, maxLength: 5 }),
      spoil: fc.oneof(
        { weight: 60, arbitrary: fc.constant('') },
        fc.constantFrom('cut', 'twice', 'escape', 'behind'),
      ),
    }),
    { minLength: 1, maxLength: 40 },
  ),
)

type Line = typeof lines extends fc.Arbitrary<(infer L)[]> ? L : never

function written({ way, values, spoil }: Line): string {
  const members = Object.fromEntries([
    ...way.names.map((n, i) => [n, values[i]]),
    [ownName, values[4]],
  ])
  const object = way.isNested
    ? { [ownName]: 1, inside: members, end: 'x' }
    : members
  let line = JSON.stringify(object)
  if (way.escapesSlash) line = line.replaceAll('/', '\\/')
  if (way.isSpaced) line = line.replaceAll('":', '": ')
  if (spoil === 'cut') return line.slice(0, -3)
  if (spoil === 'twice') return line.replace(/^\{/, '{"Image":"twice",')
  if (spoil === 'escape') return line.replace('\\\\', '\\x')
  return spoil === 'behind' ? `${line} {"other":1}` : line
}

const blockSizes = fc.array(fc.integer({ min: 1, max: 5000 }), {
  minLength: 1,
  maxLength: 4,
})

describe('a line that is written as one before was', () => {
  it('says what it says when it is parsed', () => {
    fc.assert(
      fc.property(lines, blockSizes, fc.boolean(), (list, blocks, isOpen) => {
        const bytes = list.map(written).join('\n') + (isOpen ? '' : '\n')
        const how = { blocks }
        expect(collect(jsonl, bytes, how)).toEqual(
          collect(jsonl, bytes, { ...how, parsesAll: true }),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('is looked at anew where the rest of a block follows another in the same place', () => {
    const line = (n: number) => `{"product":"linux","n":"${n}"}`
    const bytes = [1, 2, 3, 4, 5].map(line).join('\n')
    const size = line(1).length
    // The fourth lies in two blocks, and nothing ends the fifth.
    const blocks = [size * 3 + 3 + 10, size * 2]
    const got = collect(jsonl, bytes, { blocks })
    expect(got.records.map((r) => r.fields.n)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ])
  })

  it('is not parsed', () => {
    const alike = AlikeLines.open<{ name: string }>()!
    const leaf = { name: 'one' }
    const line = (a: string) => Buffer.from(`{"a":"${a}","b":{"c":7}}`)
    const learn = (bytes: Buffer) =>
      alike.learn(bytes, JSON.parse(bytes.toString()), {
        leaf,
        names: ['a', 'b.c'],
        envelope: '',
        values: [JSON.parse(bytes.toString()).a, 7],
      })
    learn(line('x'))
    expect(alike.find(line('x'), 0, line('x').length)).toBeUndefined()
    learn(line('x'))
    const other = line('C:\\\\y')
    expect(alike.find(other, 0, other.length)).toBe(leaf)
    expect([alike.values.at(0), alike.values.at(1)]).toEqual(['C:\\y', 7])
  })
})

describe('texts that are looked for in a line', () => {
  const sought = (texts: readonly string[]): SoughtTexts => ({
    list: texts.map((t) => ({
      text: t.toLowerCase(),
      at: Math.max(0, t.length - 4),
    })),
    mayBeIn: () => true,
  })
  const needle = fc
    .array(fc.constantFrom('a', 'b', '\\', '"', '/', ' ', '7'), {
      minLength: 3,
      maxLength: 9,
    })
    .map((signs) => signs.join(''))

  it('are found where a value holds one, whatever the case', () => {
    fc.assert(
      fc.property(
        fc.array(needle, { minLength: 1, maxLength: 9 }),
        fc.array(fc.tuple(text, needle, fc.boolean(), text), {
          minLength: 1,
          maxLength: 30,
        }),
        (texts, list) => {
          const alike = AlikeLines.open<object>()!
          const set = sought(texts)
          const leaf = {}
          for (const [before, middle, isUpper, behind] of list) {
            const v = `${before}${isUpper ? middle.toUpperCase() : middle}${behind}`
            const object = { a: v, b: 1 }
            const line = Buffer.from(JSON.stringify(object))
            const found = alike.find(line, 0, line.length)
            if (!found) {
              const known = { leaf, names: ['a', 'b'], envelope: '' }
              alike.learn(line, object, { ...known, values: [v, 1] })
              continue
            }
            const holds = texts.some((t) => v.toLowerCase().includes(t))
            if (holds) expect(alike.values.mayHold(set)).toBe(true)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
