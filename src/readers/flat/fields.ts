// Fields that came out of text, under their final names.
import type { Value } from '../../base/record.ts'

import { KeyTree } from './key-tree.ts'
import { type Layout, layoutOf } from './shapes.ts'

export type Fields = { [name: string]: Value }

/** Adds a field; a second value of the same name joins the first in a list. */
export function addField(fields: Fields, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(fields, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  } else if (Object.hasOwn(fields, name)) {
    fields[name] = [fields[name]!, value].flat()
  } else {
    fields[name] = value
  }
}

/** Finds the layout of fields by their names; `fieldTree.values` then holds their values. */
export const fieldTree = new KeyTree<Layout>((names) =>
  layoutOf(names.map((name, i) => ({ name, from: i }))),
)
