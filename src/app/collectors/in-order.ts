// Findings in order of time, those of one record in several places as one. Sources are read in any order, so all are held until the last
// is there: in memory up to a bound, beyond it as sorted runs in a temporary file.
import { joinPlaces, sayTheSame } from '../../findings/assemble.ts'

import { byTime, type FoundLine } from './found-line.ts'
import { RunFile } from './run-file.ts'

/** Characters held in memory. */
const maxHeldUnits = 32 * 1024 * 1024
/** What a finding costs beside its text, in characters. */
const unitsBeside = 100
/** Findings of one rule on records that share host, time and number, and yet say something else: so many are compared. */
const maxAlike = 64

export interface OrderListener {
  finding(line: string, rule: number): void
  problem(message: string): void
}

export class InOrder {
  readonly #listener: OrderListener
  readonly #maxUnits: number
  #held: FoundLine[] = []
  #units = 0
  #file: RunFile | undefined
  #noFile = false

  constructor(listener: OrderListener, maxUnits = maxHeldUnits) {
    this.#listener = listener
    this.#maxUnits = maxUnits
  }

  add(found: FoundLine): void {
    this.#held.push(found)
    this.#units += found.line.length + unitsBeside
    if (this.#units > this.#maxUnits) this.#makeRoom()
  }

  /** Nothing of an earlier time will come: what is earlier can go. What waits in a file goes at the end. */
  advance(watermark: number): void {
    if (this.#file) return
    const all = this.#take()
    const later = all.findIndex((f) => f.time >= watermark)
    const ready = later < 0 ? all : all.slice(0, later)
    if (later >= 0) for (const f of all.slice(later)) this.add(f)
    this.#tell([ready.values()])
  }

  finish(): void {
    const runs = this.#file?.read() ?? []
    try {
      this.#tell([...runs, this.#take().values()])
    } finally {
      this.#file?.close()
      this.#file = undefined
    }
  }

  #take(): FoundLine[] {
    const held = this.#held.sort(byTime)
    this.#held = []
    this.#units = 0
    return held
  }

  #makeRoom(): void {
    const lines = this.#take()
    if (!this.#noFile) {
      try {
        this.#file ??= new RunFile()
        this.#file.add(lines)
        return
      } catch (error) {
        this.#noFile = true
        this.#listener.problem(
          `temporary file: ${(error as Error).message}; findings are in order of time in parts only, and copies of a record may be findings of their own`,
        )
      }
    }
    this.#tell([lines.values()])
  }

  #tell(runs: readonly Iterator<FoundLine>[]): void {
    let key: FoundLine | undefined
    let alike: string[] = []
    const letGo = () => {
      for (const line of alike) this.#listener.finding(line, key!.rule)
      alike = []
    }
    for (const found of merged(runs)) {
      if (!key || !looksLike(found, key) || alike.length >= maxAlike) {
        letGo()
        key = found
        alike.push(found.line)
        continue
      }
      const at = alike.findIndex((line) => sayTheSame(line, found.line))
      if (at < 0) alike.push(found.line)
      else alike[at] = joinPlaces(alike[at]!, found.line)
    }
    letGo()
  }
}

function looksLike(a: FoundLine, b: FoundLine): boolean {
  return a.time === b.time && a.record === b.record && a.rule === b.rule
}

/** All runs as one. Neighbours mostly come from one run, so only the next best is compared with. */
function* merged(runs: readonly Iterator<FoundLine>[]): Generator<FoundLine> {
  const open = runs.flatMap((run) => {
    const { value, done } = run.next()
    return done ? [] : [{ run, next: value as FoundLine }]
  })
  while (open.length) {
    open.sort((a, b) => byTime(a.next, b.next))
    const [best, second] = open
    for (;;) {
      yield best!.next
      const { value, done } = best!.run.next()
      if (done) {
        open.shift()
        break
      }
      best!.next = value as FoundLine
      if (second && byTime(best!.next, second.next) > 0) break
    }
  }
}
