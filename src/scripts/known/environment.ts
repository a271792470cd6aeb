// What variables of the environment hold: on every host, enough to fold slices of them, and what the script set.
import type { Known } from '../fold/call.ts'
import { shownOf, text, textOf, type Value } from '../fold/value.ts'
import type { Session } from '../session.ts'

const windows: Readonly<Record<string, string>> = {
  comspec: 'C:\\Windows\\system32\\cmd.exe',
  systemroot: 'C:\\Windows',
  windir: 'C:\\Windows',
  systemdrive: 'C:',
  programfiles: 'C:\\Program Files',
  'programfiles(x86)': 'C:\\Program Files (x86)',
  commonprogramfiles: 'C:\\Program Files\\Common Files',
  programdata: 'C:\\ProgramData',
  allusersprofile: 'C:\\ProgramData',
  public: 'C:\\Users\\Public',
  pathext: '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC',
  os: 'Windows_NT',
  psmodulepath:
    'C:\\Program Files\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules',
}

export function environmentOf(name: string): string | undefined {
  const low = name.toLowerCase()
  return Object.hasOwn(windows, low) ? windows[low] : undefined
}

/** Names and what they hold, of those that begin so. */
export function environmentUnder(
  prefix: string,
): readonly (readonly [string, string])[] {
  return Object.entries(windows).filter(([name]) => name.startsWith(prefix))
}

/** `%COMSPEC%`; what neither the script set nor every host has stays as it stands. */
export function expanded(
  value: Value | undefined,
  session: Session,
): Value | undefined {
  const s = textOf(value)
  if (s === undefined) return undefined
  let { via } = value!
  const out = s.replace(/%([\w()]{1,64})%/g, (all, name) => {
    const own = session.variable(name)
    if (own) via |= own.via
    return (own && textOf(own)) ?? environmentOf(name) ?? all
  })
  return text(out, via)
}

/** `getenv('NAME')`; what is given besides is for where there is none. */
export const variable: Known = ({ args: [name, other], session }) => {
  if (!name) return undefined
  const given = session.variable(shownOf(name))
  if (given) return given
  const common = environmentOf(shownOf(name))
  return common === undefined ? other : text(common, name.via)
}
