// A question about a name, put to the places where its value is: a predicate that holds where the value that a row would
// read meets the question.
import type { DerivedCase, FieldSource, Resolution } from './field-source.ts'
import type { Pattern, Predicate, Regex } from './predicate.ts'
import { ANY, ONE, pattern } from './predicate.ts'
import { allOf, always, anyOf, isNever, never, noneOf } from './simplify.ts'

/** What is asked of a field. `makes` builds the test for one field of the event. */
export interface FieldTest {
  /** For the event's own field. */
  readonly leaf: (field: string) => Predicate
  /** The same question as a pattern of text, where it is one: derived values need it. */
  readonly pattern?: Pattern
  /** What this question denies: a derived text differs where it is there and does not equal. */
  readonly denies?: FieldTest
  /** Any of these questions. */
  readonly any?: readonly FieldTest[]
  /** The same question of a value that is known. */
  readonly of: (value: string) => boolean
}

/** A predicate that asks the places as a row would read them. */
export function testResolved(r: Resolution, test: FieldTest): Predicate {
  const [first, ...rest] = r
  if (!first) return never
  const here = testSource(first, test)
  if (!rest.length) return here
  const after = testResolved(rest, test)
  if (isNever(after)) return here
  return anyOf([here, allOf([absent(first), after])])
}

/** Holds where no place has a value. */
export function absentResolved(r: Resolution): Predicate {
  return allOf(r.map(absent))
}

function testSource(source: FieldSource, test: FieldTest): Predicate {
  if (test.any) return anyOf(test.any.map((t) => testSource(source, t)))
  if (
    test.denies &&
    (source.kind === 'basename' || source.kind === 'dirname')
  ) {
    return allOf([filled(source.name), noneOf(testSource(source, test.denies))])
  }
  switch (source.kind) {
    case 'field':
      return whereFilled(source.name, test.leaf(source.name), test)
    case 'basename':
      return whereFilled(source.name, testBasename(source.name, test), test)
    case 'dirname':
      return testDirname(source.name, test)
    case 'constant':
      return test.of(source.value) ? always : never
    case 'cases':
      return testCases(source.cases, test)
  }
}

function absent(source: FieldSource): Predicate {
  switch (source.kind) {
    case 'field':
    case 'basename':
    case 'dirname':
      return unfilled(source.name)
    case 'constant':
      return never
    case 'cases':
      return noneOf(anyOf(source.cases.map((c) => c.when)))
  }
}

/** An empty text answers nothing: it is no value. */
function whereFilled(
  name: string,
  asked: Predicate,
  test: FieldTest,
): Predicate {
  return test.of('') ? allOf([asked, filled(name)]) : asked
}

function unfilled(field: string): Predicate {
  return { kind: 'null', field, orEmpty: true }
}

/** There, and neither null nor empty. */
export function filled(field: string): Predicate {
  return { kind: 'not', of: unfilled(field) }
}

// The first case that holds decides, so each later one also needs its predecessors not to hold.
function testCases(cases: readonly DerivedCase[], test: FieldTest): Predicate {
  const branches: Predicate[] = []
  cases.forEach((c, i) => {
    if (!test.of(c.value)) return
    const before = cases
      .slice(0, i)
      .filter((b) => !test.of(b.value))
      .map((b): Predicate => ({ kind: 'not', of: b.when }))
    branches.push(allOf([c.when, ...before]))
  })
  return anyOf(branches)
}

function testBasename(field: string, test: FieldTest): Predicate {
  const p = test.pattern
  if (!p) return never
  if (p.length === 1 && p[0] === ANY) return filled(field)
  const [only] = p
  if (p.length === 1 && typeof only === 'string') {
    if (/[\\/]/.test(only)) return never
    return anyOf([
      text(field, pattern([ANY, `\\${only}`])),
      text(field, pattern([ANY, `/${only}`])),
      text(field, [only]),
    ])
  }
  const [first, ...tail] = p
  if (first === ANY && tail.length === 1 && typeof tail[0] === 'string') {
    if (/[\\/]/.test(tail[0])) return never
    return text(field, p)
  }
  return regexOf(field, `(?:^|[\\\\/])${segment(p)}$`)
}

function testDirname(field: string, test: FieldTest): Predicate {
  const p = test.pattern
  if (!p) return never
  const source = p.map((part) => partSource(part, '[\\s\\S]')).join('')
  return regexOf(field, `^${source}[\\\\/][^\\\\/]*$`)
}

function segment(p: Pattern): string {
  return p.map((part) => partSource(part, '[^\\\\/]')).join('')
}

function partSource(part: Pattern[number], any: string): string {
  if (part === ANY) return `${any}*`
  if (part === ONE) return any
  if (typeof part === 'string') return escapeRegex(part)
  return `[${part.oneOf.replace(/[\\\]^-]/g, '\\$&')}]`
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function regexOf(field: string, source: string): Regex {
  return {
    kind: 'regex',
    field,
    source,
    dialect: 'pcre',
    flags: { i: true, m: false, s: true },
  }
}

function text(field: string, p: Pattern): Predicate {
  return { kind: 'text', field, pattern: p, cased: false }
}
