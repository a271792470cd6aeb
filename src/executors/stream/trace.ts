// Why does a rule hold on an event, or why not? Every node's verdict and, at each leaf, the value that was seen and the reason.
// Never short-circuits, so that it can say why not. Verdict equals the matcher's (trace.test.ts).
import { nearest } from '../../base/did-you-mean.ts'
import type { Value } from '../../base/record.ts'

import { type Event, fieldOf } from '../../event/event.ts'

import type { And, Leaf, Not, Or, Predicate } from '../../ir/predicate.ts'
import { printLeaf } from '../../ir/print.ts'
import type { DetectionRule } from '../../ir/rule.ts'
import { fold } from '../../ir/visit.ts'

import { type Cell, cellOf } from '../../meaning/cell.ts'
import { RefusedLeaf } from '../../meaning/leaf.ts'
import { isAddress } from '../../meaning/network.ts'
import type { Test } from '../../meaning/predicate.ts'
import { eventTest } from '../../meaning/tests.ts'
import { timePartOf } from '../../meaning/time-part.ts'

export type TraceReason =
  | 'holds'
  | 'field absent'
  | 'value is null'
  | 'value differs'
  | 'differs only in case'
  | 'no value differs'
  | 'not a number'
  | 'not an address'
  | 'not a time'
  | 'not true or false'
  | 'other field absent'
  | 'field is there'
  /** A regular expression or a network that the executor refuses; it refuses the whole rule. */
  | 'cannot be run'

export type TraceNode =
  | {
      readonly kind: 'and' | 'or' | 'not'
      readonly label?: string
      readonly holds: boolean
      readonly of: readonly TraceNode[]
    }
  | {
      readonly kind: 'constant'
      readonly label?: string
      readonly holds: boolean
    }
  | TraceLeaf

export interface TraceLeaf {
  readonly kind: 'leaf'
  readonly label?: string
  readonly holds: boolean
  /** `CommandLine contains "-enc "`. */
  readonly text: string
  /** '' for keywords, which are about all values. */
  readonly field: string
  /** undefined where the event lacks the field. */
  readonly value: Value | undefined
  readonly reason: TraceReason
  /** Where the field is absent: names that the event has and that are near. */
  readonly similar: readonly string[]
}

/** Log sources aside: whether the rule would have met the event at all is for `conflicts` to say. */
export function trace(rule: DetectionRule, event: Event): TraceNode {
  return fold<TraceNode>(rule.condition, {
    and: (of, node) => joined(node, of.every(holds), of),
    or: (of, node) => joined(node, of.some(holds), of),
    not: (part, node) => joined(node, !part.holds, [part]),
    constant: (node) => ({
      kind: 'constant',
      ...labelOf(node),
      holds: node.value,
    }),
    leaf: (leaf) => ({ ...traceLeaf(leaf, event), ...labelOf(leaf) }),
  })
}

function holds(node: TraceNode): boolean {
  return node.holds
}

function joined(
  node: And | Or | Not,
  holds: boolean,
  of: readonly TraceNode[],
): TraceNode {
  return { kind: node.kind, ...labelOf(node), holds, of }
}

function labelOf({ label }: Predicate): { readonly label?: string } {
  return label === undefined ? {} : { label }
}

function traceLeaf(leaf: Leaf, event: Event): TraceLeaf {
  const holds = holdsOn(leaf, event)
  const field = leaf.kind === 'keyword' ? '' : leaf.field
  const value = field === '' ? undefined : fieldOf(event, field)
  const reason =
    holds === undefined
      ? 'cannot be run'
      : holds
        ? 'holds'
        : whyNot(leaf, value, event)
  const similar =
    reason === 'field absent' ? nearest(field, event.shape.names) : []
  return {
    kind: 'leaf',
    holds: holds === true,
    text: printLeaf(leaf),
    field,
    value,
    reason,
    similar,
  }
}

/** Events are traced by the thousand until one fits: each leaf is compiled once. */
const tests = new WeakMap<Leaf, Test<Event> | 'refused'>()

/** By the very tests that the matcher runs; undefined where it refuses to. */
function holdsOn(leaf: Leaf, event: Event): boolean | undefined {
  let test = tests.get(leaf)
  if (test === undefined) {
    test = testOf(leaf)
    tests.set(leaf, test)
  }
  return test === 'refused' ? undefined : test(event)
}

function testOf(leaf: Leaf): Test<Event> | 'refused' {
  try {
    return eventTest(leaf)
  } catch (error) {
    if (error instanceof RefusedLeaf) return 'refused'
    throw error
  }
}

function whyNot(
  leaf: Leaf,
  value: Value | undefined,
  event: Event,
): TraceReason {
  if (leaf.kind === 'keyword')
    return caseAlone(leaf, event) ? 'differs only in case' : 'value differs'
  if (leaf.kind === 'null') return 'field is there'
  if (value === undefined) return 'field absent'
  if (value === null) return 'value is null'
  switch (leaf.kind) {
    case 'exists':
      return 'field absent'
    case 'number':
      return every(value, (c) => c.number === undefined)
        ? 'not a number'
        : 'value differs'
    case 'cidr':
      return every(value, (c) => !isAddress(c.text))
        ? 'not an address'
        : 'value differs'
    case 'time-part':
      return every(value, (c) => timePartOf(c.text, leaf.part) === undefined)
        ? 'not a time'
        : 'value differs'
    case 'boolean':
      return every(value, (c) => !/^(?:true|false)$/i.test(c.text))
        ? 'not true or false'
        : 'value differs'
    case 'same-as': {
      const other = fieldOf(event, leaf.other)
      if (other === undefined || other === null) return 'other field absent'
      return caseAlone(leaf, event) ? 'differs only in case' : 'value differs'
    }
    case 'differs':
      return 'no value differs'
    case 'text':
    case 'regex':
      return caseAlone(leaf, event) ? 'differs only in case' : 'value differs'
  }
}

/** Would it hold if case did not matter? */
function caseAlone(leaf: Leaf, event: Event): boolean {
  switch (leaf.kind) {
    case 'text':
    case 'keyword':
    case 'same-as':
      return leaf.cased && holdsOn({ ...leaf, cased: false }, event) === true
    case 'regex': {
      const flags = { ...leaf.flags, i: true }
      return !leaf.flags.i && holdsOn({ ...leaf, flags }, event) === true
    }
    default:
      return false
  }
}

/** Of a list every item that is there. */
function every(value: Value, is: (single: Cell) => boolean): boolean {
  const cell = cellOf(value)
  return (cell.items ?? [cell]).every((c) => c.value === null || is(c))
}
