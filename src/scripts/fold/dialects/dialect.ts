// What a language makes of values by its own rules, where those that most languages share would be wrong.
import type { NumberValue, Value } from '../value.ts'

export interface Dialect {
  /** Whether it is taken for true; undefined: nobody knows. */
  isTrue(value: Value): boolean | undefined
  /** As it stands among texts; undefined: nobody knows. */
  textOf(value: Value): string | undefined
  /** True or false, as the language writes and counts it. */
  truth(holds: boolean): NumberValue
  /** What stands at a place, or between two, of a text or a list; undefined: nobody knows. */
  itemAt?(of: Value, keys: readonly Value[]): Value | undefined
  /** Of what is neither a text nor a list, and can be gone through. */
  itemsOf?(of: Value): Value[] | undefined
  /** Numbers with a point are another kind than those without. */
  readonly hasReals?: true
}
