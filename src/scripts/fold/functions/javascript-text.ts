// Methods of JavaScript's texts, as the language has them: whatever an argument is not known to be, nothing is said.
// https://tc39.es/ecma262/#sec-string-objects; JScript: https://learn.microsoft.com/previous-versions/windows/scripting/javascript
import type { Call, Known } from '../call.ts'
import {
  isNothing,
  jsInteger,
  jsNumber,
  jsText,
  jsTruth,
} from '../operators/javascript.ts'
import { between, changed, filledIn, type Found, found } from '../pattern.ts'
import {
  bitOf,
  holed,
  list,
  number,
  shownOf,
  text,
  textOf,
  type TextValue,
  unknown,
  type Value,
  viaOf,
  wholeText,
} from '../value.ts'
import { type Table, textMethods } from './text.ts'

/** Of a text of which every letter is known; of other receivers what all languages have. */
export function ofText(
  name: string,
  make: (s: string, call: Call, of: TextValue) => Value | undefined,
): Known {
  const other = Object.hasOwn(textMethods, name) ? textMethods[name] : undefined
  return (call) => {
    const { receiver } = call
    if (receiver?.kind !== 'text')
      return receiver?.kind === 'bytes' ? other?.(call) : undefined
    const s = wholeText(receiver)
    return s === undefined ? undefined : make(s, call, receiver)
  }
}

function whole(
  f: (s: string, ...places: number[]) => string | number,
  ...missing: readonly ((s: string) => number)[]
): (s: string, call: Call, of: TextValue) => Value | undefined {
  return (s, { args, language }, of) => {
    // JScript takes it for 0 where others take it for what is not given.
    const isOld = language === 'jscript'
    if (isOld && args.some((a) => a.kind === 'unknown')) return undefined
    const places = missing.map((m, i) => jsInteger(args[i], m(s)))
    if (places.includes(undefined)) return undefined
    const made = f(s, ...(places as number[]))
    return typeof made === 'number'
      ? Number.isNaN(made)
        ? undefined
        : number(made, of.via)
      : text(made, of.via | cutOut(s, made))
  }
}

/** A few letters out of many hide a word. */
function cutOut(s: string, made: string): number {
  return made.length < 4 && s.length > 8 ? bitOf('slices') : 0
}

const zero = () => 0
const end = () => Number.MAX_SAFE_INTEGER

/** Before ES3 a place before the beginning was the beginning: JScript. */
const substr: Known = (call) => {
  const isOld = call.language === 'jscript'
  return ofText(
    '.substr',
    whole(
      (s, from, n) => s.substr(isOld ? Math.max(0, from) : from, n),
      zero,
      end,
    ),
  )(call)
}

/** From the end, what is no number is the end. */
function placeOf(value: Value, isLast: boolean): number | undefined {
  const isOpen = isLast && Number.isNaN(jsNumber(value) ?? 0)
  return isOpen ? Number.MAX_SAFE_INTEGER : jsInteger(value)
}

const searched = (
  f: (s: string, what: string, from?: number) => number,
  isLast = false,
): Known =>
  ofTextOnly((s, { args, language }, of) => {
    // JScript takes what is not given for 0.
    if (language === 'jscript' && args[1]?.kind === 'unknown') return undefined
    const what = jsText(args[0] ?? unknown('undefined'))
    const from = args[1] && placeOf(args[1], isLast)
    if (what === undefined || (args[1] && from === undefined)) return undefined
    return number(f(s, what, from), of.via)
  })

function ofTextOnly(
  make: (s: string, call: Call, of: TextValue) => Value | undefined,
): Known {
  return ofText('', make)
}

const tested = (f: (s: string, what: string) => boolean): Known =>
  ofTextOnly((s, { args }) => {
    const what = jsText(args[0])
    return what === undefined || args.length > 1
      ? undefined
      : jsTruth(f(s, what))
  })

interface Literal {
  readonly source: string
  readonly all: boolean
  readonly flags: { ignoreCase: boolean; multiline: boolean; dotAll: boolean }
}

/** `/source/flags`. */
export function literalOf(value: Value | undefined): Literal | undefined {
  if (value?.kind !== 'text' || !value.isPattern) return undefined
  const [, source, flags = ''] =
    /^\/(.*)\/([a-z]{0,8})$/s.exec(value.text) ?? []
  // `y` goes on where the last one ended, which nobody knows.
  if (!source || /[^gimsu]/.test(flags)) return undefined
  return {
    source,
    all: flags.includes('g'),
    flags: {
      ignoreCase: flags.includes('i'),
      multiline: flags.includes('m'),
      dotAll: flags.includes('s'),
    },
  }
}

function matchesOf(
  { source, all, flags }: Literal,
  s: string,
  budget: Call['budget'],
): Found[] | undefined {
  const most = all ? {} : { most: 1 }
  return found(source, s, { flags, flavour: 'javascript', budget, ...most })
}

function isPattern(value: Value | undefined): boolean {
  return value?.kind === 'text' && value.isPattern === true
}

/** A text that is looked for, or a pattern. */
function placesOf(
  what: Value | undefined,
  s: string,
  all: boolean,
  budget: Call['budget'],
): Found[] | undefined {
  if (isPattern(what)) {
    const literal = literalOf(what)
    return literal && matchesOf(literal, s, budget)
  }
  const plain = jsText(what)
  if (plain === undefined || (all && plain === '')) return undefined
  const out: Found[] = []
  for (
    let at = s.indexOf(plain);
    at >= 0;
    at = s.indexOf(plain, at + plain.length)
  ) {
    out.push({ index: at, text: plain, groups: [] })
    if (!all) break
  }
  return out
}

function replaced(all: boolean): Known {
  return ofTextOnly((s, call, of) => {
    const [what, by] = call.args
    const matches = placesOf(what, s, all, call.budget)
    if (!matches || !call.budget.make(s.length)) return undefined
    let via = of.via | viaOf([what, by])
    if (matches.length && s.length > 3) via |= bitOf('replacement')
    const change = (match: Found): string | undefined => {
      const isCalled = by?.kind === 'function' || by?.kind === 'unknown'
      const made = isCalled ? madeOf(call, by, match, s) : undefined
      if (made) via |= made.via
      if (made || by?.kind === 'function') return made?.text
      if (by?.kind !== 'unknown') {
        const template = jsText(by)
        return template === undefined ? undefined : filledIn(template, match, s)
      }
      via |= holed
      return shownOf(by)
    }
    const out = changed(s, matches, change)
    return out === undefined || !call.budget.make(out.length)
      ? undefined
      : text(out, via)
  })
}

/** What a function makes of a match: it is given the match, its groups, its place and the text. */
function madeOf(
  { invoke, budget }: Call,
  fn: Value,
  { text: match, groups, index }: Found,
  s: string,
): TextValue | undefined {
  if (budget.spent) return undefined
  const given = groups.map((g) =>
    g === undefined ? unknown('undefined') : text(g),
  )
  const made = invoke(fn, [text(match), ...given, number(index), text(s)])
  const plain = made.kind === 'unknown' ? undefined : jsText(made)
  return plain === undefined ? undefined : text(plain, made.via)
}

const split = ofTextOnly((s, { args, budget, language }, of) => {
  const [by, limit] = args
  const most = jsInteger(limit, 2 ** 32 - 1)
  if (most === undefined || most < 0 || !budget.make(s.length)) return undefined
  const parts = partsOf(s, by, budget)
  // JScript leaves out what is empty, and groups, where the language does not.
  if (language === 'jscript' && isPattern(by) && parts?.includes(''))
    return undefined
  return (
    parts &&
    list(
      parts.slice(0, most).map((p) => text(p, of.via)),
      of.via,
    )
  )
})

function partsOf(
  s: string,
  by: Value | undefined,
  budget: Call['budget'],
): string[] | undefined {
  if (isNothing(by)) return [s]
  if (!isPattern(by)) {
    const plain = jsText(by)
    return plain === undefined ? undefined : s.split(plain)
  }
  if (/^\/(?:\(\?:\))?\/$/.test(textOf(by) ?? '')) return s.split('')
  const literal = literalOf(by)
  const matches = literal && matchesOf({ ...literal, all: true }, s, budget)
  if (!matches) return undefined
  if (s === '') return matches.length ? [] : ['']
  return between(s, matches)
}

function matchList({ text: all, groups }: Found, via: number): Value {
  const made = [all, ...groups].map((g) =>
    g === undefined ? unknown('undefined') : text(g, via),
  )
  return list(made, via)
}

const match = ofTextOnly((s, { args: [of], budget }, { via }) => {
  const literal = literalOf(of)
  const matches = literal && matchesOf(literal, s, budget)
  if (!matches) return undefined
  if (!matches.length) return unknown('null')
  return literal.all
    ? list(
        matches.map((m) => text(m.text, via)),
        via,
      )
    : matchList(matches[0]!, via)
})

/** `/…/.exec(text)`; of one that goes on behind the last match nobody knows where. */
const exec: Known = ({ receiver, args: [of], budget }) => {
  const literal = literalOf(receiver)
  const s = jsText(of)
  if (!literal || literal.all || s === undefined) return undefined
  const matches = matchesOf(literal, s, budget)
  if (!matches) return undefined
  const [first] = matches
  return first ? matchList(first, of!.via) : unknown('null')
}

const test: Known = ({ receiver, args: [of], budget }) => {
  const literal = literalOf(receiver)
  const s = jsText(of)
  if (!literal || literal.all || s === undefined) return undefined
  const matches = matchesOf(literal, s, budget)
  return matches && jsTruth(matches.length > 0)
}

const search = ofTextOnly((s, { args: [of], budget }, { via }) => {
  const literal = literalOf(of)
  const matches = literal && matchesOf(literal, s, budget)
  return matches && number(matches[0]?.index ?? -1, via)
})

const mapped = (f: (s: string) => string): Known =>
  ofTextOnly((s, _, of) => text(f(s), of.via))

const concat: Known = ofTextOnly((s, { args, budget }, of) => {
  const parts = args.map((a) => jsText(a))
  if (parts.includes(undefined)) return undefined
  const out = s + parts.join('')
  return budget.make(out.length)
    ? text(out, of.via | viaOf(args) | bitOf('concatenation'))
    : undefined
})

const padded = (atStart: boolean): Known =>
  ofTextOnly((s, { args: [length, by], budget }, of) => {
    const n = jsInteger(length)
    const fill = by ? jsText(by) : ' '
    if (n === undefined || fill === undefined || n > 10_000) return undefined
    return budget.make(n)
      ? text(atStart ? s.padStart(n, fill) : s.padEnd(n, fill), of.via)
      : undefined
  })

export const javascriptTexts: Table = {
  '.charat': ofText(
    '.charat',
    whole((s, at) => s.charAt(at), zero),
  ),
  '.charcodeat': ofText(
    '',
    whole((s, at) => s.charCodeAt(at), zero),
  ),
  '.codepointat': ofText(
    '',
    whole((s, at) => s.codePointAt(at) ?? Number.NaN, zero),
  ),
  '.substr': substr,
  '.substring': ofText(
    '.substring',
    whole((s, from, to) => s.substring(from, to), zero, end),
  ),
  '.indexof': searched((s, what, from) => s.indexOf(what, from)),
  '.lastindexof': searched((s, what, from) => s.lastIndexOf(what, from), true),
  '.includes': tested((s, what) => s.includes(what)),
  '.startswith': tested((s, what) => s.startsWith(what)),
  '.endswith': tested((s, what) => s.endsWith(what)),
  '.replace': replaced(false),
  '.replaceall': replaced(true),
  '.split': split,
  '.match': match,
  '.exec': exec,
  '.test': test,
  '.search': search,
  '.touppercase': mapped((s) => s.toUpperCase()),
  '.tolowercase': mapped((s) => s.toLowerCase()),
  '.trim': mapped((s) => s.trim()),
  '.trimstart': mapped((s) => s.trimStart()),
  '.trimend': mapped((s) => s.trimEnd()),
  '.padstart': padded(true),
  '.padend': padded(false),
  '.repeat': ofTextOnly((s, { args, budget }, of) => {
    const n = jsInteger(args[0])
    return n !== undefined && n >= 0 && budget.make(s.length * n)
      ? text(s.repeat(n), of.via)
      : undefined
  }),
}

export const textSlice = ofText(
  '.slice',
  whole((s, from, to) => s.slice(from, to), zero, end),
)
export const textConcat = concat

/** What can be a pattern: `new RegExp(source, flags)`. */
export function patternValue(
  source: string,
  flags: string,
  via: number,
): Value {
  return { ...text(`/${source}/${flags}`, via), isPattern: true }
}
