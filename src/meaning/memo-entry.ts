// What was found out about a field's value, for when it comes again. A cell carries it; the index makes and keeps it.
export class MemoEntry {
  readonly slot: number
  readonly value: string
  /** The rules that the value wakes. */
  readonly rules: readonly number[]
  /** Verdicts of the field's macros, two bits each: unknown, false, true. From the value's second coming on. */
  verdicts: Uint8Array | undefined = undefined

  constructor(slot: number, value: string, rules: readonly number[]) {
    this.slot = slot
    this.value = value
    this.rules = rules
  }
}
