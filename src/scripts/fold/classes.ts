// Classes of a script: what makes one gives an object with its functions, which know it.
import type { NodeOf } from '../syntax/node.ts'
import type { Folding } from './folding.ts'
import { placed } from './given.ts'
import {
  type FunctionValue,
  object,
  type ObjectValue,
  text,
  type Value,
} from './value.ts'

const classType = '[class]'
const instanceType = '[instance]'
/** Under which an object has what it is where it is called itself. */
const defaultName = '[default]'

/** Functions and values of one class. */
const maxParts = 1_000

/** How languages call what is run when an object is made; PowerShell and old PHP by the name of the class. */
const makers = [
  '__init__',
  'constructor',
  '__construct',
  'initialize',
  'class_initialize',
]

export function classOf(self: Folding, node: NodeOf<'class'>): ObjectValue {
  const made = object(classType, {
    data: { kind: 'text', text: node.name, via: 0 },
  })
  for (const part of node.body.slice(0, maxParts)) {
    if (part.kind !== 'define') continue
    const fn = {
      ...self.functionOf(part.params, part.body),
      name: self.key(part.name),
    } as FunctionValue
    made.entries.set(self.key(part.name).toLowerCase(), fn)
    if (part.isDefault) made.entries.set(defaultName, fn)
  }
  // VB: fields are declared, and empty until they are set.
  if (self.meaning.resultByName)
    for (const name of declaredIn(node))
      made.entries.set(self.key(name).toLowerCase(), text(''))
  return made
}

function declaredIn({ body }: NodeOf<'class'>): readonly string[] {
  return body
    .slice(0, maxParts)
    .flatMap((part) => (part.kind === 'block' ? part.body : [part]))
    .flatMap((part) =>
      part.kind === 'assign' && part.target.kind === 'name'
        ? [part.target.name]
        : [],
    )
}

/** What its fields are at first. */
export function setFields(self: Folding, node: NodeOf<'class'>): void {
  const known = self.get(node.name)
  if (!isClass(known)) return
  for (const part of node.body.slice(0, maxParts)) {
    if (part.kind !== 'assign' || part.target.kind !== 'name') continue
    const name = self.key(part.target.name).toLowerCase()
    known.entries.set(name.replace(/^\$/, ''), self.value(part.value))
  }
}

type ClassValue = ObjectValue & { readonly type: typeof classType }

export function isClass(value: Value | undefined): value is ClassValue {
  return value?.kind === 'object' && value.type === classType
}

export function isInstance({ type }: ObjectValue): boolean {
  return type === instanceType
}

/** `k("x")`: what an object is where it is called itself. */
export function defaultOf(value: Value): FunctionValue | undefined {
  if (value.kind !== 'object' || !isInstance(value)) return undefined
  const own = value.entries.get(defaultName)
  return own?.kind === 'function' ? own : undefined
}

interface Given {
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

/** An object of a class whose maker was not called: whoever holds one calls its functions. */
export function anyOf(of: Value | undefined): ObjectValue | undefined {
  if (!isClass(of)) return undefined
  const made = object(instanceType)
  for (const [name, value] of of.entries) made.entries.set(name, value)
  return made
}

/** A new object of a class, or of a function that makes objects. */
export function instanceOf(
  self: Folding,
  of: ObjectValue | FunctionValue,
  { args, named }: Given,
): ObjectValue {
  const made = object(instanceType)
  const shared = of.kind === 'object' ? of : self.prototypeOf(of)
  if (!self.budget.make(shared.entries.size)) return made
  for (const [name, value] of shared.entries) made.entries.set(name, value)
  const own =
    of.kind === 'object' && of.data?.kind === 'text' ? of.data.text : ''
  const maker =
    of.kind === 'function'
      ? of
      : [...makers, self.key(own).toLowerCase()]
          .map((name) => of.entries.get(name))
          .find((v) => v?.kind === 'function')
  if (maker?.kind === 'function')
    self.invoke(maker, placed(maker, args, named), made)
  return made
}
