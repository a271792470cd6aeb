// What do values mean that are compared as they stand, and what does a text become under the modifiers that change it?
import type { Leaf, Pattern, Predicate } from '../../../ir/predicate.ts'
import { ANY, pattern } from '../../../ir/predicate.ts'

import type { YamlScalar } from '../../../rule-text/yaml/value.ts'
import { describe } from '../../../rule-text/yaml/value.ts'

import type { Encoding } from './encode.ts'
import { base64, base64Offsets, bytesOf, wideText } from './encode.ts'
import type { ItemAtHand } from './item.ts'
import { anyDash, hasWildcard, literalTexts, parseText } from './text.ts'

/** Texts that a value with `windash` may become before it is encoded: five characters for each of five dashes. */
const maxEncoded = 3_125

export function plainValue(
  at: ItemAtHand,
  field: string,
  value: YamlScalar,
): readonly Predicate[] {
  const { cased, anchor, base64: how, encoding, windash } = at.modifiers
  const isChanged =
    anchor !== undefined || how !== 'no' || encoding !== 'utf8' || windash
  const texts = (text: string) =>
    patternsOf(at, text).map(
      (p): Leaf => ({ kind: 'text', field, pattern: p, cased }),
    )
  if (value === null) return nothing(at, field, isChanged)
  if (typeof value === 'string') return texts(value)
  if (isChanged) {
    at.report(
      'S059',
      `a text was expected for ${at.name}; ${describe(value)} is taken as text`,
      'put it in quotes',
    )
    return texts(String(value))
  }
  if (typeof value === 'boolean') return [{ kind: 'boolean', field, value }]
  // A double does not hold it: its digits are compared.
  if (typeof value === 'bigint') {
    return [{ kind: 'text', field, pattern: [String(value)], cased }]
  }
  return [{ kind: 'number', field, op: 'eq', value }]
}

function nothing(
  at: ItemAtHand,
  field: string,
  isChanged: boolean,
): readonly Predicate[] {
  if (isChanged) {
    return at.refuse(
      'S015',
      `a text was expected for ${at.name}, found nothing`,
      "'' is the empty text",
    )
  }
  if (at.item.values.length > 1) {
    at.report(
      'S061',
      'null stands in a list of values',
      'the specification does not allow it; it is taken as one alternative: a missing field',
    )
  }
  return [{ kind: 'null', field }]
}

export function keywords(
  at: ItemAtHand,
  value: YamlScalar,
): readonly Predicate[] {
  const { anchor, cased } = at.modifiers
  if (anchor === 'startswith' || anchor === 'endswith') {
    return at.refuse(
      'S029',
      `"${anchor}" needs a field before it`,
      'a keyword is searched anywhere in the event',
    )
  }
  if (value === null) {
    return at.refuse(
      'S015',
      'a keyword is a text, not null',
      'write "Field: null" for a missing field',
    )
  }
  return patternsOf(at, String(value)).map((p) => ({
    kind: 'keyword',
    pattern: pattern([ANY, ...p, ANY]),
    cased,
  }))
}

/** What a text becomes: wildcards, then dashes, then encodings, then its place. */
function patternsOf(at: ItemAtHand, text: string): readonly Pattern[] {
  const { windash, encoding, base64: how, anchor } = at.modifiers
  const parsed = parseText(text)
  const dashed = windash ? anyDash(parsed) : parsed
  const patterns =
    how !== 'no'
      ? encoded(at, dashed)
      : [encoding === 'utf8' ? dashed : wide(dashed, encoding)]
  if (anchor === undefined) return patterns
  const before = anchor === 'startswith' ? [] : [ANY]
  const after = anchor === 'endswith' ? [] : [ANY]
  return patterns.map((p) => pattern([...before, ...p, ...after] as Pattern))
}

function encoded(at: ItemAtHand, p: Pattern): readonly Pattern[] {
  const { encoding, base64: how } = at.modifiers
  if (hasWildcard(p)) {
    return at.refuse(
      'S019',
      'a value with wildcards cannot be encoded as base64',
      'write "\\*" for the star itself',
    )
  }
  const texts = literalTexts(p, maxEncoded)
  if (!texts) {
    return at.refuse(
      'S026',
      'the value has too many dashes to encode each variant of it',
    )
  }
  const found = new Set<string>()
  for (const text of texts) {
    const bytes = bytesOf(text, encoding)
    if (!bytes.length && how === 'offset') {
      return at.refuse('S015', 'an empty value cannot be encoded')
    }
    const all = how === 'offset' ? base64Offsets(bytes) : [base64(bytes)]
    if (how === 'offset' && all.length < 3) warnOfLength(at, bytes.length)
    for (const one of all) found.add(one)
  }
  return [...found].map((text) => [text])
}

function warnOfLength(at: ItemAtHand, bytes: number) {
  at.report(
    'S062',
    `a value of ${bytes} byte is too short for "base64offset": at one of three alignments nothing certain is left of it`,
    'give at least two bytes',
  )
}

function wide(p: Pattern, encoding: Encoding): Pattern {
  // The mark of byte order stands once, before everything.
  const marked = encoding === 'utf16'
  const parts = p.map((part) =>
    typeof part === 'string'
      ? wideText(part, marked ? 'utf16le' : encoding)
      : part,
  )
  return pattern(marked ? ['\u00ff\u00fe', ...parts] : parts)
}
