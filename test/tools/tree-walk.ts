// What does a condition mean? The naive reference: walks the tree for one set of fields, no index, no memory, no order of
// evaluation worth speaking of. Executors are held against it; it is never shipped.
import { BlockList, isIP } from 'node:net'

import type { Scalar, Value } from '../../src/base/record.ts'
import type {
  Comparison,
  Leaf,
  Pattern,
  Predicate,
  Regex,
  TimePart,
} from '../../src/ir/predicate.ts'
import { ANY, ONE } from '../../src/ir/predicate.ts'

export function holds(
  predicate: Predicate,
  fields: Readonly<Record<string, Value>>,
): boolean {
  switch (predicate.kind) {
    case 'and':
      return predicate.of.every((p) => holds(p, fields))
    case 'or':
      return predicate.of.some((p) => holds(p, fields))
    case 'not':
      return !holds(predicate.of, fields)
    case 'constant':
      return predicate.value
    default:
      return leafHolds(predicate, fields)
  }
}

function leafHolds(leaf: Leaf, fields: Readonly<Record<string, Value>>) {
  if (leaf.kind === 'keyword') {
    const { pattern, cased } = leaf
    return Object.values(fields).some((value) =>
      items(value).some((v) => matches(pattern, String(v), cased)),
    )
  }
  const value = fieldOf(fields, leaf.field)
  if (leaf.kind === 'null') {
    const isNone = value === undefined || value === null
    return leaf.orEmpty
      ? isNone || items(value).every((v) => v === null || v === '')
      : isNone
  }
  if (leaf.kind === 'exists') return value !== undefined
  return items(value).some((item) => itemHolds(leaf, item, fields))
}

/** Of `users{}.type`: what the objects of the list `users`, which is JSON text, hold. */
function fieldOf(
  fields: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  const [list, ...steps] = name.split(/\.?(?=\{)|(?<=\})\./)
  const whole = fields[list!]
  if (!steps.length) return undefined
  const isText = typeof whole === 'string' && whole.startsWith('[')
  let found: unknown[] = [isText ? JSON.parse(whole) : whole]
  if (!Array.isArray(found[0])) return undefined
  for (const step of steps)
    found =
      step === '{}'
        ? found.flat()
        : found.flatMap((v) => (v as Record<string, unknown>)[step] ?? [])
  return found as Value
}

/** The single values of a field; null and missing have none. */
function items(value: Value | undefined): (string | number | boolean)[] {
  const list: readonly (Scalar | undefined)[] = Array.isArray(value)
    ? value
    : [value as Scalar]
  return list.filter((v) => v !== null && v !== undefined)
}

function itemHolds(
  leaf: Exclude<Leaf, { kind: 'keyword' | 'null' | 'exists' }>,
  item: string | number | boolean,
  fields: Readonly<Record<string, Value>>,
): boolean {
  const text = String(item)
  switch (leaf.kind) {
    case 'text':
      return matches(leaf.pattern, text, leaf.cased)
    case 'differs':
      return !itemHolds(leaf.from, item, fields)
    case 'number': {
      if (leaf.op === 'eq' && text === String(leaf.value)) return true
      const n = decimal(item)
      return n !== undefined && compares(n, leaf.op, leaf.value)
    }
    case 'boolean':
      return text.toLowerCase() === String(leaf.value)
    case 'regex':
      return expression(leaf).test(text)
    case 'cidr':
      return within(leaf.network, text)
    case 'same-as': {
      const other = Object.hasOwn(fields, leaf.other)
        ? fields[leaf.other]
        : undefined
      return items(other).some((o) =>
        matches(around(String(o), leaf.how), text, leaf.cased),
      )
    }
    case 'time-part': {
      const part = timePart(text, leaf.part)
      return part !== undefined && compares(part, leaf.op, leaf.value)
    }
  }
}

function around(
  text: string,
  how: 'equals' | 'contains' | 'startswith' | 'endswith',
): Pattern {
  if (how === 'contains') return [ANY, text, ANY]
  if (how === 'startswith') return [text, ANY]
  if (how === 'endswith') return [ANY, text]
  return [text]
}

const compiled = new WeakMap<Pattern, Map<boolean, RegExp>>()

export function matches(p: Pattern, text: string, cased: boolean): boolean {
  let both = compiled.get(p)
  if (!both) compiled.set(p, (both = new Map()))
  let re = both.get(cased)
  if (!re) both.set(cased, (re = patternExpression(p, cased)))
  return re.test(cased ? text : fold(text))
}

function patternExpression(p: Pattern, cased: boolean): RegExp {
  const source = p.map((part) => {
    if (part === ANY) return '[\\s\\S]*?'
    if (part === ONE) return '[\\s\\S]'
    if (typeof part === 'string') return quote(cased ? part : fold(part))
    return `(?:${[...part.oneOf].map((c) => quote(cased ? c : fold(c))).join('|')})`
  })
  return new RegExp(`^${source.join('')}$`, 'u')
}

const fold = (text: string) => text.toLowerCase()
const quote = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

function decimal(item: string | number | boolean): number | undefined {
  if (typeof item === 'number') return item
  if (typeof item === 'string' && /^-?\d+(\.\d+)?$/.test(item)) {
    return item.length > 400 ? undefined : Number(item)
  }
  return undefined
}

function compares(a: number, op: Comparison, b: number): boolean {
  if (op === 'eq') return a === b
  if (op === 'lt') return a < b
  if (op === 'lte') return a <= b
  if (op === 'gt') return a > b
  return a >= b
}

const expressions = new WeakMap<Regex, RegExp>()

// Enough of other dialects for tests: leading flags, \A, \z, \Z, `$`, and what \w and \d are to Python.
function expression(leaf: Regex): RegExp {
  const known = expressions.get(leaf)
  if (known) return known
  let { source } = leaf
  let flags = `${leaf.flags.i ? 'i' : ''}${leaf.flags.m ? 'm' : ''}${leaf.flags.s ? 's' : ''}`
  const inline = /^\(\?([ims]+)\)/.exec(source)
  if (inline) {
    source = source.slice(inline[0].length)
    flags = [...new Set(flags + inline[1])].join('')
  }
  const made = javaScript(source, flags, leaf.dialect)
  expressions.set(leaf, made)
  return made
}

/** `u` knows letters beyond ASCII and is strict; what it refuses is tried without it, with letters of ASCII. */
function javaScript(
  source: string,
  flags: string,
  dialect: Regex['dialect'],
): RegExp {
  const lines = flags.includes('m')
  try {
    return new RegExp(inJavaScript(source, dialect, lines), `${flags}u`)
  } catch {
    return new RegExp(inJavaScript(source, 'pcre', lines), flags)
  }
}

const unicode: Readonly<Record<string, string>> = {
  '\\w': '\\p{L}\\p{N}_',
  '\\d': '\\p{Nd}',
}

function inJavaScript(
  source: string,
  dialect: Regex['dialect'],
  lines: boolean,
): string {
  let inSet = false
  return source.replace(/\\.|[[\]$]/gsu, (sign) => {
    if (sign === '[') inSet = true
    if (sign === ']') inSet = false
    if (sign === '$' && !inSet && !lines) return '(?=\n?(?![\\s\\S]))'
    if (sign === '\\A') return '(?<![\\s\\S])'
    if (sign === '\\Z' && dialect === 'pcre') return '(?=\n?(?![\\s\\S]))'
    if (sign === '\\z' || sign === '\\Z') return '(?![\\s\\S])'
    const letters = dialect === 'python' ? unicode[sign] : undefined
    if (letters) return inSet ? letters : `[${letters}]`
    return sign
  })
}

const networks = new Map<string, BlockList>()

/** An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is that IPv4 address. */
function within(network: string, address: string): boolean {
  const family = isIP(address)
  if (!family) return false
  let list = networks.get(network)
  if (!list) {
    list = new BlockList()
    const [base = '', bits = ''] = network.split('/')
    const of = isIP(base) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(base, Number(bits || (of === 'ipv6' ? 128 : 32)), of)
    networks.set(network, list)
  }
  const [bare = ''] = address.split('%')
  return list.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}

const dateTime =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/

/** A time without a zone is UTC. Weeks are those of ISO 8601. */
export function timePart(text: string, part: TimePart): number | undefined {
  const m = dateTime.exec(text)
  if (!m) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = m
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(m[7] ?? '')
  const shift = zone
    ? (zone[1] === '-' ? 1 : -1) * (Number(zone[2]) * 60 + Number(zone[3]))
    : 0
  const at = new Date(
    Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute) + shift,
      Number(second),
    ),
  )
  switch (part) {
    case 'minute':
      return at.getUTCMinutes()
    case 'hour':
      return at.getUTCHours()
    case 'day':
      return at.getUTCDate()
    case 'month':
      return at.getUTCMonth() + 1
    case 'year':
      return at.getUTCFullYear()
    case 'week':
      return isoWeek(at)
  }
}

/** The week that holds this day's Thursday, counted within that Thursday's year. */
function isoWeek(at: Date): number {
  const thursday = new Date(
    Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()),
  )
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
  const january = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return Math.ceil(((thursday.getTime() - january) / 86_400_000 + 1) / 7)
}
