// Who logged in at first, and whether a source says that nobody did. A source that does not know who logged in has neither: absence alone says nothing.
import type { Value } from '../base/record.ts'

import { isBlank, textOf } from './read-first.ts'
import { ofAny, type Row } from './row.ts'

/** `(uid_t)-1`, as it is written. */
const unsetIds = new Set(['4294967295', '-1', 'unset'])

/** The kernel's word for a user id that was never set. */
export function isUnsetId(value: Value | undefined): boolean {
  return unsetIds.has(textOf(value) ?? '')
}

/** `LoginUserId` and `NobodyLoggedIn`, of the names that a source has for the login user. */
export function loginRows(
  of: readonly string[],
  make: (id: Value | undefined) => Value | undefined = (id) => id,
): readonly Row[] {
  const filled = (ids: readonly (Value | undefined)[]) =>
    ids.find((id) => !isBlank(id))
  return [
    ofAny('LoginUserId', of, (...ids) => {
      const id = filled(ids)
      return isUnsetId(id) ? undefined : make(id)
    }),
    ofAny(
      'NobodyLoggedIn',
      of,
      (...ids) => isUnsetId(filled(ids)) || undefined,
    ),
  ]
}
