// What the reading of a formula has in hands: texts, and functions that the formula itself makes.
import { one } from './functions.ts'
import type { Texts } from './texts.ts'
import type { Token } from './tokens.ts'

/** What LET and LAMBDA name. */
export interface Scope {
  readonly name: string
  readonly value: Value
  readonly outer: Scope | undefined
}

/** A function that a formula makes: where its body stands, and what it sees. */
export class Lambda {
  readonly place: Place
  readonly parameters: readonly string[]

  constructor(place: Place, parameters: readonly string[]) {
    this.place = place
    this.parameters = parameters
  }
}

export type Value = Texts | Lambda

/** Where the reading is. */
export interface Place {
  readonly tokens: readonly Token[]
  readonly at: number
  readonly scope: Scope | undefined
  readonly sheet: string | undefined
}

export function textOf(value: Value): string | undefined {
  return value instanceof Lambda ? undefined : one(value)
}
