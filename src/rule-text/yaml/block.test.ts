import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  havePublicRules,
  publicRules,
} from '../../../test/tools/public-rules.ts'
import { readBlock } from './block.ts'
import { readAnyYaml, readYaml } from './read.ts'

// Pieces of lines, the ordinary and the odd, so that random texts are often YAML and often nearly so.
const pieces = [
  'a',
  'b c',
  'Image|endswith',
  'key:',
  'key: ',
  "'|all': ",
  '"q": ',
  '- ',
  '-',
  '  ',
  ' ',
  "'it''s'",
  "'open",
  '"two words"',
  '"esc\\n"',
  '|',
  '|-',
  '|+',
  '>',
  '|2',
  '# note',
  ' # note',
  '#',
  'null',
  '~',
  'true',
  'False',
  '12',
  '-7',
  '007',
  '0x1f',
  '1.5',
  '1e3',
  '.5',
  '2026-01-31',
  '---',
  '...',
  '[a, b]',
  '{a: b}',
  '&x',
  '*x',
  '<<: ',
  '!!str',
  '%d',
  '?',
  ': ',
  ':',
  ',',
  '@',
  '*wild*',
  'C:\\x',
  'http://h/p',
  'a: b: c',
  'é',
  '\u00a0',
]

const line = fc
  .tuple(
    fc.nat({ max: 4 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 4 }),
  )
  .map(([indent, parts]) => ' '.repeat(indent * 2) + parts.join(''))

/** Values that end where their line does. */
const ordinary = [
  'a b',
  "'it''s'",
  '"two # words"',
  'c # note',
  '12',
  'null',
  'True',
  '',
  '# note',
  'http://h/p',
  '2026-01-31',
  '1b4e28ba-2fa1',
  '-dash',
  'a,b]',
]

const value = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...ordinary) },
  { weight: 1, arbitrary: fc.constantFrom(...pieces) },
)

/** `|` and the text below it, with its blank and its deeper lines. */
const literal = fc
  .tuple(
    fc.constantFrom('|', '|-', '| # note', '|2', '>'),
    fc.array(fc.constantFrom('x', ' y: z', '', '# no note', "- 'q", '  '), {
      maxLength: 5,
    }),
  )
  .map(([header, lines]) => [header, ...lines.map((l) => l && `  ${l}`)])

const keys = ['a', 'b', 'c-d', 'e|re', 'f g', "'h'", '"i"']

/** The lines of a block, well formed but for what `pieces` brings in. */
const { mapping } = fc.letrec<{
  block: string[]
  mapping: string[]
  list: string[]
}>((tie) => ({
  block: fc.oneof({ depthSize: 'small' }, tie('mapping'), tie('list')),
  mapping: fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom(...keys),
        fc.oneof(
          { weight: 4, arbitrary: value },
          { weight: 1, arbitrary: literal },
          { weight: 2, arbitrary: tie('block') },
        ),
      ),
      { minLength: 1, maxLength: 4, selector: ([key]) => key },
    )
    .map((entries) =>
      entries.flatMap(([key, value]) =>
        typeof value === 'string'
          ? [`${key}: ${value}`]
          : /^[|>]/.test(value[0]!)
            ? [`${key}: ${value[0]}`, ...value.slice(1)]
            : [`${key}:`, ...value.map((l) => `  ${l}`)],
      ),
    ),
  list: fc
    .array(fc.oneof(fc.constantFrom(...pieces), tie('mapping')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((items) =>
      items.flatMap((item) =>
        typeof item === 'string'
          ? [`- ${item}`]
          : item.map((l, i) => (i ? `  ${l}` : `- ${l}`)),
      ),
    ),
}))

/** Mostly well formed, with now and then a line put in anywhere. */
const text = fc
  .tuple(
    mapping,
    fc.array(fc.tuple(fc.nat({ max: 12 }), fc.oneof(line, fc.constant(''))), {
      maxLength: 2,
    }),
  )
  .map(([lines, more]) => {
    const all = [...lines]
    for (const [at, l] of more) all.splice(at, 0, l)
    return all.join('\n')
  })

function agrees(source: string): boolean {
  const block = readBlock(source)
  if (!block) return false
  const [read, ...more] = readAnyYaml({ text: source, line: 0 })
  expect(more).toEqual([])
  expect(read, source).toMatchObject({ line: block.line, errors: [] })
  expect(read!.value, source).toEqual(block.value)
  return true
}

describe('readBlock', () => {
  it('reads what rules are mostly made of', () => {
    const read = readBlock(
      [
        '# head',
        'title: A rule # with a remark',
        'list:',
        '- one',
        "- 'it''s'",
        'detection:',
        '    sel:',
        "        - Image|endswith: '\\x.exe'",
        '          User: 5',
        '        - "two"',
        'description: |',
        '    first',
        '',
        '      second',
        'last:',
      ].join('\n'),
    )
    expect(read).toEqual({
      line: 2,
      value: new Map<string, unknown>([
        ['title', 'A rule'],
        ['list', ['one', "it's"]],
        [
          'detection',
          new Map([
            [
              'sel',
              [
                new Map<string, unknown>([
                  ['Image|endswith', '\\x.exe'],
                  ['User', 5],
                ]),
                'two',
              ],
            ],
          ]),
        ],
        ['description', 'first\n\n  second\n'],
        ['last', null],
      ]),
    })
  })

  it('says the same as the YAML library wherever it says anything', () => {
    let read = 0
    fc.assert(
      fc.property(text, (source) => {
        if (agrees(source)) read++
      }),
      { seed: 7, numRuns: Number(process.env.IPCWATCH_RUNS ?? 3000) },
    )
    expect(read).toBeGreaterThan(200)
  })

  it('leaves to the library what is out of the ordinary', () => {
    for (const source of [
      'a: b\n c',
      'a: "x\\n"',
      'a: [b]',
      'a: >\n  b',
      'a: &x b',
      'a:\tb',
      'a: b\r\n',
      'a: 1.0',
      'a: 1\na: 2',
      '--- \na: b',
      '- a',
    ]) {
      expect(readBlock(source), source).toBeUndefined()
    }
  })
})

describe('readYaml', () => {
  it('keeps whole numbers that a double cannot hold', () => {
    expect(readYaml('a: 18446744073709551615')[0]!.value).toEqual(
      new Map([['a', 18446744073709551615n]]),
    )
  })

  it('refuses a text that doubles itself', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`,
    )
    const [read] = readYaml(`a0: &a0 [x, x]\n${levels.join('\n')}`)
    expect(read!.errors[0]!.kind).toBe('bounds')
  })

  it('refuses deep nesting instead of running out of stack', () => {
    const deep = `a: ${'['.repeat(50_000)}`
    expect(readYaml(deep)[0]!.errors.length).toBeGreaterThan(0)
  })

  it('sees through aliases and merge keys', () => {
    const [read] = readYaml('a: &x { k: 1 }\nb: { <<: *x, l: 2 }')
    expect((read!.value as Map<string, unknown>).get('b')).toEqual(
      new Map([
        ['k', 1],
        ['l', 2],
      ]),
    )
  })
})

describe.skipIf(!havePublicRules)('the public rules', () => {
  it('are read alike by both readers, nearly all of them fast', async () => {
    const fast = (await publicRules()).filter(({ text }) => agrees(text))
    expect(fast.length).toBeGreaterThan(3_100)
  })
})
