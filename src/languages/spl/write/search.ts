// A condition of the IR as `search` says it. undefined: `search` has no words for it, so `where` must.
import {
  ANY,
  type Leaf,
  ONE,
  type Pattern,
  type Predicate,
} from '../../../ir/predicate.ts'

import { name } from '../commands/parts.ts'
import { networkIn } from '../network-value.ts'
import { quote } from '../print-expression.ts'

type Within = 'and' | 'or' | 'not' | ''

export function searchText(
  p: Predicate,
  within: Within = '',
): string | undefined {
  switch (p.kind) {
    case 'constant':
      return undefined
    case 'not': {
      const inner = searchText(p.of, 'not')
      return inner && `NOT ${inner}`
    }
    case 'and':
    case 'or':
      return joined(p, within)
    default:
      return leafText(p)
  }
}

function joined(
  p: Extract<Predicate, { kind: 'and' | 'or' }>,
  within: Within,
): string | undefined {
  if (p.of.length === 1) return searchText(p.of[0]!, within)
  const list = p.kind === 'or' ? inList(p.of) : undefined
  if (list) return list
  const parts = p.of.map((c) => searchText(c, p.kind))
  if (!parts.length || parts.some((c) => c === undefined)) return undefined
  const text = parts.join(p.kind === 'and' ? ' ' : ' OR ')
  return within && within !== p.kind ? `(${text})` : text
}

/** `Image IN ("*\\a.exe", "*\\b.exe")`, where all ask the same field. */
function inList(of: readonly Predicate[]): string | undefined {
  const values: string[] = []
  let field: string | undefined
  for (const c of of) {
    if (!('field' in c)) return undefined
    field ??= c.field
    const own = equalValues(c)
    if (c.field !== field || !own) return undefined
    for (const value of own) values.push(value)
  }
  return field && values.length > 1
    ? `${fieldName(field)} IN (${values.join(', ')})`
    : undefined
}

/** What stands behind `=`, of which any may hold. */
function equalValues(leaf: Leaf): readonly string[] | undefined {
  if (presenceAsked(leaf) !== undefined) return undefined
  switch (leaf.kind) {
    case 'text': {
      const texts = leaf.cased ? undefined : patternTexts(leaf.pattern)
      return texts?.some(isNetwork) ? undefined : texts?.map(quote)
    }
    case 'number':
      return leaf.op === 'eq' && isPlain(leaf.value)
        ? [String(leaf.value)]
        : undefined
    case 'boolean':
      return [quote(String(leaf.value))]
    case 'cidr':
      return isNetwork(leaf.network) ? [quote(leaf.network)] : undefined
    default:
      return undefined
  }
}

/** `search` takes a network for its addresses. */
function isNetwork(text: string): boolean {
  return networkIn(text) !== undefined
}

const signs = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function leafText(leaf: Leaf): string | undefined {
  if (leaf.kind === 'keyword') return wordText(leaf)
  const field = fieldName(leaf.field)
  const isThere = presenceAsked(leaf)
  if (isThere !== undefined) return `${isThere ? '' : 'NOT '}${field}=*`
  const values = equalValues(leaf)
  if (values?.length === 1) return `${field}=${values[0]}`
  if (values) return inList([leaf])
  switch (leaf.kind) {
    case 'text': {
      const [text, ...others] = patternTexts(leaf.pattern) ?? []
      const isOne = text !== undefined && !others.length
      return isOne && leaf.cased ? `${field}=CASE(${quote(text)})` : undefined
    }
    case 'number':
      return leaf.op === 'eq' || !isPlain(leaf.value)
        ? undefined
        : `${field}${signs[leaf.op]}${leaf.value}`
    case 'differs': {
      const others = equalValues(leaf.from)
      return others?.length === 1 ? `${field}!=${others[0]}` : undefined
    }
    default:
      return undefined
  }
}

/** Is it there at all? Splunk has no field that is empty, so that is what a text asks that is empty, or that is any but an empty one. */
export function presenceAsked(leaf: Leaf): boolean | undefined {
  if (leaf.kind === 'null') return false
  if (leaf.kind === 'exists') return true
  if (leaf.kind !== 'text') return undefined
  const [first = '', ...rest] = leaf.pattern
  if (first === '' && !rest.length) return false
  return first === ONE && rest.length === 1 && rest[0] === ANY
    ? true
    : undefined
}

function wordText({
  pattern,
  cased,
}: Extract<Leaf, { kind: 'keyword' }>): string | undefined {
  const texts = patternTexts(pattern.slice(1, -1))
  if (!texts) return undefined
  const words = texts.map((t) => (cased ? `CASE(${quote(t)})` : quote(t)))
  return words.length === 1 ? words[0] : `(${words.join(' OR ')})`
}

/** Splunk's add-ons call the id of an event otherwise. */
export function writtenField(field: string): string {
  return field === 'EventID' ? 'EventCode' : field
}

function fieldName(field: string): string {
  return name(writtenField(field))
}

/** As `search` reads numbers: decimal, without an exponent. */
function isPlain(value: number): boolean {
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(String(value))
}

/** Ways to write out characters of which any may stand: two dashes, each in five. */
const maxWays = 25

/** A star is always a wildcard, and there is none for one character. */
function patternTexts(p: Pattern): string[] | undefined {
  let texts = ['']
  for (const part of p) {
    if (typeof part === 'number' && part !== ANY) return undefined
    if (typeof part === 'string' && part.includes('*')) return undefined
    const ways =
      part === ANY
        ? ['*']
        : typeof part === 'object'
          ? [...part.oneOf]
          : [String(part)]
    if (texts.length * ways.length > maxWays) return undefined
    texts = texts.flatMap((t) => ways.map((w) => t + w))
  }
  return texts
}
