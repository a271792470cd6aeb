// What must wait until all is there, in order of time: in memory up to a bound, beyond it as sorted runs in a temporary file.
import { HeldBytes } from './held-bytes.ts'
import { merged } from './merged.ts'
import { RunFile } from './run-file.ts'
import type { Waiting, WaitingKey } from './waiting.ts'

/** Bytes held in memory, by all of them together. */
const maxHeldBytes = 16 * 1024 * 1024
/** A spool that has grown by so many bytes looks at what all hold. */
const betweenLooks = 512 * 1024

/** Those that hold something. Weakly: who made them may forget them. */
const holding = new Set<WeakRef<Spool>>()

export interface SpoolListener {
  /** No file can be had, and memory is full: these must go, in order among themselves. */
  overflow(all: Iterable<Waiting>, why: string): void
}

export class Spool {
  readonly #listener: SpoolListener
  readonly #maxBytes: number
  readonly #held = new HeldBytes()
  readonly #self = new WeakRef(this)
  #file: RunFile | undefined
  #noFile: string | undefined
  /** What it holds when it looks again. */
  #nextLook = betweenLooks
  #isGiving = false

  constructor(listener: SpoolListener, maxBytes = maxHeldBytes) {
    this.#listener = listener
    this.#maxBytes = maxBytes
  }

  get hasFile(): boolean {
    return this.#file !== undefined
  }

  add(key: WaitingKey, bytes: Uint8Array): void {
    this.#held.add(key, bytes)
    this.#grown()
  }

  /** See `HeldBytes`. */
  addText(key: WaitingKey, text: string, numbers?: readonly number[]): void {
    this.#held.addText(key, text, numbers)
    this.#grown()
  }

  /** See `HeldBytes`. */
  addAll(bytes: Uint8Array, keys: Float64Array): void {
    this.#held.addAll(bytes, keys)
    this.#grown()
  }

  /** All in order of time; nothing is left. What it gives is valid until more is added; `atOnce`: until the next is asked for. */
  *drain(atOnce = false): Generator<Waiting> {
    this.#isGiving = true
    const runs = this.#file?.read(atOnce) ?? []
    try {
      yield* merged([...runs, this.#held.inOrder()])
    } finally {
      this.#isGiving = false
      this.#clear(false)
      this.#file?.close()
      this.#file = undefined
    }
  }

  #grown(): void {
    const { size } = this.#held
    if (size > this.#maxBytes) this.#makeRoom()
    else if (size >= this.#nextLook) {
      this.#nextLook = size + betweenLooks
      holding.add(this.#self)
      Spool.#makeRoomTogether()
    }
  }

  /** Where all hold too much, the one that holds most writes what it holds. */
  static #makeRoomTogether(): void {
    let sum = 0
    let most: Spool | undefined
    for (const ref of holding) {
      const spool = ref.deref()
      if (!spool) {
        holding.delete(ref)
        continue
      }
      sum += spool.#held.size
      if (spool.#isGiving || spool.#noFile !== undefined) continue
      if (!most || spool.#held.size > most.#held.size) most = spool
    }
    if (sum > maxHeldBytes && most && most.#write()) most.#clear(true)
  }

  #makeRoom(): void {
    if (!this.#write()) {
      this.#listener.overflow(merged([this.#held.inOrder()]), this.#noFile!)
    }
    this.#clear(true)
  }

  /** What is held, into the file; false: none can be had. */
  #write(): boolean {
    if (this.#noFile !== undefined) return false
    try {
      this.#file ??= new RunFile()
      this.#file.add(this.#held.inOrder())
      return true
    } catch (error) {
      this.#noFile = (error as Error).message
      return false
    }
  }

  #clear(isLetGo: boolean): void {
    this.#held.clear(isLetGo)
    this.#nextLook = betweenLooks
    holding.delete(this.#self)
  }
}
