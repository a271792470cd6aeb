// Regular expressions of .NET and PowerShell: `-replace`, `-split`, [regex]. https://learn.microsoft.com/dotnet/standard/base-types/regular-expressions
import type { Call, Known } from '../call.ts'
import { reversed } from '../decode.ts'
import { psText, psTruth, psWhole } from '../operators/powershell-values.ts'
import { between, changed, type Flags, type Found, found } from '../pattern.ts'
import {
  bitOf,
  holed,
  itemsOf,
  list,
  number,
  object,
  shownOf,
  text,
  textOf,
  unknown,
  type Value,
  viaOf,
  wholeText,
} from '../value.ts'
import { escapeRegExp, type Table } from './text.ts'

/** Items of which each is changed. */
const maxItems = 100_000

/** What stands for a match: `$1`, `${1}`, `$&`, `$$`; undefined: another form. */
function filledIn(
  template: string,
  { text: all, groups }: Found,
): string | undefined {
  let isOpen = false
  const out = template.replace(
    /\$(?:\$|&|0|\{(\d{1,3})\}|(\d{1,3})|([`'_+{]))/g,
    (sign, braced?: string, digits?: string, other?: string) => {
      if (sign === '$$') return '$'
      if (sign === '$&' || sign === '$0') return all
      const n = Number(braced ?? digits)
      if (other || n === 0) isOpen = true
      return n <= groups.length ? (groups[n - 1] ?? '') : sign
    },
  )
  return isOpen ? undefined : out
}

interface Asked {
  readonly pattern: Value | undefined
  readonly by: Value | undefined
  readonly flags: Flags
}

function replaced(
  call: Call,
  value: Value | undefined,
  asked: Asked,
): Value | undefined {
  if (value?.kind === 'list') {
    const all = value.items
      .slice(0, maxItems)
      .map((v) => replaced(call, v, asked) ?? unknown('', v.via))
    return list(all, value.via)
  }
  const { pattern, by, flags } = asked
  const { budget } = call
  const s = psText(value)
  const source = wholeText(pattern)
  if (s === undefined) return value && holedText(call, value, asked)
  if (source === undefined) return undefined
  const matches = found(source, s, { flags, flavour: 'dotnet', budget })
  if (!matches) return undefined
  let via = viaOf([value, by]) | (matches.length ? bitOf('replacement') : 0)
  const out = changed(s, matches, (match) => {
    if (by?.kind === 'function') {
      const made = call.invoke(by, [matchOf(match, 0)])
      via |= made.via
      return made.kind === 'unknown' ? undefined : psText(made)
    }
    if (!by || (by.kind === 'unknown' && !by.hint)) return ''
    const template = psText(by)
    if (template !== undefined) return filledIn(template, match)
    via |= holed
    return shownOf(by)
  })
  return out === undefined || !budget.make(out.length)
    ? undefined
    : text(out, via)
}

/** Where names stand for what is not known, single letters are replaced around them. */
function holedText(
  { budget }: Call,
  value: Value,
  { pattern, by }: Asked,
): Value | undefined {
  const source = wholeText(pattern)
  const s = value.kind === 'text' ? value.text : undefined
  const to = by?.kind === 'unknown' && !by.hint ? '' : psText(by)
  const isPlain =
    source !== undefined && /^(?:\\?[^\w\s\\{}]|["'])$/.test(source)
  if (s === undefined || to === undefined || to.includes('$') || !isPlain)
    return undefined
  const mark = source.at(-1)!
  if (/[.^$|?*+()[]/.test(mark) && source.length === 1) return undefined
  return budget.make(s.length)
    ? text(
        s.replaceAll(mark, () => to),
        value.via,
      )
    : undefined
}

/** `.Value`, `.Groups[1].Value`, `.Index`. */
function matchOf({ text: all, groups, index }: Found, via: number): Value {
  const made = object('text', { data: text(all, via), via })
  made.entries.set('value', text(all, via))
  made.entries.set('index', number(index))
  made.entries.set('length', number(all.length))
  made.entries.set(
    'groups',
    list([all, ...groups].map((g) => groupOf(g ?? '', via))),
  )
  return made
}

function groupOf(s: string, via: number): Value {
  const made = object('text', { data: text(s, via), via })
  made.entries.set('value', text(s, via))
  return made
}

/** One character each. */
const anyCharacter =
  /^(?:\(\?s\)|\(\?i\))?(?:\.|\[\\s\\S\]|\[\\w\\W\]|\(\.\|\\n\)|\(\.\)|\.\{1\}|[^\w\s]?\\S)$/

const flagNames: Readonly<Record<string, keyof Flags>> = {
  ignorecase: 'ignoreCase',
  multiline: 'multiline',
  singleline: 'dotAll',
}

interface Options {
  readonly flags: Flags
  readonly isBack: boolean
}

/** `'IgnoreCase, RightToLeft'`, `[Text.RegularExpressions.RegexOptions]::Singleline`, 16; undefined: another. */
function optionsOf(value: Value | undefined): Options | undefined {
  if (!value) return { flags: {}, isBack: false }
  const shown = value.kind === 'unknown' ? value.hint : shownOf(value)
  const n = psWhole(value)
  const names =
    n === undefined
      ? shown.toLowerCase().split(/\s*,\s*|\s+-bor\s+/)
      : namesOf(n)
  const flags: { -readonly [K in keyof Flags]: Flags[K] } = {}
  let isBack = false
  for (const name of names) {
    const bare = name.replace(/^.*[.:\]]/, '').trim()
    if (bare === 'righttoleft') isBack = true
    else if (Object.hasOwn(flagNames, bare)) flags[flagNames[bare]!] = true
    else if (!/^(?:none|compiled|cultureinvariant)$/.test(bare))
      return undefined
  }
  return { flags, isBack }
}

function namesOf(n: number): string[] {
  const bits = {
    1: 'ignorecase',
    2: 'multiline',
    16: 'singleline',
    64: 'righttoleft',
  }
  const known = Object.entries(bits).filter(([bit]) => n & Number(bit))
  const rest = n & ~(1 | 2 | 16 | 64)
  return rest ? ['another'] : known.map(([, name]) => name)
}

interface Own {
  readonly value: Value | undefined
  readonly pattern: Value | undefined
  readonly options: Value | undefined
  readonly more: readonly Value[]
}

/** Of a regex that was made, or of the class. */
function ownOf({ receiver, args }: Call): Own {
  if (receiver?.kind === 'object' && receiver.type === 'regex') {
    const [value, ...more] = args
    const options = receiver.entries.get('options')
    return { value, pattern: receiver.data, options, more }
  }
  const [value, pattern, ...more] = args
  return { value, pattern, options: undefined, more }
}

function matchesIn(call: Call): { all: Found[]; via: number } | undefined {
  const { value, pattern, options, more } = ownOf(call)
  const asked = optionsOf(options ?? more[0])
  const s = psText(value)
  const source = wholeText(pattern)
  if (!asked || asked.isBack || s === undefined || source === undefined)
    return undefined
  const { flags } = asked
  const all = found(source, s, {
    flags,
    flavour: 'dotnet',
    budget: call.budget,
  })
  return all && { all, via: value!.via }
}

/** From the end, where each is a letter. */
function lettersBack(call: Call): Value | undefined {
  const { value, pattern, options, more } = ownOf(call)
  const asked = optionsOf(options ?? more[0])
  if (!asked?.isBack || !anyCharacter.test(textOf(pattern) ?? ''))
    return undefined
  if (wholeText(value) === undefined) return undefined
  const letters = itemsOf(reversed(value, call.budget)) ?? []
  return list(
    letters.map((c) =>
      matchOf({ text: shownOf(c), groups: [], index: 0 }, c.via),
    ),
    bitOf('reversal'),
  )
}

const matches: Known = (call) => {
  const found = matchesIn(call)
  return found
    ? list(found.all.map((m) => matchOf(m, found.via)))
    : lettersBack(call)
}

const match: Known = (call) => {
  const found = matchesIn(call)
  const [first] = found?.all ?? []
  return first && matchOf(first, found!.via)
}

const isMatch: Known = (call) => {
  const found = matchesIn(call)
  return found && psTruth(found.all.length > 0)
}

const staticReplace: Known = (call) => {
  const { value, pattern, options, more } = ownOf(call)
  const [by, option, ...rest] = more
  const asked = optionsOf(options ?? option)
  if (!asked || asked.isBack || rest.length) return undefined
  // Of one that was made, a number behind it says how often.
  if (options === undefined && call.receiver?.kind === 'object' && option)
    return undefined
  return replaced(call, value, { pattern, by, flags: asked.flags })
}

const staticSplit: Known = (call) => {
  const { value, pattern, options, more } = ownOf(call)
  const asked = optionsOf(options ?? more[0])
  if (!asked || asked.isBack) return undefined
  return splitBy(call, value, pattern, asked.flags)
}

function splitBy(
  { budget }: Call,
  value: Value | undefined,
  pattern: Value | undefined,
  flags: Flags,
  most = Number.POSITIVE_INFINITY,
): Value | undefined {
  const s = psText(value)
  const source = wholeText(pattern)
  if (s === undefined || source === undefined || !budget.make(s.length))
    return undefined
  const all = found(source, s, { flags, flavour: 'dotnet', budget })
  if (!all) return undefined
  const isEmpty = all.some((m) => m.text === '')
  const parts = isEmpty
    ? splitAtNothing(s, all)
    : between(s, all.slice(0, most - 1))
  return (
    parts &&
    list(
      parts.map((p) => text(p, value!.via)),
      value!.via,
    )
  )
}

/** .NET parts at the beginning and the end too, where nothing stands. */
function splitAtNothing(
  s: string,
  all: readonly Found[],
): string[] | undefined {
  return all.every((m) => m.text === '' && !m.groups.length)
    ? ['', ...s.split(''), ''].slice(0, s.length + 2)
    : undefined
}

/** `-split pattern, most, options`; alone it parts at blanks. */
const splits: Known = (call) => {
  const [of, given, how] = call.args
  const withCase = textOf(how) === 'c'
  const [by, count, option] = given?.kind === 'list' ? given.items : [given]
  const most = count ? psWhole(count) : 0
  if (textOf(how) === 'blanks') return atBlanks(call, of)
  if (most === undefined || most < 0) return undefined
  const plain = option ? textOf(option)?.toLowerCase() : ''
  if (plain === undefined || !/^(?:simplematch)?$/.test(plain)) return undefined
  const pattern =
    plain && by
      ? text(escapeRegExp(psText(by) ?? ''), by.via)
      : by && asText(by)
  const items = of?.kind === 'list' ? of.items : of ? [of] : []
  const flags = { ignoreCase: !withCase }
  const all = items.map((item) =>
    splitBy(call, item, pattern, flags, most || undefined),
  )
  if (all.includes(undefined)) return undefined
  return list(
    all.flatMap((v) => itemsOf(v) ?? []),
    of!.via,
  )
}

function asText(value: Value): Value | undefined {
  const s = psText(value)
  return s === undefined ? undefined : text(s, value.via)
}

function atBlanks({ budget }: Call, of: Value | undefined): Value | undefined {
  const items = of?.kind === 'list' ? of.items : of ? [of] : []
  const texts = items.map((v) => psText(v))
  if (texts.includes(undefined) || !budget.make(texts.join('').length))
    return undefined
  const words = texts.flatMap((s) => s!.split(/\s+/).filter(Boolean))
  return list(
    words.map((w) => text(w, of!.via)),
    of!.via,
  )
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
}

/** `\x41`, `\u0041`, `\n`, `\.`. */
const unescaped: Known = ({ args: [of] }) => {
  const s = wholeText(of)
  if (s === undefined) return undefined
  let isOpen = false
  const out = s.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.)|$)/gis,
    (_, two?: string, four?: string, sign?: string) => {
      if (two ?? four)
        return String.fromCharCode(Number.parseInt((two ?? four)!, 16))
      if (sign && Object.hasOwn(escapes, sign)) return escapes[sign]!
      if (!sign || /\w/.test(sign)) isOpen = true
      return sign ?? ''
    },
  )
  return isOpen
    ? undefined
    : text(out, of!.via | (out === s ? 0 : bitOf('escapes')))
}

const escaped: Known = ({ args: [of] }) => {
  const s = wholeText(of)
  const blanks: Readonly<Record<string, string>> = {
    '\n': 'n',
    '\r': 'r',
    '\t': 't',
    '\f': 'f',
  }
  return s === undefined
    ? undefined
    : text(
        s.replace(/[\\*+?|{[()^$.# \n\r\t\f]/g, (c) => `\\${blanks[c] ?? c}`),
        of!.via,
      )
}

export const regexOf = (
  pattern: Value | undefined,
  options?: Value | undefined,
): Value => {
  const made = object('regex', pattern ? { data: pattern } : {})
  if (options) made.entries.set('options', options)
  return made
}

export const netPatterns: Table = {
  '[replace]': (call) => {
    const [value, pattern, by, how] = call.args
    // Windows PowerShell takes its text, PowerShell 7 calls it.
    if (by?.kind === 'function') return undefined
    const flags = { ignoreCase: textOf(how) !== 'c' }
    return replaced(call, value, {
      pattern: pattern && asText(pattern),
      by,
      flags,
    })
  },
  '[split]': splits,
  'regex.replace': staticReplace,
  'regex.matches': matches,
  'regex.match': match,
  'regex.ismatch': isMatch,
  'regex.split': staticSplit,
  'regex.unescape': unescaped,
  'regex.escape': escaped,
  'regex.new': ({ args: [pattern, options] }) => regexOf(pattern, options),
}
