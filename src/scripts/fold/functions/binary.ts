// Of languages whose texts are bytes: a letter for each.
import { decoded } from '../decode.ts'
import type { Value } from '../value.ts'

export function binaryText(value: Value | undefined): Value | undefined {
  return value && decoded(value, 'latin1')
}
