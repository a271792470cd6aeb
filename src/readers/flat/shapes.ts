// One shape for one set of names, in all files of the process, whatever the order in which a record has them: executors
// keep their plans by shape.
import { NameBudget } from '../../base/name-budget.ts'
import type { Value } from '../../base/record.ts'
import type { SoughtTexts } from '../../base/sought-texts.ts'
import { Shape } from '../../base/record.ts'

const shapes = new Map<string, Shape>()
/** Beyond it a record has a shape of its own: correct, only slower. */
const budget = new NameBudget()

/** Its names are in the order in which the set was first seen. */
export function sharedShape(names: readonly string[]): Shape {
  const key = [...names].sort().join('\0')
  const known = shapes.get(key)
  if (known) return known
  const made = new Shape(names)
  if (budget.mayKeep(names)) shapes.set(key, made)
  else made.isPassing = true
  return made
}

/** The values of one record by position, which is never negative: a list, or what makes them when they are asked for. */
export interface Lookup {
  at(position: number): Value | undefined
  /** Of values that still lie in a line: the line. */
  readonly line?: LineOfValues
}

/** What the bytes of a line say of its values, before any of them is made. */
export interface LineOfValues {
  /** As of a record. */
  mayHold(texts: SoughtTexts): boolean
  /** A text without braces that begins with no blank, bracket or quotation mark, and says no letter by its number; or no text. */
  isPlain(position: number): boolean
  isList(position: number): boolean
  /** As of a record, of one value that is plain. */
  mayHoldAt(position: number, texts: SoughtTexts): boolean
}

/** Works a value out when it is asked for; undefined: this record lacks the field. */
export type Derive = (values: Lookup) => Value | undefined

export interface Column {
  readonly name: string
  /** The position of the value, or how to make it. */
  readonly from: number | Derive
}

/** Where the values of a shared shape come from: `sources[i]` makes the value of `shape.names[i]`. */
export interface Layout {
  readonly shape: Shape
  readonly sources: readonly (number | Derive)[]
  /** Where a value is none of the record's own. */
  readonly made: readonly number[]
}

/** Two columns of one name are both kept, the second as `name.2`. */
export function layoutOf(columns: readonly Column[]): Layout {
  const byName = new Map<string, number | Derive>()
  for (const { name, from } of columns) {
    let free = name
    for (let n = 2; byName.has(free); n++) free = `${name}.${n}`
    byName.set(free, from)
  }
  const shape = sharedShape([...byName.keys()])
  const sources = shape.names.map((name) => byName.get(name)!)
  const made = sources.flatMap((s, i) => (typeof s === 'number' ? [] : [i]))
  return { shape, sources, made }
}
