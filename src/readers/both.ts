// A source that is two things at once: one reader after the other is pushed each block.
import type { Reader, Settled } from './reader.ts'

export class BothReaders implements Reader {
  readonly #first: Reader
  readonly #second: Reader

  constructor(first: Reader, second: Reader) {
    this.#first = first
    this.#second = second
  }

  push(block: Buffer): void {
    this.#first.push(block)
    this.#second.push(block)
  }

  async end(): Promise<void> {
    await this.#first.end()
    await this.#second.end()
  }

  settle(): void {
    this.#first.settle?.()
  }

  settled(): Settled | undefined {
    return this.#first.settled?.()
  }
}
