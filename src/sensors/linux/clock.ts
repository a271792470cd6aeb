// Kernel time as the time of day. Both clocks move; the offset is taken anew now and then.
export class KernelClock {
  #offsetMs = 0

  constructor() {
    this.set()
  }

  /** Of the monotonic clock. */
  set(): void {
    this.#offsetMs = Date.now() - Number(process.hrtime.bigint()) / 1e6
  }

  /** Milliseconds since 1970. */
  ofSeconds(seconds: number): number {
    return seconds * 1_000 + this.#offsetMs
  }

  ofNanoseconds(nanoseconds: bigint): number {
    return Number(nanoseconds) / 1e6 + this.#offsetMs
  }
}
