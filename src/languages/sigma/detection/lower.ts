// What facts about an event does an item state? One leaf of the IR a value, joined by or (`all`: and).
import type { Leaf, Pattern, Predicate } from '../../../ir/predicate.ts'
import { ANY, pattern } from '../../../ir/predicate.ts'

import type { Item, Selection } from '../ast.ts'
import type { SigmaCode } from '../codes.ts'
import type { Problems } from '../problems.ts'
import type { Path } from '../../../rule-text/yaml/locate.ts'
import type { YamlScalar } from '../../../rule-text/yaml/value.ts'
import { describe, quote } from '../../../rule-text/yaml/value.ts'

import { base64, base64Offsets, bytesOf, wideText } from './encode.ts'
import type { ModifierSet } from './modifier.ts'
import { parseNetwork } from './network.ts'
import type { Placeholders } from './placeholder.ts'
import { expand } from './placeholder.ts'
import { regexFault } from '../../../meaning/regex/syntax.ts'
import { anyDash, hasWildcard, literalTexts, parseText } from './text.ts'

/** Texts that a value with `windash` may become before it is encoded: five characters for each of five dashes. */
const maxEncoded = 3_125

export function lowerSelection(
  selection: Selection,
  label: string | undefined,
  placeholders: Placeholders,
  problems: Problems,
): Predicate | undefined {
  if (selection.kind === 'keywords') {
    const one = new ItemLowering(selection.item, placeholders, problems).lower()
    return one && labelled(one, label)
  }
  const of = selection.of.map((part: Item | Selection) =>
    'kind' in part
      ? lowerSelection(part, undefined, placeholders, problems)
      : new ItemLowering(part, placeholders, problems).lower(),
  )
  const good = of.filter((p) => p !== undefined)
  if (good.length < of.length) return undefined
  // A lone part keeps its own label, and the selection its own node for it.
  if (good.length === 1 && label === undefined) return good[0]
  const kind = selection.kind === 'all' ? 'and' : 'or'
  return labelled({ kind, of: good }, label)
}

/** The node was made here and nobody else has it yet, so it is not copied. */
function labelled<T extends Predicate>(fresh: T, label: string | undefined): T {
  if (label !== undefined) (fresh as { label?: string }).label = label
  return fresh
}

class ItemLowering {
  readonly #item: Item
  readonly #modifiers: ModifierSet
  readonly #placeholders: Placeholders
  readonly #problems: Problems
  #value = 0
  #failed = false

  constructor(item: Item, placeholders: Placeholders, problems: Problems) {
    this.#item = item
    this.#modifiers = item.modifiers
    this.#placeholders = placeholders
    this.#problems = problems
  }

  lower(): Predicate | undefined {
    const { all, negated } = this.#modifiers
    const of: Predicate[] = []
    for (const [i, value] of this.#item.values.entries()) {
      this.#value = i
      const alternatives = this.#expanded(value).flatMap((v) => this.#leaves(v))
      if (alternatives.length === 1) of.push(alternatives[0]!)
      else if (all) of.push({ kind: 'or', of: alternatives })
      else of.push(...alternatives)
    }
    if (this.#failed) return undefined
    const joined: Predicate =
      of.length === 1 ? of[0]! : { kind: all ? 'and' : 'or', of }
    return labelled(
      negated ? { kind: 'not', of: joined } : joined,
      this.#item.label,
    )
  }

  #report(code: SigmaCode, message: string, hint?: string, offset?: number) {
    this.#problems.report(
      code,
      { path: this.#path(), ...(offset === undefined ? {} : { offset }) },
      message,
      hint,
    )
    if (this.#problems.failed) this.#failed = true
  }

  #path(): Path {
    const { path, isList } = this.#item
    return isList ? [...path, this.#value] : path
  }

  get #name(): string {
    return this.#item.field === undefined
      ? 'a keyword'
      : `field ${quote(this.#item.field)}`
  }

  #expanded(value: YamlScalar): readonly YamlScalar[] {
    if (!this.#modifiers.placeholders || typeof value !== 'string') {
      return [value]
    }
    const whole = /^%([\w.-]+)%$/.exec(value)
    const guard =
      this.#modifiers.as === 'regex' ? quoteRegex : (text: string) => text
    const result = expand(value, this.#placeholders, guard)
    if (result.kind === 'unknown') {
      this.#report(
        'S018',
        `placeholder "%${result.name}%" has no values`,
        'give its values when the rules are loaded, or write them here and drop "expand"',
        result.at,
      )
      return []
    }
    if (result.kind === 'too-many') {
      this.#report('S026', 'the placeholders stand for too many values')
      return []
    }
    if (!result.used) {
      this.#report(
        'S060',
        '"expand" has no effect: there is no placeholder',
        'a placeholder is written "%name%"',
      )
    }
    if (whole && this.#modifiers.as === 'value') {
      return this.#placeholders[whole[1]!] ?? []
    }
    return result.texts
  }

  #leaves(value: YamlScalar): Predicate[] {
    const { field } = this.#item
    const { as, comparison, timePart } = this.#modifiers
    if (field === undefined) {
      if (as !== 'value' || comparison || timePart) {
        this.#report(
          'S029',
          'this modifier needs a field before it',
          'write "Field|modifier: value"',
        )
        return []
      }
      return this.#keywords(value)
    }
    if (as === 'presence') return this.#presence(field, value)
    if (as === 'network') return this.#network(field, value)
    if (as === 'regex') return this.#regex(field, value)
    if (as === 'field') return this.#reference(field, value)
    if (comparison || timePart) return this.#number(field, value)
    return this.#plain(field, value)
  }

  #presence(field: string, value: YamlScalar): Predicate[] {
    if (typeof value !== 'boolean' || this.#item.values.length > 1) {
      const found = this.#item.values.length > 1 ? 'a list' : describe(value)
      this.#report('S015', `"exists" expects true or false, found ${found}`)
      return []
    }
    const exists: Leaf = { kind: 'exists', field }
    return [value ? exists : { kind: 'not', of: exists }]
  }

  #network(field: string, value: YamlScalar): Predicate[] {
    const network = parseNetwork(String(value))
    if (network.kind === 'fault') {
      this.#report('S017', network.message, network.hint)
      return []
    }
    return [{ kind: 'cidr', field, network: network.text }]
  }

  #regex(field: string, value: YamlScalar): Predicate[] {
    if (value === null || typeof value === 'boolean') {
      this.#report(
        'S015',
        `"re" expects a regular expression, found ${describe(value)}`,
      )
      return []
    }
    const fault = regexFault(String(value), 'python')
    if (fault !== undefined) {
      this.#report('S016', `this is no regular expression: ${fault}`)
      return []
    }
    const { anchor, flags } = this.#modifiers
    let source = String(value)
    // The search is unanchored, so `contains` says nothing new.
    if (anchor === 'startswith') source = `\\A(?:${source})`
    if (anchor === 'endswith') source = `(?:${source})\\z`
    return [{ kind: 'regex', field, source, dialect: 'python', flags }]
  }

  #reference(field: string, value: YamlScalar): Predicate[] {
    if (typeof value !== 'string' || !value || /[*?]/.test(value)) {
      this.#report(
        'S015',
        `"fieldref" expects the name of a field, found ${describe(value)}`,
      )
      return []
    }
    const { anchor, cased } = this.#modifiers
    return [
      { kind: 'same-as', field, other: value, how: anchor ?? 'equals', cased },
    ]
  }

  #number(field: string, value: YamlScalar): Predicate[] {
    const { comparison, timePart } = this.#modifiers
    const name = comparison ?? timePart!
    const text = typeof value === 'string' ? value.trim() : ''
    const number =
      typeof value === 'number' || typeof value === 'bigint'
        ? Number(value)
        : /^-?\d+(\.\d+)?$/.test(text)
          ? Number(text)
          : undefined
    if (number === undefined || !Number.isFinite(number)) {
      this.#report(
        'S015',
        `"${name}" expects a number, found ${describe(value)}`,
      )
      return []
    }
    if (text) {
      this.#report(
        'S059',
        `"${name}" expects a number; the text ${quote(text)} is taken as one`,
      )
    }
    return [
      timePart
        ? {
            kind: 'time-part',
            field,
            part: timePart,
            op: comparison ?? 'eq',
            value: number,
          }
        : { kind: 'number', field, op: comparison ?? 'eq', value: number },
    ]
  }

  #plain(field: string, value: YamlScalar): Predicate[] {
    const shaped =
      this.#modifiers.anchor !== undefined ||
      this.#modifiers.base64 !== 'no' ||
      this.#modifiers.encoding !== 'utf8' ||
      this.#modifiers.windash
    if (value === null) {
      if (shaped) {
        this.#report(
          'S015',
          `a text was expected for ${this.#name}, found nothing`,
          "'' is the empty text",
        )
        return []
      }
      if (this.#item.values.length > 1) {
        this.#report(
          'S061',
          'null stands in a list of values',
          'the specification does not allow it; it is taken as one alternative: a missing field',
        )
      }
      return [{ kind: 'null', field }]
    }
    if (typeof value === 'string')
      return this.#texts(value).map((p) => this.#text(field, p))
    if (shaped) {
      this.#report(
        'S059',
        `a text was expected for ${this.#name}; ${describe(value)} is taken as text`,
        'put it in quotes',
      )
      return this.#texts(String(value)).map((p) => this.#text(field, p))
    }
    if (typeof value === 'boolean') return [{ kind: 'boolean', field, value }]
    // A double does not hold it: its digits are compared.
    if (typeof value === 'bigint') return [this.#text(field, [String(value)])]
    return [{ kind: 'number', field, op: 'eq', value }]
  }

  #text(field: string, p: Pattern): Leaf {
    return { kind: 'text', field, pattern: p, cased: this.#modifiers.cased }
  }

  #keywords(value: YamlScalar): Predicate[] {
    const { anchor, cased } = this.#modifiers
    if (anchor === 'startswith' || anchor === 'endswith') {
      this.#report(
        'S029',
        `"${anchor}" needs a field before it`,
        'a keyword is searched anywhere in the event',
      )
      return []
    }
    if (value === null) {
      this.#report(
        'S015',
        'a keyword is a text, not null',
        'write "Field: null" for a missing field',
      )
      return []
    }
    return this.#texts(String(value)).map((p) => ({
      kind: 'keyword',
      pattern: pattern([ANY, ...p, ANY]),
      cased,
    }))
  }

  /** What a text becomes: wildcards, then dashes, then encodings, then its place. */
  #texts(text: string): Pattern[] {
    const { windash, encoding, base64: how, anchor } = this.#modifiers
    let p = parseText(text)
    if (windash) p = anyDash(p)
    let patterns: readonly Pattern[] = [p]
    if (how !== 'no') patterns = this.#encoded(p)
    else if (encoding !== 'utf8') patterns = [wide(p, encoding)]
    return patterns.map((q) => {
      if (anchor === undefined) return q
      const before = anchor === 'startswith' ? [] : [ANY]
      const after = anchor === 'endswith' ? [] : [ANY]
      return pattern([...before, ...q, ...after] as Pattern)
    })
  }

  #encoded(p: Pattern): Pattern[] {
    const { encoding, base64: how } = this.#modifiers
    if (hasWildcard(p)) {
      this.#report(
        'S019',
        'a value with wildcards cannot be encoded as base64',
        'write "\\*" for the star itself',
      )
      return []
    }
    const texts = literalTexts(p, maxEncoded)
    if (!texts) {
      this.#report(
        'S026',
        'the value has too many dashes to encode each variant of it',
      )
      return []
    }
    const found = new Set<string>()
    for (const text of texts) {
      const bytes = bytesOf(text, encoding)
      const encodings =
        how === 'offset' ? base64Offsets(bytes) : [base64(bytes)]
      if (how === 'offset' && encodings.length < 3) this.#tooShort(bytes.length)
      for (const e of encodings) found.add(e)
    }
    if (this.#failed) return []
    return [...found].map((e) => [e])
  }

  #tooShort(bytes: number) {
    if (!bytes) {
      this.#report('S015', 'an empty value cannot be encoded')
      return
    }
    this.#report(
      'S062',
      `a value of ${bytes} byte is too short for "base64offset": at one of three alignments nothing certain is left of it`,
      'give at least two bytes',
    )
  }
}

function wide(p: Pattern, encoding: ModifierSet['encoding']): Pattern {
  // The mark of byte order stands once, before everything.
  const marked = encoding === 'utf16'
  const parts = p.map((part) =>
    typeof part === 'string'
      ? wideText(part, marked ? 'utf16le' : encoding)
      : part,
  )
  return pattern(marked ? ['\u00ff\u00fe', ...parts] : parts)
}

function quoteRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
