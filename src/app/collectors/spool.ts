// What must wait until all is there, in order of time: in memory up to a bound, beyond it as sorted runs in a temporary file.
import { byTime, type FoundLine } from './found-line.ts'
import { HeldLines } from './held-lines.ts'
import { RunFile } from './run-file.ts'

/** Bytes held in memory. */
const maxHeldBytes = 24 * 1024 * 1024

export interface SpoolListener {
  /** No file can be had, and memory is full: these must go, in order among themselves. */
  overflow(lines: Iterable<FoundLine>, why: string): void
}

export class Spool {
  readonly #listener: SpoolListener
  readonly #maxBytes: number
  readonly #held = new HeldLines()
  #file: RunFile | undefined
  #noFile: string | undefined

  constructor(listener: SpoolListener, maxBytes = maxHeldBytes) {
    this.#listener = listener
    this.#maxBytes = maxBytes
  }

  get hasFile(): boolean {
    return this.#file !== undefined
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

  /** All in order of time; nothing is left. */
  *drain(): Generator<FoundLine> {
    const runs = this.#file?.read() ?? []
    try {
      yield* merged([...runs, this.#held.inOrder()])
    } finally {
      this.#held.clear()
      this.#file?.close()
      this.#file = undefined
    }
  }

  #makeRoom(): void {
    try {
      if (this.#noFile === undefined) {
        this.#file ??= new RunFile()
        this.#file.add(this.#held)
      }
    } catch (error) {
      this.#noFile = (error as Error).message
    }
    if (this.#noFile !== undefined) {
      this.#listener.overflow(this.#held.inOrder(), this.#noFile)
    }
    this.#held.clear()
  }
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
