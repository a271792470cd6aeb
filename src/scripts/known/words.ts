// The words of a command: which are options, and what belongs to them.
import { shownOf, type Value } from '../fold/value.ts'

export class Words {
  readonly all: readonly Value[]
  readonly shown: readonly string[]

  constructor(words: readonly Value[]) {
    this.all = words
    this.shown = words.map(shownOf)
  }

  /** The place of the first that matches, -1. */
  at(option: RegExp): number {
    return this.shown.findIndex((w) => option.test(w))
  }

  has(option: RegExp): boolean {
    return this.at(option) >= 0
  }

  /** What follows an option, or stands behind its colon or equals sign. */
  after(option: RegExp): Value | undefined {
    const i = this.at(option)
    if (i < 0) return undefined
    return this.all[i + 1]
  }

  textAfter(option: RegExp): string {
    return shownOf(this.after(option))
  }

  /** Those that are no options. */
  get plain(): string[] {
    return this.shown.filter(
      (w) => !/^[-/]/.test(w) || w.startsWith('//') || /^\/\w+\//.test(w),
    )
  }

  /** From a place on, as one line. */
  rest(from: number): string {
    return this.shown.slice(from).join(' ')
  }
}
