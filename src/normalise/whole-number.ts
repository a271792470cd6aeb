// Numbers as providers write them: as such, as text, in hexadecimal.
import type { Value } from '../base/record.ts'

import { textOf } from './read-first.ts'

/** A process id, a port or a session as a number: Security writes `0x1b54`, Sysmon 6996. */
export function wholeNumber(value: Value | undefined): number | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? value : undefined
  }
  const text = textOf(value)
  if (!text || !/^(?:0x[0-9a-f]{1,16}|\d{1,15})$/i.test(text)) return undefined
  return Number(text)
}
