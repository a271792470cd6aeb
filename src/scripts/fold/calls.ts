// Calls and members: which path is meant, and who is asked what it does.
import {
  isSpread,
  type Node,
  type NodeOf,
  pathOf,
  type Span,
} from '../syntax/node.ts'
import { defaultOf, instanceOf, isClass, isInstance } from './classes.ts'
import { flowOf } from './flow.ts'
import { placed } from './given.ts'
import type { Folding } from './folding.ts'
import {
  entriesOf,
  exactly,
  holed,
  isSame,
  bitOf,
  itemsOf,
  list,
  type ListValue,
  number,
  numberOf,
  object,
  type ObjectValue,
  shownOf,
  text,
  unknown,
  type UnknownValue,
  type Value,
} from './value.ts'

export const noNames: ReadonlyMap<string, Value> = new Map()

interface Given {
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

export function callOf(self: Folding, node: NodeOf<'call'>): Value {
  if (!self.meaning.resultByName) return calledAs(self, node)
  self.takeChangedArguments()
  const made = calledAs(self, node)
  const changed = self.takeChangedArguments()
  for (const [i, arg] of node.args.entries()) {
    const value = changed[i]
    const own = value && arg.kind === 'name' ? self.get(arg.name) : undefined
    if (value && own && arg.kind === 'name' && !isSame(own, value))
      self.set(arg.name, value)
  }
  return made
}

function calledAs(self: Folding, node: NodeOf<'call'>): Value {
  const { callee } = node
  if (callee.kind === 'name' && callee.name === '[import]')
    return imports(self, node)
  const given = argumentsOf(self, node)
  if (callee.kind === 'member') return methodOf(self, node, callee, given)
  if (callee.kind === 'index' && callee.args.length === 1) {
    const key = self.value(callee.args[0]!)
    const { object: of, start, end } = callee
    const method: NodeOf<'member'> = {
      kind: 'member',
      object: of,
      name: callee.args[0]!,
      start,
      end,
    }
    if (key.kind === 'text') return methodOf(self, node, method, given)
  }
  return callee.kind === 'name'
    ? namedCall(self, node, callee.name, given)
    : valueCall(self, node, self.value(callee), given)
}

function argumentsOf(self: Folding, node: NodeOf<'call'>): Given {
  const args: Value[] = []
  const named = new Map<string, Value>()
  for (const arg of node.args) {
    if (arg.kind === 'named')
      named.set(arg.name.toLowerCase(), self.value(arg.value))
    else {
      const value = self.value(arg)
      if (isNames(arg) && value.kind === 'object') {
        for (const [name, one] of entriesOf(value))
          named.set(name.toLowerCase(), one)
        continue
      }
      const items = isSpread(arg) ? itemsOf(value) : undefined
      for (const one of items ?? [value]) args.push(one)
    }
  }
  return { args, named }
}

/** Python's `**table`. */
function isNames(node: Node): boolean {
  return node.kind === 'unary' && node.op === 'names'
}

function imports(self: Folding, node: NodeOf<'call'>): Value {
  const [alias = '', path = ''] = node.args.map((a) => shownOf(self.value(a)))
  if (alias !== '*') self.set(alias, object(path))
  else if (self.stars.length < 100) self.stars.push(path.toLowerCase())
  return unknown()
}

const suffixOf = (node: NodeOf<'call'>): string => (node.isNew ? '.new' : '')

/** What is called is worked out itself. */
function valueCall(
  self: Folding,
  node: NodeOf<'call'>,
  fn: Value,
  given: Given,
): Value {
  if (isClass(fn) || (fn.kind === 'function' && node.isNew))
    return instanceOf(self, fn, given)
  if (fn.kind === 'function')
    return self.invoke(fn, placed(fn, given.args, given.named))
  const own = defaultOf(fn)
  if (own && fn.kind === 'object')
    return self.invoke(own, placed(own, given.args, given.named), fn)
  const of = fn.kind === 'object' ? fn.entries.get(boundTo) : undefined
  if (of && fn.kind === 'object') {
    const name = shownOf(fn.entries.get(boundAs))
    const { via } = fn
    return memberCall(self, { at: node, receiver: of, name, via, ...given })
  }
  // `GetRef("f")(…)`.
  const named = fn.kind === 'text' ? self.get(fn.text) : undefined
  if (named?.kind === 'function') return self.invoke(named, given.args)
  // VB: the brackets of a list are those of a call.
  const [place] = given.args
  if (self.meaning.resultByName && fn.kind === 'list' && place && !node.isNew)
    return itemAt(self, fn, place)
  // `(0, eval)(…)`: the last is what is called.
  const last = fn.kind === 'list' ? fn.items.at(-1) : undefined
  if (last?.kind === 'unknown' || last?.kind === 'function')
    return valueCall(self, node, last, given)
  const type =
    fn.kind === 'object'
      ? fn.type
      : fn.kind === 'text'
        ? fn.text.toLowerCase()
        : fn.kind === 'unknown' && fn.hint && !fn.isResult
          ? fn.hint.toLowerCase()
          : undefined
  const paths = type === undefined ? [] : [`${type}${suffixOf(node)}`]
  return self.callAny({
    paths,
    at: node,
    receiver: fn,
    ...given,
    method: type ?? '',
  })
}

function namedCall(
  self: Folding,
  node: NodeOf<'call'>,
  called: string,
  given: Given,
): Value {
  const { args } = given
  const value = called === '[with]' ? self.withObject : self.get(called)
  if (value?.kind === 'function' || value?.kind === 'object')
    return valueCall(self, node, value, given)
  const own = value?.kind === 'text' ? self.get(value.text) : undefined
  if (own?.kind === 'function')
    return self.invoke(own, placed(own, args, given.named))
  // VB: the brackets of a list are those of a call.
  const indexed = value?.kind === 'list' || value?.kind === 'bytes'
  if (indexed && args.length === 1 && !node.isNew)
    return itemAt(self, value, args[0]!)
  // Elsewhere a name may hold that of a function.
  const name = value?.kind === 'text' ? value.text : self.key(called)
  const low = name.toLowerCase().replace(/\$$/, '')
  const suffix = suffixOf(node)
  // `f = String.fromCharCode`: what it stands for is not known, its path is.
  const alias =
    value?.kind === 'unknown' &&
    !value.isResult &&
    value.hint !== '' &&
    value.hint !== called
  const paths = [
    ...(alias ? [`${value.hint.toLowerCase()}${suffix}`] : []),
    `${low}${suffix}`,
    ...self.stars.map((module) => `${module}.${low}${suffix}`),
  ]
  const receiver = node.isNew ? text(name) : value
  return self.callAny({ paths, at: node, receiver, ...given, method: name })
}

function methodOf(
  self: Folding,
  node: NodeOf<'call'>,
  callee: NodeOf<'member'>,
  given: Given,
): Value {
  const named = self.value(callee.name)
  const receiver = self.value(callee.object)
  const name = shownOf(named)
  const { isGlobal } = self.meaning
  if (isGlobal?.(receiver, self.isOutermost || callee.name.kind !== 'text'))
    return namedCall(self, node, name, given)
  return memberCall(self, {
    at: node,
    receiver,
    name,
    via: named.via,
    written: pathOf(callee).toLowerCase(),
    suffix: suffixOf(node),
    ...given,
  })
}

interface MemberCall extends Given {
  readonly at: Span
  readonly receiver: Value
  readonly name: string
  readonly via?: number
  /** The whole path, where the script has it so. */
  readonly written?: string
  readonly suffix?: string
}

export function memberCall(self: Folding, call: MemberCall): Value {
  const { receiver, name, suffix = '', written = '' } = call
  const { at, args, named, via = 0 } = call
  const low = name.toLowerCase()
  const paths: string[] = []
  if (receiver.kind === 'object') {
    if (isClass(receiver) && low === 'new')
      return instanceOf(self, receiver, { args, named })
    const own = receiver.entries.get(low)
    if (own?.kind === 'function')
      return self.invoke(own, placed(own, args, named), receiver)
    if (own?.kind === 'object') paths.push(`${own.type}${suffix}`)
    paths.push(`${receiver.type}.${low}${suffix}`)
  } else if (receiver.kind !== 'text' && receiver.kind !== 'list') {
    const own =
      receiver.kind === 'function'
        ? self.fieldsOf(receiver).get(low)
        : undefined
    if (own?.kind === 'function') return self.invoke(own, args)
    if (written) paths.push(`${written}${suffix}`)
    const hint = receiver.kind === 'unknown' ? receiver.hint.toLowerCase() : ''
    const meant = hint ? `${hint}.${low}` : ''
    if (meant && meant !== written) paths.push(`${meant}${suffix}`)
    for (const module of written ? self.stars : [])
      paths.push(`${module}.${written}${suffix}`)
  }
  paths.push(`.${low}${suffix}`)
  return self.callAny({ paths, at, receiver, args, named, method: name, via })
}

/** Of the path of a member, in UTF-16 units. */
const maxPathUnits = 512

/** Under which a member of a thing knows the thing, and how it is called there. */
const boundTo = '[of]'
const boundAs = '[as]'

/** `f = thing.method`, `getattr(thing, 'method')`: to call it is to call the method of the thing. */
export function boundMember(
  of: ObjectValue,
  name: string,
  via: number,
): ObjectValue | UnknownValue {
  // A list whose items know the next is gone through in a loop.
  if (of.type.length > maxPathUnits) return unknown(name, via)
  const made = object(`${of.type}.${name}`, {
    via,
    ...(of.host !== undefined && { host: of.host }),
  })
  if (of.data) {
    made.entries.set(boundTo, of)
    made.entries.set(boundAs, text(name))
  }
  return made
}

export function memberOf(
  self: Folding,
  holder: Value,
  name: string,
  node: Node,
): Value {
  const low = name.toLowerCase()
  const property = (path: string): Value | undefined => {
    const made = self.meaning.isProperty(path)
      ? self.call(path, node, holder, [])
      : undefined
    return made && made.kind !== 'unknown' ? made : undefined
  }
  const called = self.meaning.ownSign
    ? calledMember(self, holder, low)
    : undefined
  if (called) return called
  if (holder.kind === 'function') {
    if (low === 'prototype') return self.prototypeOf(holder)
    const own = self.fieldsOf(holder).get(low)
    if (own) return own
  }
  const same = property(`.${low}`) ?? itemMembers(self, holder, low)
  if (same) return same
  if (
    self.meaning.isGlobal?.(holder, self.isOutermost || node.kind === 'index')
  )
    return self.get(name) ?? unknown(name)
  if (holder.kind === 'object') {
    const own = holder.entries.get(low) ?? property(`${holder.type}.${low}`)
    // VB: a member that is a function is called where it is named.
    if (own?.kind === 'function' && self.meaning.resultByName)
      return self.invoke(own, [], holder)
    if (own) return own
    // What its class has from elsewhere is known by its name alone.
    if (isInstance(holder)) return unknown(pathOf(node).toLowerCase() || name)
    return boundMember(holder, name, holder.via)
  }
  const path =
    node.kind === 'member' && holder.kind === 'unknown'
      ? pathOf(node).toLowerCase()
      : ''
  if (path) {
    const known = self.meaning.names(path) ?? property(path)
    if (known) return known
  }
  const made = self.call(`.${low}`, node, holder, [])
  if (made && made.kind !== 'unknown') return made
  return unknown(
    path || `${holder.kind === 'unknown' ? holder.hint : ''}.${name}`,
    holder.via,
  )
}

/** PowerShell: a member that the list has not is that of each of its items. */
function itemMembers(
  { meaning }: Folding,
  holder: Value,
  name: string,
): Value | undefined {
  if (!meaning.lettersAreNumbers || holder.kind !== 'list') return undefined
  if (!holder.items.length || /^(?:count|length)$/.test(name)) return undefined
  const all = holder.items.map((item) =>
    item.kind === 'object' ? item.entries.get(name) : undefined,
  )
  return all.every((v) => v !== undefined) ? list(all, holder.via) : undefined
}

/** Ruby calls what is named. */
function calledMember(
  self: Folding,
  holder: Value,
  name: string,
): Value | undefined {
  if (isClass(holder) && name === 'new')
    return instanceOf(self, holder, { args: [], named: noNames })
  const own = holder.kind === 'object' ? holder.entries.get(name) : undefined
  return own?.kind === 'function' && holder.kind === 'object'
    ? self.invoke(own, [], holder)
    : undefined
}

/** Keys of one look-up. */
const maxKeys = 100_000

export function itemAt({ meaning }: Folding, value: Value, key: Value): Value {
  const isBefore = meaning.placesFromFirst && (numberOf(key) ?? 0) < 0
  if (isBefore && value.kind !== 'object') return unknown('', value.via)
  if (value.kind === 'object') {
    const name = shownOf(key)
    const own = value.entries.get(exactly(name))
    const made = own ?? value.entries.get(name.toLowerCase())
    return made ?? unknown(name, flowOf(value.via))
  }
  if (key.kind !== 'list') return oneOf(value, key) ?? unknown('', value.via)
  const picked = key.items
    .slice(0, maxKeys)
    .map((k) => oneOf(value, k) ?? unknown())
  return list(picked, value.via | (isBackwards(key) ? bitOf('reversal') : 0))
}

/** `[-1..-9]`, `[8..0]`: from its end to its beginning. */
function isBackwards({ items }: ListValue): boolean {
  const places = items.slice(0, 3).map(numberOf)
  return (
    places.length > 2 &&
    places.every((n, i) => n !== undefined && (!i || n === places[i - 1]! - 1))
  )
}

function oneOf(value: Value, key: Value): Value | undefined {
  const at = numberOf(key)
  if (at === undefined) return undefined
  const of = (n: number) => (at < 0 ? n + at : at)
  switch (value.kind) {
    case 'text': {
      if (value.via & holed) return undefined
      const c = value.text[of(value.text.length)]
      return c === undefined ? undefined : text(c, value.via)
    }
    case 'bytes': {
      const b = value.bytes[of(value.bytes.length)]
      return b === undefined ? undefined : number(b, value.via)
    }
    case 'list':
      return value.items[of(value.items.length)]
    default:
      return undefined
  }
}
