// A row: named values. Fields keep the order in which they were set.
import type { Value } from './values.ts'

export class Row {
  readonly values: Map<string, Value>

  constructor(values: Map<string, Value> = new Map()) {
    this.values = values
  }

  get(name: string): Value | null {
    return this.values.get(name) ?? null
  }

  set(name: string, value: Value | null): void {
    if (value === null) this.values.delete(name)
    else this.values.set(name, value)
  }

  copy(): Row {
    return new Row(new Map(this.values))
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
  readonly #patterns: readonly RegExp[]
  readonly wildcards: boolean

  constructor(names: readonly string[]) {
    this.#exact = new Set(names.filter((n) => !n.includes('*')))
    this.#patterns = names.filter((n) => n.includes('*')).map(namePattern)
    this.wildcards = this.#patterns.length > 0
  }

  has(name: string): boolean {
    if (this.#exact.has(name)) return true
    return this.#patterns.some((p) => p.test(name))
  }
}

/** Each `*` captures, for those that rename. */
export function namePattern(name: string): RegExp {
  const parts = name
    .split('*')
    .map((p) => p.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.*?)')}$`, 's')
}
