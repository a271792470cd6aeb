// Loops: followed turn by turn where their bounds are known, else once.
import type { NodeOf } from '../syntax/node.ts'
import type { Folding } from './folding.ts'
import { isTrue } from './operate.ts'
import {
  itemsOf,
  list,
  number,
  numberOf,
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
  const items = itemsOf(self.value(over))
  if (!items) {
    bind(self, variable, unknown(variable))
    return self.block(body)
  }
  self.loop(body, (turn) => {
    const item = items[turn]
    if (item) bind(self, variable, item)
    return item !== undefined
  })
  return unknown()
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
  self.loop(node.body, (turn) => {
    const i = from + turn * by
    self.set(node.variable, number(i))
    return by > 0 ? i <= to : i >= to
  })
  return unknown()
}

export function whileLoop(self: Folding, node: NodeOf<'while'>): Value {
  self.block(node.first)
  let open = false
  self.loop(node.body, (turn) => {
    if (open) return false
    if (turn > 0) self.block(node.step)
    const holds = isTrue(self.value(node.test))
    // An open condition: once is enough to see what is done.
    if (holds === undefined) open = true
    return holds ?? turn === 0
  })
  return unknown()
}

export function mapped(
  self: Folding,
  { variable, over, value }: NodeOf<'mapped'>,
): Value {
  const items = itemsOf(self.value(over))
  if (!items) {
    bind(self, variable, unknown(variable))
    self.value(value)
    return unknown()
  }
  const out: Value[] = []
  for (const item of items) {
    if (out.length >= maxMapped || self.budget.spent) break
    bind(self, variable, item)
    out.push(self.value(value))
  }
  return list(out, viaOf(out))
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
