// Two rules may say the same of a record in their own words, as a published analytic and its corrected form do: then it is one finding,
// which names both.
import { shareEvidence, withRestatements } from '../../findings/assemble.ts'
import { type WrittenFinding, WrittenText } from '../../findings/written.ts'

/** By the id of a rule: those that it says again. */
export type Restatements = ReadonlyMap<string, readonly string[]>

interface Held {
  readonly id: string
  readonly line: string
}

/** Rules that restate each other are few; so many findings of one record wait. */
const maxHeld = 64

/** Findings that were told, of which a restatement may come later: so many are remembered. */
const maxTold = 10_000

/** Takes findings in order: those of one time and record stand together. In a stream a restatement may come when the other was told. */
export class Restated {
  readonly #told = new Map<string, Held>()
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
    this.#held.push({ id, line: finding.text() })
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

  #remember(key: string, main: Held): void {
    this.#told.set(key, main)
    if (this.#told.size <= maxTold) return
    for (const oldest of this.#told.keys()) {
      this.#told.delete(oldest)
      return
    }
  }

  #restatedBy({ id, line }: Held, held: readonly Held[]): Held | undefined {
    const restated = this.#restates.get(id)
    return held.find(
      (h) =>
        restated?.includes(h.id) &&
        !this.#restates.has(h.id) &&
        shareEvidence(h.line, line),
    )
  }
}
