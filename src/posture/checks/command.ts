// A command that mends a place, as it is run on the host: what a dump says of the place stands in it, and a user's part of the registry has
// the name by which that user reaches it.
import { type Binding, currentUser } from '../facts/facts.ts'
import { filled } from './judge.ts'

export function commandAt(command: string, about: Binding): string {
  return ofUser(filled(command, about), about.user)
}

/** `HKEY_USERS` has security identifiers. A hive that was read as a file has the name of its user alone, who has it as HKCU. */
export function ofUser(command: string, user: string | undefined): string {
  if (user === undefined || isIdentifier.test(user)) return command
  const below = user.endsWith(classes) ? 'HKCU\\Software\\Classes' : 'HKCU'
  const own = command.replaceAll(`HKU\\${user}`, below)
  if (own === command || user === currentUser) return own
  return `# signed in as ${user.replace(classes, '')}: ${own}`
}

const isIdentifier = /^(?:S-1-|\.DEFAULT$)/i
/** As Windows calls the hive UsrClass.dat. */
const classes = '_Classes'
