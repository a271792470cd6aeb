// What must wait until all is there, in order of time: in memory up to a bound, beyond it as sorted runs in a temporary file.
import { HeldBytes } from './held-bytes.ts'
import { merged } from './merged.ts'
import { RunFile } from './run-file.ts'
import type { Waiting, WaitingKey } from './waiting.ts'

/** Bytes held in memory. */
const maxHeldBytes = 24 * 1024 * 1024
/** The same where a join holds memory besides. */
export const besidesJoinBytes = 12 * 1024 * 1024

export interface SpoolListener {
  /** No file can be had, and memory is full: these must go, in order among themselves. */
  overflow(all: Iterable<Waiting>, why: string): void
}

export class Spool {
  readonly #listener: SpoolListener
  readonly #maxBytes: number
  readonly #held = new HeldBytes()
  #file: RunFile | undefined
  #noFile: string | undefined

  constructor(listener: SpoolListener, maxBytes = maxHeldBytes) {
    this.#listener = listener
    this.#maxBytes = maxBytes
  }

  get hasFile(): boolean {
    return this.#file !== undefined
  }

  add(key: WaitingKey, bytes: Uint8Array): void {
    this.#held.add(key, bytes)
    if (this.#held.size > this.#maxBytes) this.#makeRoom()
  }

  /** See `HeldBytes`. */
  addText(key: WaitingKey, text: string, numbers?: readonly number[]): void {
    this.#held.addText(key, text, numbers)
    if (this.#held.size > this.#maxBytes) this.#makeRoom()
  }

  /** See `HeldBytes`. */
  addAll(bytes: Uint8Array, keys: Float64Array): void {
    this.#held.addAll(bytes, keys)
    if (this.#held.size > this.#maxBytes) this.#makeRoom()
  }

  /** All in order of time; nothing is left. What it gives is valid until more is added; `atOnce`: until the next is asked for. */
  *drain(atOnce = false): Generator<Waiting> {
    const runs = this.#file?.read(atOnce) ?? []
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
        this.#file.add(this.#held.inOrder())
      }
    } catch (error) {
      this.#noFile = (error as Error).message
    }
    if (this.#noFile !== undefined) {
      this.#listener.overflow(merged([this.#held.inOrder()]), this.#noFile)
    }
    this.#held.clear(true)
  }
}
