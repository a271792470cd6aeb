// What names stand for, within one function.
import type { Value } from './value.ts'

/** Names of one script. */
const maxNames = 20_000

export class Scope {
  readonly #values = new Map<string, Value>()
  /** By their lower case, with how many there were when that was made. */
  #caseless: { readonly of: number; readonly names: Map<string, string> } = {
    of: 0,
    names: new Map(),
  }
  readonly #outer: Scope | undefined

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  get(name: string): Value | undefined {
    for (let at: Scope | undefined = this; at; at = at.#outer) {
      const value = at.#values.get(name)
      if (value) return value
    }
    return undefined
  }

  getHere(name: string): Value | undefined {
    return this.#values.get(name)
  }

  /** As a language asks that knows no case; `made` is told of the names that are gone through, and may refuse. */
  getCaseless(
    name: string,
    made: (names: number) => boolean,
  ): Value | undefined {
    const { size } = this.#values
    if (this.#caseless.of !== size) {
      if (!made(size)) return undefined
      const all = Array.from(this.#values.keys(), (n) => [n.toLowerCase(), n])
      this.#caseless = {
        of: size,
        names: new Map(all as [string, string][]),
      }
    }
    const own = this.#caseless.names.get(name)
    return own === undefined ? undefined : this.#values.get(own)
  }

  /** Where the name is known already; else here. */
  set(name: string, value: Value): void {
    let at: Scope | undefined = this
    while (at && !at.#values.has(name)) at = at.#outer
    const holder = at ?? this
    holder.setHere(name, value)
  }

  /** Around all functions. */
  get outermost(): Scope {
    let at: Scope = this
    while (at.#outer) at = at.#outer
    return at
  }

  setHere(name: string, value: Value): void {
    if (this.#values.size < maxNames || this.#values.has(name))
      this.#values.set(name, value)
  }
}
