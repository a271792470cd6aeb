// How much may come out of one input? Archives are attackers' input: their declared sizes lie, so what is counted is
// what really comes out, over all layers together.

/** Layers of archives and compression in each other. */
export const maxContainerDepth = 5
/** Members of one input, over all layers. */
export const maxMembers = 100_000
/** Bytes that one input may give in all: 64 GiB. */
export const maxExpandedBytes = 64 * 1024 ** 3
/** How many times more bytes may come out than the input has; logs reach some 100, empty EVTX chunks more. */
export const maxExpansionRatio = 500
/** The ratio is looked at from here on, in bytes. */
export const ratioFromBytes = 64 * 1024 * 1024
/** Bytes of one input that are held in memory, over all layers: archives within archives, and sources read whole. */
export const maxHeldBytes = 128 * 1024 * 1024
/**
 * NULs and blanks of one input that are passed over before anything else stands in a source, in bytes: a log that was emptied while it
 * was written begins with as many NULs as it had bytes.
 */
export const maxBlankBytes = 256 * 1024 * 1024

export class LimitReached extends Error {}

/** Of one input with everything inside it. */
export class Budget {
  readonly #inputBytes: () => number
  #expanded = 0
  #members = 0
  #held = 0
  #blank = 0

  /** `inputBytes`: what the outermost file has given so far, or its size. */
  constructor(inputBytes: () => number) {
    this.#inputBytes = inputBytes
  }

  /** Throws LimitReached. */
  expanded(bytes: number): void {
    this.#expanded += bytes
    if (this.#expanded > maxExpandedBytes) {
      throw new LimitReached(
        `over ${maxExpandedBytes} bytes come out of it; the rest was not read`,
      )
    }
    const input = Math.max(1, this.#inputBytes())
    const ratio = this.#expanded / input
    if (this.#expanded > ratioFromBytes && ratio > maxExpansionRatio) {
      throw new LimitReached(
        `${this.#expanded} bytes out of ${input}: more than ${maxExpansionRatio} times; the rest was not read`,
      )
    }
  }

  /** Throws LimitReached. */
  member(): void {
    if (++this.#members > maxMembers) {
      throw new LimitReached(
        `over ${maxMembers} members; the rest was not read`,
      )
    }
  }

  mayPassOver(blanks: number): boolean {
    this.#blank += blanks
    return this.#blank <= maxBlankBytes
  }

  /** Throws LimitReached. What was held is released with a negative number. */
  hold(bytes: number): void {
    if (bytes > 0 && this.#held + bytes > maxHeldBytes) {
      throw new LimitReached(
        `over ${maxHeldBytes} bytes would be held in memory; it was not read`,
      )
    }
    this.#held += bytes
  }
}
