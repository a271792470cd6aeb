// Regular expressions of a script, without backtracking: of a fixed width, or by re2js, so that no pattern of a script takes long. What is said
// otherwise there than in the script's language (lookaround, references back, classes beyond ASCII) is not followed.
import { RE2JS } from 're2js'

import type { Budget } from '../budget.ts'

export interface Found {
  readonly index: number
  readonly text: string
  /** The first at 0; undefined where the group took no part. */
  readonly groups: readonly (string | undefined)[]
}

export interface Flags {
  readonly ignoreCase?: boolean
  readonly multiline?: boolean
  readonly dotAll?: boolean
}

export type Flavour = 'dotnet' | 'javascript'

/** UTF-16 units of one pattern. */
const maxPattern = 1_000
/** Of one text. */
const maxMatches = 500_000
/** Compiled patterns that are kept. */
const maxKept = 200

/** undefined: it cannot be followed in this text. */
export function found(
  source: string,
  text: string,
  {
    flags = {},
    flavour,
    budget,
    most = maxMatches,
  }: {
    readonly flags?: Flags
    readonly flavour: Flavour
    readonly budget: Budget
    readonly most?: number
  },
): Found[] | undefined {
  if (!isAlike(source, text, flags, flavour)) return undefined
  if (!budget.make(text.length * Math.ceil(source.length / 4))) return undefined
  const pattern = compiled(source, flags)
  if (!pattern) return undefined
  const matcher = pattern.matcher(text)
  const out: Found[] = []
  for (let at = 0; at <= text.length && matcher.find(at); ) {
    if (out.length >= most) return most === maxMatches ? undefined : out
    const index = matcher.start(0)
    const end = matcher.end(0)
    const groups = Array.from(
      { length: matcher.groupCount() },
      (_, i) => matcher.group(i + 1) ?? undefined,
    )
    out.push({ index, text: text.slice(index, end), groups })
    at = end > index ? end : end + 1
  }
  return out
}

const kept = new Map<string, RE2JS | undefined>()

function compiled(source: string, flags: Flags): RE2JS | undefined {
  const bits =
    (flags.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.multiline ? RE2JS.MULTILINE : 0) |
    (flags.dotAll ? RE2JS.DOTALL : 0)
  const key = `${bits}/${source}`
  if (kept.has(key)) return kept.get(key)
  let made: RE2JS | undefined
  try {
    made = RE2JS.compile(inRe2(source), bits)
  } catch {
    made = undefined
  }
  if (kept.size >= maxKept) kept.clear()
  kept.set(key, made)
  return made
}

function inRe2(source: string): string {
  return source.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (all, u?: string) =>
    u ? `\\x{${u}}` : all === '\\/' ? '/' : all,
  )
}

/** Escapes that mean the same in all of them. */
const alikeEscape =
  /^\\(?:[dwsDWSbBntrf]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^\w])$/

const parts =
  /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:<[=!]|[\s\S])|[\s\S]/g

/** Is the pattern read alike in its own language and here, in this text? */
function isAlike(
  source: string,
  text: string,
  flags: Flags,
  flavour: Flavour,
): boolean {
  if (source.length > maxPattern) return false
  const uses = usesOf(source, flavour)
  if (!uses) return false
  const isPlain = !/[^\x00-\x7f]|\v/.test(text + source)
  const isWide = uses.classes || flags.ignoreCase || uses.dots
  if (isWide && !isPlain) return false
  const isLines = (uses.dots && !flags.dotAll) || flags.multiline
  if (isLines && text.includes('\r') && flavour === 'javascript') return false
  if (flags.multiline && text.includes('\r')) return false
  return !(uses.ends && flavour === 'dotnet' && text.endsWith('\n'))
}

function usesOf(source: string, flavour: Flavour) {
  let [classes, dots, ends] = [false, false, false]
  for (const [part] of source.matchAll(parts)) {
    if (part.startsWith('\\')) {
      if (!alikeEscape.test(part)) return undefined
      if (/^\\[dwsDWSbB]/.test(part)) classes = true
    } else if (part.startsWith('[') && part.length > 1) {
      if (!isAlikeSet(part)) return undefined
      if (/\\[dwsDWS]|\^/.test(part)) classes = true
    } else if (part.startsWith('(?')) {
      const isInline = part === '(?i' && flavour === 'dotnet'
      if (part !== '(?:' && !isInline) return undefined
      if (isInline) classes = true
    } else if (part === '.') dots = true
    else if (part === '$') ends = true
  }
  return { classes, dots, ends }
}

function isAlikeSet(set: string): boolean {
  const inner = set.slice(1, -1).replace(/^\^/, '')
  if (!inner || /\[|&&/.test(inner)) return false
  return [
    ...inner.matchAll(/\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])/g),
  ].every(([sign]) => alikeEscape.test(sign) && !/^\\[bB]$/.test(sign))
}

/** The text with each match changed, one after the other. */
export function changed(
  text: string,
  matches: readonly Found[],
  change: (match: Found) => string | undefined,
): string | undefined {
  let out = ''
  let done = 0
  for (const match of matches) {
    const made = change(match)
    if (made === undefined) return undefined
    out += text.slice(done, match.index) + made
    done = match.index + match.text.length
  }
  return out + text.slice(done)
}

/** What stands between the matches; groups among it, as all of these languages have it. */
export function between(text: string, matches: readonly Found[]): string[] {
  const out: string[] = []
  let done = 0
  for (const {
    index,
    text: { length },
    groups,
  } of matches) {
    // An empty match parts nothing where a part has just ended, or the text ends.
    if (length === 0 && (index === done || index >= text.length)) continue
    out.push(text.slice(done, index))
    for (const group of groups) out.push(group ?? '')
    done = index + length
  }
  out.push(text.slice(done))
  return out
}

/** `$1`, `$&`, `$$` in what stands for a match, as JavaScript reads them. */
export function filledIn(template: string, match: Found, text: string): string {
  const { groups, index } = match
  return template.replace(
    /\$(?:([$&`'])|(\d{1,2}))/g,
    (all: string, sign: string | undefined, digits: string | undefined) => {
      switch (sign) {
        case '$':
          return '$'
        case '&':
          return match.text
        case '`':
          return text.slice(0, index)
        case "'":
          return text.slice(index + match.text.length)
        default:
          return groupIn(groups, digits ?? '') ?? all
      }
    },
  )
}

function groupIn(
  groups: readonly (string | undefined)[],
  digits: string,
): string | undefined {
  const two = Number(digits)
  if (two >= 1 && two <= groups.length) return groups[two - 1] ?? ''
  const one = Number(digits[0])
  return digits.length > 1 && one >= 1 && one <= groups.length
    ? (groups[one - 1] ?? '') + digits[1]
    : undefined
}
