// Conditions and events drawn from a small vocabulary, so that they meet often: for property tests.
import fc from 'fast-check'

import type { Value } from '../../src/base/record.ts'
import {
  ANY,
  ONE,
  type Pattern,
  type Predicate,
  pattern,
} from '../../src/ir/predicate.ts'

const field = fc.constantFrom('A', 'B', 'C', 'Deep.Name')

/** Pieces that overlap, repeat, and reach beyond ASCII where lower-casing by letter and by text agree. */
const piece = fc.constantFrom(
  'a',
  'ab',
  'Abc',
  '.exe',
  '\\cmd.exe',
  'C:\\Windows\\',
  'powershell',
  'aaaa',
  'aaaaa',
  '-enc ',
  'é',
  'ДОМ',
  '😀',
  '1',
  '12',
  ' ',
  '@[x',
  '`{X',
  'systemroot',
)

const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''))

const scalar = fc.oneof(
  { weight: 8, arbitrary: text },
  fc.constantFrom('', '1', '1.0', '01', '-1', '0x1', ' 1', '1e3', 'TRUE'),
  fc.constantFrom(0, 1, 12, -1, 1.5, 1e21),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('10.0.0.1', '::1', '::ffff:10.0.0.1', '10.0.0.300'),
  fc.constantFrom('2026-03-01T23:59:59Z', '2026-12-31 10:00:00'),
)

const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
)

export const generatedFields: fc.Arbitrary<Record<string, Value>> =
  fc.dictionary(fc.oneof({ weight: 5, arbitrary: field }, piece), value, {
    maxKeys: 5,
    noNullPrototype: true,
  })

const part = fc.oneof(
  { weight: 4, arbitrary: piece },
  { weight: 2, arbitrary: fc.constant(ANY) },
  fc.constant(ONE),
  fc.constant({ oneOf: '-/\u2013' }),
)

const whole: fc.Arbitrary<Pattern> = fc.oneof(
  piece.map((p) => [ANY, p, ANY] as Pattern),
  piece.map((p) => [p, ANY] as Pattern),
  piece.map((p) => [ANY, p] as Pattern),
  text.map((t) => [t] as Pattern),
  fc.constant<Pattern>([ANY]),
  fc.array(part, { maxLength: 4 }).map((parts) => pattern(parts)),
)

const op = fc.constantFrom('eq', 'lt', 'lte', 'gt', 'gte')

const expression = fc.constantFrom(
  'a+b',
  '^c:',
  'exe$',
  'pow.*ell',
  '[0-9]{2}',
  '(?:cmd|abc)',
  'a{3}',
  'x|\\.exe',
)

const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('text'),
      field,
      pattern: whole,
      cased: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constant('number'),
    field,
    op,
    value: fc.constantFrom(0, 1, 12, -1, 1.5, 1e21),
  }),
  fc.record({ kind: fc.constant('boolean'), field, value: fc.boolean() }),
  fc.record({
    kind: fc.constant('regex'),
    field,
    source: expression,
    dialect: fc.constantFrom('python', 'pcre'),
    flags: fc.record({
      i: fc.boolean(),
      m: fc.constant(false),
      s: fc.boolean(),
    }),
  }),
  fc.record({
    kind: fc.constant('cidr'),
    field,
    network: fc.constantFrom('10.0.0.0/8', '::1/128'),
  }),
  fc.record({ kind: fc.constantFrom('null', 'exists'), field }),
  fc.record({
    kind: fc.constant('null'),
    field,
    orEmpty: fc.constant(true),
  }),
  fc.record({
    kind: fc.constant('same-as'),
    field,
    other: field,
    how: fc.constantFrom('equals', 'contains', 'startswith', 'endswith'),
    cased: fc.boolean(),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('keyword'),
      pattern: fc
        .array(part, { maxLength: 3 })
        .map((parts) => pattern([ANY, ...parts, ANY])),
      cased: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constant('time-part'),
    field,
    part: fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'year'),
    op,
    value: fc.constantFrom(1, 10, 23, 31, 59, 2026),
  }),
)

export const generatedPredicate: fc.Arbitrary<Predicate> = fc.letrec<{
  predicate: Predicate
}>((tie) => ({
  predicate: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      of: fc.array(tie('predicate'), { maxLength: 4 }),
    }) as fc.Arbitrary<Predicate>,
    fc.record({
      kind: fc.constant('not'),
      of: tie('predicate'),
    }) as fc.Arbitrary<Predicate>,
    fc.record({ kind: fc.constant('constant'), value: fc.boolean() }),
  ),
})).predicate
