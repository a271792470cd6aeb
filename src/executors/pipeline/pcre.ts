// Searches carry regular expressions in Perl's form, and values come from anywhere: which engine runs them? V8's is fast and
// can be driven into exponential time; RE2's never is, and is slower. A short value goes to V8 where even the worst case is
// bounded, every other to RE2. What RE2 cannot say (look-around, back-references) runs on V8 within that bound or is refused.
import { RE2JS } from 're2js'

import { LimitReached } from './limit.ts'

/** Steps that V8 may take at worst for one value: about ten milliseconds. */
const maxSteps = 1e7

export interface PcreMatch {
  readonly index: number
  readonly text: string
  /** By number from 1; undefined where the group took no part. */
  readonly groups: readonly (string | undefined)[]
}

export interface Pcre {
  /** Names of the groups and their numbers. */
  readonly names: readonly (readonly [string, number])[]
  test(text: string): boolean
  /** Matches from the left, at most so many. */
  matches(text: string, most: number): PcreMatch[]
}

interface Flags {
  readonly i: boolean
  readonly m: boolean
  readonly s: boolean
}

const cache = new Map<string, Pcre>()
/** Expressions may be computed by a search, so those kept are bounded. */
const maxCached = 1_000

/** Throws LimitReached where no engine can run the expression safely. */
export function compilePcre(
  source: string,
  flags: Flags = { i: false, m: false, s: false },
): Pcre {
  const key = `${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}${flags.s ? 's' : ''}/${source}`
  const known = cache.get(key)
  if (known) return known
  const made = compile(source, flags)
  if (cache.size >= maxCached) cache.clear()
  cache.set(key, made)
  return made
}

function compile(given: string, givenFlags: Flags): Pcre {
  const { source, flags } = takeInlineFlags(given, givenFlags)
  const v8 = forV8(source, flags)
  const degree = v8 ? growth(source) : undefined
  let re2: RE2JS | undefined | null
  const linear = () => {
    if (re2 === undefined) re2 = forRe2(source, flags)
    return re2
  }
  // Decided at once, so that a search is refused before it has read anything.
  if ((!v8 || degree === undefined) && !linear()) {
    throw new LimitReached(
      `the expression "${given.slice(0, 60)}" can be run by no engine in bounded time`,
      'avoid quantifiers within quantifiers together with look-around or back-references',
    )
  }
  const fits = (text: string) =>
    degree !== undefined && text.length ** degree <= maxSteps
  const engineFor = (text: string) => {
    if (v8 && fits(text)) return v8
    const other = linear()
    if (other) return other
    throw new LimitReached(
      `the expression "${given.slice(0, 60)}" could take too long on a text of ${text.length} characters`,
      'shorten the text with substr(), or avoid look-around',
    )
  }
  return {
    names: groupNumbers(source),
    test: (text) => {
      const engine = engineFor(text)
      if (engine instanceof RegExp) {
        engine.lastIndex = 0
        return engine.test(text)
      }
      return engine.matcher(text).find()
    },
    matches: (text, most) => {
      const engine = engineFor(text)
      return engine instanceof RegExp
        ? v8Matches(engine, text, most)
        : re2Matches(engine, text, most)
    },
  }
}

function v8Matches(regex: RegExp, text: string, most: number): PcreMatch[] {
  const found: PcreMatch[] = []
  regex.lastIndex = 0
  while (found.length < most) {
    const m = regex.exec(text)
    if (!m) break
    found.push({ index: m.index, text: m[0], groups: m.slice(1) })
    if (m[0] === '') regex.lastIndex++
  }
  return found
}

function re2Matches(regex: RE2JS, text: string, most: number): PcreMatch[] {
  const found: PcreMatch[] = []
  const matcher = regex.matcher(text)
  while (found.length < most && matcher.find()) {
    const groups: (string | undefined)[] = []
    for (let i = 1; i <= regex.groupCount(); i++) {
      groups.push(matcher.group(i) ?? undefined)
    }
    found.push({ index: matcher.start(), text: matcher.group() ?? '', groups })
  }
  return found
}

function takeInlineFlags(source: string, flags: Flags) {
  const m = /^\(\?([ims]+)\)/.exec(source)
  if (!m) return { source, flags }
  const has = (c: string) => m[1]!.includes(c)
  return {
    source: source.slice(m[0].length),
    flags: {
      i: flags.i || has('i'),
      m: flags.m || has('m'),
      s: flags.s || has('s'),
    },
  }
}

function groupNumbers(source: string): (readonly [string, number])[] {
  const names: (readonly [string, number])[] = []
  let number = 0
  for (const { text } of parts(source)) {
    if (text === '(') number++
    const name = /^\(\?P?<(\w+)>$/.exec(text)?.[1]
    if (name) names.push([name, ++number])
  }
  return names
}

/** Cuts an expression into its escapes, classes, group openers, quantifiers and other characters. */
function* parts(source: string): Generator<{ text: string; at: number }> {
  const token =
    /\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\(\?P?<[A-Za-z_]\w*>|\(\?P=\w+\)|\(\?#[^)]*\)|\(\?[a-zA-Z-]*[:)]|\(\?(?:<?[=!]|>)|\{\d+(?:,\d*)?\}|[\s\S]/g
  for (const m of source.matchAll(token)) yield { text: m[0], at: m.index }
}

const posix: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  blank: ' \\t',
}

// Escapes that mean something else, or nothing, to V8.
const notForV8 = /^\\(?:[pPXKGNCQEaeHVlLuU]$|[pP]\{|x\{)/

function forV8(source: string, flags: Flags): RegExp | undefined {
  let out = ''
  let quantified = false
  for (const { text } of parts(source)) {
    if (notForV8.test(text)) return undefined
    // A possessive quantifier only forbids going back: greedy finds at least as much.
    if (quantified && text === '+') {
      quantified = false
      continue
    }
    quantified = /^(?:[*+?]|\{\d+(?:,\d*)?\})$/.test(text) && !quantified
    out += partForV8(text, flags)
  }
  try {
    return new RegExp(out, `g${flags.i ? 'i' : ''}${flags.m ? 'm' : ''}`)
  } catch {
    return undefined
  }
}

function partForV8(text: string, flags: Flags): string {
  if (text === '.') return flags.s ? '[\\s\\S]' : '[^\\n]'
  if (text === '\\A') return '(?<![\\s\\S])'
  if (text === '\\z' || text === '\\Z') return '(?![\\s\\S])'
  if (text === '\\h') return '[ \\t]'
  if (text === '\\R') return '(?:\\r\\n|[\\n\\r])'
  if (text === '(?>') return '(?:'
  if (text.startsWith('(?P<')) return `(?<${text.slice(4)}`
  if (text.startsWith('(?P=')) return `\\k<${text.slice(4, -1)}>`
  if (text.startsWith('(?#')) return ''
  if (text[0] === '[' && text.includes('[:')) {
    return text.replace(
      /\[:(\w+):\]/g,
      (all, name: string) => posix[name] ?? all,
    )
  }
  return text
}

function forRe2(source: string, flags: Flags): RE2JS | null {
  let out = ''
  let quantified = false
  for (const { text } of parts(source)) {
    if (quantified && text === '+') {
      quantified = false
      continue
    }
    quantified = /^(?:[*+?]|\{\d+(?:,\d*)?\})$/.test(text) && !quantified
    if (text.startsWith('(?<') && /^\(\?<\w+>$/.test(text))
      out += `(?P<${text.slice(3)}`
    else if (text === '(?>') out += '(?:'
    else if (text === '\\h') out += '[ \\t]'
    else if (text === '\\R') out += '(?:\\r\\n|[\\n\\r])'
    else if (text === '\\Z') out += '\\z'
    else if (text.startsWith('(?#')) continue
    else out += text
  }
  const bits =
    (flags.i ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.m ? RE2JS.MULTILINE : 0) |
    (flags.s ? RE2JS.DOTALL : 0)
  try {
    return RE2JS.compile(out, bits)
  } catch {
    return null
  }
}

/**
 * The power of the text's length that bounds V8's steps: one for each quantifier without an end and one for the place where
 * the match begins. undefined: a repeated group repeats or chooses within itself, so there is no such power.
 */
function growth(source: string): number | undefined {
  let endless = 0
  let choices = 0
  const open: { endless: number; choices: number }[] = []
  let closed: { endless: number; choices: number } | undefined
  for (const { text } of parts(source)) {
    const group = closed
    closed = undefined
    if (
      text.startsWith('(') &&
      text !== '(?#' &&
      !/^\(\?[a-zA-Z-]+\)$/.test(text) &&
      !text.startsWith('(?P=')
    ) {
      open.push({ endless, choices })
    } else if (text === ')') {
      const before = open.pop()
      if (before)
        closed = {
          endless: endless - before.endless,
          choices: choices - before.choices,
        }
    } else if (text === '|' || text === '?') {
      choices++
    } else if (/^(?:[*+]|\{\d+,\})$/.test(text)) {
      if (group && (group.endless > 0 || group.choices > 0)) return undefined
      endless++
    } else {
      const counted = /^\{(\d+)(?:,(\d+))?\}$/.exec(text)
      if (counted) {
        const most = Number(counted[2] ?? counted[1])
        if (group && group.endless + group.choices > 0 && most > 3)
          return undefined
        if (counted[2]) endless += most > 100 ? 1 : 0
      }
    }
  }
  return endless + (/^\^/.test(source) ? 0 : 1) || 1
}
