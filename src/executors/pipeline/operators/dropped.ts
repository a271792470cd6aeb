// Which by-field was null, and how often: such rows are in no group.
import type { Row } from '../row.ts'

export class Dropped {
  readonly #by: readonly string[]
  readonly #counts = new Map<string, number>()
  #rows = 0

  constructor(by: readonly string[]) {
    this.#by = by
  }

  note(row: Row): void {
    this.#rows++
    const name = this.#by.find((n) => row.get(n) === null)
    if (name !== undefined)
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  hints(): string[] {
    if (!this.#rows) return []
    const fields = [...this.#counts].map(
      ([name, n]) => `"${name}" is null in ${n}`,
    )
    return [
      `${this.#rows} rows are in no group: ${fields.join(', ')} (fillnull keeps them)`,
    ]
  }
}
