// Which of the names that a person wrote does no event have? A condition on such a name holds on nothing, and would pass for an answer.
import { didYouMean, maxSlips } from '../../base/did-you-mean.ts'

import type { Event, EventShape } from '../../event/event.ts'
import { fieldRow } from '../../event/schema/index.ts'

import type { Part, Station } from './station.ts'

/** By the name that was written: names one of which an event has, if it has that. Plain data. */
export type AskedNames = Readonly<Record<string, readonly string[]>>

export interface NamesPart extends Part {
  readonly kind: 'names'
  /** Those that were asked for and that some event has. */
  readonly met: readonly string[]
  /** Names that events have, for suggestions. */
  readonly known: readonly string[]
}

/** Names come from input: as many as this are remembered for suggestions. */
const maxKnown = 4_096

/** What every event has, and no record needs to have. */
const ofAll = ['_time', 'host', 'source', 'sourcetype']

export class Names implements Station {
  readonly #asked: readonly (readonly [string, readonly string[]])[]
  readonly #met = new Set<string>()
  readonly #known = new Set<string>()
  #lastShape: EventShape | undefined
  #drained = 0

  constructor(asked: AskedNames) {
    this.#asked = Object.entries(asked)
  }

  meet({ shape }: Event): void {
    if (shape === this.#lastShape) return
    this.#lastShape = shape
    for (const [name, places] of this.#asked) {
      if (places.some((p) => shape.indexOf(p) >= 0)) this.#met.add(name)
    }
    for (const name of shape.names) {
      if (this.#known.size < maxKnown) this.#known.add(name)
    }
  }

  drain(): NamesPart[] | undefined {
    const size = this.#met.size + this.#known.size
    if (size === this.#drained) return undefined
    this.#drained = size
    return [{ kind: 'names', met: [...this.#met], known: [...this.#known] }]
  }
}

/** Puts together what the threads met. */
export class NamesMet {
  readonly asked: AskedNames
  readonly #met = new Set<string>()
  readonly #known = new Set<string>()

  constructor(asked: AskedNames) {
    this.asked = asked
  }

  take({ met, known }: NamesPart): void {
    for (const name of met) this.#met.add(name)
    for (const name of known) this.#known.add(name)
  }

  /** Names that events have and that are none of these. */
  besides(shown: readonly string[]): string[] {
    const those = new Set(shown)
    return [...this.#known].filter((name) => !those.has(name))
  }

  /**
   * For people, one line for each of these names that no event has. `passedBy`: events were left undecoded for what their heads say; they
   * may have every name that is known. `slips`: those alone that differ from another name by a slip of typing.
   */
  strangers(
    names: AskedNames = this.asked,
    { passedBy = false, slips = false } = {},
  ): string[] {
    if (this.#known.size === 0) return []
    const known = new Set([
      ...Object.keys(this.asked),
      ...this.#known,
      ...ofAll,
    ])
    const mayHave = (places: readonly string[]) =>
      passedBy && places.some((p) => fieldRow(p) !== undefined)
    return Object.entries(names)
      .filter(([name, places]) => !this.#met.has(name) && !mayHave(places))
      .flatMap(([name]) => {
        known.delete(name)
        const hint = didYouMean(name, known, slips ? maxSlips(name) : undefined)
        const line = `no event has "${name}"${hint && `; ${hint}`}`
        return slips && !hint ? [] : [line]
      })
  }
}

/** Names that can be looked for: parts of lists and patterns are not names of an event's own. */
export function isPlainName(name: string): boolean {
  return name !== '' && !/[.{}*]/.test(name)
}
