// How much work is a script worth? Whatever it is made of, what is spent on it ends.
import type { Language } from './language.ts'

/** Larger scripts are read so far, in bytes. */
export const maxScriptBytes = 4 * 1024 * 1024
/** Nodes evaluated of one script with all that is inside it. */
const maxSteps = 200_000
/** UTF-16 units and list items made by folding. */
const maxMade = 24 * 1024 * 1024
/** Of one folded text or list. */
export const maxValueUnits = 2 * 1024 * 1024
/** Scripts in scripts. */
export const maxLayers = 8
/** Scripts inside one script. */
const maxNested = 400
/** Expressions and blocks within each other. */
export const maxDepth = 120
/** Actions that are told of one script, and of a file of settings, which is nothing else. */
const maxActions = 500
const maxSettings = 20_000
/** Of a folded statement and of its source, in UTF-16 units. */
export const maxShownUnits = 4_096

export class Budget {
  readonly limits = new Set<string>()
  #steps = maxSteps
  #made = maxMade
  #nested = maxNested
  readonly #most: number
  #actions: number

  constructor(language?: Language) {
    this.#most =
      language === 'reg' || language === 'inf' ? maxSettings : maxActions
    this.#actions = this.#most
  }

  /** false: no more steps. */
  step(): boolean {
    if (this.#steps-- > 0) return true
    this.limits.add(`over ${maxSteps} steps, the rest is not followed`)
    return false
  }

  /** Steps that are left. */
  get left(): number {
    return this.#steps
  }

  get spent(): boolean {
    return this.#steps <= 0
  }

  /** false: so much more may not be made. */
  make(units: number): boolean {
    if (units > maxValueUnits) {
      this.limits.add(`a value over ${maxValueUnits} units is not folded`)
      return false
    }
    this.#made -= units
    if (this.#made >= 0) return true
    this.limits.add(`over ${maxMade} units were folded, the rest is not`)
    return false
  }

  nested(layers: number): boolean {
    if (layers > maxLayers) {
      this.limits.add(`over ${maxLayers} scripts in scripts, not opened`)
      return false
    }
    if (this.#nested-- > 0) return true
    this.limits.add(`over ${maxNested} scripts inside, the rest is not opened`)
    return false
  }

  get isFull(): boolean {
    return this.#actions < 0
  }

  action(): boolean {
    if (this.#actions-- > 0) return true
    this.limits.add(`over ${this.#most} actions, the rest is not told`)
    return false
  }

  tooDeep(): void {
    this.limits.add(`nested over ${maxDepth} deep, not followed there`)
  }
}
