/** A rule says what the language that it is to be written in has no words for. The message says what, for the person who asked. */
export class Unsayable extends Error {}

export interface WrittenRule {
  readonly text: string
  /** What someone who runs it elsewhere has to know. */
  readonly notes: readonly string[]
}
