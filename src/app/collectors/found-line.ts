// A finding as text, with what orders it among others: nothing of it depends on which file was read first.
export interface FoundLine {
  /** Milliseconds since 1970; Infinity where there is none: those come last. */
  readonly time: number
  /** Equal for one record in several places: see `RecordIdentity`. */
  readonly record: number
  /** Its place in the list of rules. */
  readonly rule: number
  /** Without a line break. */
  readonly line: string
}

export function byTime(a: FoundLine, b: FoundLine): number {
  // Infinity less Infinity is no number, which decides nothing.
  return (
    a.time - b.time ||
    a.record - b.record ||
    a.rule - b.rule ||
    (a.line < b.line ? -1 : a.line > b.line ? 1 : 0)
  )
}
