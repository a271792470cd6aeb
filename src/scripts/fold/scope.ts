// What names stand for, within one function.
import type { Value } from './value.ts'

/** Names of one script. */
const maxNames = 20_000

export class Scope {
  readonly #values = new Map<string, Value>()
  readonly #outer: Scope | undefined

  constructor(outer?: Scope) {
    this.#outer = outer
  }

  get(name: string): Value | undefined {
    return this.#values.get(name) ?? this.#outer?.get(name)
  }

  /** Where the name is known already; else here. */
  set(name: string, value: Value): void {
    if (!this.#values.has(name) && this.#outer?.get(name))
      this.#outer.set(name, value)
    else this.setHere(name, value)
  }

  setHere(name: string, value: Value): void {
    if (this.#values.size < maxNames || this.#values.has(name))
      this.#values.set(name, value)
  }
}
