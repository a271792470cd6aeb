// Can two values be meant at once? Which system writes such a path, and can a field hold it? Questions about the literals of a search.
import { areDisjoint } from '../../../lint/pattern-sets.ts'

import type { Resolution } from '../../../ir/field-source.ts'

import { isBasenameField, isPathField } from '../fields.ts'
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

/** A text that is compared with a field, and where the field's values are. */
export interface Literal {
  readonly field: string
  readonly places: Resolution
  readonly text: string
  readonly at: number
}

/** A literal that the field's values can never be. `selected`: the platform of the events, where they are of one. */
export function* literalLints(
  { field, places, text, at }: Literal,
  selected: Platform | undefined,
  command: 'search' | 'where',
): Generator<SearchLint> {
  const isPath = isPathField(places)
  const isName = isBasenameField(places)
  const hasSlash = /[\\/]/.test(text)
  const isOpen = text.includes('*') || text === '' || text === '-'
  if (isPath && !hasSlash && !isOpen)
    yield pathAgainstName(field, text, at, command)
  if (isName && hasSlash)
    yield {
      code: 'P049',
      message: `"${field}" holds a file name, so it never matches the path "${text}"`,
      at,
    }
  const pipe = barePipeName(field, text, places, at)
  if (pipe) yield pipe
  if (!isPath && !isName && !isProcess(field)) return
  const other = otherPlatform(text, selected, at)
  if (other) yield other
}

export function keepsAll({
  field,
  places,
  text,
  at,
}: Literal): SearchLint | undefined {
  if (!/^\**\.exe$/i.test(text)) return undefined
  if (!isPathField(places) && !isBasenameField(places)) return undefined
  return {
    code: 'P050',
    message: `${field}="${text}" is no filter: nearly every program on Windows is an .exe`,
    at,
  }
}

function isProcess(field: string): boolean {
  return /process|image|module|file/i.test(field)
}

/** Only `search` knows wildcards so written. */
export function asteriskIn(
  field: string,
  text: string,
  at: number,
): SearchLint | undefined {
  if (!text.includes('*') || text === '*') return undefined
  return {
    code: 'P053',
    message: `where compares "${text}" letter by letter: its "*" is no wildcard`,
    at,
    hint: `write like(${field}, "${text.replaceAll('*', '%')}")`,
  }
}

function pathAgainstName(
  field: string,
  text: string,
  at: number,
  command: 'search' | 'where',
): SearchLint {
  return {
    code: 'P045',
    message: `"${field}" holds a path, so it never equals the file name "${text}"`,
    at,
    hint:
      command === 'search'
        ? `write ${field}="*\\\\${text}"`
        : `write like(${field}, "%\\\\${text}")`,
  }
}

function otherPlatform(
  text: string,
  selected: Platform | undefined,
  at: number,
): SearchLint | undefined {
  const platform = platformOf(text)
  if (!platform || !selected || platform === selected) return undefined
  return {
    code: 'P046',
    message: `"${text}" belongs to ${platform === 'unix' ? 'Linux or macOS' : 'Windows'}, and the events selected are ${selected === 'unix' ? 'not' : 'those'} of Windows`,
    at,
  }
}
