// One shape for one set of names, in all files of the process, whatever the order in which a record has them: executors
// keep their plans by shape.
import type { Value } from '../../base/record.ts'
import { Shape } from '../../base/record.ts'

/** Characters of the names of all shared shapes. Beyond it a record has a shape of its own: correct, only slower. */
const maxSharedCharacters = 4 * 1024 * 1024
/** Shapes that are shared, and their names. */
const maxShapes = 16_384
const maxSharedNames = 131_072

const shapes = new Map<string, Shape>()
let sharedCharacters = 0
let sharedNames = 0

/** Its names are in the order in which the set was first seen. */
export function sharedShape(names: readonly string[]): Shape {
  const key = [...names].sort().join('\0')
  const known = shapes.get(key)
  if (known) return known
  const made = new Shape(names)
  if (
    shapes.size < maxShapes &&
    sharedNames + names.length <= maxSharedNames &&
    sharedCharacters + key.length <= maxSharedCharacters
  ) {
    shapes.set(key, made)
    sharedCharacters += key.length
    sharedNames += names.length
  } else made.isPassing = true
  return made
}

/** Works a value out when it is asked for; undefined: this record lacks the field. */
export type Derive = (values: readonly Value[]) => Value | undefined

export interface Column {
  readonly name: string
  /** The position of the value, or how to make it. */
  readonly from: number | Derive
}

/** Where the values of a shared shape come from: `sources[i]` makes the value of `shape.names[i]`. */
export interface Layout {
  readonly shape: Shape
  readonly sources: readonly (number | Derive)[]
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
  return { shape, sources: shape.names.map((name) => byName.get(name)!) }
}
