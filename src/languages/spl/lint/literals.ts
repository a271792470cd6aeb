// Can two values be meant at once? Which system writes such a path? Questions about the literals of a search.
import { areDisjoint } from '../../../lint/pattern-sets.ts'

import type { Resolution } from '../../../ir/field-source.ts'

import { networkIn } from '../network-value.ts'
import { textPattern } from '../patterns.ts'
import type { SearchLint } from './search-lint.ts'

/** Whether no text matches both patterns (each `*` any characters; case ignored). false also where that is not clear. */
export function disjoint(a: string, b: string): boolean {
  // An address and its network are meant at once.
  if (networkIn(a) || networkIn(b)) return false
  return areDisjoint(textPattern(a), textPattern(b), false)
}

/** Whoever writes the event: but for those without a name, a pipe's name begins with its backslash. */
export function barePipeName(
  field: string,
  text: string,
  places: Resolution,
  at: number,
): SearchLint | undefined {
  const isPipe = places.some((p) => p.kind === 'field' && p.name === 'PipeName')
  if (!isPipe || !/^[^\\*<-]/.test(text)) return undefined
  return {
    code: 'P059',
    message: `"${field}" begins with a backslash, so it never matches "${text}"`,
    at,
    hint: `write ${field}="\\\\${text}"`,
  }
}

export type Platform = 'windows' | 'unix'

/** Programs and labels that only one family of systems has. */
const unixNames = new Set([
  'osascript',
  'launchd',
  'xpcproxy',
  'xpcservice',
  'systemd',
  'dbus-daemon',
  'securityd',
])

/** The only systems whose telemetry can hold this literal; undefined where any can. */
export function platformOf(text: string): Platform | undefined {
  if (/^[A-Za-z]:\\|^\\\\|\\windows\\|\\program files/i.test(text))
    return 'windows'
  if (
    /^\/(?:usr|lib|lib64|bin|sbin|etc|tmp|var|opt|home|dev|proc|private|Library|Applications|Users|System)(?:\/|$)/.test(
      text,
    )
  ) {
    return 'unix'
  }
  // A path with forward slashes from the root is no path of Windows' telemetry, whatever it names.
  if (/^\/[\w.-]+\//.test(text)) return 'unix'
  if (unixNames.has(text.toLowerCase()) || /^com\.apple\./i.test(text))
    return 'unix'
  return undefined
}
