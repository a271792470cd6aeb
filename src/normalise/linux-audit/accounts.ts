// Who acted: ids as the kernel writes them, names as auditd's ENRICHED format and `ausearch -i` add them.
import { textOf } from '../read-first.ts'
import { isUnsetId } from '../login-user.ts'
import type { Derive } from '../provider.ts'
import { type Row, worked } from '../row.ts'

import type { View } from './view.ts'

export function accountRows(view: View): Row[] {
  // With its placeholders, one of which is `unset`.
  const [login, loginName] = [view.value('auid'), view.value('AUID')]
  const accounts = (
    [
      ['User', 'uid', 'UID'],
      ['EffectiveUser', 'euid', 'EUID'],
      ['LoginUser', 'auid', 'AUID'],
    ] as const
  ).flatMap(([name, number, words]) => [
    worked(name, [words, number], nameOf(view, words, number)),
    worked(`${name}Id`, [number, words], idOrName(view, number, words)),
  ])
  const nobody = worked(
    'NobodyLoggedIn',
    ['auid', 'AUID'],
    (r) => isUnsetId(login(r) ?? loginName(r)) || undefined,
  )
  return [...accounts, nobody]
}

/** Of nobody there is none. */
export function idOf(view: View, raw: string): Derive {
  const text = view.text(raw)
  return (r) => {
    const t = text(r)
    return isUnsetId(t) ? undefined : t
  }
}

/** `unknown(1559)`: auditd knew no name. */
const noName = /^unknown\(-?\d{1,10}\)$/

function nameOf(view: View, words: string, numeric: string): Derive {
  const name = idOf(view, words)
  const number = idOf(view, numeric)
  // Without the ENRICHED format there are numbers only, of which one is known everywhere.
  return (r) => {
    const known = textOf(name(r))
    if (known !== undefined && !noName.test(known)) return known
    return number(r) === '0' ? 'root' : undefined
  }
}

// `ausearch -i` tells names alone. Rules ask whether two accounts are one, and whether there is one: a name answers that too.
function idOrName(view: View, numeric: string, words: string): Derive {
  const number = idOf(view, numeric)
  const name = idOf(view, words)
  return (r) => number(r) ?? name(r)
}
