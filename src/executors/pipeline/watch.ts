// Why did a condition keep nothing? Counts which of its fields were there and remembers a few values.
import type { Value } from '../../base/record.ts'

/** Values shown of one field, and characters of each. */
const maxExamples = 3
const maxShown = 80

interface Seen {
  present: number
  readonly examples: Set<string>
}

export class Watch {
  #rows = 0
  readonly #fields: ReadonlyMap<string, Seen>

  constructor(fields: Iterable<string>) {
    this.#fields = new Map(
      [...fields].map((name) => [
        name,
        { present: 0, examples: new Set<string>() },
      ]),
    )
  }

  see(get: (name: string) => Value | undefined): void {
    this.#rows++
    for (const [name, seen] of this.#fields) {
      const value = get(name)
      if (value === undefined || value === null) continue
      seen.present++
      if (seen.examples.size < maxExamples)
        seen.examples.add(String(value).slice(0, maxShown))
    }
  }

  hints(): string[] {
    if (!this.#rows) return []
    const hints: string[] = []
    for (const [name, { present, examples }] of this.#fields) {
      if (present === 0) hints.push(`"${name}" is in none of ${this.#rows}`)
      else {
        const shown = [...examples].map((e) => `"${e}"`).join(', ')
        hints.push(
          `"${name}" is in ${present} of ${this.#rows}, such as ${shown}`,
        )
      }
    }
    return hints
  }
}
