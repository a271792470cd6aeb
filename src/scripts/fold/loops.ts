// Loops: followed turn by turn where their bounds are known, else once.
import type { Node, NodeOf } from '../syntax/node.ts'
import type { Folding } from './folding.ts'
import { isTrue } from './operate.ts'
import {
  itemsOf,
  list,
  number,
  numberOf,
  text,
  unknown,
  type Value,
  viaOf,
} from './value.ts'

/** Items of one list that a value is made of each. */
const maxMapped = 50_000

export function each(
  self: Folding,
  { variable, over, body }: NodeOf<'each'>,
): Value {
  const items = iterated(self, self.value(over))
  if (!items) {
    bind(self, variable, unknown(variable))
    return self.block(body)
  }
  return self.loop(body, (turn) => {
    const item = items[turn]
    if (item) bind(self, variable, item)
    return item !== undefined
  })
}

export function count(self: Folding, node: NodeOf<'count'>): Value {
  const from = numberOf(self.value(node.from))
  const to = numberOf(self.value(node.to))
  const by = node.by ? numberOf(self.value(node.by)) : 1
  if (from === undefined || to === undefined || !by) {
    self.set(
      node.variable,
      from === undefined ? unknown(node.variable) : number(from),
    )
    return self.block(node.body)
  }
  return self.loop(node.body, (turn) => {
    const i = from + turn * by
    self.set(node.variable, number(i))
    return by > 0 ? i <= to : i >= to
  })
}

export function whileLoop(self: Folding, node: NodeOf<'while'>): Value {
  self.block(node.first)
  let open = false
  const endless = isConstant(node.test)
  return self.loop(node.body, (turn) => {
    if (open || (endless && turn >= turnsOfEndless)) return false
    if (turn > 0) self.block(node.step)
    const holds = isTrue(self.value(node.test))
    // An open condition: once is enough to see what is done.
    if (holds === undefined) open = true
    return holds ?? turn === 0
  })
}

/** What ends it is in its body, and is not followed: the second turn sees what the first has set. */
const turnsOfEndless = 2

function isConstant(test: Node): boolean {
  return (
    test.kind === 'number' ||
    test.kind === 'text' ||
    (test.kind === 'name' && /^\$?true$/i.test(test.name))
  )
}

export function mapped(
  self: Folding,
  { variable, over, value, test, flat }: NodeOf<'mapped'>,
): Value {
  const items = iterated(self, self.value(over))
  if (!items) {
    bind(self, variable, unknown(variable))
    self.value(value)
    return unknown()
  }
  const out: Value[] = []
  for (const item of items) {
    if (self.budget.spent) break
    if (out.length >= maxMapped) {
      self.budget.limits.add(`a list of over ${maxMapped} items is left`)
      break
    }
    bind(self, variable, item)
    // What is not known to be passed over may be taken.
    if (test && isTrue(self.value(test)) === false) continue
    const made = self.value(value)
    if (flat && made.kind === 'list')
      for (const one of made.items) out.push(one)
    else out.push(made)
  }
  return list(out, viaOf(out))
}

/** Of a table of names PHP goes through the values, others through the names. */
function iterated(self: Folding, of: Value): Value[] | undefined {
  if (of.kind !== 'object' || of.type !== 'map') return itemsOf(of)
  return self.meaning.language === 'php'
    ? [...of.entries.values()]
    : Array.from(of.entries.keys(), (name) => text(name))
}

/** Several names take the parts of a list. */
function bind(self: Folding, variable: string, item: Value): void {
  if (!variable.includes(',')) {
    self.set(variable, item)
    return
  }
  const parts = itemsOf(item)
  variable.split(',').forEach((name, i) => {
    self.set(name, parts?.[i] ?? unknown(name))
  })
}
