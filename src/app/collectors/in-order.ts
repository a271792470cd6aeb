// Findings in order of time, those of one record in several places as one. Sources are read in any order, so all are held until the last
// is there: in memory up to a bound, beyond it as sorted runs in a temporary file.
import { joinPlaces, sayTheSame } from '../../findings/assemble.ts'

import { byTime, type FoundLine } from './found-line.ts'
import { HeldLines } from './held-lines.ts'
import { RunFile } from './run-file.ts'

/** Bytes held in memory. */
const maxHeldBytes = 24 * 1024 * 1024
/** Findings of one rule on records that share host, time and number, and yet say something else: so many are compared. */
const maxAlike = 64

export interface OrderListener {
  finding(line: string, rule: number): void
  problem(message: string): void
}

export class InOrder {
  readonly #listener: OrderListener
  readonly #maxBytes: number
  readonly #held = new HeldLines()
  #file: RunFile | undefined
  #noFile = false

  constructor(listener: OrderListener, maxBytes = maxHeldBytes) {
    this.#listener = listener
    this.#maxBytes = maxBytes
  }

  add(found: FoundLine): void {
    this.#held.add(found)
    if (this.#held.bytes > this.#maxBytes) this.#makeRoom()
  }

  /** See `HeldLines`. */
  addAll(
    lines: string,
    keys: readonly number[],
    rules: readonly number[],
  ): void {
    this.#held.addAll(lines, keys, rules)
    if (this.#held.bytes > this.#maxBytes) this.#makeRoom()
  }

  /** Nothing of an earlier time will come: what is earlier can go. What waits in a file goes at the end. */
  advance(watermark: number): void {
    if (this.#file) return
    const all = [...this.#held.inOrder()]
    this.#held.clear()
    const later = all.findIndex((f) => f.time >= watermark)
    const ready = later < 0 ? all : all.slice(0, later)
    if (later >= 0) for (const f of all.slice(later)) this.add(f)
    this.#tell([ready.values()])
  }

  finish(): void {
    const runs = this.#file?.read() ?? []
    try {
      this.#tell([...runs, this.#held.inOrder()])
    } finally {
      this.#held.clear()
      this.#file?.close()
      this.#file = undefined
    }
  }

  #makeRoom(): void {
    try {
      if (!this.#noFile) {
        this.#file ??= new RunFile()
        this.#file.add(this.#held)
      }
    } catch (error) {
      this.#noFile = true
      this.#listener.problem(
        `temporary file: ${(error as Error).message}; findings are in order of time in parts only, and copies of a record may be findings of their own`,
      )
    }
    if (this.#noFile) this.#tell([this.#held.inOrder()])
    this.#held.clear()
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
