// What do two leaves about one field say of each other, if the field holds one value?
import {
  type Comparison,
  compares,
  type Leaf,
  type Regex,
  type Text,
} from '../ir/predicate.ts'

import { decimalOf } from '../meaning/cell.ts'
import { fold } from '../meaning/fold.ts'
import { compileRegex } from '../meaning/regex/regex.ts'

import { areDisjoint, covers, literalOf } from './pattern-sets.ts'

/** No value meets both. false where that cannot be told. */
export function exclude(a: Leaf, b: Leaf): boolean {
  if (a.kind === 'null' || b.kind === 'null') {
    const [none, other] = a.kind === 'null' ? [a, b] : [b, a]
    if (none.kind === 'null' && none.orEmpty && mayBeEmpty(other)) return false
    return other.kind !== 'null' && other.kind !== 'exists'
  }
  if (a.kind === 'text' && b.kind === 'text') {
    return areDisjoint(a.pattern, b.pattern, a.cased && b.cased)
  }
  if (a.kind === 'number' && b.kind === 'number') {
    return noNumber(a.op, a.value, b.op, b.value)
  }
  if (a.kind === 'text') return textExcludes(a, b)
  if (b.kind === 'text') return textExcludes(b, a)
  if (a.kind === 'boolean' && b.kind === 'boolean') return a.value !== b.value
  return false
}

function mayBeEmpty(leaf: Leaf): boolean {
  if (leaf.kind === 'text') return covers(leaf.pattern, [], leaf.cased)
  return ['regex', 'differs', 'same-as', 'keyword'].includes(leaf.kind)
}

function isEmptyText({ pattern }: Text): boolean {
  return literalOf(pattern) === ''
}

function textExcludes(text: Text, other: Leaf): boolean {
  const literal = literalOf(text.pattern)
  if (literal === undefined) return false
  if (other.kind === 'regex') return test(other, literal, true) === false
  if (other.kind === 'number') {
    const n = decimalOf(literal)
    return n === undefined || !compares(n, other.op, other.value)
  }
  if (other.kind === 'boolean') {
    return fold(literal) !== String(other.value)
  }
  return false
}

/** Every value that meets `a` meets `b`. false where that cannot be told. */
export function implies(a: Leaf, b: Leaf): boolean {
  if (b.kind === 'exists') return a.kind !== 'null'
  if (b.kind === 'null' && b.orEmpty)
    return a.kind === 'null' || (a.kind === 'text' && isEmptyText(a))
  if (a.kind === 'text' && b.kind === 'text') {
    if (b.cased && !a.cased && hasLetters(a)) return false
    return covers(b.pattern, a.pattern, b.cased)
  }
  if (a.kind === 'text' && b.kind === 'regex') {
    const literal = literalOf(a.pattern)
    if (literal === undefined) return false
    if (!a.cased && !b.flags.i && hasLetters(a)) return false
    return test(b, literal, false) === true
  }
  if (a.kind === 'number' && b.kind === 'number' && a.op === 'eq') {
    return compares(a.value, b.op, b.value)
  }
  return same(a, b)
}

/** Whatever the value is, as long as there is one. */
export function takesAnyValue(leaf: Leaf): boolean {
  if (leaf.kind === 'exists') return true
  return leaf.kind === 'text' && covers(leaf.pattern, [0], leaf.cased)
}

function same(a: Leaf, b: Leaf): boolean {
  return (
    JSON.stringify({ ...a, label: '' }) === JSON.stringify({ ...b, label: '' })
  )
}

function hasLetters(text: Text): boolean {
  return text.pattern.some(
    (p) => typeof p === 'string' && p.toLowerCase() !== p.toUpperCase(),
  )
}

function noNumber(opA: Comparison, a: number, opB: Comparison, b: number) {
  if (opA === 'eq') return !compares(a, opB, b)
  if (opB === 'eq') return !compares(b, opA, a)
  const aIsUpper = opA === 'lt' || opA === 'lte'
  const bIsUpper = opB === 'lt' || opB === 'lte'
  if (aIsUpper === bIsUpper) return false
  const [upper, upperOp, lower, lowerOp] = aIsUpper
    ? [a, opA, b, opB]
    : [b, opB, a, opA]
  const open = upperOp === 'lt' || lowerOp === 'gt'
  return upper < lower || (upper === lower && open)
}

/** undefined where the expression cannot be run. */
function test(leaf: Regex, text: string, ignoreCase: boolean) {
  const flags = { ...leaf.flags, i: leaf.flags.i || ignoreCase }
  const regex = compileRegex({ ...leaf, flags })
  return regex.kind === 'regex' ? regex.test(text) : undefined
}
