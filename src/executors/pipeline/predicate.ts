// Does a predicate hold for a row, or for an event? The same meaning as the stream executor's, on values that are asked for
// by name.
import type { Value } from '../../base/record.ts'

import { compares, type Leaf, type Predicate } from '../../ir/predicate.ts'
import { fold } from '../../meaning/fold.ts'
import { compileNetwork } from '../../meaning/network.ts'
import { compilePattern, foldPattern } from '../../meaning/pattern.ts'
import { timePartOf } from '../../meaning/time-part.ts'
import { compilePcre } from './pcre.ts'

export interface Fields {
  get(name: string): Value | undefined
  /** Every value, for keywords. */
  all(): Iterable<Value | undefined>
}

export type FieldsTest = (fields: Fields) => boolean

export function compileRowPredicate(p: Predicate): FieldsTest {
  switch (p.kind) {
    case 'constant':
      return () => p.value
    case 'not': {
      const of = compileRowPredicate(p.of)
      return (f) => !of(f)
    }
    case 'and': {
      const of = p.of.map(compileRowPredicate)
      return (f) => of.every((t) => t(f))
    }
    case 'or': {
      const of = p.of.map(compileRowPredicate)
      return (f) => of.some((t) => t(f))
    }
    default:
      return compileLeaf(p)
  }
}

type Scalar = string | number | boolean

function compileLeaf(leaf: Leaf): FieldsTest {
  switch (leaf.kind) {
    case 'null':
      return (f) => (f.get(leaf.field) ?? null) === null
    case 'exists':
      return (f) => f.get(leaf.field) !== undefined
    case 'keyword': {
      const test = textTest(leaf.pattern, leaf.cased)
      return (f) => {
        for (const v of f.all())
          if (some(v, (s) => test(String(s)))) return true
        return false
      }
    }
    case 'same-as': {
      const change = leaf.cased ? (s: string) => s : fold
      const { how } = leaf
      return (f) =>
        some(f.get(leaf.field), (a) =>
          some(f.get(leaf.other), (b) => {
            const x = change(String(a))
            const y = change(String(b))
            if (how === 'equals') return x === y
            if (how === 'contains') return x.includes(y)
            return how === 'startswith' ? x.startsWith(y) : x.endsWith(y)
          }),
        )
    }
    default: {
      const test = scalarTest(leaf)
      return (f) => some(f.get(leaf.field), test)
    }
  }
}

function scalarTest(
  leaf: Exclude<Leaf, { kind: 'null' | 'exists' | 'keyword' | 'same-as' }>,
): (v: Scalar) => boolean {
  switch (leaf.kind) {
    case 'text': {
      const test = textTest(leaf.pattern, leaf.cased)
      return (v) => test(String(v))
    }
    case 'number': {
      const own = String(leaf.value)
      return (v) => {
        const n = decimal(v)
        if (n === undefined) return leaf.op === 'eq' && String(v) === own
        return compares(n, leaf.op, leaf.value)
      }
    }
    case 'boolean':
      return (v) => String(v).toLowerCase() === String(leaf.value)
    case 'regex': {
      if (leaf.unlike) {
        const alike = textTest(leaf.unlike, !leaf.flags.i)
        return (v) => !alike(String(v))
      }
      const regex = compilePcre(leaf.source, leaf.flags)
      return (v) => regex.test(String(v))
    }
    case 'cidr': {
      const test = compileNetwork(leaf.network)
      return (v) => typeof v === 'string' && test !== undefined && test(v)
    }
    case 'time-part':
      return (v) => {
        const part =
          typeof v === 'string' ? timePartOf(v, leaf.part) : undefined
        return part !== undefined && compares(part, leaf.op, leaf.value)
      }
  }
}

function textTest(
  pattern: Parameters<typeof compilePattern>[0],
  cased: boolean,
): (text: string) => boolean {
  if (cased) return compilePattern(pattern)
  const test = compilePattern(foldPattern(pattern))
  return (text) => test(fold(text))
}

function decimal(v: Scalar): number | undefined {
  if (typeof v === 'number') return v
  return typeof v === 'string' && /^-?\d+(?:\.\d+)?$/.test(v)
    ? Number(v)
    : undefined
}

function some(v: Value | undefined, test: (v: Scalar) => boolean): boolean {
  if (v === undefined || v === null) return false
  if (Array.isArray(v)) return v.some((item) => item !== null && test(item))
  return test(v as Scalar)
}
