// What each kind of node comes to.
import {
  isSpread,
  type Node,
  type NodeKind,
  type NodeOf,
} from '../syntax/node.ts'
import { callOf, itemAt, memberOf } from './calls.ts'
import { setFields } from './classes.ts'
import type { Folding } from './folding.ts'
import { cases, count, each, mapped, whileLoop } from './loops.ts'
import { contextOf, operate } from './operate.ts'
import { assign } from './store.ts'
import {
  concat,
  entriesOf,
  isSame,
  itemsOf,
  letter,
  list,
  number,
  numberOf,
  object,
  real,
  setEntry,
  shownOf,
  text,
  unknown,
  type Value,
  viaOf,
  holed,
  withVia,
} from './value.ts'

/** Pairs of one table in a script. */
const maxEntries = 2_000

/** Larger numbers with a point are written otherwise. */
const largestWritten = 1e15

type Handlers = {
  readonly [K in NodeKind]: (self: Folding, node: NodeOf<K>) => Value
}

const handlers: Handlers = {
  text: (_, { value, via, isPattern }) =>
    isPattern ? { ...text(value, via), isPattern } : text(value, via),
  number: (self, { value, isReal }) => literalNumber(self, value, isReal),
  name: (self, { name }) => {
    if (name === '[with]') return self.withObject
    const key = self.key(name)
    const own = self.isOwnName(key) ? self.get(`=${key}`) : undefined
    const value = own ?? self.get(name)
    // VB: a function without parameters is called where it is named.
    const isCalled = value?.kind === 'function' && self.meaning.resultByName
    if (isCalled && !own && !value.params.length) return self.invoke(value, [])
    return value ?? unknown(name)
  },
  template,
  list: (self, node) =>
    node.items.length > 0 && node.items.every((i) => i.kind === 'named')
      ? mapOf(self, node.items)
      : listOf(self, node),
  map,
  member: (self, node) => {
    const name =
      node.name.kind === 'text'
        ? node.name.value
        : shownOf(self.value(node.name))
    return memberOf(self, self.value(node.object), name, node)
  },
  index,
  call: callOf,
  named: (self, { value }) => self.value(value),
  unary,
  binary: (self, { op, left, right }) => {
    const a = self.value(left)
    const b = self.value(right)
    const { budget, meaning } = self
    return operate(op, a, b, contextOf(budget, meaning))
  },
  assign,
  choice: (self, { test, yes, no }) => {
    const holds = self.holds(self.value(test))
    if (holds !== undefined) return self.value(holds ? yes : no)
    const one = self.value(yes)
    return eitherOf(self, one, self.value(no))
  },
  lambda: (self, { params, body }) => self.functionOf(params, body),
  mapped,
  block: (self, { body }) => self.block(body),
  if: (self, { test, yes, no }) => {
    const holds = self.holds(self.value(test))
    // What is not known to be false may happen.
    if (holds === undefined) {
      const made = self.both(yes, no)
      return self.meaning.speaks ? unknown('', made.via) : made
    }
    return self.block(holds ? yes : no)
  },
  each,
  count,
  while: whileLoop,
  // One that stands in another is there from here on.
  define: (self, node) => {
    self.define(node)
    return unknown()
  },
  class: (self, node) => {
    setFields(self, node)
    return unknown()
  },
  return: (self, { value }) => {
    const made = value ? self.value(value) : unknown()
    self.leave('return', made)
    return made
  },
  throw: (self, { value }) => {
    const made = value ? self.value(value) : unknown()
    self.leave('throw', made)
    return made
  },
  leave: (self, { how, label }) => {
    self.leave(how, unknown(), label)
    return unknown()
  },
  try: (self, node) => self.attempt(node),
  switch: cases,
  with: (self, { object: of, body }) => {
    const holder = self.value(of)
    // JScript: its members are names within.
    if (self.meaning.closures && holder.kind === 'object')
      for (const [name, value] of entriesOf(holder)) self.set(name, value)
    return self.within(holder, () => self.block(body))
  },
  command: (self, node) => self.command(node),
}

/** What is made of a list, or spread out, stands item by item among the others. */
function listOf(
  self: Folding,
  { items: nodes, isTuple }: NodeOf<'list'>,
): Value {
  const out: Value[] = []
  let open: number | undefined
  for (const node of nodes) {
    const value = self.value(node)
    const isMany = isSpread(node) || node.kind === 'mapped'
    const items = isSpread(node)
      ? itemsOf(value)
      : node.kind === 'mapped' && value.kind === 'list' && value.items
    for (const item of items || [value]) out.push(item)
    if (isMany && !items && value.kind === 'unknown')
      open = (open ?? 0) | value.via
  }
  // How many there are nobody knows.
  if (open !== undefined && self.meaning.dialect) return unknown('', open)
  return isTuple ? { ...list(out), isTuple } : list(out)
}

/** The first of two, of which nobody knows whether it is the one that is meant. */
function eitherOf({ meaning }: Folding, one: Value, other: Value): Value {
  if (!meaning.dialect || isSame(one, other)) return one
  return one.kind === 'number'
    ? unknown('', one.via)
    : withVia(one, one.via | holed)
}

/** What it is exactly; else it is not known. */
function literalNumber(self: Folding, n: number, isReal = false): Value {
  const { dialect } = self.meaning
  if (!dialect) return number(n)
  if (isReal && dialect.hasReals) return real(n)
  if (isReal && Math.abs(n) >= largestWritten) return unknown()
  const isExact = isReal || Number.isSafeInteger(n)
  return isExact ? number(n) : unknown()
}

export function fold(self: Folding, node: Node): Value {
  const handler = handlers[node.kind] as (self: Folding, node: Node) => Value
  return handler(self, node)
}

/** As it stands among texts. */
function amongTexts({ meaning }: Folding, value: Value): Value {
  if (!meaning.dialect || value.kind === 'text' || value.kind === 'unknown')
    return value
  const written = meaning.dialect.textOf(value)
  return written === undefined
    ? value.kind === 'object'
      ? value
      : unknown(shownOf(value).replace(/[{}]/g, ''), value.via)
    : text(written, value.via)
}

function template(
  self: Folding,
  { parts, isJoined }: NodeOf<'template'>,
): Value {
  const given = parts.map((p) => self.value(p))
  const [only] = given.length === 1 ? given : []
  const isOpen = only?.kind === 'unknown' || only?.kind === 'object'
  if (only && (!isJoined || isOpen)) return only
  const values = given.map((v) => amongTexts(self, v))
  const made = concat(values, self.budget)
  // A text with names in it is no concatenation that hides anything.
  const allText =
    values.every((v) => v.kind === 'text') &&
    parts.every((p) => p.kind === 'text')
  if (allText || made.kind !== 'text') return made
  return text(made.text, viaOf(values) | (made.via & holed))
}

function map(self: Folding, { entries }: NodeOf<'map'>): Value {
  const made = object('map')
  for (const [key, value] of entries.slice(0, maxEntries)) {
    const name = key.kind === 'name' ? key.name : shownOf(self.value(key))
    setEntry(made, name, self.value(value))
  }
  return made
}

/** PHP's and Perl's `(a => 'x')`. */
function mapOf(self: Folding, items: readonly Node[]): Value {
  const made = object('map')
  for (const item of items.slice(0, maxEntries)) {
    if (item.kind === 'named') setEntry(made, item.name, self.value(item.value))
  }
  return made
}

function index(self: Folding, node: NodeOf<'index'>): Value {
  const holder = self.value(node.object)
  const [first, ...more] = node.args.map((a) => self.value(a))
  if (!first) return holder
  if (first.kind === 'object' && first.type === '[:]') {
    return self.call('[:]', node, holder, [first]) ?? unknown()
  }
  const key = more.length ? list([first, ...more]) : first
  const own =
    holder.kind === 'function'
      ? self.fieldsOf(holder).get(shownOf(key).toLowerCase())
      : undefined
  const made = own ?? placed(self, holder, [first, ...more], key)
  if (made.kind !== 'unknown') return lettered(self, holder, made)
  return (
    (key.kind === 'text'
      ? memberAt(self, node, holder, key.text)
      : undefined) ??
    (holder.kind === 'object'
      ? self.call(`${holder.type}.[]`, node, holder, [key])
      : undefined) ??
    self.call('[]', node, holder, [key]) ??
    made
  )
}

/** What stands there, by the rules of the language where it has its own. */
function placed(
  self: Folding,
  holder: Value,
  keys: readonly Value[],
  key: Value,
): Value {
  const { dialect } = self.meaning
  const isOwn = holder.kind === 'text' || holder.kind === 'list'
  return isOwn && dialect?.itemAt
    ? (dialect.itemAt(holder, keys) ?? unknown('', holder.via))
    : itemAt(self, holder, key)
}

/** `String['from' + 'CharCode']` is a member by another spelling. */
function memberAt(
  self: Folding,
  { object: of, start, end }: NodeOf<'index'>,
  holder: Value,
  name: string,
): Value | undefined {
  if (!/^\w{1,64}$/.test(name)) return undefined
  const { isGlobal, calls } = self.meaning
  if (isGlobal?.(holder, true)) return self.get(name) ?? unknown(name)
  const isNamed = holder.kind === 'unknown' && of.kind === 'name'
  if (holder.kind === 'unknown' && !isNamed) return undefined
  const named: Node = { kind: 'text', value: name, via: 0, start, end }
  const member: Node = { kind: 'member', object: of, name: named, start, end }
  const value = memberOf(self, holder, name, member)
  if (value.kind !== 'unknown' && value.kind !== 'object') return value
  const path = value.kind === 'unknown' ? value.hint : ''
  return calls(value.kind === 'object' ? value.type : path) ? value : undefined
}

/** Of a text, where the language has numbers for letters. */
function lettered(self: Folding, holder: Value, made: Value): Value {
  return self.meaning.lettersAreNumbers &&
    holder.kind === 'text' &&
    made.kind === 'text'
    ? letter(made)
    : made
}

function unary(self: Folding, { op, operand }: NodeOf<'unary'>): Value {
  const value = self.value(operand)
  const own = self.meaning.unary
  if (own && Object.hasOwn(own, op))
    return own[op]!(value) ?? unknown('', value.via)
  const n = numberOf(value)
  switch (op) {
    case '-':
      return n === undefined ? unknown('', value.via) : number(-n, value.via)
    case '~':
      return n === undefined ? unknown('', value.via) : number(~n, value.via)
    case '+':
      return n === undefined ? value : number(n, value.via)
    case 'not': {
      const holds = self.holds(value)
      if (holds === undefined) return unknown()
      const { dialect } = self.meaning
      return dialect ? dialect.truth(!holds) : number(holds ? 0 : 1)
    }
    default:
      return op === 'typeof' || op === 'void' ? unknown() : value
  }
}
