// What do values mean that are no text: true or false under `exists`, networks, expressions, fields, numbers?
import type { Leaf, Predicate } from '../../../ir/predicate.ts'

import { regexFault } from '../../../meaning/regex/syntax.ts'

import type { YamlScalar } from '../../../rule-text/yaml/value.ts'
import { describe, quote } from '../../../rule-text/yaml/value.ts'

import type { ItemAtHand } from './item.ts'
import { parseNetwork } from './network.ts'

export function presence(
  at: ItemAtHand,
  field: string,
  value: YamlScalar,
): readonly Predicate[] {
  const isList = at.item.values.length > 1
  if (typeof value !== 'boolean' || isList) {
    const found = isList ? 'a list' : describe(value)
    return at.refuse('S015', `"exists" expects true or false, found ${found}`)
  }
  const exists: Leaf = { kind: 'exists', field }
  return [value ? exists : { kind: 'not', of: exists }]
}

export function network(
  at: ItemAtHand,
  field: string,
  value: YamlScalar,
): readonly Predicate[] {
  const parsed = parseNetwork(String(value))
  return parsed.kind === 'fault'
    ? at.refuse('S017', parsed.message, parsed.hint)
    : [{ kind: 'cidr', field, network: parsed.text }]
}

export function regularExpression(
  at: ItemAtHand,
  field: string,
  value: YamlScalar,
): readonly Predicate[] {
  if (value === null || typeof value === 'boolean') {
    return at.refuse(
      'S015',
      `"re" expects a regular expression, found ${describe(value)}`,
    )
  }
  const written = String(value)
  const fault = regexFault(written, 'python')
  if (fault !== undefined) {
    return at.refuse('S016', `this is no regular expression: ${fault}`)
  }
  const { anchor, flags } = at.modifiers
  // The search is unanchored, so `contains` says nothing new.
  const source =
    anchor === 'startswith'
      ? `\\A(?:${written})`
      : anchor === 'endswith'
        ? `(?:${written})\\z`
        : written
  return [{ kind: 'regex', field, source, dialect: 'python', flags }]
}

export function fieldReference(
  at: ItemAtHand,
  field: string,
  value: YamlScalar,
): readonly Predicate[] {
  if (typeof value !== 'string' || !value || /[*?]/.test(value)) {
    return at.refuse(
      'S015',
      `"fieldref" expects the name of a field, found ${describe(value)}`,
    )
  }
  const { anchor, cased } = at.modifiers
  const how = anchor ?? 'equals'
  return [{ kind: 'same-as', field, other: value, how, cased }]
}

export function number(
  at: ItemAtHand,
  field: string,
  value: YamlScalar,
): readonly Predicate[] {
  const { comparison, timePart } = at.modifiers
  const name = comparison ?? timePart!
  const found = numberIn(value)
  if (found === undefined) {
    return at.refuse(
      'S015',
      `"${name}" expects a number, found ${describe(value)}`,
    )
  }
  if (typeof value === 'string') {
    at.report(
      'S059',
      `"${name}" expects a number; the text ${quote(value.trim())} is taken as one`,
    )
  }
  const op = comparison ?? 'eq'
  return [
    timePart
      ? { kind: 'time-part', field, part: timePart, op, value: found }
      : { kind: 'number', field, op, value: found },
  ]
}

function numberIn(value: YamlScalar): number | undefined {
  const text = typeof value === 'string' ? value.trim() : String(value)
  if (typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(text)) {
    return undefined
  }
  if (value === null || typeof value === 'boolean') return undefined
  const number = Number(text)
  return Number.isFinite(number) ? number : undefined
}
