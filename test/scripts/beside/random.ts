// Expressions of a language by chance, the same ones for the same seed: what stands in brackets is filled in, word by word.

/** Expressions within each other. */
const maxDepth = 3

export type Choices = Readonly<Record<string, readonly string[]>>

export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** Below `n`. */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % n
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!
  }
}

/** `Mid(<s>,<n>)`: each word in brackets is one of its choices; deep inside, one of those of `word0`, which hold no others. */
export function written(
  chance: Chance,
  choices: Choices,
  word: string,
  depth = 0,
): string {
  const plain = choices[`${word}0`]
  const isPlain =
    plain && (depth > maxDepth || chance.below(10) < 3 * depth - 2)
  const made = chance.of(isPlain ? plain : choices[word]!)
  return made.replace(/<(\w+)>/g, (_, inner: string) =>
    written(chance, choices, inner, depth + 1),
  )
}
