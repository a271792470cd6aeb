// The ends of programs: a connection is one, what is started has its own, and a program may give its own away.
import type { Call } from '../fold/call.ts'
import { isOf, isOpenShell, ofConnection, ofShell } from '../fold/flow.ts'
import { object, type ObjectValue, shownOf, type Value } from '../fold/value.ts'

/** A socket or a pipe, whoever is at its other end. */
export function connectionOf(type: string, data?: Value): ObjectValue {
  return object(type, { via: ofConnection, ...(data && { data }) })
}

/** A program that was started, for those who read from it and write to it. */
export function startedOf(line: Value | undefined, type = 'process'): Value {
  return object(type, { via: isOpenShell(shownOf(line)) ? ofShell : 0 })
}

/** What a program reads: its first descriptor, by whichever name. */
const input = /^\W?(?:0|(?:sys\.)?stdin)\W?$|^\{/i

/** `dup2`, `reopen`, `open(STDIN, …)`: an end of the script's own becomes another's. */
export function givesEnd(
  call: Pick<Call, 'mark'>,
  end: Value | undefined,
  to: Value | undefined,
): void {
  const name = end?.kind === 'unknown' ? end.hint : shownOf(end)
  if (name && !input.test(name) && end?.kind !== 'unknown') return
  if (end?.kind === 'unknown' && /std(?:out|err)/i.test(name)) return
  if (isOf(to, ofConnection)) call.mark('shell')
  else if (to?.kind === 'unknown') call.mark('descriptors')
}
