// Conditions of `search` become the rules' own predicate. On events a name is looked up in the vocabulary of fields.ts; on
// rows (behind stats, eval and the like) it is the row's.
import { didYouMean } from '../../base/did-you-mean.ts'

import {
  eventsBearing,
  eventsNamed,
  type NamedEvents,
  otherChannel,
  sourcetypes,
} from '../../event/sources/sourcetypes.ts'

import { isPredicate } from '../../ir/condition.ts'
import type { Predicate } from '../../ir/predicate.ts'
import { ANY, pattern } from '../../ir/predicate.ts'
import { absentResolved, testResolved } from '../../ir/resolved.ts'
import type { Condition } from '../../ir/search.ts'
import { allOf, anyOf, noneOf } from '../../ir/simplify.ts'

import type { SearchNode, SearchValue } from './ast.ts'
import { findDataModel } from './data-models.ts'
import {
  type Compare,
  compare,
  equalTest,
  resolutionOf,
  type SearchContext,
} from './lower-compare.ts'
import { reportUnknownModel } from './lower-model.ts'
import { textPattern } from './patterns.ts'
import { timeModifier } from './time-modifier.ts'

export function lowerSearch(node: SearchNode, c: SearchContext): Condition {
  switch (node.kind) {
    case 'and':
      return join(
        'and',
        node.of.flatMap((n) => topLevel(n, c) ?? [lowerSearch(n, c)]),
      )
    case 'or':
      return join(
        'or',
        node.of.map((n) => lowerSearch(n, c)),
      )
    case 'not': {
      if (c.events && isOfStorage(node.of)) return denyStorage(node.of, c)
      const of = lowerSearch(node.of, c)
      return isPredicate(of) ? noneOf(of) : { kind: 'not', of }
    }
    case 'term':
      return lowerTerm(node.value)
    case 'compare': {
      const time = topLevel(node, c)
      return time ? { kind: 'constant', value: true } : lowerCompare(node, c)
    }
    case 'in':
      return lowerIn(node, c)
    case 'subsearch':
      if (c.subsearch)
        return { kind: 'subsearch', index: c.subsearch(node.query) }
      c.report.error('P022', 'a search in brackets cannot stand here', node.at)
      return { kind: 'constant', value: false }
  }
}

function join(kind: 'and' | 'or', of: readonly Condition[]): Condition {
  if (of.every(isPredicate)) return kind === 'and' ? allOf(of) : anyOf(of)
  return { kind, of }
}

/** Time modifiers hold for the whole search; they are taken out of its conditions. */
function topLevel(node: SearchNode, c: SearchContext): Condition[] | undefined {
  if (node.kind !== 'compare' || node.op !== '=' || !c.events) return undefined
  const modifier = timeModifier(node.field, node.value.text)
  if (!modifier) return undefined
  c.time(modifier.which, modifier.moment, node.at)
  return []
}

function lowerTerm(v: SearchValue): Predicate {
  const p = pattern([ANY, ...textPattern(v.text), ANY])
  if (p.length === 1 && p[0] === ANY) return { kind: 'constant', value: true }
  return { kind: 'keyword', pattern: p, cased: v.how === 'case' }
}

const sourceFields = new Set(['sourcetype', 'source'])
/** Where Splunk keeps its data, and what it calls them, says something of an event only if that has a field of the name. */
const storageFields = new Set(['index', 'splunk_server', 'tag', 'eventtype'])

type Leaf = Extract<SearchNode, { kind: 'compare' | 'in' }>

/** Are these the only things that a condition is about? */
function isOfStorage(node: SearchNode): boolean {
  if (node.kind === 'not') return isOfStorage(node.of)
  if (node.kind === 'and' || node.kind === 'or')
    return node.of.every(isOfStorage)
  const isTest = node.kind === 'compare' || node.kind === 'in'
  return isTest && storageFields.has(node.field)
}

/** Holds, denied or not, where the event lacks the field. */
function lowerStorage(node: Leaf, isDenied: boolean, c: SearchContext) {
  const { field, at } = node
  const isAny = node.kind === 'compare' && node.value.text === '*'
  if (!isAny) {
    c.report.add(
      'note',
      'P048',
      `"${field}" has no meaning here: every event is looked at that has no field of that name`,
      at,
    )
  }
  const test = node.kind === 'compare' ? compare(node, c) : oneOf(node, c)
  const lacks = absentResolved(resolutionOf(field, c))
  return anyOf([lacks, isDenied ? noneOf(test) : test])
}

/** A denied condition about them, each of its parts denied by itself. */
function denyStorage(node: SearchNode, c: SearchContext): Condition {
  switch (node.kind) {
    case 'not':
      return lowerSearch(node.of, c)
    case 'and':
    case 'or': {
      const of = node.of.map((n) => denyStorage(n, c))
      return join(node.kind === 'and' ? 'or' : 'and', of)
    }
    default:
      return lowerStorage(node as Leaf, true, c)
  }
}

function lowerCompare(node: Compare, c: SearchContext): Condition {
  if (c.events && storageFields.has(node.field))
    return lowerStorage(node, false, c)
  if (c.events && (node.op === '=' || node.op === '!=')) {
    const special = lowerSource(node.field, [node.value], node.at, c)
    if (special) {
      return node.op === '=' ? special : { kind: 'not', of: special }
    }
  }
  return compare(node, c)
}

function lowerIn(
  node: Extract<SearchNode, { kind: 'in' }>,
  c: SearchContext,
): Condition {
  if (c.events && storageFields.has(node.field))
    return lowerStorage(node, false, c)
  const special = c.events && lowerSource(node.field, node.values, node.at, c)
  return special || oneOf(node, c)
}

/** Any of the values, where `*` is one that is there. */
export function oneOf(
  node: Extract<SearchNode, { kind: 'in' }>,
  c: SearchContext,
): Predicate {
  const there = node.values.some((v) => v.text === '*')
  const tests = node.values.map(equalTest)
  const r = resolutionOf(node.field, c)
  return there
    ? noneOf(absentResolved(r))
    : testResolved(r, {
        leaf: (field) => anyOf(tests.map((t) => t.leaf(field))),
        any: tests,
        of: (text) => tests.some((t) => t.of(text)),
      })
}

/** A condition on where events are from; undefined: the field says nothing of that. */
export function lowerSource(
  field: string,
  values: readonly SearchValue[],
  at: number,
  c: SearchContext,
): Condition | undefined {
  if (field === 'nodename') return dataSetsNamed(values, at, c)
  if (!sourceFields.has(field)) return undefined
  if (values.some((v) => v.text === '*')) {
    return { kind: 'constant', value: true }
  }
  const of = values.flatMap((value) => {
    const named = eventsNamed(value.text)
    return named.length ? meeting(named) : lowerUnknown(field, value, at, c)
  })
  return of.length === 1 ? of[0]! : { kind: 'or', of }
}

/** `nodename=Authentication.Failed_Authentication`: the events of a data set within a model. */
function dataSetsNamed(
  values: readonly SearchValue[],
  at: number,
  c: SearchContext,
): Condition {
  const of = values.flatMap(({ text }) => {
    const model = findDataModel(text)
    if (!model) reportUnknownModel(text, at, c.report)
    return model ? [model.events] : []
  })
  return of.length === 1 ? of[0]! : { kind: 'or', of }
}

/** Channels have long names, much of which is the same: of two there are, hardly any differ by so little. */
const maxSlips = 3

function lowerUnknown(
  field: string,
  value: SearchValue,
  at: number,
  c: SearchContext,
): Condition[] {
  const channel = otherChannel(value.text)
  const near = didYouMean(
    value.text,
    sourcetypes,
    channel ? maxSlips : undefined,
  )
  if (near || !channel) {
    c.report.warn(
      'P047',
      `unknown ${field} "${value.text}": only events that name their source so, or have a field of that name, are meant`,
      at,
      near,
    )
  }
  const named = channel ? [channel] : eventsBearing(value.text)
  return [
    ...meeting(named),
    compare({ kind: 'compare', field, op: '=', value, at }, c),
  ]
}

/** One condition for all that are told by their log source alone, and one for each other. */
function meeting(events: readonly NamedEvents[]): Condition[] {
  const isPlain = (e: NamedEvents) => !e.channel && !e.has
  const plain = events.filter(isPlain).map((e) => e.selector)
  const others = events.filter((e) => !isPlain(e)).map(conditionOf)
  return plain.length
    ? [{ kind: 'source', selectors: plain }, ...others]
    : others
}

function conditionOf(events: NamedEvents): Condition {
  const { selector, channel, orNoChannel, has } = events
  const of: Condition[] = [{ kind: 'source', selectors: [selector] }]
  if (channel !== undefined) {
    const pattern = textPattern(channel)
    const field = 'Channel'
    const is: Predicate = { kind: 'text', field, pattern, cased: false }
    of.push(orNoChannel ? anyOf([is, { kind: 'null', field }]) : is)
  }
  if (has !== undefined) of.push({ kind: 'exists', field: has })
  return { kind: 'and', of }
}
