// Texts that are looked for in all that an event says. Whoever has its bytes may say, before any of it is decoded, that none is there.

/** Texts of three letters in one set. */
export const maxShortTexts = 15

export interface SoughtText {
  /** Of letters within ASCII, three or more; folded, where case does not matter. */
  readonly text: string
  /** Where in it two neighbouring windows of three letters begin that are seldom met; 0 where it is no longer than one. */
  readonly at: number
}

/** One object for one set of texts: what is made of them is kept by it. */
export interface SoughtTexts {
  /** Of three letters are few, where case does not matter; else none. */
  readonly list: readonly SoughtText[]
  /** The case of letters matters; they are then written as they are meant. */
  readonly isCased?: true
  /** false: none stands in the text. */
  mayBeIn(text: string): boolean
}

/** Of values that are made of others, which have to be asked for. */
export function mayAnyHold(
  positions: readonly number[],
  of: { value(i: number): unknown },
  texts: SoughtTexts,
): boolean {
  for (let i = 0; i < positions.length; i++) {
    const value = of.value(positions[i]!)
    if (value === undefined || value === null) continue
    const text = Array.isArray(value) ? value.join('\0') : `${value}`
    if (texts.mayBeIn(text)) return true
  }
  return false
}
