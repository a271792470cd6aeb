// One comparison of `search` becomes a predicate: on events at the places where the name may stand, on rows at the name.
import type { Resolution } from '../../ir/field-source.ts'
import type { Comparison, Differs, Predicate } from '../../ir/predicate.ts'
import type { FieldTest } from '../../ir/resolved.ts'
import { absentResolved, testResolved } from '../../ir/resolved.ts'
import { allOf, noneOf } from '../../ir/simplify.ts'

import { patternTest } from '../../meaning/pattern.ts'

import type { Query, SearchNode, SearchOperator, SearchValue } from './ast.ts'
import type { FieldMap } from './fields.ts'
import { resolveField } from './fields.ts'
import { networkIn } from './network-value.ts'
import { textPattern } from './patterns.ts'
import type { Report } from './report.ts'

export interface SearchContext {
  readonly report: Report
  readonly fields: FieldMap
  /** true: on events; false: on the rows that earlier commands made. */
  readonly events: boolean
  /** Takes a search in brackets; gives its index. Absent where none can stand. */
  readonly subsearch: ((query: Query) => number) | undefined
  /** Takes a time modifier, which holds for the whole search. */
  readonly time: (
    which: 'earliest' | 'latest',
    value: string,
    at: number,
  ) => void
}

export type Compare = Extract<SearchNode, { kind: 'compare' }>

const comparisons: Readonly<Partial<Record<SearchOperator, Comparison>>> = {
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
}

export function resolutionOf(field: string, c: SearchContext): Resolution {
  const found = c.events ? resolveField(field, c.fields) : undefined
  return found ?? [{ kind: 'field', name: field }]
}

export function compare(node: Compare, c: SearchContext): Predicate {
  const r = resolutionOf(node.field, c)
  const { op, value } = node
  if (op !== '=' && op !== '!=') {
    const n = asNumber(value.text)
    if (n === undefined) {
      c.report.error(
        'P017',
        `"${node.field}${op}${value.text}" compares with a text; "search" orders numbers only`,
        node.at,
        'use where, which orders texts too',
      )
      return { kind: 'constant', value: false }
    }
    return testResolved(r, orderTest(comparisons[op]!, n))
  }
  const there = noneOf(absentResolved(r))
  if (value.text === '*') {
    return op === '=' ? there : allOf([there, noneOf(there)])
  }
  if (op === '=') return testResolved(r, equalTest(value))
  return allOf([there, testResolved(r, differTest(value))])
}

function orderTest(op: Comparison, value: number): FieldTest {
  return {
    leaf: (field) => ({ kind: 'number', field, op, value }),
    of: (text) => {
      const n = asNumber(text)
      if (n === undefined) return false
      if (op === 'lt') return n < value
      if (op === 'lte') return n <= value
      return op === 'gt' ? n > value : n >= value
    },
  }
}

export function equalTest(v: SearchValue): EqualTest {
  const inNetwork = networkTest(v)
  if (inNetwork) return inNetwork
  const p = textPattern(v.text)
  const cased = v.how === 'case'
  const n = asNumber(v.text)
  return {
    leaf: (field) =>
      n === undefined
        ? { kind: 'text', field, pattern: p, cased }
        : { kind: 'number', field, op: 'eq', value: n },
    pattern: p,
    of: patternTest(p, cased),
  }
}

/** `src=10.0.0.0/8`: any address of the network. */
function networkTest({ text, how }: SearchValue): EqualTest | undefined {
  const test = how === 'plain' ? networkIn(text) : undefined
  return (
    test && {
      leaf: (field) => ({ kind: 'cidr', field, network: text }),
      pattern: textPattern(text),
      of: test,
    }
  )
}

interface EqualTest extends FieldTest {
  readonly leaf: (field: string) => Differs['from']
}

/** `!=` holds where any value of the field differs, unlike NOT. */
function differTest(v: SearchValue): FieldTest {
  const equal = equalTest(v)
  return {
    leaf: (field) => ({ kind: 'differs', field, from: equal.leaf(field) }),
    denies: equal,
    of: (text) => !equal.of(text),
  }
}

/** Decimal text as a number. Hexadecimal text is text. */
function asNumber(text: string): number | undefined {
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined
}
