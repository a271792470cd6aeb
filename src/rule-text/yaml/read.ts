// Which documents does a YAML text hold? YAML 1.2, core schema, merge keys resolved. `yaml` does the reading, but for the
// plain block style of most rules, where `block.ts` gives the same at a tenth of the time.
import type { Document, Pair, YAMLError } from 'yaml'
import { isMap, isScalar, isSeq, Lexer, parseAllDocuments } from 'yaml'

import type { Position } from '../../base/diagnostic.ts'
import { positionAt } from '../../base/diagnostic.ts'

import { readBlock } from './block.ts'
import type { Section } from './sections.ts'
import { sectionsOf } from './sections.ts'
import type { YamlMap, YamlValue } from './value.ts'
import { keyText, maxNesting, quote } from './value.ts'

export interface YamlDocument {
  readonly value: YamlValue
  /** 1-based line of its first content. */
  readonly line: number
  readonly errors: readonly YamlProblem[]
  /** Where it was read, and which document of that section it is. */
  readonly section: Section
  readonly index: number
}

export interface YamlProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'bounds'
  readonly message: string
  readonly position: Position
}

/** In UTF-16 units, of a file and of one document; the largest public rule has some 290 Ki. */
export const maxTextLength = 4 * 1024 * 1024
export const maxDocumentLength = 512 * 1024
/** References to anchors in a document; more is an attack (a "billion laughs" text doubles at each). */
export const maxAliases = 100
/** Of one document: what `yaml` takes for a token grows with their number squared where they make no sense. */
export const maxTokens = 100_000
/** In a file; the largest public collection has some 5,000. */
export const maxDocuments = 10_000

/** Of one document: what is behind the first mistakes is mostly their consequence. */
const maxErrors = 3

export const yamlOptions = {
  merge: true,
  intAsBigInt: true,
  prettyErrors: false,
  logLevel: 'silent',
  // The library compares each key with each; `repeatedKey` does not.
  uniqueKeys: false,
} as const

export function readYaml(text: string): readonly YamlDocument[] {
  if (text.length > maxTextLength) {
    const section = { text: '', line: 0 }
    return [tooMuch(section, text.length, maxTextLength, 'characters')]
  }
  const sections = sectionsOf(text)
  const read = sections.slice(0, maxDocuments).flatMap(readSection)
  if (sections.length > maxDocuments) {
    const rest = sections[maxDocuments]!
    read.push(tooMuch(rest, sections.length, maxDocuments, 'documents'))
  }
  return read
}

/** The documents of one section: mostly one. */
export function readSection(section: Section): readonly YamlDocument[] {
  const { length } = section.text
  if (length > maxDocumentLength) {
    return [tooMuch(section, length, maxDocumentLength, 'characters')]
  }
  const block = readBlock(section.text)
  if (!block) return readAnyYaml(section)
  const line = block.line + section.line
  return [{ value: block.value, line, errors: none, section, index: 0 }]
}

const none: readonly YamlProblem[] = []

function tooMuch(
  section: Section,
  count: number | string,
  most: number,
  what: string,
): YamlDocument {
  const position = { line: section.line + 1, column: 1 }
  const message = `it has ${count} ${what}; at most ${most} are read`
  const errors = [{ kind: 'bounds', message, position } as const]
  return { value: null, line: position.line, errors, section, index: 0 }
}

/** A token takes a character at least, so that a text of common length is not even asked. */
function hasTooManyTokens(text: string): boolean {
  if (text.length <= maxTokens) return false
  let count = 0
  for (const _ of new Lexer().lex(text)) if (++count > maxTokens) return true
  return false
}

/** The same by way of `yaml` alone. */
export function readAnyYaml(section: Section): readonly YamlDocument[] {
  if (hasTooManyTokens(section.text)) {
    return [tooMuch(section, 'too many', maxTokens, 'marks')]
  }
  let documents: readonly Document[]
  try {
    documents = parseAllDocuments(section.text, yamlOptions)
  } catch (error) {
    const errors = [bounds(section, 0, error)]
    return [{ value: null, line: section.line + 1, errors, section, index: 0 }]
  }
  const read: YamlDocument[] = []
  for (const [index, document] of documents.entries()) {
    const { value, errors } = contentOf(document, section)
    // A file may end with a separator, or hold nothing but comments.
    if (value === null && !errors.length) continue
    const { line } = placeAt(section, startOf(document))
    read.push({ value, line, errors, section, index })
  }
  return read
}

function contentOf(document: Document, section: Section) {
  const deep = document.errors.find((e) => stackMessage.test(e.message))
  // Once the library has given up, what it says besides is about its own state.
  const errors = (deep ? [deep] : document.errors)
    .slice(0, maxErrors)
    .map((e) => problem(section, e))
  let value: YamlValue = null
  try {
    const repeated = errors.length ? undefined : repeatedKey(document.contents)
    if (repeated) errors.push(duplicate(section, repeated))
    if (!errors.length) {
      const options = { mapAsMap: true, maxAliasCount: maxAliases }
      value = plain(document.toJS(options), 0)
    }
  } catch (error) {
    errors.push(bounds(section, startOf(document), error))
  }
  return { value, errors }
}

function startOf(document: Document): number {
  return document.contents?.range?.[0] ?? document.range?.[0] ?? 0
}

function placeAt(section: Section, offset: number): Position {
  const { line, column } = positionAt(section.text, offset)
  return { line: line + section.line, column }
}

const stackMessage = /^Maximum call stack/
const tooDeep = 'it is nested too deeply'

function problem(section: Section, error: YAMLError): YamlProblem {
  const position = placeAt(section, error.pos[0])
  if (stackMessage.test(error.message)) {
    return { kind: 'bounds', message: tooDeep, position }
  }
  return {
    kind: 'syntax',
    message: firstLine(error.message),
    position,
  }
}

function bounds(section: Section, at: number, error: unknown): YamlProblem {
  const message =
    error instanceof RangeError
      ? tooDeep
      : firstLine(error instanceof Error ? error.message : String(error))
  return { kind: 'bounds', message, position: placeAt(section, at) }
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/^./, (c) => c.toLowerCase())
}

function duplicate(section: Section, pair: Pair): YamlProblem {
  const { range } = pair.key as { range?: readonly [number, ...number[]] }
  const key = isScalar(pair.key) ? keyText(pair.key.value) : ''
  return {
    kind: 'duplicate-key',
    message: `key ${quote(key)} stands twice in one mapping`,
    position: placeAt(section, range?.[0] ?? 0),
  }
}

/** The second pair with a key that its mapping already has. */
function repeatedKey(node: unknown): Pair | undefined {
  if (isSeq(node)) {
    for (const item of node.items) {
      const inner = repeatedKey(item)
      if (inner) return inner
    }
  }
  if (!isMap(node)) return undefined
  const keys = new Set<string>()
  for (const pair of node.items as Pair[]) {
    const name = isScalar(pair.key) ? pair.key.value : undefined
    // A merge key is a symbol here, and may stand more than once.
    const isMerge = typeof name === 'symbol' || name === '<<'
    if (name !== undefined && !isMerge) {
      const key = keyText(name)
      if (keys.has(key)) return pair
      keys.add(key)
    }
    const inner = repeatedKey(pair.value)
    if (inner) return inner
  }
  return undefined
}

// Keys become text, whole numbers that a double holds exactly become numbers.
function plain(value: unknown, depth: number): YamlValue {
  if (depth > maxNesting) {
    throw new Error(`it is nested deeper than ${maxNesting} levels`)
  }
  if (typeof value === 'bigint') {
    const n = Number(value)
    return Number.isSafeInteger(n) ? n : value
  }
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map((v) => plain(v, depth + 1))
  if (value instanceof Map) {
    const map = new Map<string, YamlValue>()
    for (const [k, v] of value) map.set(keyText(k), plain(v, depth + 1))
    return map as YamlMap
  }
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value === null
  )
    return value
  // A tagged node (`!!binary`, `!!set`): nothing that a rule could mean.
  throw new Error('it has a value of a type that rules do not use')
}
