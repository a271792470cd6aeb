// A row: named values. Fields keep the order in which they were set.
import { namedValue } from '../../event/members.ts'

import type { Lineage } from './lineage.ts'
import type { Value } from './values.ts'

export class Row {
  readonly values: Map<string, Value>
  /** The events that it was made of, where somebody wants to know. */
  lineage: Lineage | undefined

  constructor(values: Map<string, Value> = new Map(), lineage?: Lineage) {
    this.values = values
    this.lineage = lineage
  }

  get(name: string): Value | null {
    return (namedValue(this.values, name) as Value | undefined) ?? null
  }

  set(name: string, value: Value | null): void {
    if (value === null) this.values.delete(name)
    else this.values.set(name, value)
  }

  copy(): Row {
    return new Row(new Map(this.values), this.lineage)
  }

  names(): IterableIterator<string> {
    return this.values.keys()
  }
}

/** Fields that begin so are the machine's own: not shown by `*`, not part of a subsearch's answer. */
export function isInternal(name: string): boolean {
  return name.startsWith('_')
}

/** Does a name match a list of names with wildcards? */
export class NameSet {
  readonly #exact: ReadonlySet<string>
  readonly #patterns: readonly Wildcard[]
  readonly wildcards: boolean

  constructor(names: readonly string[]) {
    this.#exact = new Set(names.filter((n) => !n.includes('*')))
    this.#patterns = names
      .filter((n) => n.includes('*'))
      .map((n) => new Wildcard(n))
    this.wildcards = this.#patterns.length > 0
  }

  has(name: string): boolean {
    if (this.#exact.has(name)) return true
    return this.#patterns.some((p) => p.match(name) !== undefined)
  }
}

/**
 * A text with wildcards. Each `*` takes as little as it can, the last one the rest: leftmost places suffice, so that nothing
 * is tried twice, whatever the text.
 */
export class Wildcard {
  readonly #parts: readonly string[]
  /** Characters that a text has at the least. */
  readonly #least: number

  constructor(pattern: string) {
    this.#parts = pattern.split('*')
    this.#least = pattern.length - this.#parts.length + 1
  }

  /** What each `*` took; undefined where the text does not match. */
  match(text: string): readonly string[] | undefined {
    if (text.length < this.#least) return undefined
    const first = this.#parts[0]!
    if (this.#parts.length === 1) return text === first ? [] : undefined
    if (!text.startsWith(first)) return undefined
    const last = this.#parts.at(-1)!
    const taken: string[] = []
    let at = first.length
    for (let i = 1; i + 1 < this.#parts.length; i++) {
      const part = this.#parts[i]!
      const found = text.indexOf(part, at)
      if (found < 0) return undefined
      taken.push(text.slice(at, found))
      at = found + part.length
    }
    const end = text.length - last.length
    if (end < at || !text.endsWith(last)) return undefined
    taken.push(text.slice(at, end))
    return taken
  }
}

/** The text with each `*` replaced by what its fellow took. */
export function fillWildcards(text: string, taken: readonly string[]): string {
  let i = 0
  return text.replace(/\*/g, () => taken[i++] ?? '')
}
