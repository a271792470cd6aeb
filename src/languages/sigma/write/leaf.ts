// One fact about a field as Sigma writes it: a key with modifiers, and values of which any may hold.
import {
  ANY,
  type Leaf,
  ONE,
  type Pattern,
  type Text,
} from '../../../ir/predicate.ts'

import { Unsayable } from '../../../rule-text/unsayable.ts'

import { anyDash, literalTexts, parseText } from '../detection/text.ts'

export type SigmaValue = string | number | boolean | null

export interface SigmaItem {
  readonly key: string
  readonly values: readonly SigmaValue[]
}

/** Texts that one value stands for, where its dashes must be written out. */
const maxTexts = 125

export type FieldLeaf = Exclude<Leaf, { kind: 'keyword' | 'differs' }>

export function leafItem(leaf: FieldLeaf): SigmaItem {
  const { field } = leaf
  const item = (key: string, value: SigmaValue): SigmaItem => ({
    key: field + key,
    values: [value],
  })
  switch (leaf.kind) {
    case 'text':
      return textItem(leaf)
    case 'number':
      return item(leaf.op === 'eq' ? '' : `|${leaf.op}`, leaf.value)
    case 'boolean':
      return item('', leaf.value)
    case 'regex':
      return item(`|re${flagsOf(leaf.flags)}`, leaf.source)
    case 'cidr':
      return item('|cidr', leaf.network)
    case 'null':
      return leaf.orEmpty
        ? { key: leaf.field, values: [null, ''] }
        : item('', null)
    case 'exists':
      return item('|exists', true)
    case 'same-as': {
      const how = leaf.how === 'equals' ? '' : `|${leaf.how}`
      return item(`|fieldref${how}${casedKey(leaf.cased)}`, leaf.other)
    }
    case 'time-part': {
      const op = leaf.op === 'eq' ? '' : `|${leaf.op}`
      return item(`|${leaf.part}${op}`, leaf.value)
    }
  }
}

function flagsOf({ i, m, s }: { i: boolean; m: boolean; s: boolean }): string {
  return `${i ? '|i' : ''}${m ? '|m' : ''}${s ? '|s' : ''}`
}

function casedKey(cased: boolean): string {
  return cased ? '|cased' : ''
}

function textItem({ field, pattern, cased }: Text): SigmaItem {
  const { anchor, core } = anchored(pattern)
  const key = field + anchor
  const hasDashes = core.some((part) => typeof part === 'object')
  if (!hasDashes) {
    return { key: key + casedKey(cased), values: [textOf(core)] }
  }
  const value = textOf(core.map((p) => (typeof p === 'object' ? '-' : p)))
  const again = anyDash(parseText(value))
  if (JSON.stringify(again) === JSON.stringify(core)) {
    return { key: `${key}|windash${casedKey(cased)}`, values: [value] }
  }
  const texts = literalTexts(core, maxTexts)
  if (!texts) {
    throw new Unsayable(
      `a value of ${field} has characters of which any may stand, in more ways than can be written out`,
    )
  }
  return {
    key: key + casedKey(cased),
    values: texts.map((text) => textOf([text])),
  }
}

/** The simple form of a pattern as a modifier, and what stands within. */
function anchored(p: Pattern): { anchor: string; core: Pattern } {
  const inner = p.filter((part) => part !== ANY)
  const first = p[0] === ANY
  const last = p.at(-1) === ANY
  const isSimple = inner.length === p.length - Number(first) - Number(last)
  const whole = { anchor: '', core: p }
  if (!isSimple || inner.length === 0) return whole
  // A wildcard for one character, and a text that ends as an escape begins, read better as they are.
  if (inner.some((part) => part === ONE)) return whole
  if (first && last) return { anchor: '|contains', core: inner }
  if (first) return { anchor: '|endswith', core: inner }
  return last ? { anchor: '|startswith', core: inner } : whole
}

/** `parseText` backwards. */
export function textOf(p: Pattern): string {
  return p
    .map((part, i) => {
      if (part === ANY) return '*'
      if (part === ONE) return '?'
      if (typeof part === 'object') return part.oneOf[0]
      return escaped(part, p[i + 1] !== undefined)
    })
    .join('')
}

/** A backslash is doubled only where one would be taken for an escape. */
function escaped(text: string, more: boolean): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '*' || c === '?') out += `\\${c}`
    else if (c !== '\\') out += c
    else {
      const next = text[i + 1]
      const isEscape = next === undefined ? more : /[\\*?]/.test(next)
      out += isEscape ? '\\\\' : '\\'
    }
  }
  return out
}
