// Two rules may say the same of a record in their own words, as a published analytic and its corrected form do: then it is one finding,
// which names both.
import { ownText } from '../../base/own-text.ts'

import { firstPlaceOf, withRestatements } from '../../findings/assemble.ts'
import { type WrittenFinding, WrittenText } from '../../findings/written.ts'

/** By the id of a rule: those that it says again. */
export type Restatements = ReadonlyMap<string, readonly string[]>

/** What a restatement is compared with. */
interface Told {
  readonly id: string
  /** Of its first record. */
  readonly place: string
}

interface Held extends Told {
  readonly line: string
}

/** Rules that restate each other are few; so many findings of one record wait. */
const maxHeld = 64

/** Findings that were told, of which a restatement may come later: so many are remembered. */
const maxTold = 10_000

/** Takes findings in order: those of one time and record stand together. In a stream a restatement may come when the other was told. */
export class Restated {
  readonly #told = new Map<string, Told>()
  readonly #restates: Restatements
  readonly #concerned: ReadonlySet<string>
  readonly #tell: (finding: WrittenFinding, id: string) => void
  #held: Held[] = []
  #time = 0
  #record = 0

  constructor(
    restates: Restatements,
    tell: (finding: WrittenFinding, id: string) => void,
  ) {
    this.#restates = restates
    this.#concerned = new Set([...restates].flatMap(([id, of]) => [id, ...of]))
    this.#tell = tell
  }

  take(
    finding: WrittenFinding,
    id: string,
    time: number,
    record: number,
  ): void {
    const isNext = time !== this.#time || record !== this.#record
    if (isNext || this.#held.length >= maxHeld) this.flush()
    if (!this.#concerned.has(id)) {
      this.#tell(finding, id)
      return
    }
    this.#time = time
    this.#record = record
    const line = finding.text()
    this.#held.push({ id, line, place: firstPlaceOf(line) })
  }

  flush(): void {
    const held = this.#held
    if (!held.length) return
    this.#held = []
    const again = new Map<Held, string[]>()
    const key = `${this.#time} ${this.#record}`
    const before = this.#told.get(key)
    const own = held.filter((h) => {
      if (before && this.#restatedBy(h, [before])) return false
      const main = this.#restatedBy(h, held)
      if (main) again.set(main, [...(again.get(main) ?? []), h.line])
      return !main
    })
    const main = own.find((h) => !this.#restates.has(h.id))
    if (main) this.#remember(key, main)
    for (const h of own) {
      const others = again.get(h)
      const line = others ? withRestatements(h.line, others) : h.line
      this.#tell(new WrittenText(line), h.id)
    }
  }

  #remember(key: string, { id, place }: Held): void {
    this.#told.set(key, { id, place: ownText(place) })
    if (this.#told.size <= maxTold) return
    for (const oldest of this.#told.keys()) {
      this.#told.delete(oldest)
      return
    }
  }

  #restatedBy<T extends Told>({ id, place }: Told, of: readonly T[]) {
    const restated = this.#restates.get(id)
    return of.find(
      (one) =>
        restated?.includes(one.id) &&
        !this.#restates.has(one.id) &&
        one.place === place,
    )
  }
}
