// A finding as text, with what orders it among others: nothing of it depends on which file was read first.

/** What orders findings. */
export interface FoundKey {
  /** Milliseconds since 1970; Infinity where there is none: those come last. */
  readonly time: number
  /** Equal for one record in several places: see `RecordIdentity`. */
  readonly record: number
  /** Its place in the list of rules. */
  readonly rule: number
}

export interface FoundText extends FoundKey {
  /** Without a line break. */
  readonly line: string
}

/** As it waits: UTF-8 in a buffer of many. */
export interface FoundLine extends FoundKey {
  readonly text: Buffer
  readonly from: number
  readonly to: number
}

/** Findings in order of time. */
export interface Run {
  next(): FoundLine | undefined
}

export function lineOf({ text, from, to }: FoundLine): string {
  return text.toString('utf8', from, to)
}

export function foundLine(line: string, key: FoundKey): FoundLine {
  const { time, record, rule } = key
  const text = Buffer.from(line)
  return { time, record, rule, text, from: 0, to: text.length }
}

export function byTime(a: FoundLine, b: FoundLine): number {
  // Infinity less Infinity is no number, which decides nothing.
  return (
    a.time - b.time ||
    a.record - b.record ||
    a.rule - b.rule ||
    byText(lineOf(a), lineOf(b))
  )
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
