// One item on its way to the IR: what it asks for, and what is told about the value at hand.
import type { Path } from '../../../rule-text/yaml/locate.ts'
import { quote } from '../../../rule-text/yaml/value.ts'

import type { Item } from '../ast.ts'
import type { SigmaCode } from '../codes.ts'
import type { Problems } from '../problems.ts'

import type { ModifierSet } from './modifiers.ts'

export class ItemAtHand {
  readonly item: Item
  readonly modifiers: ModifierSet
  /** Position of the value. */
  value = 0
  /** Something was told that refuses the item. */
  failed = false
  readonly #problems: Problems

  constructor(item: Item, problems: Problems) {
    this.item = item
    this.modifiers = item.modifiers
    this.#problems = problems
  }

  get name(): string {
    const { field } = this.item
    return field === undefined ? 'a keyword' : `field ${quote(field)}`
  }

  report(code: SigmaCode, message: string, hint?: string, offset?: number) {
    const path = this.#path()
    const place = offset === undefined ? { path } : { path, offset }
    this.#problems.report(code, place, message, hint)
  }

  /** The same of a value that nothing can be made of: no leaves. */
  refuse(
    code: SigmaCode,
    message: string,
    hint?: string,
    offset?: number,
  ): readonly never[] {
    this.report(code, message, hint, offset)
    this.failed = true
    return []
  }

  #path(): Path {
    const { path, isList } = this.item
    return isList ? [...path, this.value] : path
  }
}
