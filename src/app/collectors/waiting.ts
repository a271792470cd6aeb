// What waits until all is there: bytes, with what orders them. Nothing of the order depends on which file was read first.

export interface WaitingKey {
  /** Milliseconds since 1970; Infinity where there is none: those come last. */
  readonly time: number
  /** Equal for one record in several places: see `RecordIdentity`. */
  readonly record: number
}

/** Bytes in a buffer of many. */
export interface Waiting extends WaitingKey {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
}

/** In order of time. */
export interface Run {
  next(): Waiting | undefined
}

export function textOf({ bytes, from, to }: Waiting): string {
  return bytes.toString('utf8', from, to)
}

export function byTime(a: Waiting, b: Waiting): number {
  // Infinity less Infinity is no number, which decides nothing.
  return (
    a.time - b.time ||
    a.record - b.record ||
    a.bytes.compare(b.bytes, b.from, b.to, a.from, a.to)
  )
}
