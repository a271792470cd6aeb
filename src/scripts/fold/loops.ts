// Loops: followed turn by turn where their bounds are known, else once.
import type { Node, NodeOf } from '../syntax/node.ts'
import type { Folding } from './folding.ts'
import {
  entriesOf,
  hasHoles,
  holed,
  itemsOf,
  list,
  number,
  numberOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
} from './value.ts'

/** Items of one list that a value is made of each. */
const maxMapped = 50_000

export function each(
  self: Folding,
  { variable, over, body, label }: NodeOf<'each'>,
): Value {
  const items = iterated(self, self.value(over))
  if (!items) {
    bind(self, variable, unknown(variable))
    return self.block(body)
  }
  const next = (turn: number): boolean => {
    const item = items[turn]
    if (item) bind(self, variable, item)
    return item !== undefined
  }
  return self.loop(body, next, { label })
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
  const next = (turn: number): boolean => {
    const i = from + turn * by
    self.set(node.variable, number(i))
    return by > 0 ? i <= to : i >= to
  }
  return self.loop(node.body, next, { label: node.label })
}

export function whileLoop(self: Folding, node: NodeOf<'while'>): Value {
  self.block(node.first)
  const endless = isEndless(node.test)
  const next = (turn: number): boolean => {
    if (turn > 0) self.block(node.step)
    if (endless || (turn === 0 && node.atEnd)) return true
    const holds = self.holds(self.value(node.test))
    // An open condition: once is enough to see what is done, unless that once says what it asks for.
    return holds ?? (turn === 0 && !node.atEnd)
  }
  const { label } = node
  return self.loop(node.body, next, { waits: true, endless, label })
}

/** `for (;;)`, `while (true)`, `while (!![])`: no name says that it ends. */
function isEndless(test: Node): boolean {
  switch (test.kind) {
    case 'name':
      return /^(?:true|yes)$/i.test(test.name)
    case 'number':
      return test.value !== 0
    case 'unary':
      return test.op === 'not' && isNever(test.operand)
    default:
      return false
  }
}

function isNever(test: Node): boolean {
  return test.kind === 'unary'
    ? test.op === 'not' &&
        (test.operand.kind === 'list' || isEndless(test.operand))
    : test.kind === 'number' && test.value === 0
}

/** From the case that is meant on, until one breaks; each of them where nobody knows. */
export function cases(self: Folding, node: NodeOf<'switch'>): Value {
  const wanted = self.value(node.test)
  const known = node.cases.map(({ of }) => of && isCase(self, wanted, of))
  const isOpen = node.cases.some(({ of }, i) => of && known[i] === undefined)
  if (isOpen) {
    for (const { body } of node.cases) self.aside(() => self.breakable(body))
    return unknown()
  }
  const own = known.indexOf(true)
  const at = own < 0 ? node.cases.findIndex(({ of }) => !of) : own
  const rest = at < 0 ? [] : node.cases.slice(at)
  return self.breakable(rest.flatMap(({ body }) => body))
}

/** As the language compares what is strictly the same; else as texts. */
function isCase(self: Folding, wanted: Value, of: Node): boolean | undefined {
  const value = self.value(of)
  const strictly = self.meaning.operators?.['===']
  if (strictly) {
    const same = strictly(wanted, value, { budget: self.budget })
    return same && self.holds(same)
  }
  const s = textOf(wanted)
  const t = textOf(value)
  return s === undefined || t === undefined ? undefined : s === t
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
  let isOpen = false
  for (const item of items) {
    if (self.budget.spent) break
    if (out.length >= maxMapped) {
      self.budget.limits.add(`a list of over ${maxMapped} items is left`)
      break
    }
    bind(self, variable, item)
    // What is not known to be passed over may be taken.
    if (test) {
      const holds = self.holds(self.value(test))
      if (holds === false) continue
      if (holds === undefined && self.meaning.dialect) isOpen = true
    }
    const made = self.value(value)
    if (flat && made.kind === 'list')
      for (const one of made.items) out.push(one)
    else out.push(made)
  }
  // How many there are nobody knows; what they are is seen.
  return list(out, viaOf(out) | (isOpen ? holed : 0))
}

/** Of a table of names PHP goes through the values, others through the names. */
function iterated(self: Folding, of: Value): Value[] | undefined {
  if (hasHoles(of)) return undefined
  const range = self.meaning.dialect?.itemsOf?.(of)
  if (range) return range
  if (of.kind !== 'object' || of.type !== 'map') return itemsOf(of)
  return self.meaning.language === 'php'
    ? entriesOf(of).map(([, value]) => value)
    : Array.from(entriesOf(of), ([name]) => text(name))
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
