// Assignments: what names, members and items stand for from there on.
import { type Node, type NodeOf, pathOf } from '../syntax/node.ts'
import { memberOf, noNames } from './calls.ts'
import type { Folding } from './folding.ts'
import { contextOf, operate } from './operate.ts'
import {
  itemsOf,
  list,
  markInPlace,
  number,
  numberOf,
  object,
  setEntry,
  shownOf,
  text,
  textOf,
  type TextValue,
  unknown,
  type Value,
} from './value.ts'

/** Members of one object. */
const maxMembers = 1_000
/** Items of a list that are passed over when one is set. */
const maxGap = 10_000
/** Names on the left of one assignment. */
const maxTargets = 64

export function assign(
  self: Folding,
  { target, value, op, declares }: NodeOf<'assign'>,
): Value {
  if (
    target.kind === 'name' &&
    (op || begins(value, target.name)) &&
    !self.get(target.name)
  ) {
    // Something is joined to what was never set: it was empty, or nothing where it is counted.
    const added = op ? value : value.kind === 'binary' ? value.right : value
    const counts = added.kind === 'number' && (op || '+') !== '&'
    self.set(target.name, counts ? number(0) : text(''))
  }
  const given = self.value(value)
  const { budget, meaning } = self
  const made = op
    ? operate(op, self.value(target), given, contextOf(budget, meaning))
    : given
  // A number is only shifted.
  if (op === 'append' && made.kind === 'number') return made
  if (declares && target.kind === 'name') self.declare(target.name, made)
  else store(self, target, made)
  return made
}

/** Is the name the first part of what is joined? */
function begins(value: Node, name: string): boolean {
  let node = value
  while (node.kind === 'binary' && (node.op === '&' || node.op === '+'))
    node = node.left
  const [first] = node.kind === 'template' ? node.parts : []
  if (first) node = first
  return node !== value && node.kind === 'name' && node.name === name
}

function store(self: Folding, target: Node, value: Value): void {
  switch (target.kind) {
    case 'name': {
      const key = self.key(target.name)
      self.set(self.isOwnName(key) ? `=${key}` : target.name, value)
      break
    }
    case 'list':
      storeItems(self, target.items, value)
      break
    case 'map':
      // const { a, b } = require(…)
      for (const [key, name] of target.entries.slice(0, maxTargets)) {
        if (name.kind !== 'name') continue
        self.set(
          name.name,
          memberOf(self, value, key.kind === 'name' ? key.name : '', target),
        )
      }
      break
    case 'member':
      storeMember(self, target, value)
      break
    case 'index':
      storeItem(self, target, target.object, value)
      break
    case 'call':
      if (self.meaning.dialect && !self.meaning.resultByName)
        forget(self, target.args)
      else storeItem(self, target, target.callee, value)
      break
    default:
      break
  }
}

/** Perl's `substr($s, 0, 1) = 'x'`: what is given is another now. */
function forget(self: Folding, args: readonly Node[]): void {
  for (const arg of args)
    if (arg.kind === 'name') self.set(arg.name, unknown(arg.name))
}

function storeItems(
  self: Folding,
  targets: readonly Node[],
  value: Value,
): void {
  const items = itemsOf(value)
  targets.slice(0, maxTargets).forEach((t, i) => {
    const name = t.kind === 'name' ? t.name : ''
    const other = value.kind === 'object' ? value : unknown(name, value.via)
    store(self, t, items?.[i] ?? other)
  })
}

function storeMember(
  self: Folding,
  target: NodeOf<'member'>,
  value: Value,
): void {
  const name =
    target.name.kind === 'text'
      ? target.name.value
      : shownOf(self.value(target.name))
  const low = name.toLowerCase()
  const holder = self.value(target.object)
  self.changed()
  if (setByFunction(self, holder, low, value)) return
  if (setLength(self, holder, low, value)) return
  storeField(self, holder, name, value)
  const path = pathOf(target).toLowerCase()
  const paths = [
    ...(holder.kind === 'object' ? [`${holder.type}.${low}=`] : []),
    ...(path ? [`${path}=`] : []),
    `.${low}=`,
  ]
  self.callAny({
    paths,
    at: target,
    receiver: holder,
    args: [value],
    named: noNames,
    method: name,
  })
}

/** JavaScript: as many items as are set. */
function setLength(
  self: Folding,
  holder: Value,
  name: string,
  value: Value,
): boolean {
  if (!self.meaning.closures || holder.kind !== 'list' || name !== 'length')
    return false
  const n = numberOf(value)
  const { items } = holder
  if (n === undefined || n < 0) items.splice(0, items.length, unknown())
  else if (n < items.length) items.length = n
  return true
}

/** VB's `Property Let`: a function of the object takes the value. */
function setByFunction(
  self: Folding,
  holder: Value,
  name: string,
  value: Value,
): boolean {
  if (!self.meaning.resultByName || holder.kind !== 'object') return false
  const setter = holder.entries.get(`${name}=`)
  if (setter?.kind !== 'function') return false
  self.invoke(setter, [value], holder)
  return true
}

/** Of an object, or of a function. */
function storeField(
  self: Folding,
  holder: Value,
  name: string,
  value: Value,
): void {
  const fields =
    holder.kind === 'object'
      ? holder.entries
      : holder.kind === 'function'
        ? self.fieldsOf(holder)
        : undefined
  if (!fields || fields.size >= maxMembers) return
  if (holder.kind === 'object' && holder.type === 'map')
    setEntry(holder, name, value)
  else fields.set(name.toLowerCase(), value)
}

function storeInList(
  self: Folding,
  items: Value[],
  at: number,
  value: Value,
): void {
  const gap = Math.max(0, at - items.length)
  if (at < 0 || gap > maxGap || !self.budget.make(gap + 1)) return
  for (let n = 0; n < gap; n++) items.push(unknown())
  items[at] = value
}

function storeByte(of: Buffer, at: number, n: number | undefined): void {
  if (n !== undefined && at >= 0 && at < of.length) of[at] = n
}

function isIndex(i: number | undefined): i is number {
  return i !== undefined && i >= 0 && i <= maxGap && Number.isInteger(i)
}

function withLetter(
  self: Folding,
  of: TextValue,
  at: number,
  value: Value,
): Value {
  const one = textOf(value)
  if (one === undefined || at < 0 || at >= of.text.length) return of
  if (!self.budget.make(of.text.length)) return unknown('', of.via)
  return text(
    of.text.slice(0, at) + one.slice(0, 1) + of.text.slice(at + 1),
    of.via | value.via,
  )
}

function storeItem(
  self: Folding,
  target: NodeOf<'index'> | NodeOf<'call'>,
  of: Node,
  value: Value,
): void {
  const holder = self.value(of)
  self.changed()
  const key = target.args[0] ? self.value(target.args[0]) : undefined
  const i = numberOf(key)
  switch (holder.kind) {
    case 'list':
      storeInList(self, holder.items, i ?? holder.items.length, value)
      markInPlace(holder, value.via)
      break
    case 'function':
      if (key) storeField(self, holder, shownOf(key), value)
      break
    case 'object':
      if (key) storeField(self, holder, shownOf(key), value)
      if (key) self.call(`${holder.type}=`, target, holder, [value, key])
      break
    case 'bytes':
      if (i !== undefined) storeByte(holder.bytes, i, numberOf(value))
      markInPlace(holder, value.via)
      break
    case 'text':
      if (self.meaning.textsChange && i !== undefined)
        store(self, of, withLetter(self, holder, i, value))
      break
    case 'unknown':
      // VB's `Dim b(12)`: what is set first need not be the first.
      if (target.kind === 'call' && of.kind === 'name' && isIndex(i)) {
        const items = Array.from({ length: i }, () => unknown())
        if (self.budget.make(i + 1)) store(self, of, list([...items, value]))
      }
      if (
        target.kind === 'index' &&
        key &&
        i === undefined &&
        of.kind === 'name'
      ) {
        const made = object('map')
        made.entries.set(shownOf(key).toLowerCase(), value)
        store(self, of, made)
      }
      break
    default:
      break
  }
}
