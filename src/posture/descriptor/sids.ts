// Well-known names of SIDs and their two letters in SDDL: [MS-DTYP] 2.4.2.4 and 2.5.1.1.
import { entryOf } from '../../base/entry.ts'

/** SID -> letters, name. */
const known: { readonly [sid: string]: readonly [string, string] } = {
  'S-1-1-0': ['WD', 'Everyone'],
  'S-1-3-0': ['CO', 'Creator Owner'],
  'S-1-3-4': ['OW', 'Owner Rights'],
  'S-1-5-2': ['NU', 'Network logons'],
  'S-1-5-3': ['', 'Batch'],
  'S-1-5-4': ['IU', 'Interactive users'],
  'S-1-5-6': ['SU', 'Services'],
  'S-1-5-7': ['AN', 'Anonymous'],
  'S-1-5-10': ['PS', 'Self'],
  'S-1-5-11': ['AU', 'Authenticated Users'],
  'S-1-5-18': ['SY', 'SYSTEM'],
  'S-1-5-19': ['LS', 'Local Service'],
  'S-1-5-20': ['NS', 'Network Service'],
  'S-1-5-32-544': ['BA', 'Administrators'],
  'S-1-5-32-545': ['BU', 'Users'],
  'S-1-5-32-546': ['BG', 'Guests'],
  'S-1-5-32-547': ['PU', 'Power Users'],
  'S-1-5-32-551': ['BO', 'Backup Operators'],
  'S-1-5-32-555': ['RD', 'Remote Desktop Users'],
  'S-1-5-32-558': ['MU', 'Performance Monitor Users'],
  'S-1-5-32-559': ['LU', 'Performance Log Users'],
  'S-1-5-32-562': ['', 'Distributed COM Users'],
  'S-1-15-2-1': ['AC', 'All application packages'],
  'S-1-15-2-2': ['', 'All restricted application packages'],
}

const byLetters = new Map(
  Object.entries(known).map(([sid, [letters]]) => [letters, sid]),
)

export function sidName(sid: string): string {
  return entryOf(known, sid)?.[1] ?? sid
}

export function sidOfLetters(letters: string): string | undefined {
  return letters ? byLetters.get(letters) : undefined
}

/** Groups to which anybody belongs who can log on, or who cannot. */
export const broadSids: ReadonlySet<string> = new Set([
  'S-1-1-0',
  'S-1-5-2',
  'S-1-5-4',
  'S-1-5-7',
  'S-1-5-11',
  'S-1-5-32-545',
  'S-1-5-32-546',
])
