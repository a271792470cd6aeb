// A Windows event in JSON of whatever tool: its header is told by what it says (an event id beside a provider or a
// channel), under any spelling and at any depth; its data are what stands below an element for data, or else the message.
import type { Dialect, Names } from '../../dialect.ts'
import { expand, wholeEvent } from './expand.ts'
import { headOf } from './head.ts'
import { hasDataElement, placesOf } from './places.ts'

export const windowsJson: Dialect = {
  name: 'Windows event JSON',
  recognises: (names) => headOf(names) !== undefined,
  plan: (names) => {
    const head = headOf(names)!
    const places = placesOf(names, head)
    return {
      kind: 'expansion',
      expand: (values, object, headers) =>
        wholeEvent(names, values, headers) ??
        expand(names, head, places, values, object),
    }
  },
}

/** Do data stand below an element of their own, so that their values have to be looked at? */
export function hasDataApart(names: Names): boolean {
  return hasDataElement(names) && windowsJson.recognises(names)
}

/** Does the event stand in a member, so that what is beside it is its carrier's? */
export function hasEventBelow(names: Names): boolean {
  const head = headOf(names)
  return head !== undefined && head.prefix !== ''
}
