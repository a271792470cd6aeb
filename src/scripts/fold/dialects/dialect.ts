// What a language makes of values by its own rules, where those that most languages share would be wrong.
import type { NumberValue, Value } from '../value.ts'

export interface Dialect {
  /** Whether it is taken for true; undefined: nobody knows. */
  isTrue(value: Value): boolean | undefined
  /** As it stands among texts; undefined: nobody knows. */
  textOf(value: Value): string | undefined
  /** True or false, as the language writes and counts it. */
  truth(holds: boolean): NumberValue
  /** Numbers with a point are another kind than those without. */
  readonly hasReals?: true
}
