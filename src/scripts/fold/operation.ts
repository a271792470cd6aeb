// What an operator does with two values, and what it is told of the language.
import type { Budget } from '../budget.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { Value } from './value.ts'

export interface OperateContext {
  readonly budget: Budget
  /** `+` never joins: Perl, PHP. */
  readonly adds?: boolean
  /** Of a list those are taken for which it holds: PowerShell. */
  readonly filters?: boolean
  /** Numbers that are taken bit by bit have 32 of them: JavaScript. */
  readonly wraps?: boolean
  readonly dialect?: Dialect
  /** What operators do in this language and in no other. */
  readonly own?: Readonly<Record<string, Operation>>
}

export type Operation = (
  a: Value,
  b: Value,
  context: OperateContext,
) => Value | undefined
